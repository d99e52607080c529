"""Sentences with free words in them: a place, a song, a contact.

A sentence file maps skills to patterns; see ``fujia.understanding.pattern``. The free words are
copied from what was said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.understanding import pattern
from fujia.understanding.plan import Argument
from fujia.understanding.words import locales_of


class Say(BaseModel):
    """A pattern with arguments that it implies."""

    model_config = ConfigDict(extra="forbid")

    say: str
    args: dict[str, Argument] = {}
    """Arguments that it implies; ``{slot}`` in one stands for free words."""
    also: dict[str, dict[str, Argument]] = {}
    """Commands that come with it, their arguments filled in the same way."""
    alone: bool = False
    """Whether it holds only if nothing else is said."""


class SentenceFile(BaseModel):
    """One sentence file."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]] = {}
    sentences: dict[str, list[str | Say]] = {}


@dataclass(frozen=True, slots=True)
class Template:
    """One pattern of one skill."""

    skill: str
    nodes: pattern.Sequence_
    matcher: re.Pattern[str]
    args: Mapping[str, Argument]
    also: Mapping[str, Mapping[str, Argument]]
    alone: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A template that fits a span; the slots are spans of the clean text."""

    template: Template
    slots: Mapping[str, tuple[int, int]]
    literal: int
    free: int


@dataclass
class Templates:
    """All templates of a language, found by their first character."""

    all: list[Template] = field(default_factory=list[Template])
    by_first: dict[str, list[Template]] = field(default_factory=dict[str, list[Template]])
    anywhere: list[Template] = field(default_factory=list[Template])

    def add(self, skill: str, one: Say, lists: pattern.Lists) -> None:
        """Add one pattern; raises ValueError for a broken one."""
        nodes = pattern.parse(one.say, lists)
        matcher = re.compile(pattern.regex(nodes))
        template = Template(skill, nodes, matcher, one.args, one.also, one.alone)
        self.all.append(template)
        first = pattern.first_characters(nodes)
        for character in first or ():
            self.by_first.setdefault(character, []).append(template)
        if first is None:
            self.anywhere.append(template)

    def matches(self, text: str, start: int, end: int) -> Iterator[Match]:
        """Every template that fits ``text[start:end]`` from end to end."""
        for template in (*self.by_first.get(text[start], ()), *self.anywhere):
            found = template.matcher.fullmatch(text, start, end)
            if found and not (template.alone and text.strip(" ,") != text[start:end]):
                slots = {name: found.span(name) for name in found.groupdict() if found[name]}
                free = sum(stop - begin for begin, stop in slots.values())
                yield Match(template, slots, end - start - free, free)


@cache
def load_templates(language: str) -> Templates:
    """All sentence files of a language; raises DataError for a broken one."""
    templates = Templates()
    lists: dict[str, list[str]] = {}
    for folder in locales_of(language):
        for file in sorted((folder / "sentences").glob("*.yaml")):
            content = load_yaml(file, SentenceFile)
            lists |= content.lists
            for skill, sayings in content.sentences.items():
                for saying in sayings:
                    one = saying if isinstance(saying, Say) else Say(say=saying)
                    try:
                        templates.add(skill, one, lists)
                    except ValueError as error:
                        raise DataError(file, 0, f"{skill}: {error}") from None
    return templates
