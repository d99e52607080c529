"""One session: a car, the cabin in it, its turns by id, and who listens."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import BoundedSemaphore, Lock, RLock
from typing import Any, TypeVar, cast

from fujia.cabin.memory import Memory
from fujia.cabin.turn import Turn
from fujia.errors import InputError, NotWritable, TooMuch, TurnConflict, UnknownSession
from fujia.garage import Garage
from fujia.serve.event import Event, EventKind, Listener, TurnRecord, new_turn_id, unasked
from fujia.understanding.plan import Language
from fujia.understanding.understander import Understander
from fujia.vehicle.car import Car
from fujia.vehicle.fault import Fault
from fujia.vehicle.motion import TICKS_A_SECOND
from fujia.vehicle.signal import Value
from fujia.vehicle.simulated import SimulatedCar
from fujia.vehicle.zone import Seat

_log = logging.getLogger(__name__)

KNOWN_TURNS = 256
"""How many turns of a session are remembered by id."""
WAITING_TURNS = 8
"""How many turns of one session may wait, the one that runs included."""


_LONGEST_S = 5.0
"""A machine that slept lets a car do no more than this at once."""
_LOOK_S = 1.0
"""How often it is considered whether something is to be said that nobody asked for."""

Keeper = Callable[["Session", TurnRecord], None]
"""Called with every turn before its reply leaves the session; see ``fujia.serve.store``."""

Said = TypeVar("Said")
_Asked = tuple[str, Seat]
"""The words of a turn as they came, and the seat they came from."""

_SHOWN: dict[str, Callable[[Any, Seat], dict[str, Any]]] = {
    "heard": lambda said, seat: {"said": said, "seat": seat},
    "understood": lambda plan, _: {"plan": plan},
    "judged": lambda judged, _: dict(judged),
    "acted": lambda writes, _: {"writes": writes},
    "read_back": lambda values, _: {"values": values},
}


class Session:
    """One car, the cabin in it, and who listens.

    Made by ``Sessions.create``. ``driver`` is whose memory the driver's seat has: None for the
    person that the settings name, empty for a guest. Every method may be called from several
    threads at once.
    """

    def __init__(
        self,
        car: Car,
        garage: Garage,
        *,
        understander: Understander | None = None,
        language: Language | None = None,
        keep_words: bool = False,
        keeper: Keeper | None = None,
        driver: str | None = "",
    ) -> None:
        self.id = secrets.token_hex(8)
        self.opened = self.used = datetime.now(UTC)
        self.seat: Seat = "driver"
        """Who speaks where nobody says otherwise."""
        self.keep_words = keep_words
        """Consent: whether what is said, names and destinations may be kept."""
        self.car = car
        self.cabin = garage.cabin(
            car, understander=understander, language=language, observer=self._observe,
            remembers=True, driver=driver,
        )  # fmt: skip
        self._keeper = keeper
        self._turns: OrderedDict[str, tuple[_Asked, TurnRecord]] = OrderedDict()
        self._turn_id: str | None = None
        self._asked: _Asked = ("", "driver")
        self._lock = RLock()
        self._room = BoundedSemaphore(WAITING_TURNS)
        self._listeners: tuple[Listener, ...] = ()
        self._listeners_lock = Lock()
        self._closed = False
        self._owed = 0.0  # of time that has to pass: less than a tick
        self._unlooked = 0.0
        self._stop_signals = car.subscribe(self._signal_changed)

    @property
    def vehicle(self) -> str:
        """The name of the vehicle profile."""
        return self.car.profile.id

    @property
    def turns(self) -> list[TurnRecord]:
        """The latest turns that were said or carried out, oldest first."""
        with self._lock:
            return [record for _, record in self._turns.values()]

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def say(self, text: str, seat: Seat | None = None) -> Turn:
        """Carry out what an utterance asks for, and report it; see ``Cabin.say``."""
        return self.take(text, seat).turn

    def take(self, text: str, seat: Seat | None = None, turn_id: str | None = None) -> TurnRecord:
        """Like ``say``; a ``turn_id`` that was used before returns that turn and does nothing.

        Raises:
            TurnConflict: the id stands for other words or another seat.
            TooMuch: too many turns of this session wait already.
            UnknownSession: the session was closed.
            InputError: see ``Cabin.say``.
        """
        if not self._room.acquire(blocking=False):
            raise TooMuch(f"{WAITING_TURNS} turns of this session wait already; try again")
        speaker: Seat = seat or self.seat
        wanted = turn_id or new_turn_id()
        try:
            with self._lock:
                self._check_open()
                self.used = datetime.now(UTC)
                known = self._turns.get(wanted)
                if known is None:
                    return self._run((text, speaker), wanted)
                if known[0] != (text, speaker):
                    raise TurnConflict(f"the turn id {wanted!r} stands for other words; use a new")
                return known[1]
        finally:
            self._room.release()

    def poll(self) -> list[Turn]:
        """Carry out what was waiting for a condition that has come true; see ``Cabin.poll``."""
        return self._unasked(self.cabin.poll)

    def suggest(self) -> Turn | None:
        """Suggest something, if there is a reason and somebody listens; see ``Cabin.suggest``."""
        return self._unasked(self.cabin.suggest) if self.is_watched else None

    def memory(self, seat: Seat) -> Memory:
        """The memory of whoever sits there; raises InputError where nobody is remembered."""
        if self.cabin.memories is None:
            raise InputError("this server remembers nobody: it has no folder for that")
        return self.cabin.memories.of(seat)

    def set(self, path: str, value: Value) -> None:
        """Set the world of a simulated car (speed, rain, a door), and do what waited for it.

        Raises:
            NotWritable: the car is a real one.
            UnknownSignal, SignalValueError: it cannot be set.
        """
        self.simulated().set(path, value)
        self.poll()

    def inject(self, fault: Fault) -> None:
        """Break something in a simulated car; raises NotWritable for a real one."""
        self.simulated().inject(fault)

    def simulated(self) -> SimulatedCar:
        """The car, if it is simulated; raises NotWritable for any other."""
        if not isinstance(self.car, SimulatedCar):
            raise NotWritable(f"{self.vehicle} is a real car: only a simulated world can be set")
        return self.car

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in a simulated car too: do what waited for it, and suggest what is due.

        Nothing happens while a turn runs; what was left out then follows the next time.
        """
        if not self._lock.acquire(blocking=False):
            return
        try:
            if not self._closed:
                self._unlooked += seconds
                is_time = self._unlooked >= _LOOK_S
                if isinstance(self.car, SimulatedCar):
                    self._advance(self.car, seconds)
                if is_time or isinstance(self.car, SimulatedCar):
                    self.poll()
                if is_time:
                    self._unlooked = 0.0
                    self.suggest()
        finally:
            self._lock.release()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every event from now on; returns a function that ends it."""
        with self._listeners_lock:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._listeners_lock:
                rest = (each for each in self._listeners if each is not listener)
                self._listeners = tuple(rest)

        return end

    def close(self) -> None:
        """Wait for the turn that runs, and let go of the car; harmless when repeated."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._stop_signals()
            self.car.close()
            with self._listeners_lock:
                self._listeners = ()

    def _advance(self, car: SimulatedCar, seconds: float) -> None:
        self._owed += min(seconds, _LONGEST_S)
        ticks = int(self._owed * TICKS_A_SECOND)
        self._owed -= ticks / TICKS_A_SECOND
        car.advance(ticks / TICKS_A_SECOND)

    def _unasked(self, speak: Callable[[], Said]) -> Said:
        """Let the cabin say what nobody asked for, as turns of their own."""
        with self._lock:
            self._check_open()
            self._asked, self._turn_id = ("", self.seat), new_turn_id()
            try:
                return speak()
            finally:
                self._turn_id = None

    def _check_open(self) -> None:
        if self._closed:
            raise UnknownSession(f"the session {self.id} was closed")

    def _run(self, asked: "_Asked", turn_id: str) -> TurnRecord:
        self._asked, self._turn_id = asked, turn_id
        try:
            self.cabin.say(*asked)
        finally:
            self._turn_id = None
        return self._turns[turn_id][1]

    def _observe(self, kind: str, data: Mapping[str, Any]) -> None:
        """Turn what the cabin tells into events; runs in the thread of the turn."""
        turn_id, ms = self._turn_id or new_turn_id(), float(data["ms"])
        if kind == "replied":
            record = self._keep(data["turn"], turn_id)
            told = unasked(record.turn)
            if told is not None:
                self._tell(Event(told[0], turn_id, ms, told[1]))
            self._tell(Event("replied", turn_id, ms, record.as_json()))
            self._turn_id = new_turn_id()  # one poll may hold several turns
        elif kind in ("filler", "words"):
            self._tell(Event(cast(EventKind, kind), turn_id, ms, {"text": data["text"]}))
        elif kind in _SHOWN:
            shown = _SHOWN[kind](data["detail"], self._asked[1])
            self._tell(Event(cast(EventKind, kind), turn_id, ms, shown))

    def _keep(self, turn: Turn, turn_id: str) -> TurnRecord:
        record = TurnRecord(turn_id, self.id, self.vehicle, datetime.now(UTC), turn)
        self._turns[turn_id] = self._asked, record
        while len(self._turns) > KNOWN_TURNS:
            self._turns.popitem(last=False)
        if self._keeper is not None:
            self._keeper(self, record)
        return record

    def _signal_changed(self, path: str, value: Value) -> None:
        if self._listeners:
            self._tell(Event("signal", self._turn_id, 0.0, {"path": path, "value": value}))

    def _tell(self, event: Event) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                _log.exception("a listener failed on %s", event.kind)
