"""What recognisers hear instead."""

import random
import sys

import pytest

from fujia.errors import MissingExtra
from fujia.foundry import noise
from fujia.foundry.noise import load_noise, misheard, misheard_english
from fujia.understanding.sounds import load_sound_file


def test_every_region_mixes_up_what_the_car_takes_for_one_another() -> None:
    known = {*load_sound_file().confusions, "homophone"}
    for region, weights in load_noise().regions.items():
        assert set(weights) <= known, region


@pytest.fixture
def sounds() -> None:
    pytest.importorskip("pypinyin")


@pytest.mark.usefixtures("sounds")
def test_numbers_sides_and_free_words_stay() -> None:
    text = "左右前后二十三度\ue000"
    kept = misheard(text, "sichuan", random.Random(2), 1.0)
    assert "左右前后二十三" in kept
    assert kept.endswith("\ue000")


@pytest.mark.usefixtures("sounds")
def test_homophones_sound_the_same() -> None:
    from pypinyin import lazy_pinyin

    heard = [misheard("机", "standard", random.Random(i), 1.0) for i in range(60)]
    assert len(set(heard)) > 10
    alike = sum(set(lazy_pinyin(each)) == {"ji"} for each in heard)
    assert alike > 45


@pytest.mark.usefixtures("sounds")
def test_every_region_makes_its_confusions() -> None:
    for region in load_noise().regions:
        chance = random.Random(region)
        assert any(misheard("冷风声音太小请调高", region, chance, 0.5) for _ in range(5))
    sichuan = {misheard("冷", "sichuan", random.Random(i), 1.0) for i in range(60)}
    from pypinyin import lazy_pinyin

    assert any(lazy_pinyin(each)[0].startswith("n") for each in sichuan)


def test_without_pypinyin_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    noise.load_sounds.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(MissingExtra, match=r"fujia\[foundry\]"):
        noise.load_sounds()


def test_english_keeps_free_words_and_says_something() -> None:
    chance = random.Random(1)
    heard = {misheard_english("open the window to \ue000", chance, 0.3) for _ in range(30)}
    assert all("\ue000" in each for each in heard)
    assert len(heard) > 3
