"""The seam to the car: where signals are read and actuated."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value

Listener = Callable[[str, Value], None]
"""Called with path and new value, after the change, in the thread that caused it."""


@dataclass(frozen=True, slots=True)
class Write:
    """One actuation, and how to tell that it happened.

    ``reads`` names the signal to read back when it is not ``path`` itself, and ``expect`` the value
    it must reach. ``release`` is written to ``path`` once that value is reached: a sunroof switch
    held at OPEN is let go (INACTIVE) at 50 %.
    """

    path: str
    value: Value
    reads: str | None = None
    expect: Value | None = None
    release: Value | None = None

    @property
    def read_path(self) -> str:
        """The signal whose value proves this write."""
        return self.reads or self.path

    @property
    def expected(self) -> Value:
        """The value that proves this write."""
        return self.value if self.expect is None else self.expect


class Car(ABC):
    """A car's signals. Every method may be called from several threads at once."""

    profile: Profile

    @abstractmethod
    def snapshot(self) -> dict[str, Value]:
        """Every known signal's value at one moment; raises CarUnreachable."""

    @abstractmethod
    def actuate(self, writes: Sequence[Write]) -> None:
        """Validate all writes, then forward all of them; nothing is forwarded if one is invalid.

        Success means forwarded, not executed: read back before you claim anything.

        Raises:
            UnknownSignal, NotWritable, SignalValueError: a write is invalid.
            ActuationRejected: a control unit said no; the writes before it were forwarded.
            CarUnreachable: the car does not answer.
        """

    @abstractmethod
    def wait_for(self, expected: Mapping[str, Value], timeout_s: float = 30.0) -> dict[str, Value]:
        """Wait until every signal has its expected value, stopped moving, or the time is over.

        Returns the values then read, one for each key of ``expected``; raises CarUnreachable.
        """

    @abstractmethod
    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every change from now on; returns a function that ends it."""

    def close(self) -> None:  # noqa: B027 (most cars have nothing to let go of)
        """Let go of whatever connects to the car; it is out of reach from then on."""

    def read(self, path: str) -> Value:
        """The current value of one signal; raises UnknownSignal or CarUnreachable."""
        self.profile.signal(path)
        return self.snapshot()[path]
