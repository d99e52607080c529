"""The skills: importing this package registers all of them in ``SKILLS``."""

from fujia.cabin.skills import air, climate, openings, seats

__all__ = ["air", "climate", "openings", "seats"]
