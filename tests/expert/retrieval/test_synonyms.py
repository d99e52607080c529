from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.expert.retrieval.synonyms import SynonymFile, Synonyms, load_synonyms


def synonyms(*groups: list[str]) -> Synonyms:
    return Synonyms(SynonymFile(groups=list(groups)))


def test_every_word_of_the_group_is_known_for_each_of_them() -> None:
    found = next(synonyms(["后备箱", "尾门", "boot"]).find("我的尾门打不开"))
    assert found.words == ("尾门", "后备箱", "boot")


def test_the_longest_word_is_found() -> None:
    known = synonyms(["座椅", "seat"], ["座椅加热", "seat heating"])
    assert [found.words[0] for found in known.find("座椅加热和座椅")] == ["座椅加热", "座椅"]


def test_an_english_word_is_whole() -> None:
    known = synonyms(["boot", "trunk"])
    assert not list(known.find("reboot the screen"))
    assert list(known.find("open the boot"))


def test_a_word_of_two_groups_has_the_words_of_both() -> None:
    found = next(synonyms(["轮", "车轮"], ["轮", "方向盘"]).find("轮"))
    assert set(found.words) == {"轮", "车轮", "方向盘"}


@pytest.mark.parametrize(
    ("said", "written"),
    [("后备箱", "行李厢"), ("方向盘热", "方向盘加热"), ("胎压灯", "胎压警告灯"),
     ("boot", "tailgate"), ("雨刷", "wiper"), ("电瓶", "蓄电池")],
)  # fmt: skip
def test_drivers_words_stand_for_those_of_manuals(said: str, written: str) -> None:
    assert written in next(load_synonyms().find(said)).words


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text("groups: []\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"synonyms\.yaml"):
        load_synonyms(file)
