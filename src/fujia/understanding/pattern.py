"""The small pattern language of the sentence files.

``(a|b)`` one of, ``[a|b]`` one of or none, ``{slot}`` free words, ``<list>`` one word of a named
list. A pattern can be matched (a regular expression), expanded (all its surfaces) and sampled.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Free words."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple["Sequence_", ...]


Node = Literal | Slot | Choice
Sequence_ = tuple[Node, ...]


def parse(pattern: str, lists: Lists | None = None) -> Sequence_:
    """Read a pattern; raises ValueError that says what is wrong with it."""
    nodes, end = _sequence(pattern, 0, lists or {})
    if end != len(pattern):
        raise ValueError(f"unexpected {pattern[end]!r} at character {end + 1} of {pattern!r}")
    return nodes


def _sequence(pattern: str, at: int, lists: Lists) -> tuple[Sequence_, int]:
    nodes: list[Node] = []
    while at < len(pattern) and pattern[at] not in ")]|":
        character = pattern[at]
        if character in "([":
            node, at = _choice(pattern, at, lists)
        elif character in "{<":
            closing = pattern.find("}" if character == "{" else ">", at)
            if closing < 0:
                raise ValueError(f"{character!r} is never closed in {pattern!r}")
            name = pattern[at + 1 : closing]
            node, at = (Slot(name) if character == "{" else _list(name, lists)), closing + 1
        else:
            start = at
            while at < len(pattern) and pattern[at] not in "()[]{}<>|":
                at += 1
            if at == start:
                raise ValueError(f"unexpected {pattern[at]!r} in {pattern!r}")
            node = Literal(pattern[start:at])
        nodes.append(node)
    return tuple(nodes), at


def _choice(pattern: str, at: int, lists: Lists) -> tuple[Choice, int]:
    closing = ")" if pattern[at] == "(" else "]"
    options: list[Sequence_] = [()] if closing == "]" else []
    at += 1
    while True:
        option, at = _sequence(pattern, at, lists)
        options.append(option)
        if at >= len(pattern):
            raise ValueError(f"{closing!r} is missing in {pattern!r}")
        if pattern[at] == closing:
            return Choice(tuple(options)), at + 1
        if pattern[at] != "|":
            raise ValueError(f"unexpected {pattern[at]!r} in {pattern!r}")
        at += 1


def _list(name: str, lists: Lists) -> Choice:
    if name not in lists:
        raise ValueError(f"there is no list <{name}>")
    return Choice(tuple((Literal(word),) for word in lists[name]))


def expand(nodes: Sequence_) -> Iterator[str]:
    """Every surface; a slot stands as ``{name}``."""
    parts = [
        [node.text] if isinstance(node, Literal)
        else [f"{{{node.name}}}"] if isinstance(node, Slot)
        else [text for option in node.options for text in expand(option)]
        for node in nodes
    ]  # fmt: skip
    for combination in product(*parts):
        yield "".join(combination)


def regex(nodes: Sequence_) -> str:
    """The regular expression of a pattern, with a named group for each slot."""
    text = ""
    for node in nodes:
        if isinstance(node, Literal):
            text += re.escape(node.text)
        elif isinstance(node, Slot):
            text += f"(?P<{node.name}>.+?)"
        else:
            ordered = sorted(node.options, key=lambda option: -len(regex(option)))
            text += "(?:" + "|".join(regex(option) for option in ordered) + ")"
    return text


def first_characters(nodes: Sequence_) -> set[str] | None:
    """The characters that a match can begin with; None if any can."""
    first: set[str] = set()
    for node in nodes:
        if isinstance(node, Slot):
            return None
        if isinstance(node, Literal):
            return first | {node.text[0]}
        for option in node.options:
            inner = first_characters(option)
            if inner is None:
                return None
            first |= inner
        if not any(map(_may_be_empty, node.options)):
            return first
    return first


def _may_be_empty(nodes: Sequence_) -> bool:
    return all(isinstance(node, Choice) and any(map(_may_be_empty, node.options)) for node in nodes)


def sample(nodes: Sequence_, chance: random.Random, slots: Mapping[str, str]) -> str:
    """One surface, with the slots filled."""
    text = ""
    for node in nodes:
        if isinstance(node, Literal):
            text += node.text
        elif isinstance(node, Slot):
            text += slots[node.name]
        else:
            text += sample(chance.choice(node.options), chance, slots)
    return text
