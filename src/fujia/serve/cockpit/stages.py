"""Which car a visitor sees: everybody the same one, unless the address names another."""

from threading import Lock

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
    """The stages of a server, by session."""

    def __init__(self, sessions: Sessions, vehicle: str) -> None:
        self._sessions = sessions
        self._vehicle = vehicle
        self._stages: dict[str, Stage] = {}
        self._lock = Lock()

    def find(self, session_id: str | None = None, vehicle: str | None = None) -> Stage:
        """The stage of that session, else that of the car of this model which all share.

        Raises:
            UnknownSession, UnknownVehicle, TooMuch: there is none, and none can be made.
        """
        with self._lock:
            if session_id:
                session = self._sessions.get(session_id)
            else:
                session = self._sessions.shared(vehicle or self._vehicle)
            open_ids = {each.id for each in self._sessions.all()}
            self._stages = {key: each for key, each in self._stages.items() if key in open_ids}
            return self._stages.setdefault(session.id, Stage(session))
