from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.expert.answers.evidence import Evidence, load_calibration
from fujia.expert.answers.expert import Expert
from fujia.expert.store import ManualStore
from tests.expert.manuals import document, rough_expert, section


def test_more_evidence_makes_an_answer_more_probable() -> None:
    for weights in (load_calibration().vectors, load_calibration().words):
        weak = Evidence(0.2, 0.2, 0.0, 0.84, 0.7, 0.2, 0.1)
        strong = Evidence(0.9, 0.9, 0.5, 0.92, 0.0, 1.0, 0.6)
        assert weights.probability(weak) < weights.threshold < weights.probability(strong)


def test_what_the_manual_never_names_is_absent(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    assert expert.evidence("夜视仪").absent == 1
    assert expert.evidence("火花塞").absent == 0


def test_without_vectors_there_is_no_likeness(tmp_path: Path) -> None:
    assert rough_expert(tmp_path).evidence("火花塞多久换").likeness == 0


def test_a_broken_calibration_is_named(tmp_path: Path) -> None:
    file = tmp_path / "calibration.yaml"
    file.write_text("words: {bias: 1}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"calibration\.yaml"):
        load_calibration(file)


def test_what_is_only_mentioned_is_not_what_a_place_is_about(tmp_path: Path) -> None:
    about = section(("paragraph", "充电口在右后方，按一下打开。"), title="充电口", id_="port")
    before = "洗车以前收起天线，关好所有的车窗和天窗，把雨刮拨到关闭的位置，" * 2
    mentions = section(("paragraph", f"{before}再检查一遍充电口。"), title="洗车", id_="wash")
    shares = list[float]()
    for name, one in (("about", about), ("mentions", mentions)):
        store = ManualStore(tmp_path / f"{name}.sqlite")
        store.add(document(one), name)
        shares.append(Expert(store).evidence("充电口在哪里").about)
    assert shares[0] == 1
    assert shares[1] < 0.5


def test_a_place_without_a_rival_is_not_ahead_of_any(tmp_path: Path) -> None:
    store = ManualStore(tmp_path / "one.sqlite")
    store.add(document(section(("paragraph", "尾门用按键打开。"))), "one")
    assert Expert(store).evidence("尾门怎么打开").ahead == 0
    assert rough_expert(tmp_path).evidence("火花塞多久换").ahead > 0
