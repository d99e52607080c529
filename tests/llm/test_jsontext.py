import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.llm.jsontext import read_json, without_nulls

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
OBJECT = st.dictionaries(st.text(max_size=5), JSON, max_size=4)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": [1, 2,],}\n```', {"a": [1, 2]}),
        ('Here you are:\n{"a": ",}"}\nAnything else?', {"a": ",}"}),
        ("好的：[1, 2]。", [1, 2]),
        ('```\n[{"a": 1}]\n```', [{"a": 1}]),
    ],
)
def test_it_is_read_as_models_write_it(text: str, content: object):
    assert read_json(text) == content


@pytest.mark.parametrize(
    "text",
    ["", "好的", '{"a": 1', '{"calls": [{"a": 1}, {"b"', "[1, 2", '{"a": NaN}', "12", "{" * 9999],
)
def test_half_a_text_or_none_is_nothing(text: str):
    assert read_json(text) is None


@given(OBJECT, st.sampled_from(["%s", "```json\n%s\n```", "Sure!\n%s\nDone."]))
def test_an_object_comes_back_as_it_was(content: dict[str, object], frame: str):
    assert read_json(frame % json.dumps(content, ensure_ascii=False)) == content


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str):
    assert read_json(text) is None or isinstance(read_json(text), (dict, list))


def test_what_is_null_is_left_out_wherever_it_stands():
    content = {"a": None, "b": [{"c": None, "d": 0}, None, ""], "e": {"f": False}}
    assert without_nulls(content) == {"b": [{"d": 0}, None, ""], "e": {"f": False}}
