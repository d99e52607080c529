import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import UtteranceError
from fujia.expert.retrieval.question import parse_question


def words(text: str) -> list[str]:
    return [concept.words[0] for concept in parse_question(text).concepts]


def test_what_is_asked_about_is_left_when_the_asking_is_taken_away() -> None:
    assert words("请问自动大灯怎么打开呢") == ["自动大灯", "打开"]
    assert words("how do I fold the mirrors?") == ["fold", "mirrors"]


def test_a_known_thing_brings_its_other_names() -> None:
    concept = parse_question("后备箱打不开").concepts[0]
    assert concept.known
    assert {"尾门", "tailgate"} <= set(concept.words)


def test_names_count_more_than_common_verbs() -> None:
    weight = {each.words[0]: each.weight for each in parse_question("火花塞多久更换").concepts}
    assert weight["火花塞"] == 1
    assert weight["更换"] < 0.5


def test_what_manuals_do_not_tell_counts_double() -> None:
    weight = {each.words[0]: each.weight for each in parse_question("火花塞哪个牌子").concepts}
    assert weight["牌子"] == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [("机油加多少升", "number"), ("怎么打开天窗", "how"), ("备胎在哪里", "where"),
     ("胎压灯亮了怎么办", "what_now"), ("why is it beeping", "why"), ("how often", "number")],
)  # fmt: skip
def test_the_kind_of_answer_is_told(text: str, kind: str) -> None:
    assert kind in parse_question(text).kinds


@pytest.mark.parametrize("text", ["零百加速几秒", "换挡拨片怎么用", "这车的色号是多少"])
def test_a_decisive_word_keeps_its_place(text: str) -> None:
    assert max(concept.weight for concept in parse_question(text).concepts) > 1


def test_a_decisive_character_is_not_looked_for_in_other_words() -> None:
    assert all(concept.weight <= 1 for concept in parse_question("贵宾模式怎么开").concepts)


def test_words_of_grammar_are_not_joined_to_what_stands_beside_them() -> None:
    named = {concept.words[0] for concept in parse_question("安全带怎么系才对").concepts}
    assert named == {"安全带", "系"}


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("那个灯为什么亮了", True), ("why is that light on", True), ("胎压灯为什么亮了", False),
     ("仪表在哪里", False), ("阅读灯怎么开", False)],
)  # fmt: skip
def test_a_question_about_whatever_light_is_on(text: str, is_so: bool) -> None:
    assert parse_question(text).about_any_lamp is is_so


@pytest.mark.parametrize("text", ["", "  \n ", "长" * 5001])
def test_no_question_and_too_long_a_question_are_errors(text: str) -> None:
    with pytest.raises(UtteranceError):
        parse_question(text)


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    if not text.strip():
        return
    question = parse_question(text)
    assert all(concept.words and concept.weight > 0 for concept in question.concepts)
