from pathlib import Path

import pytest

from fujia.expert.reading import Scope
from fujia.expert.retrieval.corpus import Corpus, presence
from fujia.expert.retrieval.embed import PairEmbedder
from fujia.expert.retrieval.question import Concept
from fujia.expert.store import ManualStore
from tests.expert.manuals import document, rough_expert, section


@pytest.mark.parametrize(
    ("words", "text", "low", "high"),
    [
        (("尾门",), "打开尾门", 1.0, 1.0),
        (("后备箱", "尾门"), "打开尾门", 0.9, 0.9),
        (("打不开",), "不开", 0.1, 0.5),
        (("天窗",), "打开尾门", 0.0, 0.0),
        (("mirror",), "fold the mirrors", 1.0, 1.0),
        (("12",), "120 km/h", 0.0, 0.0),
        (("ice",), "notice", 0.0, 0.0),
        (("stars",), "starting the engine", 0.0, 0.0),
        (("stop",), "when stopping", 1.0, 1.0),
        (("limit",), "the speed limiter", 1.0, 1.0),
        (("charge",), "while charging", 1.0, 1.0),
    ],
)
def test_presence_is_sure_for_its_own_words_and_less_for_others(
    words: tuple[str, ...], text: str, low: float, high: float
) -> None:
    assert low <= presence(Concept(words), text) <= high


def test_what_is_rare_in_the_manual_says_more(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    with expert.store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), None)
    assert corpus.rarity(Concept(("火花塞",))) > corpus.rarity(Concept(("车辆",)))


def test_vectors_count_only_if_every_passage_has_one(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path, PairEmbedder())
    with expert.store.reading() as reading:
        whole = Corpus.read(reading, Scope(), "pairs")
        assert Corpus.read(reading, Scope(), "another model").vectors is None
    assert whole.vectors is not None
    assert len(whole.vectors) == len(whole.hits)


def test_contents_and_indexes_are_told_from_text(tmp_path: Path) -> None:
    store = ManualStore(tmp_path / "m.sqlite")
    leaders = "钥匙 .... 3\n车门 ........ 5\n座椅 ……… 9"
    store.add(
        document(
            section(("paragraph", "车门 1 座椅 2"), title="目录", id_="a"),
            section(("paragraph", leaders), title="概览", id_="b"),
            section(("paragraph", "车门用钥匙打开。"), title="车门", id_="c"),
        ),
        "m",
    )
    with store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), None)
    assert corpus.lists == [True, True, False]
