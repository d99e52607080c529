import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.serve.kuksa.paths import PatternError, covers, matching
from fujia.vehicle.catalogue import vss_6

PATHS = ("Vehicle.Speed", "Vehicle.Cabin.Seat.Row1.Tilt", "Vehicle.Cabin.Seat.Row2.Tilt",
         "Vehicle.Cabin.SeatBelt", "Vehicle.Cabin.Seat.Row1.Massage.Level")  # fmt: skip
STEPS = st.sampled_from(["Vehicle", "Cabin", "Seat", "Row1", "Tilt", "*", "**"])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("Vehicle.Speed", [0]),
        ("Vehicle", [0, 1, 2, 3, 4]),
        ("", [0, 1, 2, 3, 4]),
        ("**", [0, 1, 2, 3, 4]),
        ("Vehicle.**", [0, 1, 2, 3, 4]),
        ("Vehicle.*", [0]),
        ("Vehicle.Cabin.Seat", [1, 2, 4]),
        ("Vehicle.Cabin.Seat.*.Tilt", [1, 2]),
        ("Vehicle.**.Tilt", [1, 2]),
        ("**.Level", [4]),
        ("*.Speed", [0]),
        ("Vehicle.Cabin.Seat.**.Row1.**", [1, 4]),
        ("Vehicle.Warp", []),
        ("Speed", []),
    ],
)
def test_patterns(pattern: str, found: list[int]):
    assert matching(pattern, PATHS) == [PATHS[position] for position in found]


@pytest.mark.parametrize("pattern", [".", "Vehicle.", "Vehicle..Speed", "Vehicle.Spee*", "a b",
                                     "***", "Vehicle.[A-Z]", "x" * 1001])  # fmt: skip
def test_what_is_no_pattern_is_an_error(pattern: str):
    with pytest.raises(PatternError):
        matching(pattern, PATHS)


def reference(steps: list[str], names: list[str]) -> bool:
    """What the wildcards mean, said once more and slowly."""
    if not steps:
        return not names
    if steps[0] == "**":
        return any(reference(steps[1:], names[taken:]) for taken in range(len(names) + 1))
    return bool(names) and steps[0] in ("*", names[0]) and reference(steps[1:], names[1:])


@settings(deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=7), st.sampled_from(PATHS))
def test_patterns_mean_what_they_say(steps: list[str], path: str):
    names = path.split(".")
    plain = not any("*" in step for step in steps)
    expected = reference([*steps, "**"] if plain else steps, names)
    assert covers(".".join(steps), path) is expected


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_an_error(text: str):
    try:
        covers(text, "Vehicle.Speed")
    except PatternError as error:
        assert str(error)


def test_a_pattern_full_of_wildcards_takes_no_time():
    start = time.monotonic()
    matching(".".join(["**", "*"] * 190), vss_6())
    assert time.monotonic() - start < 20
