from pathlib import Path

from fujia.expert.answers.expert import Expert
from fujia.expert.retrieval.context import shown
from fujia.expert.retrieval.corpus import Corpus
from fujia.expert.store import ManualStore
from tests.expert.manuals import document, rough_expert, section


def test_places_are_full_but_never_too_long(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    with expert.store.reading() as reading:
        corpus = Corpus(reading.all_passages())
    texts = shown(corpus.hits, corpus, 5)
    assert len(texts) == 5
    assert all(200 < len(text) <= 400 for text in texts)


def test_what_was_taken_in_is_not_shown_again(tmp_path: Path) -> None:
    store = ManualStore(tmp_path / "m.sqlite")
    sections = [
        section(("paragraph", f"第{n}节的文字。"), title=f"第{n}节", id_=f"s{n}") for n in range(3)
    ]
    store.add(document(*sections), "m")
    with store.reading() as reading:
        corpus = Corpus(reading.all_passages())
    (text,) = shown(corpus.hits, corpus, 5)
    assert text.splitlines() == [
        "第0节", "第0节的文字。", "第1节", "第1节的文字。", "第2节", "第2节的文字。",
    ]  # fmt: skip


def test_a_place_stays_in_its_manual(tmp_path: Path) -> None:
    store = ManualStore(tmp_path / "m.sqlite")
    store.add(document(section(("paragraph", "甲的文字。"))), "a")
    store.add(document(section(("paragraph", "乙的文字。"))), "b")
    expert = Expert(store)
    with expert.store.reading() as reading:
        corpus = Corpus(reading.all_passages())
    assert ["甲" in text and "乙" in text for text in shown(corpus.hits, corpus, 5)] == [
        False,
        False,
    ]
