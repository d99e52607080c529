"""How much a server takes from one client."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may send."""

    body_bytes: int = 65_536
    """The longest body of a request, and the longest message of a WebSocket."""
    body_s: float = 10.0
    """How long that body may take, in seconds."""
    requests_a_second: float = 200.0
    """How fast the allowance of a client grows; 0 turns the limit off."""
    burst: int = 400
    """How many requests may come at once."""


class Allowance:
    """How many requests each client may still send: a bucket of tokens for each.

    For one event loop; not safe for threads.
    """

    _CLIENTS = 10_000

    def __init__(self, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> bool:
        """Take one request of a client's allowance; False if nothing is left of it."""
        if not self._limits.requests_a_second:
            return True
        now, burst = self._clock(), float(self._limits.burst)
        left, then = self._buckets.pop(client, (burst, now))
        left = min(burst, left + (now - then) * self._limits.requests_a_second)
        granted = left >= 1
        self._buckets[client] = (left - granted, now)
        if len(self._buckets) > self._CLIENTS:
            self._buckets.popitem(last=False)
        return granted
