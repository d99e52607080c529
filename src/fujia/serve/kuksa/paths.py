"""Paths with wildcards, as KUKSA understands them.

``*`` stands for one step of a path and ``**`` for any number of them. A path without a wildcard
means the signal or everything below the branch.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from fujia.errors import InputError

LONGEST_PATH = 1000
"""Characters in a path that a request may name."""

_STEP = re.compile(r"[A-Za-z][A-Za-z0-9_]*|\*\*?")


class PatternError(InputError):
    """The text is neither a path nor a pattern."""


def matching(pattern: str, paths: Iterable[str]) -> list[str]:
    """The paths that a pattern stands for, in their order; raises PatternError."""
    fits = _compiled(pattern).fullmatch
    return [path for path in paths if fits(path)]


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern stands for a path; raises PatternError."""
    return _compiled(pattern).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > LONGEST_PATH:
        raise PatternError(f"a path has at most {LONGEST_PATH} characters")
    steps = pattern.split(".") if pattern else ["**"]
    wrong = [step for step in steps if not _STEP.fullmatch(step)]
    if wrong:
        raise PatternError(f"{pattern!r} is not a path: {wrong[0]!r} is not a name, * or **")
    # Two ** in a row mean the same as one, and would make matching slow.
    steps = [step for n, step in enumerate(steps) if step != "**" or steps[n - 1 : n] != ["**"]]
    text = "".join(_piece(step) for step in steps)
    below = "" if "*" in pattern else r"(?:\.[^.]+)*"
    return re.compile(text.removeprefix(r"\.") + below)


def _piece(step: str) -> str:
    if step == "**":
        return r"(?:(?:^|\.)[^.]+)*"
    return r"\." + (r"[^.]+" if step == "*" else re.escape(step))
