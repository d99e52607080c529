"""When two commands mean the same: one form for all the ways to write it (``compare.yaml``)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Amount, Argument, Command

Canonical = tuple[str, frozenset[tuple[str, str]]]

_ENDS = {"max": "100", "mid": "50", "min": "0"}


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid")

    arguments: list[str]
    drop: list[str]
    leading: list[str]
    trailing: list[str]
    trailing_pattern: str
    same: dict[str, list[str]]


class Comparison(BaseModel):
    """The rules of ``compare.yaml``."""

    model_config = ConfigDict(extra="forbid")

    percent: list[str]
    a_bit: dict[str, float]
    defaults: dict[str, bool | str | list[str]]
    text: _Text
    nothing: list[str]
    skill_only: list[str]
    beside_title: list[str]
    harmless: list[str]


@cache
def rules() -> Comparison:
    """The committed rules."""
    return load_yaml(Path(__file__).parent / "compare.yaml", Comparison)


def is_nothing(command: Command) -> bool:
    """Whether this is small talk, which counts as no command."""
    return command.skill in rules().nothing


def is_harmless(command: Command) -> bool:
    """Whether this changes nothing in the car."""
    return command.skill in rules().harmless or command.skill.startswith("vehicle.")


def is_skill_only(command: Command) -> bool:
    """Whether only the skill of this command is compared."""
    return command.skill in rules().skill_only


def canonical(command: Command) -> Canonical:
    """Skill and arguments in one form, so that commands that mean the same are equal."""
    if is_skill_only(command):
        return command.skill, frozenset()
    args = {name: value for name, value in command.args.items() if not _says_nothing(name, value)}
    if command.skill == "media.play" and not args:
        return canonical(Command(skill="media.control", args={"action": "play"}))
    if command.skill == "tailgate.position" and "position" not in args:
        args = {"position": 0 if "open" in args else 100}
    if "title" in args:
        args = {name: value for name, value in args.items() if name not in rules().beside_title}
    said = {(name, _value(command.skill, name, value)) for name, value in args.items()}
    if command.condition is not None:
        said.add(("condition", command.condition.model_dump_json()))
    return command.skill, frozenset(said)


def _says_nothing(name: str, value: Argument) -> bool:
    default = rules().defaults.get(name)
    if isinstance(default, list):
        return value in default
    return type(value) is type(default) and value == default


def _value(skill: str, name: str, value: Argument) -> str:
    if isinstance(value, (bool, list)):
        return str(value)
    if name in rules().text.arguments:
        return normalise(str(value))
    try:
        amount = Amount.parse(value)
    except ValueError:
        return normalise(str(value))
    return _amount(skill, amount)


def _amount(skill: str, amount: Amount) -> str:
    is_percent = skill in rules().percent
    if amount.kind == "change":
        a_bit = rules().a_bit.get(skill, 10.0 if is_percent else 1.0)
        change = amount.sign * a_bit if amount.number is None else amount.number
        unit = "%" if amount.percent and not is_percent else ""
        return f"{change:+g}{unit}"
    if is_percent:
        return _ENDS[amount.end] if amount.end else f"{amount.number:g}"
    if amount.end:
        return amount.end
    if amount.percent:
        share = f"{amount.number:g}"
        return {"0": "min", "50": "mid", "100": "max"}.get(share, f"{share}%")
    return f"{amount.number:g}"


def normalise(text: str) -> str:
    """Words without case, width, blanks, punctuation and the words that add nothing."""
    text = re.sub(r"[^\w.#]", "", unicodedata.normalize("NFKC", text).lower())
    words = rules().text
    for word in words.drop:
        text = text.replace(word, "")
    text = re.sub(words.trailing_pattern, "", text) or text
    text = _strip(text, words.leading, words.trailing)
    return next((name for name, same in words.same.items() if text in same), text)


def _strip(text: str, leading: list[str], trailing: list[str]) -> str:
    for word in leading:
        if text.startswith(word) and text != word:
            text = text.removeprefix(word)
    for word in trailing:
        if text.endswith(word) and text != word:
            text = text.removesuffix(word)
    return text
