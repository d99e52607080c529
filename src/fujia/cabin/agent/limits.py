"""How far an agent may go for one request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts and seconds."""

    rounds: int = 8
    """Times that the model is asked after the plan."""
    calls: int = 8
    """Calls of one answer that are looked at."""
    seconds: float = 30.0
    """Of all of it, the model's time included."""
    offers: int = 2
    """Things that nobody asked for and that the model may offer."""
