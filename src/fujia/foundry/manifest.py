"""Manifests: what an artefact was made of, written beside it.

The manifest of ``train.jsonl`` is ``train.jsonl.manifest.json``. It is written before the work
begins, with ``complete`` false, and again when the work is done.
"""

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujia.errors import DataError, InputError
from fujia.understanding.plan import PLAN_SCHEMA_VERSION


class Manifest(BaseModel):
    """Where an artefact comes from, enough to make it again."""

    model_config = ConfigDict(extra="forbid")

    station: str
    """The command that made it: ``generate``, ``label``, ``train`` ..."""
    settings: dict[str, Any] = Field(default_factory=dict[str, Any])
    """Everything that was chosen: seed, counts, preset."""
    inputs: dict[str, str] = Field(default_factory=dict[str, str])
    """SHA-256 of every input, by name."""
    outputs: dict[str, str] = Field(default_factory=dict[str, str])
    """SHA-256 of every output, by file name; filled when the work is done."""
    counts: dict[str, float] = Field(default_factory=dict[str, float])
    """What came out: examples, bad lines, tokens, cost ..."""
    versions: dict[str, str] = Field(default_factory=dict[str, str])
    plan_schema: str = PLAN_SCHEMA_VERSION
    complete: bool = False

    def same_work(self, other: "Manifest") -> bool:
        """Whether both would make the same thing, so that one can go on where the other stopped."""
        return (self.station, self.settings, self.inputs, self.plan_schema) == (
            other.station, other.settings, other.inputs, other.plan_schema,
        )  # fmt: skip


def manifest_path(artefact: Path) -> Path:
    """The manifest's place beside its artefact (a file or a folder)."""
    return artefact.with_name(f"{artefact.name}.manifest.json")


def write_manifest(artefact: Path, manifest: Manifest) -> None:
    """Write the manifest beside ``artefact``; a crash leaves the old one or the new one."""
    write_atomically(manifest_path(artefact), manifest.model_dump_json(indent=2) + "\n")


def read_manifest(artefact: Path) -> Manifest | None:
    """The manifest beside ``artefact``; None if there is none.

    Raises:
        DataError: there is a file, but it is no manifest.
    """
    file = manifest_path(artefact)
    if not file.exists():
        return None
    try:
        return Manifest.model_validate_json(file.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise DataError(file, 0, f"is no manifest: {str(error).splitlines()[0]}") from None


def claim(out: Path, station: str, sources: Iterable[Path] = ()) -> Manifest | None:
    """Make sure that a station may write ``out``; its manifest if the station made it before.

    Raises:
        InputError: it is one of the ``sources``, is somebody else's, or another station made it.
    """
    if not out.exists():
        return read_manifest(out)
    if any(source.exists() and out.samefile(source) for source in sources):
        raise InputError(f"{out} is read, so it cannot be written; choose another --out")
    before = read_manifest(out)
    if before is None:
        raise InputError(f"{out} is there already and has no manifest; choose another --out")
    if before.station != station:
        made_by = f"'fujia foundry {before.station}'"
        raise InputError(f"{out} was made by {made_by}; choose another --out")
    return before


def write_atomically(file: Path, text: str) -> None:
    """Write a text file so that no reader ever sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}.half")
    half.write_text(text, encoding="utf-8")
    half.replace(file)


def hash_file(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def hash_files(files: Iterable[Path]) -> str:
    """One SHA-256 over several files: their names and contents, whatever their order."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.parent.name}/{file.name}\0{hash_file(file)}\n".encode())
    return total.hexdigest()


def versions(*packages: str) -> Mapping[str, str]:
    """Versions of Python, Fujia and the named packages, those that are not installed left out."""
    found = {"python": platform.python_version()}
    for package in ("fujia", *packages):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
