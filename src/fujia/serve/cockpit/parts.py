"""The parts of a drawn car: which signals each shows, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language
from fujia.vehicle.profile import Profile
from fujia.vehicle.zone import Seat, fill

PARTS_FILE = Path(__file__).parent / "data" / "parts.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartData(_Strict):
    """One kind of part; see the head of ``data/parts.yaml``."""

    zh: str
    en: str
    each: tuple[Seat, ...] = ()
    shows: dict[str, str] = Field(min_length=1)
    signals: tuple[str, ...] = ()


class PartFile(_Strict):
    """The content of ``data/parts.yaml``."""

    parts: dict[str, PartData]


@dataclass(frozen=True)
class Part:
    """One part of one car: ``window`` of the seat ``driver`` has the id ``window-driver``.

    ``shows`` maps what the picture shows to its signal; ``patterns`` name all signals of the part.
    """

    kind: str
    seat: Seat | None
    zh: str
    en: str
    shows: Mapping[str, str]
    patterns: tuple[str, ...]

    @property
    def id(self) -> str:
        """The name of the part in the drawing."""
        return f"{self.kind}-{self.seat}" if self.seat else self.kind

    def name(self, language: Language) -> str:
        """What the part is called, without its place."""
        return self.zh if language == "zh" else self.en

    def paths(self, profile: Profile) -> list[str]:
        """Every signal of the part, in the order of the profile, those it shows first."""
        shown = list(dict.fromkeys(self.shows.values()))
        listed = (
            path
            for path in profile.signals
            if any(fnmatchcase(path, pattern) for pattern in self.patterns)
        )
        return list(dict.fromkeys([*shown, *listed]))


@cache
def load_parts(file: Path = PARTS_FILE) -> Mapping[str, PartData]:
    """Every kind of part by name; raises DataError with file and line."""
    return load_yaml(file, PartFile).parts


def parts_of(profile: Profile) -> dict[str, Part]:
    """The parts that a car has, by id: those of which it has at least one shown signal."""
    return {part.id: part for part in _parts(profile)}


def _parts(profile: Profile) -> Iterator[Part]:
    for kind, data in load_parts().items():
        seats: tuple[Seat | None, ...] = data.each or (None,)
        for seat in seats:
            paths = {name: _path(template, seat, profile) for name, template in data.shows.items()}
            shows = {name: path for name, path in paths.items() if profile.has(path)}
            if shows:
                patterns = tuple(_path(each, seat, profile) for each in data.signals)
                yield Part(kind, seat, data.zh, data.en, shows, patterns)


def _path(template: str, seat: Seat | None, profile: Profile) -> str:
    return fill(template, seat, profile.driver_position) if seat else template
