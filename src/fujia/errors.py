"""Every error that Fujia raises on purpose.

::

    FujiaError
    ├── InputError            somebody gave us something we cannot use (exit status 2, HTTP 4xx)
    │   ├── UnknownVehicle
    │   ├── UnknownSignal     neither in the profile nor in VSS 6.0
    │   ├── UnknownSkill
    │   ├── UnknownSeat
    │   ├── SignalValueError  wrong type, out of range, not one of the allowed values
    │   ├── NotWritable       a sensor or an attribute was actuated
    │   ├── UtteranceError    too long, or not text
    │   ├── UnknownSession    no conversation of a server has this id
    │   ├── TurnConflict      a turn's id was used before, for other words
    │   ├── TooMuch           more sessions or waiting turns than a server takes
    │   ├── DatabaseError     the database cannot be used: locked, read-only, of another version
    │   ├── CaseError         a batch case that does not follow the contract
    │   ├── DocumentError     a manual that cannot be read: encrypted, damaged, scanned, empty
    │   ├── UnknownManual     no manual has this name, or it was removed
    │   └── DataError         a data file that does not follow its schema; names file and line
    ├── CarError              the car could not do it
    │   ├── ActuationRejected the control unit said no
    │   └── CarUnreachable    nobody answers
    ├── ModelError            a language model gave no usable answer
    │   └── BudgetSpent       it was not asked: the answer could cost more than is left
    ├── StoreError            what was to be kept could not be: the disk is full, say
    └── MissingExtra          a command needs an extra that is not installed
"""

from pathlib import Path
from typing import Literal


class FujiaError(Exception):
    """The root of the tree; ``str()`` is a sentence that says what to do."""


class InputError(FujiaError):
    """Somebody gave us something we cannot use."""


class UnknownVehicle(InputError):
    """No vehicle profile has this name."""


class UnknownSignal(InputError):
    """The signal is neither in the profile nor in VSS 6.0."""


class UnknownSkill(InputError):
    """No skill has this name."""


class UnknownSeat(InputError):
    """The speaker's seat is not one of driver, passenger, rear_left, rear_right."""


class SignalValueError(InputError):
    """The value has the wrong type, is out of range or is not allowed."""


class NotWritable(InputError):
    """A sensor or an attribute was actuated."""


class UtteranceError(InputError):
    """The utterance is too long or is not text."""


class UnknownSession(InputError):
    """No conversation of this server has this id."""


class TurnConflict(InputError):
    """The id of a turn was used before in its session, for other words or another seat."""


class TooMuch(InputError):
    """The server takes no more sessions, or no more waiting turns in one of them."""


class DatabaseError(InputError):
    """The database cannot be used: locked, read-only, unreachable, or of another version."""


class CaseError(InputError):
    """A batch case does not follow the contract."""


class DocumentError(InputError):
    """A manual cannot be read: encrypted, damaged, scanned, empty or not what its name says."""


class UnknownManual(InputError):
    """No manual has this name, or it was removed meanwhile."""


class DataError(InputError):
    """A data file does not follow its schema.

    ``line`` counts from 1; it is 0 where the file as a whole is meant.
    """

    def __init__(self, file: Path, line: int, message: str) -> None:
        where = f"{file}:{line}" if line else str(file)
        super().__init__(f"{where}: {message}")
        self.file = file
        self.line = line


class CarError(FujiaError):
    """The car could not do it."""


class ActuationRejected(CarError):
    """A control unit refused the actuation of ``path``."""

    def __init__(self, path: str, message: str = "the control unit refused") -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class CarUnreachable(CarError):
    """The car does not answer at all."""


Reason = Literal[
    "key", "balance", "unknown_model", "budget", "not_configured", "no_consent",
    "busy", "server", "timeout", "unreachable", "resting",
    "malformed", "empty", "endless", "refused", "language", "too_long", "rejected",
]  # fmt: skip
"""Why a language model gave no answer that can be used."""

_ACCESS = frozenset({"key", "balance", "unknown_model", "budget", "not_configured", "no_consent"})
_PASSING = frozenset({"busy", "server", "timeout", "unreachable", "resting"})


class ModelError(FujiaError):
    """A language model gave no answer that can be used.

    ``billed``: it may cost something all the same. ``wait_s``: how long the server asked to be
    left alone. ``local``: only models on this machine were asked.
    """

    def __init__(
        self,
        message: str,
        reason: Reason = "malformed",
        *,
        billed: bool = False,
        wait_s: float = 0,
        local: bool = False,
    ) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.billed = billed
        self.wait_s = wait_s
        self.local = local

    @property
    def cause(self) -> Literal["passing", "question", "access"]:
        """What it means for others: ask again later, this one cannot be answered, or none can."""
        if self.reason in _ACCESS:
            return "access"
        return "passing" if self.reason in _PASSING else "question"


class BudgetSpent(ModelError):
    """The model was not asked: its answer could cost more than is left."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "budget")


class StoreError(FujiaError):
    """What was to be kept could not be: the disk is full, or the file cannot be written."""


class MissingExtra(FujiaError):
    """A command needs an extra that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"this needs the extra '{extra}': pip install 'fujia[{extra}]'")
        self.extra = extra
