import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.fusion.speech import Speech
from fujia.cabin.persona import load_persona
from fujia.errors import ModelError
from fujia.llm.model import Piece

PERSONA = load_persona("fujia")


def speak(*clauses: str, language: str = "zh") -> tuple[Speech, list[str]]:
    said: list[str] = []
    speech = Speech(PERSONA, language, said.append)  # type: ignore[arg-type]
    for clause in clauses:
        speech.hear(Piece(clause))
    assert speech.end() == "".join(said).strip()
    return speech, said


def test_clauses_are_said_as_they_come() -> None:
    assert speak("从前有座山，", "山里有座庙。")[1] == ["从前有座山，", "山里有座庙。"]


def test_thoughts_are_never_said() -> None:
    said: list[str] = []
    speech = Speech(PERSONA, "zh", said.append)
    speech.hear(Piece("他想听故事。", "reasoning"))
    assert (speech.end(), said) == ("", [])


@pytest.mark.parametrize(
    ("language", "clauses"),
    [("zh", ("好的，", "已经为您打开车窗了。", "还有别的吗？")),
     ("en", ("Of course. ", "I have opened your window. ", "Anything else?"))],
)  # fmt: skip
def test_a_claimed_deed_and_all_behind_it_is_not_said(
    language: str, clauses: tuple[str, ...]
) -> None:
    speech, said = speak(*clauses, language=language)
    assert speech.claimed
    assert said == [clauses[0]]


@pytest.mark.parametrize(
    "clauses", [("绝对安全，", "放心。"), ("绝对", "安全，放心。"), ("绝", "对安", "全，放心。")]
)
def test_forbidden_claims_are_left_out_wherever_they_are_cut(clauses: tuple[str, ...]) -> None:
    assert "绝对安全" not in speak("这辆车", *clauses)[0].text


def test_of_competitors_only_what_may_be_said() -> None:
    said = speak("要说特", "斯拉嘛，", "那可差远了。")[0].text
    assert said == "要说别的品牌我不评价，可以说说这辆车。"


def test_an_answer_in_another_language_ends_at_its_first_clause() -> None:
    with pytest.raises(ModelError, match="another language"):
        speak("Once upon a time, ")
    with pytest.raises(ModelError, match="another language"):
        speak("Sure, ", "the weather is lovely today.")


@pytest.mark.parametrize("clauses", [("{}",), ('{"commands": ', "[]}"), ("[{", '"a": 1}]')])
def test_json_is_never_spoken(clauses: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="no words"):
        speak(*clauses)


def test_marks_alone_are_no_answer() -> None:
    assert speak("……")[1] == []


def test_an_answer_of_a_few_letters_is_said() -> None:
    assert speak("OK。")[1] == ["OK。"]


@given(st.lists(st.text("绝对安全放心的车，。", min_size=1, max_size=5), max_size=8))
def test_no_cut_brings_a_forbidden_claim_through(clauses: list[str]) -> None:
    assert "绝对安全" not in "".join(speak(*clauses)[1])
