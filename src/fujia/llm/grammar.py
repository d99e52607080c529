"""Schemas for servers that hold a model to one while it writes: llama.cpp, vLLM.

They make a grammar of it, and such a grammar knows neither the short classes of regular expressions
nor what a schema says to people.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

from fujia.llm.model import Schema

_WORDS = frozenset({"title", "description", "default", "examples"})
"""What a schema says to people."""
_LENGTHS = frozenset({"minLength", "maxLength"})
"""What slows a grammar down; the answer is checked when it is there."""
_CLASSES: Mapping[str, str] = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r"}
_SIGN = re.compile(r"\\(.)|([\[\]])", re.DOTALL)


def as_grammar(schema: Schema) -> dict[str, Any]:
    """The same schema, as far as a grammar can be made of it."""
    return _plain(schema)


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(each) for each in cast("list[Any]", schema)]
    if not isinstance(schema, Mapping):
        return schema
    kept: dict[str, Any] = {}
    for name, value in cast("Mapping[str, Any]", schema).items():
        # An argument may be called "title"; then there is a schema behind the word.
        if isinstance(value, (Mapping, list)):
            kept[name] = _plain(value)
        elif name == "pattern":
            kept[name] = spelled_out(value)
        elif name not in _WORDS | _LENGTHS:
            kept[name] = value
    return kept


def spelled_out(pattern: str) -> str:
    r"""A regular expression without ``\d``, ``\w`` and ``\s``: ``[+-]?\d+`` is ``[+-]?[0-9]+``."""
    inside = False

    def spell(found: re.Match[str]) -> str:
        nonlocal inside
        if found[2]:
            inside = found[2] == "["
            return found[2]
        letters = _CLASSES.get(found[1])
        if letters is None:
            return found[0]
        return letters if inside else f"[{letters}]"

    return _SIGN.sub(spell, pattern)
