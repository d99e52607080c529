"""How a draft sounds in the end: clean, spoken, in dialect, or misheard."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from fujia.foundry.dialect import REGIONS, in_dialect
from fujia.foundry.drafts import Draft
from fujia.foundry.noise import load_noise, misheard, misheard_english
from fujia.foundry.speech import finished, spoken, without_punctuation
from fujia.understanding.plan import Language

_VALUE_NOISE = 0.1


@dataclass(frozen=True, slots=True)
class Finish:
    """How a draft is made untidy."""

    kind: str
    region: str = "standard"


def draw_finish(language: Language, chance: random.Random) -> Finish:
    """One of: clean, spoken, in dialect, misheard."""
    kinds = ("clean", "spoken", "dialect", "noise")
    (kind,) = chance.choices(kinds, (40, 25, 15, 20) if language == "zh" else (50, 35, 0, 15))
    if kind == "dialect":
        return Finish(kind, chance.choice(list(REGIONS)))
    if kind == "noise" and language == "zh":
        return Finish(kind, chance.choice(list(load_noise().regions)))
    return Finish(kind)


def untidy(
    draft: Draft, language: Language, finish: Finish, fillers: list[str], chance: random.Random
) -> tuple[str, Sequence[str], str]:
    """The text of a draft, its free words, and the region that it sounds of."""
    text, values, region = draft.text, list(draft.values), finish.region
    if chance.random() < 0.55:
        text = without_punctuation(text, language)
    elif chance.random() < 0.4:
        text = finished(text, language, chance)
    if finish.kind == "dialect":
        said = in_dialect(text, region, chance)
        text, region = (said, region) if said is not None else (text, "standard")
    if finish.kind == "spoken" or (finish.kind != "clean" and chance.random() < 0.2):
        text = spoken(text, language, chance, fillers)
    if finish.kind == "noise":
        text = _noisy(text, language, region, chance)
        for i, value in enumerate(values):
            if chance.random() < _VALUE_NOISE:
                values[i] = _noisy(value, language, region, chance)
    return text, values, region


def _noisy(text: str, language: Language, region: str, chance: random.Random) -> str:
    if language == "en":
        return misheard_english(text, chance)
    return misheard(text, region, chance, chance.choice((0.04, 0.08, 0.12)))
