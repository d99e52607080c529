"""A conversation with one running car, with slash commands beside what is said."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from datetime import datetime
from importlib import import_module
from threading import Lock, Thread
from typing import Any

from fujia import Cabin, Car, SimulatedCar, Turn
from fujia.arguments import parse_seat, parse_value
from fujia.cabin.memory.consent import Consents, load_purposes
from fujia.errors import FujiaError, InputError, NotWritable
from fujia.llm.disclosure import label
from fujia.logs import log_turn
from fujia.memory_cli import CONSENT_COLUMNS, consent_rows
from fujia.signals_cli import COLUMNS, matching, row, write
from fujia.terminal import Terminal, show
from fujia.unasked import LOOK_S, Unasked, unasked
from fujia.vehicle.zone import Seat

MODEL = "language_model"
_YES = ("y", "yes", "是", "好", "可以")
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
/consent [PURPOSE]  what may leave the car and until when, or agree to a purpose
/revoke PURPOSE     take that back
/trace              show each step of every turn, or stop showing it
/help               this list
/quit               leave (or end of input)"""


class Voice:
    """Shows what a language model says while it says it; an observer of the cabin."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._heard = ""

    def __call__(self, kind: str, data: Mapping[str, Any]) -> None:
        """Take what the cabin tells."""
        if kind == "filler":
            self._terminal.line(str(data["text"]), "dim")
        elif kind == "words":
            self._heard += str(data["text"])
            self._terminal.piece(str(data["text"]))

    def take(self) -> str:
        """What was shown since this was last asked."""
        heard, self._heard = self._heard, ""
        return heard


class Chat:
    """Reads lines until the end of input; ``/`` begins a command, all else is said to the car."""

    def __init__(
        self,
        cabin: Cabin,
        car: Car,
        seat: Seat,
        terminal: Terminal,
        *,
        trace: bool,
        voice: Voice | None = None,
        look_s: float = LOOK_S,
    ) -> None:
        self._cabin = cabin
        self._car = car
        self._seat: Seat = seat
        self._terminal = terminal
        self._trace = trace
        self._voice = voice or Voice(terminal)
        self._look_s = look_s
        self._busy = Lock()
        """Held while something is said and answered, so that nothing is shown in between."""
        self._commands: dict[str, Callable[[str], None]] = {
            "/signals": self._signals,
            "/set": self._set,
            "/seat": self._change_seat,
            "/world": self._world,
            "/consent": self._consent,
            "/revoke": self._revoke,
            "/trace": self._toggle_trace,
            "/help": self._help,
        }

    def run(self) -> None:
        """Talk until /quit or the end of input; unusable input is complained of, and on it goes.

        On a terminal, what nobody asked for is said as soon as its time comes; in a pipe, where
        time is no matter, after the line that brought it about.
        """
        asking = sys.stdin.isatty()
        if asking:
            self._greet()
        beside = Unasked(self._cabin, self._interrupt, self._busy.locked, self._look_s)
        with beside if asking else nullcontext():
            for line in self._lines(asking=asking):
                if line in ("/quit", "/exit"):
                    return
                with self._busy:
                    self._try(line)

    def _try(self, line: str) -> None:
        try:
            self._take(line)
        except FujiaError as error:
            self._terminal.line(str(error), "red")

    def _interrupt(self, news: list[Turn] | FujiaError) -> None:
        """Show what nobody asked for above what is being typed, which stays as it is."""
        with self._busy:
            self._terminal.restart_line()
            if isinstance(news, FujiaError):
                self._terminal.line(str(news), "red")
            else:
                for turn in news:
                    self._show(turn)
            readline = sys.modules.get("readline")
            self._terminal.piece(self._prompt + (readline.get_line_buffer() if readline else ""))

    @property
    def _prompt(self) -> str:
        return f"{self._seat}> "

    def _lines(self, *, asking: bool) -> Iterator[str]:
        while True:
            try:
                line = input(self._prompt) if asking else sys.stdin.readline()
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
        # Nobody types as fast as this loads.
        Thread(target=self._cabin.warm_up, daemon=True, name="fujia-warm-up").start()
        profile = self._car.profile
        which = "simulated" if isinstance(self._car, SimulatedCar) else "behind a broker"
        self._terminal.line(f"Fujia 副驾 · {profile.en} {profile.zh} ({which})", "bold")
        self._terminal.line("打开主驾座椅加热 · open my window halfway · /help · /quit", "dim")
        self._ask_consent()

    def _ask_consent(self) -> None:
        """Ask once whether a language model may be told anything; no answer means no."""
        models, consents = self._cabin.models, self._consents()
        if models is None or consents is None or models.is_local("fast"):
            return
        if any(grant.purpose == MODEL for grant in consents.all()):
            return
        days = load_purposes()[MODEL].days
        question = "May a language model in the cloud be told what the car does not understand?"
        with suppress(EOFError):
            answer = input(f"{question} For {days:g} days: [y/N] ").strip().lower()
            if answer in _YES:
                consents.grant(MODEL)

    def _take(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if not line.startswith("/"):
            self._show(self._cabin.say(line, seat=self._seat))
        elif name in self._commands:
            self._commands[name](rest.strip())
        else:
            raise InputError(f"there is no {name}; /help lists what there is")
        for turn in unasked(self._cabin):
            self._show(turn)

    def _show(self, turn: Turn) -> None:
        log_turn(turn)
        heard = self._voice.take()
        if heard:
            self._terminal.line(label("", turn.language))
        self._terminal.turn(turn, trace=self._trace, heard=heard)

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

    def _consents(self) -> Consents | None:
        memories = self._cabin.memories
        return memories.of(self._seat).consents if memories else None

    def _must_consents(self) -> Consents:
        consents = self._consents()
        if consents is None:
            raise InputError("nothing leaves the car here: nobody is remembered")
        return consents

    def _consent(self, purpose: str) -> None:
        consents = self._must_consents()
        if purpose:
            grant = consents.grant(purpose)
            self._terminal.line(f"{purpose}: yes, until {_day(grant.expires)}")
            return
        self._terminal.table(CONSENT_COLUMNS, consent_rows(consents))

    def _revoke(self, purpose: str) -> None:
        had = self._must_consents().revoke(purpose)
        self._terminal.line(f"{purpose}: no" if had else f"{purpose} was not allowed")
        if had:
            delete = f"fujia memory consents --delete {purpose}"
            self._terminal.line(f"to delete its record, with a receipt: {delete}", "dim")

    def _toggle_trace(self, _: str) -> None:
        self._trace = not self._trace
        self._terminal.line("trace on" if self._trace else "trace off", "dim")

    def _help(self, _: str) -> None:
        self._terminal.line(HELP)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
