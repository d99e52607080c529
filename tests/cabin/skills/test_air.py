import pytest

from fujia.cabin.skill import Effect, Unavailable
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene

_FRAGRANCE = "Vehicle.Cabin.Fragrance."


@pytest.mark.parametrize("name", ["花香", "Floral", "FLOWERS"])
def test_a_scent_has_names_and_means_the_fragrance_on(name: str) -> None:
    effect = SKILLS["fragrance.scent"](scene(), {"scent": name})
    assert isinstance(effect, Effect)
    writes = {write.path: write.value for write in effect.writes}
    assert writes == {_FRAGRANCE + "IsActive": True, _FRAGRANCE + "Scent": "FLOWERS"}


def test_a_scent_that_the_car_lacks_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="臭豆腐"):
        SKILLS["fragrance.scent"](scene(), {"scent": "臭豆腐"})


def test_intensity_nought_turns_nothing_on() -> None:
    effect = SKILLS["fragrance.intensity"](scene(), {"level": 0})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == [0]
