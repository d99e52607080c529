"""The catalogue of telltales: complete, true to the signals, and told in two sentences."""

import re
from fnmatch import fnmatchcase
from functools import cache
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from fujia import Profile, SimulatedCar, Value, list_profiles, load_profile
from fujia.cabin.world import load_world
from fujia.expert.library import handbook
from fujia.expert.section import Language
from fujia.expert.telltales import (
    GRAVEST_FIRST,
    Condition,
    Telltale,
    find_telltale,
    load_telltales,
    telltales_of,
)
from fujia.vehicle.catalogue import vss_6

PROFILES = [load_profile(name) for name in list_profiles()]
ALL = load_telltales()
TYRE = "Vehicle.Chassis.Axle.Row2.Wheel.Left.Tire.Pressure"
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_each = pytest.mark.parametrize("telltale", ALL, ids=lambda each: each.id)


@cache
def section_ids(equipment: tuple[str, ...], language: Language) -> set[str]:
    return {each.id for each in handbook(language, equipment).sections}


def named(id_: str) -> Telltale:
    return next(each for each in ALL if each.id == id_)


def lit(state: dict[str, Value], vehicle: str = "i5") -> set[str]:
    car = SimulatedCar(load_profile(vehicle), state)
    return {each.id for each in telltales_of(car.profile) if each.is_lit(car.snapshot())}


def test_every_id_and_every_name_means_one_telltale() -> None:
    assert len({each.id for each in ALL}) == len(ALL) >= 30
    names = [name.casefold() for each in ALL for name in (each.zh, each.en, *each.names)]
    assert sorted(names) == sorted(set(names))


def test_the_gravest_come_first() -> None:
    ranks = [GRAVEST_FIRST.index(each.urgency) for each in ALL]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}


@_each
def test_its_colour_agrees_with_its_urgency(telltale: Telltale) -> None:
    if telltale.urgency == "stop_now":
        assert telltale.colour == "red"
    if telltale.colour in ("green", "blue", "white"):
        assert telltale.urgency == "information"
    if telltale.urgency != "information":
        assert telltale.todo


@_each
def test_its_signals_exist(telltale: Telltale) -> None:
    known = {*vss_6(), *(path for profile in PROFILES for path in profile.signals)}
    for condition in (each for alternative in telltale.when for each in alternative):
        assert any(fnmatchcase(path, condition.signal) for path in known), condition.signal


@_each
def test_the_handbook_of_each_vehicle_that_has_it_tells_more(telltale: Telltale) -> None:
    having = [profile for profile in PROFILES if telltale in telltales_of(profile)]
    assert having
    for profile in having:
        for language in _LANGUAGES:
            assert telltale.section in section_ids(profile.equipment, language)


@_each
def test_its_icon_is_a_drawing_of_ours(telltale: Telltale) -> None:
    root = ElementTree.fromstring(telltale.icon.read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    kinds = {child.tag.rpartition("}")[2] for child in root.iter()}
    assert kinds <= {"svg", "path", "circle", "rect", "text"}
    assert len(list(root)) > 0


def test_no_icon_is_left_without_a_telltale() -> None:
    folder = ALL[0].icon.parent
    assert {file.stem for file in folder.glob("*.svg")} == {each.id for each in ALL}
    drawings = [file.read_bytes() for file in folder.glob("*.svg")]
    assert len(set(drawings)) == len(drawings)


@_each
@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_driver_hears_no_more_than_two_sentences(telltale: Telltale, language: Language) -> None:
    told = telltale.report(PROFILES[0], {}, language)
    ends = re.findall(r"。" if language == "zh" else r"\.(?: |$)", told)
    assert 1 <= len(ends) <= 2
    assert len(told) <= (60 if language == "zh" else 160)


def test_help_is_a_kind_of_place_that_can_be_looked_for() -> None:
    kinds = {each.helps for each in ALL if each.helps}
    assert kinds <= set(load_world().categories)
    assert {"charging", "workshop", "fuel"} <= kinds


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.id)
def test_a_healthy_parked_car_has_nothing_to_announce(profile: Profile) -> None:
    state = SimulatedCar(profile).snapshot()
    assert not [
        each.id for each in telltales_of(profile) if each.is_announced and each.is_lit(state)
    ]
    assert named("parking-brake").is_lit(state)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.id)
def test_a_healthy_car_on_the_road_has_nothing_to_announce(profile: Profile) -> None:
    state = SimulatedCar(profile, {"Vehicle.Speed": 80.0}).snapshot()
    assert not [
        each.id for each in telltales_of(profile) if each.is_announced and each.is_lit(state)
    ]


@pytest.mark.parametrize(
    ("state", "id_", "vehicle"),
    [
        ({TYRE: 150}, "tyre-pressure", "i5"),
        ({"Vehicle.ADAS.ABS.IsError": True}, "abs", "i5"),
        ({"Vehicle.ADAS.TCS.IsError": True}, "stability", "generic-ev"),
        ({"Vehicle.Body.Lights.Beam.High.IsOn": True}, "high-beam", "x3-lwb"),
        ({"Vehicle.LowVoltageBattery.CurrentVoltage": 11.0}, "battery-12v", "x3-lwb"),
        ({"Vehicle.Diagnostics.DTCCount": 2}, "engine", "5-series-lwb"),
        ({"Vehicle.Powertrain.FuelSystem.RelativeLevel": 9}, "fuel-low", "5-series-lwb"),
        ({"Vehicle.Powertrain.TractionBattery.StateOfCharge.Current": 4.0}, "turtle", "i5"),
        ({"Vehicle.Powertrain.TractionBattery.ErrorCodes": ["P0A1F"]}, "high-voltage", "i5"),
    ],
)
def test_a_signal_lights_its_telltale(state: dict[str, Value], id_: str, vehicle: str) -> None:
    assert id_ not in lit({}, vehicle)
    assert id_ in lit(state, vehicle)


def test_what_belongs_to_an_engine_is_not_in_an_electric_car() -> None:
    assert "engine" not in lit({"Vehicle.Diagnostics.DTCCount": 2}, "i5")


def test_an_open_door_matters_once_the_car_moves() -> None:
    door = "Vehicle.Cabin.Door.Row2.PassengerSide.IsOpen"
    assert "door" not in lit({door: True})
    assert "door" in lit({door: True, "Vehicle.Speed": 10.0})


def test_an_empty_seat_needs_no_belt() -> None:
    driver = "Vehicle.Cabin.Seat.Row1.DriverSide."
    passenger = "Vehicle.Cabin.Seat.Row1.PassengerSide."
    assert "seat-belt" not in lit({driver + "IsBelted": True})
    assert "seat-belt" in lit(
        {driver + "IsBelted": True, passenger + "OccupancyStatus": "OCCUPIED"}
    )


def test_the_message_names_the_tyre() -> None:
    car = SimulatedCar(load_profile("i5"), {TYRE: 150})
    state = car.snapshot()
    assert "左后轮胎" in named("tyre-pressure").report(car.profile, state, "zh")
    assert "rear left tyre" in named("tyre-pressure").report(car.profile, state, "en")


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("仪表上出来一个乌龟是什么意思", "turtle"),
        ("what does the yellow horseshoe mean", "tyre-pressure"),
        ("ABS灯亮了", "abs"),
        ("why is that spanner on", "service"),
        ("我想听周杰伦", None),
        ("is the seat absolutely clean", None),
    ],
)
def test_a_telltale_is_found_by_what_people_call_it(words: str, id_: str | None) -> None:
    found = find_telltale(words, load_profile("i5"))
    assert (found.id if found else None) == id_


def test_a_telltale_that_the_vehicle_lacks_is_not_found() -> None:
    assert find_telltale("乌龟灯", load_profile("x3-lwb")) is None


@pytest.mark.parametrize("tests", [{}, {"is": True, "above": 1.0}])
def test_a_condition_says_exactly_one_thing(tests: dict[str, Value]) -> None:
    with pytest.raises(ValidationError, match="say one of"):
        Condition.model_validate({"signal": "Vehicle.Speed", **tests})


def test_no_number_is_read_into_a_truth_value() -> None:
    condition = Condition.model_validate({"signal": "Vehicle.IsMoving", "above": 0.5})
    assert condition.raised_by({"Vehicle.IsMoving": True}) == ()
