"""How characters sound, and which sounds are taken for one another."""

from hypothesis import given
from hypothesis import strategies as st

from fujia.understanding.sounds import Confusion, load_sound_file, load_sounds, split

SOUNDS = load_sounds()
CHARACTERS = sorted(SOUNDS.readings)
LEVELS = {"same": 0, "homophone": 1, "confusion": 2, "far": 3}


def test_confusions_go_both_ways_and_leave_the_rest() -> None:
    flat = Confusion(initials=("zh", "z"))
    assert flat.other("zh", "uo") == "zuo"
    assert flat.other("z", "uo") == "zhuo"
    assert flat.other("ch", "uo") is None
    nasal = Confusion(finals=("ing", "in"))
    assert (nasal.other("x", "ing"), nasal.other("x", "in")) == ("xin", "xing")
    assert Confusion(initials=("hu", "w")).other("h", "uang") == "wang"


def test_a_syllable_has_an_initial_and_a_final() -> None:
    assert split("chuang") == ("ch", "uang")
    assert split("an") == ("", "an")


def test_how_far_apart_two_characters_sound() -> None:
    assert SOUNDS.steps("窗", "窗") == LEVELS["same"]
    assert SOUNDS.steps("慨", "凯") == LEVELS["homophone"]
    assert SOUNDS.steps("丰", "哼") == LEVELS["confusion"]
    assert SOUNDS.steps("车", "窗") == LEVELS["far"]


def test_a_character_with_two_readings_sounds_like_both() -> None:
    assert SOUNDS.steps("月", "乐") == LEVELS["homophone"]
    assert SOUNDS.steps("了", "乐") == LEVELS["homophone"]


def test_numbers_and_sides_sound_like_nothing_but_themselves() -> None:
    for character in load_sound_file().kept:
        assert SOUNDS.said_as(character) == (character,)
        assert character in SOUNDS.heard_as(character)


@given(st.sampled_from(CHARACTERS), st.sampled_from(CHARACTERS))
def test_sounding_alike_goes_both_ways_and_stays_in_a_group(one: str, other: str) -> None:
    steps = SOUNDS.steps(one, other)
    assert steps == SOUNDS.steps(other, one)
    if steps < LEVELS["far"] and one not in SOUNDS.kept:
        assert set(SOUNDS.heard_as(one)) & set(SOUNDS.heard_as(other))


@given(st.characters())
def test_any_character_has_a_group(character: str) -> None:
    assert SOUNDS.said_as(character)
    assert set(SOUNDS.said_as(character)) <= set(SOUNDS.heard_as(character))
