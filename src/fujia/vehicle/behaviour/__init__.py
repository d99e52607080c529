"""How a simulated car behaves; ``registry`` says how to add to it."""

from fujia.vehicle.behaviour import body, drive, head_unit
from fujia.vehicle.behaviour.registry import command_of, reactions_of

__all__ = ["body", "command_of", "drive", "head_unit", "reactions_of"]
