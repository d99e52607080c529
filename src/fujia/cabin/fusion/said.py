"""What was said and what was not: a model's arguments held against the person's own words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from fujia.cabin.skills import SKILLS, Skill
from fujia.understanding.normalise import detect_language, normalise
from fujia.understanding.plan import Argument, Command
from fujia.understanding.tagger import Token, tag
from fujia.understanding.words import load_words
from fujia.vehicle.zone import SEATS

_PLACES = ("zone", "screen")
_ENDS = (0, 100)
"""Closed and open, quiet and loud: nobody says them as numbers."""
_HALF = re.compile(r"半|\bhalf\b", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """An utterance, to ask what it holds."""

    text: str

    def hold(self, name: str, value: Argument, *, is_free: bool = False) -> bool:
        """Whether a value of the argument ``name`` was said, or is no fact that could be said.

        Free texts, numbers and places are facts. "On", "a bit more", "the most" and the names of
        modes are what a wish comes to, however it is put.
        """
        if name in _PLACES:
            return self._has_place
        if isinstance(value, bool):
            return True
        if isinstance(value, (int, float)):
            return value in _ENDS or self._has_amount or float(value) in self._numbers
        if isinstance(value, list):
            return all(self.hold(name, each, is_free=is_free) for each in value)
        if is_free:
            return _key(value) in _key(self.text) or value in self._meant
        number = value.strip("+-%")
        if self._has_amount or not number.replace(".", "", 1).isdigit():
            return True
        return float(number) in self._numbers

    def say(self, value: Argument) -> bool:
        """Whether a value itself was said: a number or a text, of no argument that is known."""
        if isinstance(value, list):
            return any(map(self.say, value))
        if isinstance(value, (bool, int, float)):
            return not isinstance(value, bool) and float(value) in self._numbers
        return bool(_key(value)) and (_key(value) in _key(self.text) or value in self._meant)

    @cached_property
    def _tokens(self) -> list[Token]:
        words = load_words(detect_language(self.text))
        said = normalise(self.text, words.rewrites, words.characters)
        return tag(said, words)

    @cached_property
    def _meant(self) -> frozenset[str]:
        """What the words of the lexicon stand for: red for 红色."""
        senses = (sense for token in self._tokens for sense in token.senses)
        return frozenset(value for sense in senses for _, value in sense.marks)

    @cached_property
    def _has_place(self) -> bool:
        return any(token.has("zone") for token in self._tokens)

    @cached_property
    def _numbers(self) -> frozenset[float]:
        numbers = {token.number for token in self._tokens if token.number is not None}
        if _HALF.search(self.text):
            numbers |= {number + 0.5 for number in numbers}
        return frozenset(numbers)

    @cached_property
    def _has_amount(self) -> bool:
        """Whether an amount is said in words: the most, half, quiet."""
        return any(token.has("amount") or token.has("end") for token in self._tokens)


@dataclass(frozen=True, slots=True)
class Held:
    """A command with what was said of it."""

    command: Command
    assumed: bool = False
    """Whether it holds something that nobody said, or lacks something that was said."""
    dropped: tuple[str, ...] = ()
    """The arguments that a model gave and that were left out."""
    unplaced: tuple[str, ...] = ()
    """Those of them that were said, and that the skill does not take."""


def hold(command: Command, said: Words, seat: str) -> Held | str:
    """A model's command without the arguments that nobody said, or what is wrong with it.

    An argument that it cannot go without, and another person's place, stay: they are to be asked
    about. What the skill does not take is left out; where it was said, that is asked about too.
    """
    skill = SKILLS.get(command.skill)
    if skill is None:
        return f"there is no skill {command.skill!r}"
    required, free, known = _required(skill), _free(skill), skill.arguments.model_fields
    args: dict[str, Argument] = {}
    strange = [name for name in command.args if name not in known]
    unplaced = tuple(name for name in strange if said.say(command.args[name]))
    assumed = bool(unplaced)
    for name, value in command.args.items():
        if name not in known:
            continue
        if skill.kind == "read" or said.hold(name, value, is_free=name in free):
            args[name] = value
        elif name in required or (name in _PLACES and value in SEATS and value != seat):
            args[name] = value
            assumed = True
    if strange and not (skill.kind == "read" or args):
        # Nothing else says what is meant: seat.heating{state: off} would become "on".
        return f"{skill.name} has no argument {strange[0]!r}"
    held = command.model_copy(update={"args": args})
    problem = _problem(skill, args)
    dropped = tuple(name for name in command.args if name not in args)
    return problem or Held(held, assumed, dropped, unplaced)


def _required(skill: Skill) -> frozenset[str]:
    fields = skill.arguments.model_fields.items()
    return frozenset(name for name, field in fields if field.is_required())


def _free(skill: Skill) -> frozenset[str]:
    """The arguments that hold words of the speaker."""
    properties = skill.schema()["parameters"].get("properties", {}).items()
    return frozenset(name for name, schema in properties if any(map(_is_text, _leaves(schema))))


def _leaves(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "anyOf" not in schema:
        yield schema
    for option in schema.get("anyOf", ()):
        yield from _leaves(option)


def _is_text(leaf: Mapping[str, Any]) -> bool:
    return leaf.get("type") == "string" and not leaf.keys() & {"enum", "pattern"}


def _problem(skill: Skill, args: Mapping[str, Argument]) -> str | None:
    try:
        skill.arguments.model_validate(dict(args))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{skill.name}: {place}: {first['msg']}"
    return None


def _key(text: str) -> str:
    """A text without what people do not hear: case, width, script, spaces and marks."""
    said = normalise(text, script=load_words("zh").characters).text
    return "".join(character for character in said if character.isalnum())
