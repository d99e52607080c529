"""The skills: importing this package registers all of them in ``SKILLS``."""

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
    screens,
    seats,
    view,
)

__all__ = [
    "air",
    "assistance",
    "charging",
    "climate",
    "drive",
    "lights",
    "media",
    "navigation",
    "openings",
    "phone",
    "screens",
    "seats",
    "view",
]
