"""How lines of a manual begin: with a number, a bullet, or the label of a warning."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml

_DATA = Path(__file__).parents[1] / "data" / "labels.yaml"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_DIGITS = "一二三四五六七八九十"
_STEP = re.compile(
    rf"(?:[(（]\s*(\d{{1,2}})\s*[)）]|(\d{{1,2}})\s*(?:[)）、．]|[.](?!\d))|([{_CIRCLED}])"
    rf"|(?:步骤|Step)\s*(\d{{1,2}})\s*[:：.、]?|第([{_HAN_DIGITS}])步\s*[:：,，、]?)\s*(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[⚠\ufe0f△▲!！\s]*(?P<open>[【\[「<《(（])?\s*(?P<word>[A-Za-z]+|[一-鿿]{1,6})\s*"
    r"[】\]」>》)）]?(?P<mark>\s*[:：!！])?(?:\s+|$|(?<=[:：!！】\]」>》)）]))"
)
_BULLET = re.compile(r"[•●○◦▪■□◆◇▶►‣·∙➢✓※]\s*(?=\S)|[-–—*]\s+(?=\S)")


class _Labels(BaseModel):
    model_config = ConfigDict(extra="forbid")

    warning: list[str]
    note: list[str]


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a warning or a note at the beginning of a line."""

    kind: Literal["warning", "note"]
    alone: bool
    """Nothing follows it on its line."""


def step_number(text: str) -> tuple[int, str] | None:
    """The number of a step and its text, or None: ``"2. 松开"`` is (2, "松开")."""
    found = _STEP.match(text)
    if not found:
        return None
    digits = found[1] or found[2] or found[4]
    if digits:
        number = int(digits)
    elif found[3]:
        number = _CIRCLED.index(found[3]) + 1
    else:
        number = _HAN_DIGITS.index(found[5]) + 1
    return number, text[found.end() :]


def bullet(text: str) -> str | None:
    """The text of an item of a list without its bullet, or None."""
    found = _BULLET.match(text)
    return text[found.end() :] if found else None


def label(text: str) -> Label | None:
    """The label that the line opens with: ``"警告：..."``, ``"【注意】..."``, ``"NOTE"``."""
    text = text.strip()
    found = _LABEL.match(text)
    if not found:
        return None
    word = found["word"].strip()
    kind = _kinds().get(word.upper())
    if kind is None or not (found["mark"] or found["open"] or _stands_out(word, text)):
        return None
    return Label(kind, alone=found.end() == len(text))


def _stands_out(word: str, text: str) -> bool:
    """Whether a label without a mark behind it is one: alone, or in capitals, or Chinese."""
    return word == text or word.isupper() or not word.isascii()


@cache
def _kinds() -> dict[str, Literal["warning", "note"]]:
    labels = load_yaml(_DATA, _Labels)
    return {
        **{word.upper(): "note" for word in labels.note},
        **{word.upper(): "warning" for word in labels.warning},
    }
