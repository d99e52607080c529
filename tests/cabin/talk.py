"""A cabin that knows exactly the utterances of a test."""

from collections.abc import Mapping

from fujia.cabin.assistant import Cabin
from fujia.understanding.plan import Argument, Command, Condition, Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle import SimulatedCar, Value, load_profile

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
SPEED = "Vehicle.Speed"
RAIN = "Vehicle.Body.Raindetection.Intensity"


def command(skill: str, condition: Condition | None = None, **args: Argument) -> Command:
    """One command, shortly."""
    return Command(skill=skill, args=args, condition=condition)


def plan(*commands: Command, language: str = "zh") -> Plan:
    """A plan of commands."""
    return Plan(commands=commands, language=language)  # type: ignore[arg-type]


ACTS: dict[str, Plan] = {
    "是的": Plan(act="confirm"),
    "不要": Plan(act="deny"),
    "变回去": Plan(act="undo"),
    "算了": Plan(act="cancel"),
}


def cabin_with(plans: Mapping[str, Plan], state: Mapping[str, Value] | None = None) -> Cabin:
    """A cabin in a simulated i5 that understands ``plans`` and the four acts."""
    car = SimulatedCar(load_profile("i5"), state)
    return Cabin(car=car, understander=ScriptedUnderstander({**ACTS, **plans}))


def car_of(cabin: Cabin) -> SimulatedCar:
    """The simulated car of a cabin made here."""
    assert isinstance(cabin.car, SimulatedCar)
    return cabin.car
