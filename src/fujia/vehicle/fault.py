"""Faults that a test or a demonstration puts into a simulated car."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

FaultKind = Literal["blocked", "refuses", "silent", "offline"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is broken.

    ``pattern`` names the signals that it strikes, with ``*`` and ``?`` as in file names.

    =========== ===========================================================================
    ``blocked`` the value gets as far as ``at`` and sticks there, or where it is now
    ``refuses`` the control unit rejects the actuation
    ``silent``  the actuation is accepted and nothing happens
    ``offline`` the whole car is unreachable, whatever the pattern; from simulated time ``at`` on
    =========== ===========================================================================
    """

    pattern: str
    kind: FaultKind
    at: float | None = None

    def strikes(self, path: str) -> bool:
        """Whether this fault is about the signal."""
        return fnmatchcase(path, self.pattern)
