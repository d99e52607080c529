import re

import pytest

from fujia.cabin.skill import Answer
from fujia.cabin.skills import SKILLS
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_LOW = "Vehicle.Chassis.Axle.Row2.Wheel.Left.Tire."
_CHARGING = "Vehicle.Powertrain.TractionBattery.Charging."
_CABLE = _CHARGING + "ChargingPort.AnyPosition.IsChargingCableConnected"


def _text(name: str, vehicle: str = "i5", **state: Value) -> str:
    answer = SKILLS[name](scene(vehicle, state), {})
    assert isinstance(answer, Answer)
    return answer.text


def test_range_is_in_kilometres() -> None:
    km = re.search(r"(\d+)公里", _text("vehicle.range"))
    assert km is not None and 200 < int(km[1]) < 600


def test_charge_is_of_the_battery_or_the_tank() -> None:
    assert _text("vehicle.charge") == "电量70%。"
    assert _text("vehicle.charge", "x3-lwb") == "油量70%。"


def test_a_low_tyre_comes_first() -> None:
    text = _text("vehicle.tyre_pressure", **{_LOW + "Pressure": 180, _LOW + "IsPressureLow": True})
    assert text.startswith("左后胎压偏低")
    assert "左后 1.8" in text


def test_a_service_that_is_due_is_said() -> None:
    assert _text("vehicle.service") == "还有12000公里或200天保养。"
    assert _text("vehicle.service", **{"Vehicle.Service.IsServiceDue": True}) == "该保养了。"


def test_what_a_car_does_not_know_is_said() -> None:
    assert _text("vehicle.charging_time", "x3-lwb") == "这辆车查不到充电时间。"


def test_consumption_is_measured_or_said_to_be_from_the_data() -> None:
    assert _text("vehicle.consumption", "x3-lwb").startswith("平均油耗每百公里")
    assert _text("vehicle.consumption") == "这辆车不报告实际能耗，资料上每百公里约16.2千瓦时。"


def test_charging_time_only_while_charging() -> None:
    assert _text("vehicle.charging_time") == "现在没有在充电。"
    charging: dict[str, Value] = {
        _CABLE: True, _CHARGING + "StartStopCharging": "START",
        _CHARGING + "TimeToComplete": 5400,
    }  # fmt: skip
    assert _text("vehicle.charging_time", **charging) == "还要1小时30分钟。"


@pytest.mark.parametrize("name", ["vehicle.outside_temperature", "vehicle.inside_temperature"])
def test_temperatures(name: str) -> None:
    assert "22度" in _text(name)


def test_mileage_counts_the_trip_too() -> None:
    assert _text("vehicle.mileage") == "总里程8500公里，小计120.0公里。"


def test_time_is_a_day_and_a_time() -> None:
    assert re.fullmatch(
        r"今天\d+月\d+日，星期[一二三四五六日]，现在\d\d:\d\d。", _text("vehicle.time")
    )
