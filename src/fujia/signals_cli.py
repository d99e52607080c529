"""``fujia signals``: list, read, write and watch the signals of a simulated car."""

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from fujia import Car, Profile, Signal, SimulatedCar, Value, Write
from fujia.arguments import parse_seat, parse_state, parse_value
from fujia.errors import CarError, InputError
from fujia.garage import Garage
from fujia.logs import start
from fujia.settings import Settings
from fujia.terminal import Terminal, show

signals_app = typer.Typer(
    no_args_is_help=True,
    help="The signals of a car: list, read, write, watch.\n\n"
    "Each call starts a fresh simulated car; in 'fujia chat' /signals and /set work on the "
    "car you talk to.",
)

VehicleOption = Annotated[
    str | None, typer.Option("--vehicle", metavar="NAME", help="Profile; see 'fujia vehicles'.")
]
StateOption = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="PATH=VALUE", help="A start value; may be repeated."),
]
PathArgument = Annotated[str, typer.Argument(metavar="PATH", help="Such as Vehicle.Speed.")]
FilterArgument = Annotated[
    str, typer.Argument(metavar="[WORDS]", help="Only paths and names with these letters.")
]

COLUMNS = ("signal", "value", "type", "kind", "range", "name", "名称")


def matching(profile: Profile, words: str) -> Iterator[Signal]:
    """The signals whose path or name holds every one of ``words``, whatever their case."""
    for signal in profile.signals.values():
        text = f"{signal.path} {signal.en} {signal.zh}".lower()
        if all(word in text for word in words.lower().split()):
            yield signal


def row(signal: Signal, value: Value | None) -> tuple[str, ...]:
    """A signal and its value as a row of ``COLUMNS``."""
    bounds = ", ".join(signal.allowed)
    if signal.minimum is not None or signal.maximum is not None:
        bounds = f"{_bound(signal.minimum)}..{_bound(signal.maximum)} {signal.unit or ''}".strip()
    kind = signal.kind if signal.origin == "vss" else f"{signal.kind}, {signal.origin}"
    shown = "" if value is None else show(value)
    return signal.path, shown, signal.datatype, kind, bounds, signal.en, signal.zh


def write(car: Car, path: str, text: str) -> Value:
    """Actuate one signal with a typed value, and return what the car then reads.

    Raises:
        UnknownSignal, NotWritable, SignalValueError: the write is invalid.
        CarError: the car refused, or ended somewhere else.
    """
    car.profile.signal(path)
    wanted: Value = parse_value(car.profile, path, text)
    car.actuate([Write(path, wanted)])
    found = car.wait_for({path: wanted}).get(path)
    if found is None or found != wanted:
        raise CarError(f"{path} was set to {show(wanted)} and reads {show(found)}")
    return found


@signals_app.command("list")
def list_signals(
    words: FilterArgument = "", vehicle: VehicleOption = None, state: StateOption = None
) -> None:
    """What this car has, with start values."""
    car = _car(vehicle, state)
    values = car.snapshot()
    rows = [row(each, values.get(each.path)) for each in matching(car.profile, words)]
    if not rows:
        raise InputError(f"{car.profile.id} has no signal with {words!r} in its path or name")
    Terminal().table(COLUMNS, rows)


@signals_app.command("get")
def get_signal(
    path: PathArgument, vehicle: VehicleOption = None, state: StateOption = None
) -> None:
    """The value of one signal."""
    Terminal().line(show(_car(vehicle, state).read(path)))


@signals_app.command("set")
def set_signal(
    path: PathArgument,
    value: Annotated[str, typer.Argument(help="In the signal's own unit.")],
    vehicle: VehicleOption = None,
    state: StateOption = None,
) -> None:
    """Write one actuator and read it back, with everything else that changed."""
    car = _car(vehicle, state)
    before = car.snapshot()
    write(car, path, value)
    for changed, now in car.snapshot().items():
        if before.get(changed) != now or changed == path:
            Terminal().line(f"{changed} = {show(now)}")


@signals_app.command("watch")
def watch_signals(
    words: FilterArgument = "",
    vehicle: VehicleOption = None,
    seat: Annotated[str | None, typer.Option("--seat", help="Where the speaker sits.")] = None,
    state: StateOption = None,
) -> None:
    """Show every change while lines from standard input are said to the car.

    \b
    echo "把车窗打开一半" | fujia signals watch window
    """
    settings = start()
    car = _car(vehicle, state, settings)
    watched = {signal.path for signal in matching(car.profile, words)}
    speaker = parse_seat(seat or settings.seat)
    terminal = Terminal()

    def changed(path: str, value: Any) -> None:
        if path in watched:
            terminal.line(f"{path} = {show(value)}")

    stop = car.subscribe(changed)
    cabin = Garage.of(settings).cabin(car)
    try:
        for line in sys.stdin:
            if line.strip():
                terminal.line(cabin.say(line.strip(), seat=speaker).reply, "bold")
    finally:
        stop()


def _car(
    vehicle: str | None, state: list[str] | None, settings: Settings | None = None
) -> SimulatedCar:
    settings = settings or start()
    garage = Garage.of(settings)
    profile = garage.profile(vehicle or settings.vehicle)
    return garage.car(profile, parse_state(profile, state or []))


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
