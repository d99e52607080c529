"""Who is evaluated: the grammar, what ships, the student of a folder, or a language model."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fujia.errors import InputError
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.understander import (
    SHIPPED,
    StudentUnderstander,
    default_understander,
)
from fujia.understanding.understander import Understander

if TYPE_CHECKING:
    from fujia.foundry.asked import AskedUnderstander

GGUF = "gguf:"
LICENCE = "as its publisher states; the user's responsibility"


@dataclass(frozen=True, slots=True)
class Contestant:
    """An understander by name.

    ``spec`` is ``grammar``, ``default`` (the shipped student with the grammar behind it), a model
    folder, whose student answers alone, however unsure, or ``gguf:FILE``, a language model of the
    user's (the extra ``local``), which is asked under the JSON schema of the teacher.
    """

    name: str
    spec: str

    @classmethod
    def named(cls, text: str) -> "Contestant":
        """``SPEC`` or ``NAME=SPEC``; a folder and a file are named after themselves."""
        name, mark, file = text.partition(GGUF)
        if mark and (not name or name.endswith("=")):
            return cls(name.removesuffix("=") or Path(file).stem, mark + file)
        name, _, spec = text.rpartition("=")
        return cls(name or Path(spec).name, spec)

    @property
    def folder(self) -> Path | None:
        """The model's folder, or its file where it is one; None for the grammar."""
        if self.spec == "grammar":
            return None
        return SHIPPED if self.spec == "default" else Path(self.spec.removeprefix(GGUF))

    @property
    def is_file(self) -> bool:
        """Whether it is a language model in a file of the user's."""
        return self.spec.startswith(GGUF)

    def understander(self) -> Understander:
        """What answers.

        Raises:
            InputError: a folder or a file that holds no usable model.
            MissingExtra: what runs a language model is not installed.
        """
        if self.is_file:
            return _asked(Path(self.spec.removeprefix(GGUF)))
        if self.spec == "grammar":
            return GrammarUnderstander()
        if self.spec == "default":
            return default_understander()
        return StudentUnderstander(Path(self.spec))

    def facts(self) -> dict[str, Any]:
        """What the result says about it: hashes, and where it is from."""
        if self.is_file:
            return {"spec": self.spec} | file_facts(Path(self.spec.removeprefix(GGUF)))
        if self.folder is None or not (self.folder / "manifest.json").exists():
            return {"spec": self.spec}
        manifest = (self.folder / "manifest.json").read_text(encoding="utf-8")
        return {"spec": self.spec} | json.loads(manifest)


def file_facts(file: Path) -> dict[str, Any]:
    """Hash and licence of a GGUF file, and what it says about itself; raises InputError."""
    from fujia.foundry.manifest import hash_file
    from fujia.llm.gguf import read_facts

    said = read_facts(file)
    return {
        "size_mb": round(file.stat().st_size / 1e6, 2),
        "sha256": {file.name: hash_file(file)},
        "licence": LICENCE,
        "licence_in_the_file": said.get("license"),
        "name_in_the_file": said.get("name"),
    }


@cache
def _asked(file: Path) -> "AskedUnderstander":
    """One server for each file, for as long as the process lasts."""
    from fujia.foundry.asked import AskedUnderstander
    from fujia.llm.local import LocalServer

    return AskedUnderstander.of(LocalServer(file))


def contestants(specs: list[str]) -> list[Contestant]:
    """Everybody once, in order; raises InputError where two have one name."""
    found = list(dict.fromkeys(map(Contestant.named, specs)))
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"two models are named {twice[0]!r}; tell them apart with NAME=FOLDER")
    return found
