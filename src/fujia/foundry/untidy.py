"""How a draft sounds in the end: clean, spoken, in dialect, or misheard."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from fujia.errors import InputError
from fujia.foundry.dialect import REGIONS, in_dialect
from fujia.foundry.drafts import Draft
from fujia.foundry.noise import load_noise, misheard, misheard_english
from fujia.foundry.speech import finished, spoken, without_punctuation
from fujia.understanding.plan import Language

_UNPUNCTUATED_SHARE, _FINISHED_SHARE = 0.55, 0.4
_SPOKEN_SHARE = 0.2
_VALUE_NOISE = 0.1
"""How often free words are misheard too; the plan then holds what the text says."""
_RATES = (0.04, 0.08, 0.12)


@dataclass(frozen=True, slots=True)
class Finish:
    """How a draft is made untidy.

    ``kind`` is ``clean``, ``spoken``, ``dialect`` (the region's words) or ``accent`` (what is
    heard of the region's sounds). ``spoken`` adds fillers to the last two.
    """

    kind: str
    region: str = "standard"
    spoken: bool = False

    @classmethod
    def named(cls, name: str) -> "Finish":
        """``clean``, ``spoken``, ``dialect:wu``, ``accent:sichuan`` ...

        Raises:
            InputError: there is no such finish or no such region.
        """
        kind, _, region = name.partition(":")
        regions = {"dialect": list(REGIONS), "accent": list(load_noise().regions)}
        if name in ("clean", "spoken"):
            return cls(kind, spoken=kind == "spoken")
        if region not in regions.get(kind, ()):
            known = [f"{kind}:{region}" for kind, all_ in regions.items() for region in all_]
            raise InputError(f"there is no finish {name}; known: clean, spoken, {', '.join(known)}")
        return cls(kind, region)


def draw_finish(language: Language, chance: random.Random) -> Finish:
    """Any finish, as often as speech needs it."""
    kinds = ("clean", "spoken", "dialect", "accent")
    (kind,) = chance.choices(kinds, (40, 25, 15, 20) if language == "zh" else (50, 35, 0, 15))
    talks = kind == "spoken" or (kind != "clean" and chance.random() < _SPOKEN_SHARE)
    if kind == "dialect":
        return Finish(kind, chance.choice(list(REGIONS)), talks)
    if kind == "accent" and language == "zh":
        return Finish(kind, chance.choice(list(load_noise().regions)), talks)
    return Finish(kind, spoken=talks)


def untidy(
    draft: Draft, language: Language, finish: Finish, fillers: list[str], chance: random.Random
) -> tuple[str, Sequence[str], str]:
    """The text of a draft, its free words, and the region that it sounds of.

    Where a region has no other words for a draft, it stays in the standard language.
    """
    text, values, region = draft.text, list(draft.values), finish.region
    if chance.random() < _UNPUNCTUATED_SHARE:
        text = without_punctuation(text, language)
    elif chance.random() < _FINISHED_SHARE:
        text = finished(text, language, chance)
    if finish.kind == "dialect":
        said = in_dialect(text, region, chance)
        text, region = (said, region) if said is not None else (text, "standard")
    if finish.spoken:
        text = spoken(text, language, chance, fillers)
    if finish.kind == "accent":
        text = _heard(text, language, region, chance)
        for i, value in enumerate(values):
            if chance.random() < _VALUE_NOISE:
                values[i] = _heard(value, language, region, chance)
    return text, values, region


def _heard(text: str, language: Language, region: str, chance: random.Random) -> str:
    if language == "en":
        return misheard_english(text, chance)
    return misheard(text, region, chance, chance.choice(_RATES))
