"""A conversation with one running car, with slash commands beside what is said."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module

from fujia import Cabin, Car, SimulatedCar, Turn
from fujia.arguments import parse_seat, parse_value
from fujia.errors import FujiaError, InputError, NotWritable
from fujia.logs import log_turn
from fujia.signals_cli import COLUMNS, matching, row, write
from fujia.terminal import Terminal, show
from fujia.vehicle.zone import Seat

_WORLD = (
    "Vehicle.Speed",
    "Vehicle.Powertrain.Transmission.SelectedGear",
    "Vehicle.Exterior.AirTemperature",
    "Vehicle.Exterior.LightIntensity",
    "Vehicle.Body.Raindetection.Intensity",
    "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current",
    "Vehicle.Powertrain.FuelSystem.RelativeLevel",
)

HELP = """\
Say anything, in Chinese or English. Beside that:
/signals [WORDS]    signals and their values now
/set PATH VALUE     write an actuator, or set the world: /set Vehicle.Speed 80
/seat SEAT          speak from driver, passenger, rear_left or rear_right
/world              speed, weather, light, charge
/trace              show each step of every turn, or stop showing it
/help               this list
/quit               leave (or end of input)"""


class Chat:
    """Reads lines until the end of input; ``/`` begins a command, all else is said to the car."""

    def __init__(
        self, cabin: Cabin, car: Car, seat: Seat, terminal: Terminal, *, trace: bool
    ) -> None:
        self._cabin = cabin
        self._car = car
        self._seat: Seat = seat
        self._terminal = terminal
        self._trace = trace
        self._commands: dict[str, Callable[[str], None]] = {
            "/signals": self._signals,
            "/set": self._set,
            "/seat": self._change_seat,
            "/world": self._world,
            "/trace": self._toggle_trace,
            "/help": self._help,
        }

    def run(self) -> None:
        """Talk until /quit or the end of input; unusable input is complained of, and on it goes."""
        for line in self._lines():
            if line in ("/quit", "/exit"):
                return
            try:
                self._take(line)
            except FujiaError as error:
                self._terminal.line(str(error), "red")

    def _lines(self) -> Iterator[str]:
        asking = sys.stdin.isatty()
        if asking:
            self._greet()
        while True:
            try:
                line = input(f"{self._seat}> ") if asking else sys.stdin.readline()
            except EOFError:
                self._terminal.line()
                return
            if not line and not asking:
                return
            if line.strip():
                if not asking:
                    self._terminal.line(f"> {line.strip()}")
                yield line.strip()

    def _greet(self) -> None:
        with suppress(ImportError):  # brings arrow keys and history, where there is one
            import_module("readline")
        profile = self._car.profile
        which = "simulated" if isinstance(self._car, SimulatedCar) else "behind a broker"
        self._terminal.line(f"Fujia 副驾 · {profile.en} {profile.zh} ({which})", "bold")
        self._terminal.line("打开主驾座椅加热 · open my window halfway · /help · /quit", "dim")

    def _take(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if not line.startswith("/"):
            self._show(self._cabin.say(line, seat=self._seat))
        elif name in self._commands:
            self._commands[name](rest.strip())
        else:
            raise InputError(f"there is no {name}; /help lists what there is")
        for turn in self._cabin.poll():
            self._show(turn)
        suggested = self._cabin.suggest()
        if suggested is not None:
            self._show(suggested)

    def _show(self, turn: Turn) -> None:
        log_turn(turn)
        self._terminal.turn(turn, trace=self._trace)

    def _signals(self, words: str) -> None:
        values = self._car.snapshot()
        found = matching(self._car.profile, words)
        self._terminal.table(COLUMNS, [row(each, values.get(each.path)) for each in found])

    def _set(self, assignment: str) -> None:
        path, _, text = assignment.partition(" ")
        if not text:
            raise InputError("/set takes a path and a value, such as /set Vehicle.Speed 80")
        signal = self._car.profile.signals.get(path)
        if signal and signal.kind == "actuator":
            write(self._car, path, text.strip())
        elif isinstance(self._car, SimulatedCar):
            self._car.set(path, parse_value(self._car.profile, path, text.strip()))
        else:
            raise NotWritable(f"{path} is no actuator, and the world of a real car cannot be set")
        self._terminal.line(f"{path} = {show(self._car.read(path))}")

    def _change_seat(self, name: str) -> None:
        self._seat = parse_seat(name)

    def _world(self, _: str) -> None:
        values = self._car.snapshot()
        self._terminal.table(
            ("signal", "value"), [(path, show(values[path])) for path in _WORLD if path in values]
        )

    def _toggle_trace(self, _: str) -> None:
        self._trace = not self._trace
        self._terminal.line("trace on" if self._trace else "trace off", "dim")

    def _help(self, _: str) -> None:
        self._terminal.line(HELP)
