"""What a model is told and what is said around its answers: ``data/fusion.yaml``."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.cabin.persona import Wording
from fujia.datafile import load_yaml
from fujia.understanding.plan import Language
from fujia.vehicle.zone import Seat

FUSION_FILE = Path(__file__).parents[1] / "data" / "fusion.yaml"
Slot = Literal["plan", "both", "talk", "agent", "filler"]


class FusionTexts(BaseModel):
    """The content of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time_s: Mapping[Slot, float]
    history: int
    forget_min: float
    plan: str
    talk: str
    tool: str
    remembered: str
    seats: Mapping[Language, Mapping[Seat, str]]
    languages: Mapping[Language, str]
    unsure: Wording
    unsaid: Wording
    untouched: Wording
    no_more: Wording
    dropped: Wording
    taken_back: Wording
    cut_off: Wording
    alone: Wording
    greetings: Mapping[Language, str]

    def is_greeting(self, said: str, language: Language) -> bool:
        """Whether somebody only says hello, thanks or goodbye."""
        return re.fullmatch(self.greetings[language], said, re.IGNORECASE) is not None


@cache
def load_texts(file: Path = FUSION_FILE) -> FusionTexts:
    """The texts of a file; raises DataError."""
    return load_yaml(file, FusionTexts)
