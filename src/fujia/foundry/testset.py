"""The frozen test set: utterances of held-out patterns and values, the same for everybody.

``data/testset.yaml`` says how it was made and holds the SHA-256 of its lines; the lines themselves
are packed in ``data/testset.jsonl.gz``, so that later edits of words and patterns do not move it.
The versions in dialect and accent follow the clean Chinese part one by one: the id of a version is
the id of its clean example with ``@finish`` behind it.
"""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.foundry.examples import Example, parse_line
from fujia.foundry.generate import BLOCK, GenerateSettings, block_of
from fujia.foundry.manifest import write_atomically
from fujia.foundry.values import DATA
from fujia.understanding.plan import Language

SPEC = DATA / "testset.yaml"
PACKED = DATA / "testset.jsonl.gz"
CLEAN = "clean"


class Part(BaseModel):
    """One part of the test set: so many utterances in one language and finish."""

    model_config = ConfigDict(extra="forbid")

    language: Language
    finish: str
    count: int


class TestSet(BaseModel):
    """How the test set was made, and what came out."""

    __test__ = False
    model_config = ConfigDict(extra="forbid")

    seed: int
    parts: list[Part]
    examples: int
    """Versions that say the same as the clean example are left out, so fewer than asked for."""
    sha256: str
    """Of the unpacked lines."""


def load_spec() -> TestSet:
    """What the test set is; raises DataError for a broken file."""
    return load_yaml(SPEC, TestSet)


def load_testset(finish: str | None = None) -> list[Example]:
    """The examples, all or those of one finish (``clean``, ``mixed``, ``accent:wu`` ...).

    Raises:
        DataError: the packed file is not the one that was frozen.
    """
    try:
        lines = gzip.decompress(PACKED.read_bytes())
    except (OSError, EOFError) as error:
        raise DataError(PACKED, 0, f"cannot be unpacked: {error}") from None
    if hashlib.sha256(lines).hexdigest() != load_spec().sha256:
        raise DataError(PACKED, 0, "is not the test set that data/testset.yaml names")
    examples = (parse_line(line, PACKED, i) for i, line in enumerate(lines.splitlines(), 1))
    return [each for each in examples if finish is None or finish_of(each) == finish]


def finish_of(example: Example) -> str:
    """The finish of an example of the test set."""
    return example.id.partition("@")[2]


def clean_id(example: Example) -> str:
    """The id of the clean example that a version belongs to."""
    return f"{example.id.partition('@')[0]}@{CLEAN}"


def make(spec: TestSet) -> Iterator[Example]:
    """Make the examples of a test set anew, from the words and patterns of today."""
    clean: dict[str, str] = {}
    for part in spec.parts:
        settings = GenerateSettings(
            count=part.count, seed=spec.seed, split="test", languages=(part.language,),
            finish=part.finish,
        )  # fmt: skip
        for block in range(-(-part.count // BLOCK)):
            for example in block_of(settings, block):
                if part.finish == CLEAN:
                    clean[example.id] = example.text
                elif clean.get(example.id) == example.text:
                    continue
                yield example.model_copy(update={"id": f"{example.id}@{part.finish}"})


def renew() -> TestSet:
    """Make the test set anew, pack it, and write what came out into its spec."""
    spec = load_spec()
    examples, sha256 = pack(make(spec), PACKED)
    lines = SPEC.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("examples:", "sha256:"))]
    write_atomically(SPEC, "\n".join([*kept, f"examples: {examples}", f"sha256: {sha256}", ""]))
    return load_spec()


def pack(examples: Iterator[Example], file: Path) -> tuple[int, str]:
    """Write examples packed; their number and the SHA-256 of the unpacked lines."""
    lines = [example.as_line() + "\n" for example in examples]
    content = "".join(lines).encode()
    # Without a time in the file, the same examples make the same file.
    file.write_bytes(gzip.compress(content, 9, mtime=0))
    return len(lines), hashlib.sha256(content).hexdigest()
