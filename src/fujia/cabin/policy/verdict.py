"""What policy judges, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from fujia.understanding.plan import Command, Language
from fujia.vehicle.car import Write
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

VerdictKind = Literal["allow", "amend", "confirm", "refuse"]


@dataclass(frozen=True, slots=True)
class Note:
    """A text for the reply, in both languages."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Companion:
    """A command that policy adds. One ``before`` the act must succeed, or the act is not tried;
    one ``after`` it is best effort."""

    command: Command
    when: Literal["before", "after"] = "after"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about a proposal."""

    rule: str
    kind: VerdictKind
    reason: Note | None = None
    companions: tuple[Companion, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Resolved writes, the state of the car before them, and who asks.

    ``confirmed``: the person has said yes to these writes. ``opened``: paths of windows that the
    same utterance opens. ``asks``: why this waits for a yes whatever the signals say, as
    everything does that is to be remembered or forgotten.
    """

    writes: tuple[Write, ...]
    state: Mapping[str, Value]
    profile: Profile
    seat: Seat = "driver"
    confirmed: bool = False
    opened: frozenset[str] = field(default_factory=frozenset[str])
    asks: Note | None = None

    @cached_property
    def after(self) -> dict[str, Value]:
        """The state as it would be if every write reached its value."""
        changed = {write.path: write.value for write in self.writes}
        proven = {write.read_path: write.expected for write in self.writes}
        opened = {
            write.path.removesuffix("IsOpen") + "Position": 100 if write.value else 0
            for write in self.writes
            if write.path.endswith(".Window.IsOpen")  # the other way to move a window
        }
        return {**self.state, **opened, **changed, **proven}

    def number(self, path: str, default: float = 0.0) -> float:
        """A signal's value now as a number; ``default`` where the car does not know it."""
        value = self.state.get(path, default)
        return float(value) if isinstance(value, (int, float)) else default


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement over one proposal: the gravest finding decides, notes of all are kept."""

    kind: VerdictKind
    rule: str | None = None
    reason: Note | None = None
    companions: tuple[Companion, ...] = ()
    notes: tuple[Note, ...] = ()

    def why(self, language: Language) -> str | None:
        """The reason in one language."""
        return self.reason.text(language) if self.reason else None
