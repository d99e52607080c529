"""Who is evaluated: the grammar, what ships, or the student of a model folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fujia.errors import InputError
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.understander import (
    SHIPPED,
    StudentUnderstander,
    default_understander,
)
from fujia.understanding.understander import Understander


@dataclass(frozen=True, slots=True)
class Contestant:
    """An understander by name.

    ``spec`` is ``grammar``, ``default`` (the shipped student with the grammar behind it), or
    a model folder, whose student answers alone, however unsure.
    """

    name: str
    spec: str

    @classmethod
    def named(cls, text: str) -> "Contestant":
        """``SPEC`` or ``NAME=SPEC``; a folder is named after itself."""
        name, _, spec = text.rpartition("=")
        return cls(name or Path(spec).name, spec)

    @property
    def folder(self) -> Path | None:
        """The model's folder; None for the grammar."""
        if self.spec == "grammar":
            return None
        return SHIPPED if self.spec == "default" else Path(self.spec)

    def understander(self) -> Understander:
        """What answers; raises InputError for a folder that holds no usable model."""
        if self.spec == "grammar":
            return GrammarUnderstander()
        if self.spec == "default":
            return default_understander()
        return StudentUnderstander(Path(self.spec))

    def facts(self) -> dict[str, Any]:
        """What the result says about it: hashes and training, from the model's manifest."""
        if self.folder is None or not (self.folder / "manifest.json").exists():
            return {"spec": self.spec}
        manifest = (self.folder / "manifest.json").read_text(encoding="utf-8")
        return {"spec": self.spec} | json.loads(manifest)


def contestants(specs: list[str]) -> list[Contestant]:
    """Everybody once, in order; raises InputError where two have one name."""
    found = list(dict.fromkeys(map(Contestant.named, specs)))
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"two models are named {twice[0]!r}; tell them apart with NAME=FOLDER")
    return found
