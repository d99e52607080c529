"""Conversations that a server holds: one session is one car and the talk in it.

A session's turns run one after the other, each with an id. The same id again is the same turn:
it is answered as it was, and nothing is done twice, so that a client that lost its connection
may safely ask again.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from threading import Lock, Thread

from fujia.errors import TooMuch, UnknownSession
from fujia.garage import Garage
from fujia.logs import log_defect
from fujia.serve.event import Event, Listener, TurnRecord
from fujia.serve.session import Keeper, Session
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Language
from fujia.understanding.understander import Understander
from fujia.vehicle.signal import Value

__all__ = ["Event", "Keeper", "Listener", "Session", "Sessions", "TurnRecord"]


class Sessions:
    """Every open session of a server."""

    def __init__(
        self,
        garage: Garage | None = None,
        *,
        understander: Understander | None = None,
        keeper: Keeper | None = None,
        limit: int = 200,
    ) -> None:
        self.garage = garage or Garage()
        self.limit = limit
        self._understander = understander or GrammarUnderstander()
        self._keeper = keeper
        self._sessions: dict[str, Session] = {}
        self._shared: dict[str, Session] = {}
        self._lock = Lock()
        self._sharing = Lock()

    def create(
        self,
        vehicle: str = "i5",
        language: Language | None = None,
        *,
        state: Mapping[str, Value] | None = None,
        keep_words: bool = False,
        driver: str | None = "",
    ) -> Session:
        """Open a session on a fresh car; ``state`` is laid over its start state.

        ``driver`` is whose memory the driver's seat has: a guest's, unless somebody is named;
        None stands for the person of the settings.

        Raises:
            UnknownVehicle, UnknownSignal, SignalValueError: no such car.
            TooMuch: ``limit`` sessions are open already.
        """
        self._check_room()
        session = Session(
            self.garage.open_car(self.garage.profile(vehicle), state),
            self.garage,
            understander=self._understander,
            language=language,
            keep_words=keep_words,
            keeper=self._keeper,
            driver=driver,
        )
        with self._lock:
            self._check_room()
            self._sessions[session.id] = session
        models = session.cabin.models
        if models is not None and models.is_local("fast"):
            # It reads what it is always told while nobody waits yet.
            Thread(target=session.cabin.warm_up, daemon=True, name="fujia-warm-up").start()
        return session

    def shared(self, vehicle: str) -> Session:
        """The session that everybody shares who names none; opened at first; raises as ``create``.

        The cockpit shows its car, and KUKSA clients drive it. Its driver is the person of the
        settings.
        """
        with self._sharing:
            session = self._shared.get(vehicle)
            if session is None or session.id not in self._sessions:
                session = self._shared[vehicle] = self.create(vehicle, driver=None)
            return session

    def get(self, session_id: str) -> Session:
        """The open session of that id; raises UnknownSession."""
        try:
            return self._sessions[session_id]
        except KeyError:
            raise UnknownSession(f"there is no open session {session_id!r}") from None

    def all(self) -> list[Session]:
        """Every open session, the oldest first."""
        with self._lock:
            return list(self._sessions.values())

    def close(self, session_id: str) -> None:
        """Close a session after the turn that runs in it; raises UnknownSession."""
        with self._lock:
            session = self._sessions.pop(session_id, None)
        if session is None:
            raise UnknownSession(f"there is no open session {session_id!r}")
        session.close()

    def close_idle(self, before: datetime) -> int:
        """Close what nobody has used since then, is listened to by nobody and shared by nobody."""
        shared = {session.id for session in self._shared.values()}
        idle = [each for each in self.all() if each.used < before and not each.is_watched]
        idle = [each for each in idle if each.id not in shared]
        for session in idle:
            with suppress(UnknownSession):  # closed meanwhile
                self.close(session.id)
        return len(idle)

    def close_all(self) -> None:
        """Close every session, each after the turn that runs in it."""
        for session in self.all():
            with suppress(UnknownSession):  # somebody else was quicker
                self.close(session.id)

    def warm_up(self) -> None:
        """Load what a first turn would wait for."""
        cabin = self.garage.cabin(
            self.garage.car(self.garage.profile("i5")), understander=self._understander
        )
        for said in ("打开主驾座椅加热", "turn off the seat heating"):
            cabin.say(said)

    def pass_time(self, seconds: float) -> None:
        """Let time pass in every simulated car."""
        for session in self.all():
            try:
                session.pass_time(seconds)
            except Exception as error:  # one car's trouble must not stop the time of the others
                log_defect(error)

    def _check_room(self) -> None:
        if len(self._sessions) >= self.limit:
            raise TooMuch(f"{self.limit} sessions are open already; close one first")
