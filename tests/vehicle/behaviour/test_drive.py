import pytest

from fujia.vehicle import SimulatedCar, Value, Write, load_profile

GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
CURRENT_GEAR = "Vehicle.Powertrain.Transmission.CurrentGear"
PARK_LOCK = "Vehicle.Powertrain.Transmission.IsParkLockEngaged"
BRAKE = "Vehicle.Chassis.ParkingBrake.IsEngaged"
SPEED, MOVING = "Vehicle.Speed", "Vehicle.IsMoving"
BATTERY = "Vehicle.Powertrain.TractionBattery."
CHARGING = BATTERY + "Charging."
CABLE = CHARGING + "ChargingPort.AnyPosition.IsChargingCableConnected"
FUEL = "Vehicle.Powertrain.FuelSystem."


def car_with(state: dict[str, Value], vehicle: str = "i5") -> SimulatedCar:
    return SimulatedCar(load_profile(vehicle), state)


def gears(car: SimulatedCar) -> list[Value]:
    return [car.read(path) for path in (GEAR, CURRENT_GEAR, PARK_LOCK, BRAKE)]


@pytest.mark.parametrize(
    ("state", "moving", "expected"),
    [
        ({}, False, [126, 0, True, True]),
        ({SPEED: 80}, True, [127, 1, False, False]),
        ({SPEED: -5}, True, [-1, -1, False, False]),
        ({SPEED: 80, GEAR: 126}, True, [126, 0, True, True]),
        ({SPEED: 80, BRAKE: True}, True, [127, 1, False, True]),
        ({GEAR: 127}, False, [127, 1, False, False]),
        ({GEAR: 0}, False, [0, 0, False, False]),
        ({GEAR: 127, PARK_LOCK: True}, False, [127, 1, True, False]),
        ({SPEED: 30, MOVING: False}, False, [127, 1, False, False]),
    ],
)
def test_start_states(state: dict[str, Value], moving: bool, expected: list[Value]) -> None:
    car = car_with(state)
    assert car.read(MOVING) is moving
    assert gears(car) == expected


def test_moving_means_a_speed() -> None:
    car = car_with({MOVING: True})
    assert car.read(SPEED) == 10.0
    car.set(MOVING, False)
    assert car.read(SPEED) == 0.0


def test_stopping_and_parking() -> None:
    car = car_with({SPEED: 50})
    car.set(SPEED, 0)
    assert car.read(MOVING) is False
    assert gears(car) == [127, 1, False, False]
    car.set(GEAR, 126)
    assert gears(car) == [126, 0, True, False]


def test_an_engine_runs_while_the_car_moves() -> None:
    running = "Vehicle.Powertrain.CombustionEngine.IsRunning"
    assert car_with({}, "x3-lwb").read(running) is False
    assert car_with({SPEED: 50}, "x3-lwb").read(running) is True


def test_range_and_shown_charge_follow_the_charge() -> None:
    car = car_with({})
    assert (car.read(BATTERY + "Range"), car.read("Vehicle.Powertrain.Range")) == (350_000, 350_000)
    car.set(BATTERY + "StateOfCharge.Current", 20)
    assert (car.read(BATTERY + "Range"), car.read(BATTERY + "StateOfCharge.Displayed")) == (
        100_000,
        20.0,
    )
    kept = car_with({BATTERY + "StateOfCharge.Current": 20, BATTERY + "Range": 90_000})
    assert kept.read(BATTERY + "Range") == 90_000


def test_range_and_litres_follow_the_tank() -> None:
    car = car_with({FUEL + "RelativeLevel": 5}, "5-series-lwb")
    assert car.read(FUEL + "AbsoluteLevel") == 3.0
    assert car.read(FUEL + "IsFuelLevelLow") is True
    assert car.read(FUEL + "Range") == car.read("Vehicle.Powertrain.Range") == 42_850
    car.set(FUEL + "RelativeLevel", 70)
    assert (car.read(FUEL + "AbsoluteLevel"), car.read(FUEL + "IsFuelLevelLow")) == (42.0, False)


def test_charging_needs_a_start_and_a_cable() -> None:
    car = car_with({CABLE: True})
    assert car.read(CHARGING + "IsCharging") is False
    car.actuate([Write(CHARGING + "StartStopCharging", "START")])
    assert car.wait_for({CHARGING + "IsCharging": True}) == {CHARGING + "IsCharging": True}
    # 10 % of 81.2 kWh at 11 kW
    assert car.read(CHARGING + "TimeToComplete") == round(8.12 / 11 * 3600)
    car.set(CABLE, False)
    assert car.read(CHARGING + "IsCharging") is False
    assert car.read(CHARGING + "TimeToComplete") == 0


def test_a_full_battery_has_nothing_left_to_charge() -> None:
    start: dict[str, Value] = {CABLE: True, CHARGING + "StartStopCharging": "START"}
    car = car_with(start | {BATTERY + "StateOfCharge.Current": 95})
    assert (car.read(CHARGING + "IsCharging"), car.read(CHARGING + "TimeToComplete")) == (True, 0)


def test_a_soft_tyre_shows() -> None:
    tyre = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire."
    assert car_with({tyre + "Pressure": 150}).read(tyre + "IsPressureLow") is True
    assert car_with({tyre + "Pressure": 240}).read(tyre + "IsPressureLow") is False
