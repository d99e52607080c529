from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fujia.llm.reasoning import ThoughtSplitter

CUTS = st.lists(st.integers(0, 60), max_size=12)


def split(text: str, cuts: list[int]) -> tuple[str, str]:
    """Thoughts and answer of a text that comes in pieces, cut at these places."""
    splitter, found = ThoughtSplitter(), {"reasoning": "", "answer": ""}
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    for part in (*(each for piece in pieces for each in splitter.feed(piece)), *splitter.end()):
        found[part.kind] += part.text
    return found["reasoning"], found["answer"]


@given(CUTS)
def test_thoughts_are_kept_apart_wherever_the_text_is_cut(cuts: list[int]):
    assert split("\n<think>22度，<b>好</think>\n\n已经 < 22", cuts) == ("22度，<b>好", "已经 < 22")


@given(CUTS)
def test_text_without_thoughts_is_the_answer(cuts: list[int]):
    assert split("<thin ice> 小心 </think>", cuts) == ("", "<thin ice> 小心 </think>")


@given(CUTS)
def test_a_thought_that_never_ends_is_no_answer(cuts: list[int]):
    assert split("<think>and then, and then", cuts) == ("and then, and then", "")


@given(st.text(max_size=40), CUTS)
def test_nothing_is_lost(text: str, cuts: list[int]):
    if "<think>" not in text:
        assert split(text, cuts) == ("", text)
