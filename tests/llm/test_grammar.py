import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.foundry.skillbook import answer_schema
from fujia.llm.grammar import as_grammar, spelled_out


@pytest.mark.parametrize(
    ("pattern", "spelled"),
    [
        (r"^\d+$", "^[0-9]+$"),
        (r"[\d.]+", "[0-9.]+"),
        (r"([01]\d|2[0-3]):[0-5]\d", "([01][0-9]|2[0-3]):[0-5][0-9]"),
        (r"\w+\s\.", r"[A-Za-z0-9_]+[ \t\n\r]\."),
        (r"\[\d\]", r"\[[0-9]\]"),
        (r"\\d", r"\\d"),
        (r"[\]\d]", r"[\]0-9]"),
    ],
)
def test_short_classes_are_spelled_out(pattern: str, spelled: str):
    assert spelled_out(pattern) == spelled


@given(st.text("0123456789+-.%:maxin", max_size=8))
def test_a_pattern_means_the_same_afterwards(text: str):
    for pattern in (r"^([+-]?(\d+(\.\d+)?)?%?|max|min|mid)$", r"^([01]\d|2[0-3]):[0-5]\d$"):
        assert bool(re.match(pattern, text)) == bool(re.match(spelled_out(pattern), text))


def test_an_argument_may_be_called_title():
    schema = {
        "type": "object",
        "title": "Song",
        "properties": {"title": {"type": "string", "title": "Title", "maxLength": 9}},
        "required": ["title"],
    }
    assert as_grammar(schema) == {
        "type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"],
    }  # fmt: skip


def test_the_teachers_schema_holds_nothing_that_a_grammar_does_not_know():
    written = json.dumps(as_grammar(answer_schema()))
    assert "\\\\d" in json.dumps(answer_schema())
    assert "\\\\d" not in written
    assert "[0-9]" in written
