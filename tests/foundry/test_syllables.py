"""The table of syllables that ships."""

import pytest

from fujia.foundry.noise import load_noise
from fujia.understanding.sounds import SYLLABLES, load_sound_file


def test_what_ships_is_what_the_command_makes() -> None:
    pytest.importorskip("pypinyin")
    from fujia.foundry.syllables import table

    assert SYLLABLES.read_text(encoding="utf-8") == table()


def test_the_noise_mixes_up_what_the_car_takes_for_one_another() -> None:
    assert load_noise().confusions == load_sound_file().confusions
