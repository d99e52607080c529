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

_PIECES = {"*": r"\.[^.]+", "**": r"(?:\.[^.]+)*"}
"""What wildcards stand for in a path with a dot before each of its names."""
_STEP = re.compile(r"[A-Za-z][A-Za-z0-9_]*|\*\*?")


class PatternError(InputError):
    """The text is neither a path nor a pattern."""


def matching(pattern: str, paths: Iterable[str]) -> list[str]:
    """The paths that a pattern stands for, in their order; raises PatternError."""
    fits = _compiled(pattern).fullmatch
    return [path for path in paths if fits(f".{path}")]


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern stands for a path; raises PatternError."""
    return _compiled(pattern).fullmatch(f".{path}") is not None


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
    if "*" not in pattern:
        steps.append("**")
    return re.compile("".join(_PIECES.get(step, rf"\.{step}") for step in steps))
