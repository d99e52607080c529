"""Motion, gear, energy and tyres: what a simulated car does when the world around it changes."""

from typing import TYPE_CHECKING

from fujia.vehicle.behaviour.registry import reacts
from fujia.vehicle.signal import Value

if TYPE_CHECKING:
    from fujia.vehicle.world import World

_GEAR = "Vehicle.Powertrain.Transmission"
_PARKING_BRAKE = "Vehicle.Chassis.ParkingBrake.IsEngaged"
_BATTERY = "Vehicle.Powertrain.TractionBattery"
_CHARGING = f"{_BATTERY}.Charging"
_CABLE = f"{_CHARGING}.ChargingPort.AnyPosition.IsChargingCableConnected"
_FUEL = "Vehicle.Powertrain.FuelSystem"
_PARK, _DRIVE = 126, 127
_ROLLING_SPEED = 10.0
_LOW_FUEL_BELOW = 10
_LOW_PRESSURE_BELOW = 180


@reacts("Vehicle.Speed")
def speed_means_moving(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A car that moves is in gear, with its engine running and no brake on."""
    world.put("Vehicle.IsMoving", value != 0)
    if not isinstance(value, (int, float)) or value == 0:
        return
    world.put("Vehicle.Powertrain.CombustionEngine.IsRunning", True)
    if world.value(f"{_GEAR}.SelectedGear") == _PARK:
        world.put(f"{_GEAR}.SelectedGear", _DRIVE if value > 0 else -1)


@reacts("Vehicle.IsMoving")
def moving_means_speed(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A car that is said to move, or to stand, has a speed that fits."""
    if (world.value("Vehicle.Speed") != 0) != value:
        world.put("Vehicle.Speed", _ROLLING_SPEED if value else 0.0)


@reacts(f"{_GEAR}.SelectedGear")
def gear(world: "World", path: str, old: Value | None, value: Value) -> None:
    """Park locks the wheels; any other gear frees them and lets the parking brake go."""
    is_parked = value == _PARK
    engaged = {_PARK: 0, _DRIVE: 1}.get(value, value) if isinstance(value, int) else 0
    world.put(f"{_GEAR}.CurrentGear", engaged)
    if not is_parked:
        world.put(f"{_GEAR}.IsParkLockEngaged", False)
        world.put(_PARKING_BRAKE, False)
    elif old is not None:
        world.put(f"{_GEAR}.IsParkLockEngaged", True)


@reacts(f"{_CHARGING}.StartStopCharging", f"{_CHARGING}.ChargeLimit", _CABLE)
def charging(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The car charges while it is asked to and a cable is in."""
    is_charging = bool(world.value(_CABLE)) and (
        world.value(f"{_CHARGING}.StartStopCharging") == "START"
    )
    world.put(f"{_CHARGING}.IsCharging", is_charging)
    world.put(f"{_CHARGING}.TimeToComplete", _seconds_to_limit(world) if is_charging else 0)


def _seconds_to_limit(world: "World") -> int:
    """Charging time to the limit at the power of a wall box."""
    facts = world.profile.facts
    charge = world.value(f"{_BATTERY}.StateOfCharge.Current")
    limit = world.value(f"{_CHARGING}.ChargeLimit")
    if not ({"ac_power", "battery_net"} <= facts.keys()):
        return 0
    if not (isinstance(charge, (int, float)) and isinstance(limit, (int, float))):
        return 0
    missing = max(0.0, limit - charge) / 100 * facts["battery_net"].value
    return round(missing / facts["ac_power"].value * 3600)


@reacts(f"{_BATTERY}.StateOfCharge.Current")
def charge_gives_range(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The range follows the charge, and so does the charge that is shown."""
    world.put(f"{_BATTERY}.StateOfCharge.Displayed", value)
    metres = _range(world, value)
    world.put(f"{_BATTERY}.Range", metres)
    world.put("Vehicle.Powertrain.Range", metres)
    charging(world, path, old, value)


@reacts(f"{_FUEL}.RelativeLevel")
def fuel_gives_range(world: "World", path: str, old: Value | None, value: Value) -> None:
    """Litres and range follow the level in the tank."""
    tank = world.value(f"{_FUEL}.TankCapacity")
    if isinstance(tank, (int, float)) and isinstance(value, (int, float)):
        world.put(f"{_FUEL}.AbsoluteLevel", round(tank * value / 100, 1))
        world.put(f"{_FUEL}.IsFuelLevelLow", value < _LOW_FUEL_BELOW)
    metres = _range(world, value)
    world.put(f"{_FUEL}.Range", metres)
    world.put("Vehicle.Powertrain.Range", metres)


def _range(world: "World", percent: Value) -> int:
    """Metres that are left with so much charge or fuel."""
    whole = world.profile.facts.get("range")
    if whole is None or not isinstance(percent, (int, float)):
        return 0
    return round(whole.value * 1000 * percent / 100)


@reacts("*.Tire.Pressure")
def tyre_pressure(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A soft tyre shows."""
    if isinstance(value, int):
        world.put(path.removesuffix("Pressure") + "IsPressureLow", value < _LOW_PRESSURE_BELOW)
