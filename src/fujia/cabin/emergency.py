"""Stop! What moves is stopped where it is, past every turn that waits or is under way.

The phrases are data (``data/emergency.yaml``): a handful that mean nothing else, matched as a
whole and never guessed at.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

from pydantic import BaseModel, ConfigDict

from fujia.cabin.proof import is_proven
from fujia.datafile import load_yaml
from fujia.understanding.plan import Language
from fujia.vehicle.car import Car, Write
from fujia.vehicle.signal import Value

_FILE = Path(__file__).parent / "data" / "emergency.yaml"
_AT_REST = "INACTIVE"
"""What VSS calls a switch that nobody holds."""
_MARKS = " \t，。！？、,.!?~～"


class EmergencyFile(BaseModel):
    """The phrases of every language, and what is replied."""

    model_config = ConfigDict(extra="forbid")

    phrases: dict[Language, list[str]]
    stopped: dict[Language, str]
    """Said when something was stopped, and stands still by what was read back."""
    not_stopped: dict[Language, str]


@cache
def load_emergency() -> EmergencyFile:
    """The phrases and replies; raises DataError for a broken file."""
    return load_yaml(_FILE, EmergencyFile)


def emergency(said: str) -> Language | None:
    """The language of an emergency phrase; None if an utterance is anything more than one."""
    bare = said.strip(_MARKS).lower()
    phrases = load_emergency().phrases
    return next((language for language, all_ in phrases.items() if bare in all_), None)


class Underway:
    """The writes that a cabin is waiting for at this moment; safe between threads."""

    def __init__(self) -> None:
        self._writes: list[Write] = []
        self._lock = Lock()

    @contextmanager
    def waiting(self, writes: Sequence[Write]) -> Generator[None]:
        """Hold writes as under way for as long as the block runs."""
        with self._lock:
            self._writes.extend(writes)
        try:
            yield
        finally:
            with self._lock:
                for write in writes:
                    self._writes.remove(write)

    def stop(self, car: Car) -> bool | None:
        """Stop what has not arrived yet.

        Returns whether all of it stands still now; None where nothing was under way.

        Raises:
            ActuationRejected, CarUnreachable: the car did not take it.
        """
        with self._lock:
            writes = list(self._writes)
        state = car.snapshot()
        moving = [one for one in writes if not is_proven(one, state.get(one.read_path))]
        halts = [halt for one in moving if (halt := _halt(car, one, state[one.read_path]))]
        if not halts:
            return None
        car.actuate(halts)
        reached = car.wait_for({one.read_path: state[one.read_path] for one in moving})
        return car.wait_for(reached) == reached


def _halt(car: Car, write: Write, value: Value) -> Write | None:
    """What ends a movement: letting go of its switch, or the place that it has reached."""
    if write.release is not None:
        return Write(write.path, write.release)
    if write.path != write.read_path:
        at_rest = _AT_REST in (car.profile.signal(write.path).allowed or ())
        return Write(write.path, _AT_REST) if at_rest else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None  # a switch does not move, it has changed or it has not
    return Write(write.path, value)
