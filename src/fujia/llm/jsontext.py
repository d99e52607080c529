"""JSON as models write it: in fences, with a word before and after, with a comma too many.

What was cut off is not completed: half a list of commands reads like a whole one.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, cast

_FENCE = re.compile(r"```(?:json)?\s*\n?(.*?)```", re.DOTALL | re.IGNORECASE)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def read_json(text: str) -> Any:
    """The JSON object or list in a text; None where there is none."""
    fence = _FENCE.search(text)
    for candidate in (text, fence[1] if fence else "", _between(text, "{", "}"),
                      _between(text, "[", "]")):  # fmt: skip
        for form in (candidate, _COMMA.sub(lambda match: match[1] or "", candidate)):
            try:
                content: Any = json.loads(form, parse_constant=_refuse)
            except (ValueError, RecursionError):
                continue
            if isinstance(content, (dict, list)):
                return content  # pyright: ignore[reportUnknownVariableType]
    return None


def without_nulls(content: Any) -> Any:
    """Content without what is ``null``: models write it for what was not said."""
    if isinstance(content, Mapping):
        known = cast("Mapping[str, Any]", content)
        return {name: without_nulls(each) for name, each in known.items() if each is not None}
    if isinstance(content, list):
        return [without_nulls(each) for each in cast("list[Any]", content)]
    return content


def _between(text: str, first: str, last: str) -> str:
    start, end = text.find(first), text.rfind(last)
    # A list inside an object is not the answer; whichever opens first is.
    other = text.find("[" if first == "{" else "{")
    inner = first == "[" and 0 <= other < start
    return "" if inner else text[start : end + 1] if 0 <= start < end else ""


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
