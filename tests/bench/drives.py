"""Drives of the simulated weeks: when, how far, and of which manoeuvres they are made."""

import random
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Drive:
    """One drive as it was drawn: seconds count from its start."""

    start: datetime
    place: str
    kilometres: float
    away_s: float
    """How long the car is left alone afterwards."""
    phases: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    """Kind and length: settle, park, junction, lane change, roundabout, cruise, curve, leave."""


@dataclass
class Rain:
    """A shower of the real kind; it may begin and end in the middle of a drive."""

    begins: float
    ends: float


_LENGTHS = {"junction": 30, "lane change": 6, "curve": 7, "roundabout": 12}
"""Seconds that a manoeuvre takes, more or less."""


def draw_drive(chance: random.Random, start: datetime, place: str, km: float) -> Drive:
    """A drive of ``km`` kilometres: some seconds at rest, the way, and leaving the car."""
    away = chance.uniform(1800, 20000) if chance.random() < 0.88 else chance.uniform(120, 500)
    drive = Drive(start, place, km, away)
    phases = [("settle", chance.uniform(25, 75)), ("park", chance.uniform(10, 30))]
    left = km
    while left > 0:
        cruise = chance.uniform(20, 150)
        speed = 50.0 if km < 20 else 95.0
        left -= cruise * speed / 3600
        phases.append(("cruise", cruise))
        kinds = ["junction", "lane change", "curve", "curve", "roundabout"]
        kind = chance.choice(kinds if km < 60 else ["lane change", "curve"])
        phases.append((kind, _LENGTHS[kind] * chance.uniform(0.7, 1.5)))
    phases += [("park", chance.uniform(15, 45)), ("leave", chance.uniform(12, 30))]
    drive.phases = phases
    return drive
