"""Fujia 副驾, an AI co-driver for cars: the public interface.

::

    from fujia import Cabin

    turn = Cabin(vehicle="i5").say("打开主驾座椅加热")
    print(turn.reply, turn.outcome)

What stands in ``__all__`` is public; the command line uses nothing else. Names are loaded when
they are first used, so that a small question need not wait for the whole house.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fujia.cabin.assistant import Cabin
    from fujia.cabin.skills import SKILLS, Skill, find_skill
    from fujia.cabin.truth import mismatches
    from fujia.cabin.turn import Action, Outcome, Step, Turn
    from fujia.errors import CarError, FujiaError, InputError
    from fujia.understanding.plan import Command, Condition, Plan
    from fujia.understanding.understander import Context, ScriptedUnderstander, Understander
    from fujia.vehicle import Fault, SimulatedCar
    from fujia.vehicle.car import Car, Write
    from fujia.vehicle.profile import Profile
    from fujia.vehicle.profiles import list_profiles, load_profile
    from fujia.vehicle.signal import Signal, Value
    from fujia.vehicle.zone import Seat, Zone

__version__ = "0.1.0"

__all__ = [
    "SKILLS",
    "Action",
    "Cabin",
    "Car",
    "CarError",
    "Command",
    "Condition",
    "Context",
    "Fault",
    "FujiaError",
    "InputError",
    "Outcome",
    "Plan",
    "Profile",
    "ScriptedUnderstander",
    "Seat",
    "Signal",
    "SimulatedCar",
    "Skill",
    "Step",
    "Turn",
    "Understander",
    "Value",
    "Write",
    "Zone",
    "__version__",
    "find_skill",
    "list_profiles",
    "load_profile",
    "mismatches",
]

_HOMES = {
    "fujia.cabin.assistant": ("Cabin",),
    "fujia.cabin.skills": ("SKILLS", "Skill", "find_skill"),
    "fujia.cabin.truth": ("mismatches",),
    "fujia.cabin.turn": ("Action", "Outcome", "Step", "Turn"),
    "fujia.errors": ("CarError", "FujiaError", "InputError"),
    "fujia.understanding.plan": ("Command", "Condition", "Plan"),
    "fujia.understanding.understander": ("Context", "ScriptedUnderstander", "Understander"),
    "fujia.vehicle": ("Fault", "SimulatedCar"),
    "fujia.vehicle.car": ("Car", "Write"),
    "fujia.vehicle.profile": ("Profile",),
    "fujia.vehicle.profiles": ("list_profiles", "load_profile"),
    "fujia.vehicle.signal": ("Signal", "Value"),
    "fujia.vehicle.zone": ("Seat", "Zone"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'fujia' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
