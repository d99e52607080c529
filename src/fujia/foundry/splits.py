"""Which sentence patterns and which free words are kept for the test.

Whether a pattern is held out follows from its text alone, so the answer is the same today and
after the next edit of the data. Training never sees a held-out pattern or a held-out value.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

Split = Literal["train", "dev", "test"]
"""``dev`` has the patterns and values of ``train``, in other samples."""

_SHARE = 0.2
Item = TypeVar("Item")


def _place(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def short_hash(text: str) -> str:
    """Six digits that name a pattern in a family."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def is_held_out(text: str) -> bool:
    """Whether a free value (a place, a song, a name) is kept for the test."""
    return _place(f"value:{text.lower()}") < _SHARE


def fits(text: str, split: Split) -> bool:
    """Whether a free value may be used in a split."""
    return is_held_out(text) == (split == "test")


def part_of(items: Sequence[Item], split: Split, text: Callable[[Item], str] = str) -> list[Item]:
    """The patterns of a group that a split may use.

    At least one of every group of two or more is held out, and at least one is not; a group of
    one belongs to training alone.
    """
    ranked = sorted(items, key=lambda item: _place(f"pattern:{text(item)}"))
    held = sum(_place(f"pattern:{text(item)}") < _SHARE for item in ranked)
    held = max(1, min(held, len(ranked) - 1)) if len(ranked) > 1 else 0
    kept = {text(item) for item in ranked[:held]}
    return [item for item in items if (text(item) in kept) == (split == "test")]
