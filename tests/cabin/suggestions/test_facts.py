from datetime import UTC, datetime

import pytest

from fujia.cabin.memory.fact import Fact
from fujia.cabin.suggestions.facts import FACTS, Moment
from fujia.vehicle.signal import Value

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
GYM = Fact(what="trip", value="健身房", name="", time="18:30", days=(1, 3))
WORK = Fact(what="trip", value="公司", name="", time="07:50", days=(1, 2, 3, 4, 5))


def moment(now: datetime = MONDAY, *facts: Fact, **state: Value) -> Moment:
    return Moment({name.replace("__", "."): value for name, value in state.items()}, now, facts)


def test_the_trip_is_the_next_of_today():
    assert moment(MONDAY, GYM, WORK).trip == WORK
    assert moment(MONDAY.replace(hour=12), GYM, WORK).trip == GYM
    assert moment(MONDAY.replace(day=3), GYM).trip is None, "not on Tuesdays"
    assert moment(MONDAY.replace(hour=22), GYM, WORK).trip is None, "over for today"


@pytest.mark.parametrize(
    ("clock", "soon", "now"),
    [((6, 0), False, False), ((7, 0), True, False), ((7, 45), True, True), ((8, 0), False, True),
     ((8, 10), False, False)],
)  # fmt: skip
def test_when_a_trip_is_soon_and_when_it_begins(clock: tuple[int, int], soon: bool, now: bool):
    at = moment(MONDAY.replace(hour=clock[0], minute=clock[1]), WORK)
    assert (FACTS["trip_soon"](at), FACTS["trip_now"](at)) == (soon, now)


def test_energy_is_short_when_the_range_is_not_the_way_and_a_reserve():
    def short(metres: int) -> bool:
        return FACTS["energy_short"](moment(MONDAY, WORK, Vehicle__Powertrain__Range=metres))

    assert short(30_000) and not short(40_000), "25 km to a place unknown, and 30 % more"
    level = "Vehicle__Powertrain__TractionBattery__StateOfCharge__Displayed"
    assert FACTS["energy_short"](moment(MONDAY, WORK, **{level: 10.0}))
    assert not FACTS["energy_short"](moment(MONDAY, WORK, **{level: 60.0}))
    assert not FACTS["energy_short"](moment(MONDAY, WORK)), "nobody knows"


def test_the_temperature_is_another_than_usual():
    usual = Fact(what="temperature", value=21, name="", time="")
    now = "Vehicle__Cabin__HVAC__Station__Row1__Driver__Temperature"
    differs = FACTS["temperature_differs"]
    assert differs(moment(MONDAY, usual, **{now: 24.0}))
    assert not differs(moment(MONDAY, usual, **{now: 22.0}))
    assert not differs(moment(MONDAY, **{now: 28.0})), "nothing is known of the driver"
    off: dict[str, Value] = {now: 24.0, "Vehicle__Cabin__HVAC__IsOn": False}
    assert not differs(moment(MONDAY, usual, **off))


def test_what_the_car_does_not_tell_is_no_fact():
    nothing = moment()
    for name in ("rain", "dark", "awake", "window_wide", "roof_open", "no_route",
                 "glass_may_fog", "reversing", "energy_short"):  # fmt: skip
        assert not FACTS[name](nothing), name
