"""One session: a car, the cabin in it, its turns by id, and who listens."""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import TypeVar

from fujia.cabin.memory import Memory
from fujia.cabin.turn import Turn
from fujia.errors import InputError, NotWritable, TooMuch, UnknownSession
from fujia.garage import Garage
from fujia.logs import log_defect
from fujia.serve.event import Event, Listener, TurnRecord, new_turn_id
from fujia.serve.teller import Teller, turn_of_change
from fujia.serve.turns import Asked, Turns
from fujia.understanding.plan import Language
from fujia.understanding.understander import Understander
from fujia.vehicle.car import Car
from fujia.vehicle.fault import Fault
from fujia.vehicle.motion import TICKS_A_SECOND
from fujia.vehicle.signal import Value
from fujia.vehicle.simulated import SimulatedCar
from fujia.vehicle.zone import Seat

_log = logging.getLogger(__name__)

_LONGEST_S = 5.0
"""A machine that slept lets a car do no more than this at once."""
_LOOK_S = 1.0
"""How often it is considered whether something is to be said that nobody asked for."""

Keeper = Callable[["Session", TurnRecord], None]
"""Called with every turn before its reply leaves the session; see ``fujia.serve.store``."""

Said = TypeVar("Said")


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
            car, understander=understander, language=language, remembers=True, driver=driver
        )
        self._keeper = keeper
        self._turns = Turns()
        self._listeners: tuple[Listener, ...] = ()
        self._listeners_lock = Lock()
        self._owed = 0.0  # of time that has to pass: less than a tick
        self._unlooked = 0.0
        self._stop_signals = car.subscribe(self._signal_changed)

    @property
    def vehicle(self) -> str:
        """The name of the vehicle profile."""
        return self.car.profile.id

    @property
    def turns(self) -> list[TurnRecord]:
        """The latest turns that were said or carried out, in the order in which they ended."""
        return self._turns.latest

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def say(self, text: str, seat: Seat | None = None) -> Turn:
        """Carry out what an utterance asks for, and report it; see ``Cabin.say``."""
        return self.take(text, seat).turn

    def take(
        self,
        text: str,
        seat: Seat | None = None,
        turn_id: str | None = None,
        begun: Callable[[], object] | None = None,
    ) -> TurnRecord:
        """Like ``say``; a ``turn_id`` that was used before returns that turn and does nothing.

        Turns that a language model thinks about do not hold up those that are said meanwhile.
        ``begun`` is called as soon as whatever is said later comes after this turn; not at all
        where it ends sooner.

        Raises:
            TurnConflict: the id stands for other words or another seat.
            TooMuch: too many turns of this session wait already.
            UnknownSession: the session was closed.
            InputError: see ``Cabin.say``.
        """
        asked: Asked = (text, seat or self.seat)
        wanted = turn_id or new_turn_id()
        with self._turns.running(asked, wanted) as known:
            self.used = datetime.now(UTC)
            if known is not None:
                return known
            teller = Teller(asked, wanted, self._keep, self._tell, begun)
            with teller.causes():
                self.cabin.say(*asked, observer=teller)
            assert teller.record is not None
            return teller.record

    def poll(self) -> list[Turn]:
        """Carry out what was waiting for a condition that has come true; see ``Cabin.poll``."""
        return self._unasked(lambda teller: self.cabin.poll(observer=teller))

    def suggest(self) -> Turn | None:
        """Suggest something, if there is a reason and somebody listens; see ``Cabin.suggest``."""
        if not self.is_watched:
            return None
        return self._unasked(lambda teller: self.cabin.suggest(observer=teller))

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

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is broken in a simulated car; nothing of a real one is known."""
        return self.car.faults if isinstance(self.car, SimulatedCar) else ()

    def repair(self, fault: Fault | None = None) -> None:
        """Repair one thing in a simulated car, or everything; raises NotWritable for a real one."""
        car = self.simulated()
        left = [each for each in car.faults if fault is not None and each != fault]
        car.clear_faults()
        for each in left:
            car.inject(each)

    def simulated(self) -> SimulatedCar:
        """The car, if it is simulated; raises NotWritable for any other."""
        if not isinstance(self.car, SimulatedCar):
            raise NotWritable(f"{self.vehicle} is a real car: only a simulated world can be set")
        return self.car

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in a simulated car too: do what waited for it, and suggest what is due.

        Nothing happens while the car is being used; what was left out then follows the next time.
        """
        if not self.cabin.lock.acquire(blocking=False):
            return
        try:
            if not self._turns.is_closed:
                self._unlooked += seconds
                is_time = self._unlooked >= _LOOK_S
                if isinstance(self.car, SimulatedCar):
                    self._advance(self.car, seconds)
                if is_time or isinstance(self.car, SimulatedCar):
                    self._poll()
                if is_time:
                    self._unlooked = 0.0
                    self.suggest()
        finally:
            self.cabin.lock.release()

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
        """Wait for the turns that run, and let go of the car; harmless when repeated."""
        if not self._turns.close():
            return
        with self.cabin.lock:
            self._stop_signals()
            self.car.close()
        with self._listeners_lock:
            self._listeners = ()

    def _advance(self, car: SimulatedCar, seconds: float) -> None:
        self._owed += min(seconds, _LONGEST_S)
        ticks = int(self._owed * TICKS_A_SECOND)
        self._owed -= ticks / TICKS_A_SECOND
        car.advance(ticks / TICKS_A_SECOND)

    def _poll(self) -> None:
        """Poll; beside the clock where something has to be looked up: it ticks for others too."""
        if self.cabin.is_question_due():
            Thread(target=self._poll_aside, daemon=True, name="fujia-poll").start()
        else:
            self.poll()

    def _poll_aside(self) -> None:
        asked: Asked = ("", self.seat)
        try:
            with self._turns.running(asked, new_turn_id()):  # who closes the session waits for it
                self.poll()
        except (TooMuch, UnknownSession):  # the clock tries again, or the session was closed
            return
        except Exception as error:
            log_defect(error)

    def _unasked(self, speak: Callable[[Teller], Said]) -> Said:
        """Let the cabin say what nobody asked for, as turns of their own."""
        teller = Teller(("", self.seat), new_turn_id(), self._keep, self._tell)
        with self.cabin.lock, teller.causes():
            self._turns.check_open()
            return speak(teller)

    def _keep(self, turn: Turn, turn_id: str, asked: Asked) -> TurnRecord:
        record = TurnRecord(turn_id, self.id, self.vehicle, datetime.now(UTC), turn)
        self._turns.keep(asked, record)
        if self._keeper is not None:
            self._keeper(self, record)
        return record

    def _signal_changed(self, path: str, value: Value) -> None:
        if self._listeners:
            self._tell(Event("signal", turn_of_change(), 0.0, {"path": path, "value": value}))

    def _tell(self, event: Event) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                _log.exception("a listener failed on %s", event.kind)
