"""What the handbook says one can say is understood, and done."""

import re

import pytest

from fujia import Cabin, Outcome
from fujia.expert.section import Language
from tests.expert.test_handbook import ALL, ORDER, PROFILES

_SAY: dict[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "zh": (re.compile(r"说(?:“[^”]+”[、或]?(?:或者)?)+"), re.compile(r"“([^”]+)”")),
    "en": (re.compile(r'[Ss]ay (?:"[^"]+"(?:, (?:or )?| or )?)+'), re.compile(r'"([^"]+)"')),
}
PHRASES = [
    (next(name for name in ORDER if items <= set(PROFILES[name].equipment)), phrase)
    for language, section in ALL
    for items in [set(section.mark("fitted").split())]
    for said in _SAY[language][0].findall(section.text)
    for phrase in _SAY[language][1].findall(said)
]
_WELL: set[Outcome] = {"done", "answered"}


def test_the_handbook_tells_what_to_say() -> None:
    assert len(PHRASES) > 120


@pytest.mark.parametrize(("vehicle", "phrase"), PHRASES)
def test_what_the_handbook_says_one_can_say_works(vehicle: str, phrase: str) -> None:
    turn = Cabin(vehicle=vehicle).say(phrase)
    assert turn.outcome in _WELL
    assert not {"chat.reply", "unknown.function"} & {action.skill for action in turn.actions}
