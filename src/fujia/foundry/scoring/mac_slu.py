"""MAC-SLU (arXiv 2512.01603, Apache-2.0): its gold frames as commands of Fujia.

The table is ``mac_slu_map.yaml``. The data are not part of this repository: name the folder that
holds ``mac-slu/dev.jsonl`` in ``FUJIA_BENCH_DATA``.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cn2an  # pyright: ignore[reportMissingTypeStubs]
from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.foundry.scoring.score import Case, Wanted
from fujia.understanding.plan import Argument, Command

Slots = dict[str, str]
Number = int | float | str

_HERE = Path(__file__).parent
_UP = re.compile(r"^(?:往上|[调音效加变再]*)(?:高|大|亮|强|快|升|涨|\+|上涨|增)")
_DOWN = re.compile(r"^(?:往下|[调音效为减稍变再]*)(?:低|小|暗|弱|慢|降|轻|-|减)")
_TO = re.compile(r"^[调设改变开降升加]?(?:到|至|为|成)")
_NUMBER = re.compile(r"(?P<number>[零一二两三四五六七八九十百千点半\d.]+)(?P<percent>%)?")
_BIT = re.compile(r"(?:一)?点儿?$")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Template(_Model):
    """One command that a frame becomes; the fields are described in the table's head."""

    skill: str
    args: dict[str, Argument] = Field(default_factory=dict[str, Argument])
    switch: str | None = None
    ends: str | None = None
    level: str | None = None
    amount: str | None = None
    words: dict[str, Number] = Field(default_factory=dict[str, Number])
    text: dict[str, list[str]] = Field(default_factory=dict[str, list[str]])
    number: dict[str, str] = Field(default_factory=dict[str, str])
    zoned: bool = True


class Rule(_Model):
    """Frames that fit ``when`` become ``do``; each of ``others`` is as right as its first."""

    when: dict[str, str | list[str]]
    do: list[Template]
    others: list[Template] = Field(default_factory=list[Template], alias="or")


class Repair(_Model):
    """A label that contradicts its own sentence."""

    id: str
    frame: int
    slots: Slots
    why: str


class Table(_Model):
    """The whole table."""

    operations: dict[Literal["open", "close"], list[str]]
    zones: dict[str, list[str]]
    amounts: dict[str, Number]
    repairs: list[Repair]
    rules: list[Rule]


class Frame(BaseModel):
    """One gold frame, as the data set has it."""

    domain: str
    intent: str
    slots: Slots


@cache
def table() -> Table:
    """The committed table."""
    return load_yaml(_HERE / "mac_slu_map.yaml", Table)


def amount_of(words: str) -> Number:
    """How much a word of the slot ``value`` says, as a command carries it.

    Raises ValueError where the words hold no amount at all.
    """
    known = table().amounts.get(words)
    if known is not None:
        return known
    rest = _TO.sub("", words)
    if rest in table().amounts:
        return table().amounts[rest]
    sign = "-" if _DOWN.match(rest) else "+" if _UP.match(rest) else ""
    # "一点" at the end is "a bit", not the number one; "一点五" is a number.
    match = _NUMBER.search(_BIT.sub("", rest))
    if match is None and not sign:
        raise ValueError(f"{words!r} holds no amount")
    number = _number(match["number"]) if match else None
    percent = "%" if match and match["percent"] else ""
    if sign or percent:
        return f"{sign}{'' if number is None else f'{number:g}'}{percent}"
    assert number is not None
    return int(number) if number.is_integer() else number


def _number(text: str) -> float:
    return float(cn2an.cn2an(text, "smart"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def operation_of(slots: Mapping[str, str]) -> str:
    """The class of 操作: open, close or set."""
    word = slots.get("操作", "")
    return next((name for name, words in table().operations.items() if word in words), "set")


def convert_frame(frame: Frame, zone: str | None = None) -> list[Wanted]:
    """The commands that one frame asks for, each with its equally right alternatives."""
    facts = {**frame.slots, "domain": frame.domain, "intent": frame.intent}
    facts["op"] = operation_of(frame.slots)
    rule = next(rule for rule in table().rules if _fits(rule, facts))
    commands = [_command(template, facts, zone) for template in rule.do]
    others = [_command(template, facts, zone) for template in rule.others]
    return [(commands[0], *others), *((command,) for command in commands[1:])]


def _fits(rule: Rule, facts: Mapping[str, str]) -> bool:
    def holds(slot: str, words: str | list[str]) -> bool:
        word = facts.get(slot)
        if words in ("*", "-"):
            return (word is not None) == (words == "*")
        return word == words or (isinstance(words, list) and word in words)

    return all(holds(slot, words) for slot, words in rule.when.items())


def _command(template: Template, facts: Mapping[str, str], zone: str | None) -> Command:
    args: dict[str, Argument] = {"zone": zone} if zone and template.zoned else {}
    args |= template.args
    operation, value = facts["op"], facts.get("value")
    if template.switch and operation == "close":
        args[template.switch] = False
    if argument := template.ends or template.level or template.amount:
        if operation == "close" and not template.amount:
            args[argument] = 0
        elif value is not None:
            args[argument] = _amount(template, value, facts.get("方向偏移量"))
        elif template.ends:
            args[argument] = 100
    for name, slots in template.text.items():
        if words := "".join(facts[slot] for slot in slots if slot in facts):
            args[name] = words
    args |= {name: _number(facts[slot]) for name, slot in template.number.items()}
    return Command(skill=template.skill, args=args)


def _amount(template: Template, value: str, offset: str | None) -> Number:
    amount = template.words.get(value)
    amount = amount_of(value) if amount is None else amount
    return f"{amount}{offset}" if offset and amount in ("+", "-") else amount


def convert(frames: Sequence[Frame]) -> tuple[Wanted, ...]:
    """The commands of one utterance, in order.

    A place word that names several seats gives one command for each. The data repeat such a frame
    once for each seat, so a run of equal frames counts once.
    """
    wanted: list[Wanted] = []
    for index, frame in enumerate(frames):
        zones = table().zones[frame.slots["位置"]] if "位置" in frame.slots else []
        if len(zones) > 1 and index and frames[index - 1] == frame:
            continue
        for zone in zones or [None]:
            wanted += convert_frame(frame, zone)
    return tuple(wanted)


def case_of(record: Mapping[str, Any]) -> Case:
    """One line of the data set as a case: the labels as they are, and with the repairs."""
    frames = [Frame.model_validate(frame) for frame in record["semantics"]]
    repaired = list(frames)
    for repair in table().repairs:
        if repair.id == record["id"]:
            frame = frames[repair.frame]
            changed = frame.model_copy(update={"slots": frame.slots | repair.slots})
            repaired[repair.frame] = changed
    return Case(
        id=f"mac-slu-{record['id']}",
        said=record["query"],
        wanted=convert(repaired),
        labelled=convert(frames),
        frames=len(frames),
    )


def data_file() -> Path:
    """Where ``dev.jsonl`` should be: in ``$FUJIA_BENCH_DATA``, else in ``../shared/data``."""
    folder = os.environ.get("FUJIA_BENCH_DATA", "../shared/data")
    return Path(folder) / "mac-slu" / "dev.jsonl"


def load(file: Path | None = None) -> list[Case]:
    """Every case of the data file; raises FileNotFoundError where it is absent."""
    lines = (file or data_file()).read_text(encoding="utf-8").splitlines()
    return [case_of(json.loads(line)) for line in lines if line.strip()]
