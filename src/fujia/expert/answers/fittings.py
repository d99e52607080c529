"""Equipment that a question is about and that the vehicle does not have."""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.expert.retrieval.question import Question
from fujia.expert.retrieval.synonyms import DATA, Synonyms, load_synonyms
from fujia.expert.section import Language
from fujia.expert.segment import normalise
from fujia.vehicle.equipment import packaged_equipment


class FittingFile(BaseModel):
    """``data/fittings.yaml``: what drivers call an item of equipment, by its name in profiles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Mapping[str, tuple[str, ...]]


class Fittings:
    """Finds the items of equipment that a question names."""

    def __init__(self, file: FittingFile, synonyms: Synonyms) -> None:
        self._item = {normalise(word): item for item, words in file.words.items() for word in words}
        self._known = synonyms.with_words(self._item)

    def named(self, question: Question) -> list[str]:
        """The items, in the order of the question; the longest word at a place is the one meant."""
        found = self._known.find(normalise(question.text))
        items = (self._item.get(each.words[0]) for each in found)
        return [item for item in dict.fromkeys(items) if item]

    def lacking(self, question: Question, equipment: Collection[str]) -> str | None:
        """The first item that is asked about and not fitted; None if all are."""
        return next((item for item in self.named(question) if item not in equipment), None)


def name_of(item: str, language: Language) -> str:
    """What an item is called: ``name_of("fuel", "zh")`` is 燃油."""
    known = packaged_equipment()[item]
    return known.zh if language == "zh" else known.en


@cache
def load_fittings(file: Path = DATA / "fittings.yaml") -> Fittings:
    """The packaged words for equipment; raises DataError for a broken file."""
    return Fittings(load_yaml(file, FittingFile), load_synonyms())
