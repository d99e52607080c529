import re

import pytest

from fujia.cabin.names import value_of
from fujia.vehicle import load_profile


@pytest.mark.parametrize(
    ("group", "spoken", "value"),
    [
        ("colour", " Ice  Blue ", "#60B0FF"),
        ("colour", "#60b0ff", "#60B0FF"),
        ("massage", "full_body", "FULL_BODY"),
        ("massage", "腰部", "LUMBAR"),
        ("page", "地图", "NAVIGATION"),
        ("colour", "octarine", None),
    ],
)
def test_names(group: str, spoken: str, value: str | None) -> None:
    assert value_of(group, spoken) == value


def test_values_are_values_of_the_signals() -> None:
    signals = load_profile("i5").signals
    seat = signals["Vehicle.Cabin.Seat.Row1.DriverSide.Massage.TypeActive"]
    assert {value_of("massage", mode) for mode in seat.allowed} == set(seat.allowed)
    scents = signals["Vehicle.Cabin.Fragrance.Scent"].allowed
    assert {value_of("scent", scent) for scent in scents} == set(scents)
    assert re.fullmatch("#[0-9A-F]{6}", value_of("colour", "红色") or "")
