"""The skills: importing this package registers all of them in ``SKILLS``."""

from fujia.cabin.skill import SKILLS, Skill, find_skill
from fujia.cabin.skills import (
    air,
    assistance,
    charging,
    climate,
    drive,
    lights,
    media,
    navigation,
    openings,
    phone,
    scenes,
    screens,
    seats,
    view,
)

__all__ = [
    "SKILLS",
    "Skill",
    "air",
    "assistance",
    "charging",
    "climate",
    "drive",
    "find_skill",
    "lights",
    "media",
    "navigation",
    "openings",
    "phone",
    "scenes",
    "screens",
    "seats",
    "view",
]
