"""Words that only point: "there" is no destination, and nobody is called "them"."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language

POINTING_FILE = Path(__file__).parents[1] / "data" / "pointing.yaml"
Kind = Literal["places", "people"]


class Pointing(BaseModel):
    """The content of ``pointing.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: Mapping[Language, tuple[str, ...]]
    people: Mapping[Language, tuple[str, ...]]


def names(kind: Kind, said: str | None) -> str | None:
    """What was said, if it names a place or somebody; None where it only points at one."""
    if said is None:
        return None
    known = _load().places if kind == "places" else _load().people
    points = any(said.strip().casefold() in words for words in known.values())
    return None if points else said


@cache
def _load() -> Pointing:
    return load_yaml(POINTING_FILE, Pointing)
