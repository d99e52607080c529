"""What is private in a text: patterns that anybody's data has, and what this car knows.

A text is folded first: digits and letters of full width become plain, characters that nobody sees
are taken out, so that neither hides anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "vin", "plate", "identity", "number", "phone", "email", "contact", "position", "address"
]

_WIDE = {
    code: code - 0xFEE0
    for code in (
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
        0xFF20,
        0xFF0B,
        0xFF0D,
        0xFF0E,
    )
}
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
_FOLD = {**_WIDE, **_UNSEEN}

_WORD = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_STREETS = "Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Way|Square"

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(
        r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    # The last four places of a VIN are digits; that tells it from words with spaces between.
    ("vin", re.compile(
        rf"{_WORD}(?=[0-9 -]{{0,33}}[A-HJ-NPR-Z])"
        rf"(?:[A-HJ-NPR-Z0-9][ -]?){{13}}(?:\d[ -]?){{3}}\d{_END}",
        re.IGNORECASE)),
    ("identity", re.compile(rf"{_WORD}[1-9]\d{{5}}(?:19|20)\d{{9}}[\dXx]{_END}")),
    ("plate", re.compile(rf"[{_PROVINCES}][A-Z][·• -]?[A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳]{_END}",
                         re.IGNORECASE)),
    ("position", re.compile(
        r"-?\d{1,3}\.\d{3,}\s*°?\s*[NSEW北南东西]?\s*[,，;/、 ]"
        r"\s*-?\d{1,3}\.\d{3,}\s*°?\s*[NSEW]?")),
    ("position", re.compile(
        r"(?:(?<=latitude)|(?<=longitude)|(?<=lat)|(?<=lon)|(?<=lng)|(?<=[经纬]度)|(?<=[东西]经)"
        r"|(?<=[南北]纬))[\"'\s:：=是为约]*-?\d{1,3}\.\d{2,}", re.IGNORECASE)),
    ("position", re.compile(
        r"\d{1,3}\s*[°度]\s*\d{1,2}(?:\.\d+)?\s*['′分](?:\s*\d{1,2}(?:\.\d+)?\s*[\"″秒])?")),
    ("phone", re.compile(r"(?<![\d.])\+\d[\d ()-]{6,17}\d(?!\d)")),
    ("phone", re.compile(r"(?<![\d.])1[ .-]?[3-9](?:[ .-]?\d){9}(?!\d)")),
    ("phone", re.compile(r"(?<![\d.])\(?0\d{2,3}\)?[ -]?\d{7,8}(?!\d)")),
    ("phone", re.compile(r"(?<![\d.])\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?!\d)")),
    ("phone", re.compile(r"[零〇一二两三四五六七八九幺]{7,}")),
    ("number", re.compile(r"(?<![\d.])(?:\d{4}[ -]){3,4}\d{1,7}(?!\d)")),
    ("number", re.compile(r"(?<![\d.])(?!20\d{6}(?!\d))\d{7,}(?![\d]|\.\d)")),
    # Without its number a street is no exact place, and the words around it stay readable.
    ("address", re.compile(
        r"(?<=[路街道巷弄同])\s?\d+\s?(?:弄\s?\d+\s?)?号(?:院|楼)?"
        r"(?:\s?\d+\s?(?:号楼|单元|栋|幢|层|室))*")),
    ("address", re.compile(rf"\b\d{{1,5}}[a-z]?(?= (?:[A-Z][a-z]+ ){{1,3}}(?:{_STREETS})\b)")),
)  # fmt: skip
_DECIMAL = re.compile(r"-?\d{1,3}\.\d{3,}")
_NEAR_DEGREES = 0.02
"""About two kilometres: a number this close to where the car is counts as its position."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to be private here and now."""

    contacts: tuple[str, ...] = ()
    vin: str = ""
    plate: str = ""
    addresses: tuple[str, ...] = ()
    """Home, work and other places of this person."""
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something private, from ``start`` to ``end`` of the folded text."""

    kind: Kind
    start: int
    end: int


def fold(text: str) -> str:
    """The text with plain letters and digits, and without characters that nobody sees."""
    return text.translate(_FOLD)


def find_private(text: str, known: Known) -> list[Found]:
    """What is private in a folded text, in its order, without overlaps."""
    found: list[Found] = []
    taken = bytearray(len(text))
    for each in (*_named(text, known), *_patterns(text), *_near(text, known)):
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _patterns(text: str) -> Iterator[Found]:
    for kind, pattern in _PATTERNS:
        yield from (Found(kind, match.start(), match.end()) for match in pattern.finditer(text))


def _named(text: str, known: Known) -> Iterator[Found]:
    named: list[tuple[Kind, str]] = [("vin", known.vin), ("plate", known.plate)]
    named.extend(("address", address) for address in known.addresses)
    named.extend(("contact", contact) for contact in known.contacts)
    # The longest first: a name may be a part of another.
    for kind, name in sorted(named, key=lambda pair: -len(pair[1])):
        folded = fold(name).strip()
        if not folded:
            continue
        edge = (r"(?<!\w)", r"(?!\w)") if folded.isascii() and kind == "contact" else ("", "")
        pattern = re.compile(edge[0] + re.escape(folded) + edge[1], re.IGNORECASE)
        yield from (Found(kind, match.start(), match.end()) for match in pattern.finditer(text))


def _near(text: str, known: Known) -> Iterator[Found]:
    """Numbers that give away where the car is."""
    if known.position:
        for match in _DECIMAL.finditer(text):
            near = min(abs(float(match.group()) - degrees) for degrees in known.position)
            if near <= _NEAR_DEGREES:
                yield Found("position", match.start(), match.end())
