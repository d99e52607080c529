import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.understanding.pattern import expand, first_characters, parse, regex, sample
from fujia.understanding.templates import load_templates

_literals = st.text("开关窗灯去到", min_size=1, max_size=3)


def _grouped(options: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([f"({'|'.join(options)})", f"[{'|'.join(options)}]"])


patterns = st.recursive(
    _literals,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).flatmap(_grouped),
        st.lists(inner, min_size=2, max_size=3).map("".join),
    ),
    max_leaves=6,
)


@given(patterns, st.integers())
def test_a_sample_is_a_surface_and_matches(pattern: str, seed: int) -> None:
    nodes = parse(pattern)
    said = sample(nodes, random.Random(seed), {})
    assert said in set(expand(nodes))
    assert re.fullmatch(regex(nodes), said)


@given(patterns)
def test_every_surface_matches_and_begins_as_foretold(pattern: str) -> None:
    nodes = parse(pattern)
    matcher = re.compile(regex(nodes))
    first = first_characters(nodes)
    assert first is not None
    for said in expand(nodes):
        assert matcher.fullmatch(said)
        assert not said or said[0] in first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sample_of_every_packaged_sentence_matches_it(language: str) -> None:
    chance = random.Random(1)
    for template in load_templates(language).all:
        names = template.matcher.groupindex
        said = sample(template.nodes, chance, dict.fromkeys(names, "甲乙"))
        found = template.matcher.fullmatch(said)
        assert found is not None, said


def test_a_slot_takes_free_words() -> None:
    nodes = parse("导航[去]{place}")
    assert list(expand(nodes)) == ["导航{place}", "导航去{place}"]
    match = re.fullmatch(regex(nodes), "导航去外滩")
    assert match is not None
    assert match["place"] == "外滩"
    assert sample(nodes, random.Random(0), {"place": "外滩"}).endswith("外滩")
    assert first_characters(parse("[去]{place}")) is None


def test_a_list_stands_for_its_words() -> None:
    assert list(expand(parse("<greet>你", {"greet": ["请", "麻烦"]}))) == ["请你", "麻烦你"]


def test_a_literal_is_taken_as_it_is() -> None:
    assert re.fullmatch(regex(parse("a+b?")), "a+b?")
    assert not re.fullmatch(regex(parse("a+b?")), "aab")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("打(开", "missing"),
        ("打[开|上", "missing"),
        ("打开)", "unexpected"),
        ("去{place", "never closed"),
        ("<nowhere>", "no list"),
        ("(开]", "unexpected"),
        ("}", "unexpected"),
    ],
)
def test_a_broken_pattern_says_what_is_wrong(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse(pattern)


def test_a_choice_that_may_be_empty_lets_the_next_word_begin() -> None:
    assert first_characters(parse("([到])关")) == {"到", "关"}
