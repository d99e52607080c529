from pathlib import Path

import pytest

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.expert.answers.fittings import DATA, FittingFile, load_fittings, name_of
from fujia.expert.retrieval.question import parse_question
from fujia.vehicle import list_profiles, load_profile
from fujia.vehicle.equipment import packaged_equipment

I5 = load_profile("i5").equipment
PETROL = load_profile("5-series-lwb").equipment


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("油箱盖在哪一侧", "fuel"),
        ("which octane does it take", "fuel"),
        ("机油尺在哪", "engine"),
        ("Where is the dipstick?", "engine"),
        ("后雨刮怎么开", "rear_wiper"),
    ],
)
def test_what_an_electric_car_lacks_is_found(question: str, item: str) -> None:
    assert load_fittings().lacking(parse_question(question), I5) == item


@pytest.mark.parametrize(
    "question",
    [
        "发动机舱盖怎么打开",  # the bonnet, not the engine
        "怎么启动发动机",  # every car is started
        "雨刮怎么开",
        "手机怎么充电",
        "how do I open the bonnet",
        "how do I use the boot",
    ],
)
def test_what_it_has_is_not(question: str) -> None:
    assert load_fittings().lacking(parse_question(question), I5) is None


def test_the_profile_decides() -> None:
    question = parse_question("充电口在哪里")
    assert load_fittings().lacking(question, I5) is None
    assert load_fittings().lacking(question, PETROL) == "charging"


def test_every_item_is_one_of_the_profiles() -> None:
    items = load_yaml(DATA / "fittings.yaml", FittingFile).words
    assert set(items) <= set(packaged_equipment())


def test_every_item_is_lacking_somewhere() -> None:
    fitted = [set(load_profile(name).equipment) for name in list_profiles()]
    for item in load_yaml(DATA / "fittings.yaml", FittingFile).words:
        assert any(item not in each for each in fitted), item


def test_an_item_has_a_name_in_both_languages() -> None:
    assert (name_of("engine", "zh"), name_of("engine", "en")) == ("发动机", "engine")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "fittings.yaml"
    file.write_text("words: [fuel]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"fittings\.yaml"):
        load_fittings(file)
