from pathlib import Path

import pytest

from fujia.expert.reading import Scope
from fujia.expert.retrieval.corpus import Corpus
from fujia.expert.retrieval.embed import PairEmbedder
from fujia.expert.retrieval.question import parse_question
from fujia.expert.retrieval.rank import fits, fuse, reorder, search
from fujia.expert.store import ManualStore
from tests.expert.manuals import document, rough_expert, section


def first(folder: Path, text: str) -> str:
    expert = rough_expert(folder)
    question = parse_question(text)
    with expert.store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), None)
        found = search(question, reading, Scope(), corpus)
    return reorder(question, found, corpus)[0].hit.section.title


def test_fusion_likes_what_both_lists_have() -> None:
    scores = fuse([1, 2, 3], [3, 4])
    assert max(scores, key=lambda passage: scores[passage]) == 3
    assert scores[1] == pytest.approx(1 / 61)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("后备箱用脚怎么开", "1.5 电动尾门"),
        ("天窗保险是多少安的", "8.5 熔断器"),
        ("怀孕了安全带怎么系", "2.3 安全带"),
        ("搭电怎么接线", "8.2 跨接启动"),
        ("how do I change the wiper blade", "6.2 雨刮"),
    ],
)
def test_the_section_that_answers_comes_first(tmp_path: Path, question: str, title: str) -> None:
    assert first(tmp_path, question) == title


def test_a_number_is_looked_for_in_its_unit() -> None:
    question = parse_question("机油要加多少升")
    assert fits(question, "机油 4.2升") > fits(question, "每1万公里更换机油")


def test_nothing_to_look_for_finds_nothing(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    question = parse_question("？")
    with expert.store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), None)
        assert reorder(question, search(question, reading, Scope(), corpus), corpus) == []


def test_meaning_finds_what_no_word_finds(tmp_path: Path) -> None:
    embedder = PairEmbedder()
    expert = rough_expert(tmp_path, embedder)
    text = "催化转化器里的东西"  # only its spelling is like that of the section
    question = parse_question("？")
    with expert.store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), embedder.name)
        found = search(question, reading, Scope(), corpus, embedder.query(text))
    best = reorder(question, found, corpus)[0]
    assert best.likeness == max(each.likeness for each in reorder(question, found, corpus))
    assert best.features.meaning > 1


def test_contents_never_answer(tmp_path: Path) -> None:
    store = ManualStore(tmp_path / "m.sqlite")
    contents = section(("paragraph", "尾门 尾门 尾门"), title="目录", id_="a")
    store.add(document(contents, section(("paragraph", "尾门用按键打开。"), id_="b")), "m")
    question = parse_question("尾门怎么打开")
    with store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), None)
        ranked = reorder(question, search(question, reading, Scope(), corpus), corpus)
    assert [each.hit.section.id for each in ranked] == ["b"]
