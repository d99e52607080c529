import sqlite3
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from fujia.errors import InputError, StoreError, UnknownManual
from fujia.expert.section import Block, Box, Document, Section
from fujia.expert.store import ManualStore


def document(*texts: str, language: str = "zh") -> Document:
    sections = tuple(
        Section(f"s{number}", ("手册", f"第{number}节"), language, (Block("paragraph", (text,)),))
        for number, text in enumerate(texts, start=1)
    )
    return Document("手册", language, sections, None, "0" * 64, "text")


@pytest.fixture
def store(tmp_path: Path) -> ManualStore:
    return ManualStore(tmp_path / "i5.sqlite")


def found(store: ManualStore, *terms: str) -> list[str]:
    with store.reading() as reading:
        return [hit.text for hit in reading.search(terms)]


def test_what_goes_in_comes_out(store: ManualStore):
    box = Box(2, 0.1, 0.2, 0.3, 0.4)
    steps = Block("steps", ("按下", "松开"), 2, (box,))
    section = Section("light", ("灯光", "大灯"), "zh", (steps,), 2)
    added = store.add(
        Document("车主手册", "zh", (section,), 9, "f" * 64, "pdf"), "m", market="CN", edition="2027"
    )
    with store.reading() as reading:
        assert reading.manuals() == [added]
        assert (added.title, added.pages, added.market, added.edition) == (
            "车主手册",
            9,
            "CN",
            "2027",
        )
        assert reading.sections("m") == [section]
        assert reading.section("m", "light") == section


@pytest.mark.parametrize("word", ["胎压", "轮胎", "后备箱", "isofix", "ISOFIX", "备箱"])
def test_short_words_are_found_wherever_they_stand(store: ManualStore, word: str):
    store.add(
        document("轮胎压力监测灯点亮，胎压过低。", "后备箱里有 ISOFIX 说明。", "空调滤芯。"), "m"
    )
    hits = found(store, word)
    assert hits
    assert all(word.lower() in hit.lower() for hit in hits[:1])


def test_the_best_passage_comes_first(store: ManualStore):
    store.add(
        document("空调的出风口。", "大灯高度调节。", "自动大灯：转到自动位置，大灯会点亮。"), "m"
    )
    assert found(store, "自动大灯怎么开")[0].startswith("自动大灯")


@pytest.mark.parametrize(
    "question", ["", "？", '"', "a OR b) NOT *", "灯", "灯" * 5000, "x" * 5000]
)
def test_no_question_is_too_strange(store: ManualStore, question: str):
    store.add(document("大灯。"), "m")
    assert isinstance(found(store, question), list)


def test_manuals_are_asked_by_language_market_edition_and_name(store: ManualStore):
    store.add(document("大灯在中国。"), "cn", market="CN", edition="1")
    store.add(document("大灯在哪里都一样。"), "all")
    store.add(document("The headlamp, 大灯.", language="en"), "en", market="DE")

    def names(**scope: object) -> set[str]:
        from fujia.expert.reading import Scope

        with store.reading() as reading:
            return {hit.manual for hit in reading.search(["大灯"], Scope(**scope))}

    assert names() == {"cn", "all", "en"}
    assert names(language="en") == {"en"}
    assert names(market="CN") == {"cn", "all"}
    assert names(edition="1") == {"cn"}
    assert names(manuals=("all", "en")) == {"all", "en"}
    assert names(manuals=()) == set()


def test_a_name_is_taken_once(store: ManualStore):
    store.add(document("旧。"), "m")
    with pytest.raises(InputError, match="already"):
        store.add(document("新。"), "m")
    with pytest.raises(UnknownManual):
        store.add(document("新。"), "other", replace=True)
    assert found(store, "旧") == ["旧。"]


def test_an_update_replaces_all_of_the_old_edition(store: ManualStore):
    store.add(document("旧版大灯。", "旧版雨刮。"), "m")
    store.add(document("新版大灯。"), "m", edition="2", replace=True)
    assert found(store, "大灯", "雨刮") == ["新版大灯。"]
    with store.reading() as reading:
        assert [manual.edition for manual in reading.manuals()] == ["2"]


def test_the_old_edition_answers_until_the_new_one_is_ready(store: ManualStore):
    store.add(document("旧版大灯。"), "m")
    with store.reading() as reading:
        store.add(document("新版大灯。"), "m", replace=True)
        assert [hit.text for hit in reading.search(["大灯"])] == ["旧版大灯。"]
    assert found(store, "大灯") == ["新版大灯。"]


def test_a_manual_that_is_removed_while_it_is_asked_can_be_read_to_its_end(store: ManualStore):
    store.add(document("大灯。"), "m")
    with store.reading() as reading:
        (hit,) = reading.search(["大灯"])
        store.remove("m")
        assert reading.section("m", hit.section.id).text == "大灯。"
    with store.reading() as reading, pytest.raises(UnknownManual, match="no manual 'm'"):
        reading.section("m", hit.section.id)
    assert found(store, "大灯") == []


def test_a_full_disk_changes_nothing(store: ManualStore, monkeypatch: pytest.MonkeyPatch):
    store.add(document("旧版大灯。"), "m")
    connect = sqlite3.connect

    def connect_to_full_disk(*args: object, **options: object) -> sqlite3.Connection:
        connection = connect(*args, **options)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_full_disk)
    with pytest.raises(StoreError, match=r"disk is full.*nothing was changed"):
        store.add(document(*["新版大灯。" * 500] * 50), "m", replace=True)
    monkeypatch.undo()
    assert found(store, "大灯") == ["旧版大灯。"]
    store.add(document("新版大灯。"), "m", replace=True)
    assert found(store, "大灯") == ["新版大灯。"]


def test_a_failure_half_way_changes_nothing(store: ManualStore, tmp_path: Path):
    store.add(document("旧版大灯。"), "m")
    with pytest.raises(StoreError, match=r"gone\.pdf: No such file"):
        store.add(document("新版大灯。"), "m", source=tmp_path / "gone.pdf", replace=True)
    assert found(store, "大灯") == ["旧版大灯。"]


def test_a_store_opens_at_once(store: ManualStore):
    store.add(document(*["大灯与雨刮。" * 100] * 300), "m")
    took: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        assert found(ManualStore(store.file), "大灯")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.2


def test_a_file_that_is_no_store_is_refused(tmp_path: Path):
    file = tmp_path / "i5.sqlite"
    file.write_text("this is a letter to my aunt, not a database" * 30)
    with pytest.raises(StoreError, match="not a store of manuals"):
        ManualStore(file)


def test_a_store_of_another_version_is_refused(store: ManualStore):
    connection = sqlite3.connect(store.file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="another version"):
        ManualStore(store.file)


def test_the_file_is_kept_byte_by_byte(store: ManualStore, tmp_path: Path):
    source = tmp_path / "m.pdf"
    source.write_bytes(bytes(range(256)) * 10_000)
    store.add(document("大灯。"), "m", source=source)
    store.add(document("雨刮。"), "without")
    with store.reading() as reading:
        assert reading.source("m") == source.read_bytes()
        assert reading.source("without") is None


def test_vectors_belong_to_passages_and_go_with_them(store: ManualStore):
    store.add(document("大灯。", "雨刮。"), "m")
    with store.reading() as reading:
        numbers = [hit.passage for hit in reading.all_passages()]
    rows = {number: np.full(4, number, np.float32) for number in [*numbers, 999]}
    store.put_vectors("e5", rows)
    with store.reading() as reading:
        known, matrix = reading.vectors("e5")
        assert known == numbers
        assert matrix.tolist() == [[float(number)] * 4 for number in numbers]
        assert reading.vectors("other")[1].shape == (0, 0)
        assert [hit.text for hit in reading.passages([numbers[1], 999])] == ["雨刮。"]
    store.remove("m")
    with store.reading() as reading:
        assert reading.vectors("e5")[0] == []


def test_every_change_is_seen_by_its_number(store: ManualStore):
    def revision() -> int:
        with store.reading() as reading:
            return reading.revision()

    before = revision()
    store.add(document("大灯。"), "m")
    after = revision()
    store.remove("m")
    assert before < after < revision()


def test_many_may_ask_while_one_changes(store: ManualStore):
    store.add(document("第0版大灯。"), "m")
    problems: list[Exception] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert len(found(store, "大灯")) == 1
        except Exception as error:
            problems.append(error)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for edition in range(1, 20):
        store.add(document(f"第{edition}版大灯。"), "m", replace=True)
    done.set()
    for asker in askers:
        asker.join()
    assert problems == []
    assert found(store, "大灯") == ["第19版大灯。"]
