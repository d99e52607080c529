"""Which car a visitor sees: everybody the same one, unless the address names another."""

from threading import Lock

from fujia.errors import UnknownSession
from fujia.serve.cockpit.world import FaultData
from fujia.serve.sessions import Session, Sessions


class Stage:
    """One session with what all its viewers share: the faults that are in the car now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.faults: list[FaultData] = []

    def toggle(self, fault: FaultData) -> None:
        """Break that, or repair it if it is broken; raises NotWritable for a real car."""
        car = self.session.simulated()
        if fault in self.faults:
            self.faults.remove(fault)
            car.clear_faults()
            for other in self.faults:
                car.inject(other.fault())
        else:
            car.inject(fault.fault())
            self.faults.append(fault)


class Stages:
    """The stages of a server, by session; the first visitor of a vehicle opens its session."""

    def __init__(self, sessions: Sessions, vehicle: str) -> None:
        self._sessions = sessions
        self._vehicle = vehicle
        self._own: dict[str, str] = {}
        self._stages: dict[str, Stage] = {}
        self._lock = Lock()

    def find(self, session_id: str | None = None, vehicle: str | None = None) -> Stage:
        """The stage of that session, else that of the vehicle.

        Raises:
            UnknownSession, UnknownVehicle, TooMuch: there is none, and none can be made.
        """
        with self._lock:
            session = self._sessions.get(session_id) if session_id else self._shared(vehicle)
            open_ids = {each.id for each in self._sessions.all()}
            self._stages = {key: each for key, each in self._stages.items() if key in open_ids}
            return self._stages.setdefault(session.id, Stage(session))

    def _shared(self, vehicle: str | None) -> Session:
        name = vehicle or self._vehicle
        try:
            return self._sessions.get(self._own.get(name, ""))
        except UnknownSession:
            session = self._sessions.create(name)
            self._own[name] = session.id
            return session
