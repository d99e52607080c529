"""Examples: what is said, in which context, and the plan that it asks for; one JSON object a line.

::

    {"id": "zh-train-000017", "text": "副驾也一样", "seat": "driver",
     "last": [{"skill": "seat.heating", "args": {"zone": "driver", "level": 2}}],
     "waiting": false, "plan": {"commands": [...]}, "language": "zh", "region": "standard",
     "source": "follow-up", "family": "follow.same:3f2a91"}
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import DataError, InputError
from fujia.understanding.plan import Command, Language, Plan
from fujia.understanding.understander import Context
from fujia.vehicle.zone import Seat


class Example(BaseModel):
    """One utterance with its context and its plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    seat: Seat = "driver"
    last: tuple[Command, ...] = ()
    """The commands of the turn before."""
    waiting: bool = False
    """Whether something waits for a yes or a no."""
    plan: Plan
    language: Language
    region: str = "standard"
    """``standard``, or where its wording or accent comes from: ``wu``, ``yue``, ``sichuan`` ..."""
    source: str
    """How it came about: ``frames``, ``follow-up``, ``negative``, ``paraphrase`` ..."""
    family: str
    """The sentence patterns that it was made from, joined by ``+``."""

    @property
    def context(self) -> Context:
        """The context for an understander."""
        return Context(seat=self.seat, last=self.last, waiting=self.waiting, language=self.language)

    def as_line(self) -> str:
        """One line of JSON, without the line break; defaults are left out to keep files small."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        content["plan"] = {"language": self.plan.language} | content.get("plan", {})
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Reading:
    """What became of the lines of a file."""

    examples: int = 0
    bad: list[DataError] = field(default_factory=list[DataError])
    """One error for each line that could not be used, with its number."""


def read_examples(
    file: Path, *, skip_bad: bool = False, reading: Reading | None = None
) -> Iterator[Example]:
    """The examples of a file, one after the other.

    Args:
        skip_bad: leave bad lines out instead of stopping at the first.
        reading: counts the examples and collects the errors of bad lines.

    Raises:
        DataError: the file cannot be read, or a line is bad and ``skip_bad`` is false.
    """
    seen = reading if reading is not None else Reading()
    try:
        content = file.open("rb")
    except OSError as error:
        raise DataError(file, 0, f"cannot be read: {error.strerror}") from None
    with content:
        for number, line in enumerate(content, 1):
            if not line.strip():
                continue
            try:
                example = parse_line(line, file, number)
            except DataError as error:
                seen.bad.append(error)
                if not skip_bad:
                    raise
                continue
            seen.examples += 1
            yield example


def read_files(
    files: Sequence[Path], *, skip_bad: bool = False, reading: Reading | None = None
) -> Iterator[Example]:
    """The examples of several files, for a command that has the flag ``--skip-bad``.

    Raises:
        DataError: a file cannot be read.
        InputError: a line is bad and ``skip_bad`` is false, or there is no example at all.
    """
    seen = reading if reading is not None else Reading()
    for file in files:
        try:
            yield from read_examples(file, skip_bad=skip_bad, reading=seen)
        except DataError as error:
            if error.line == 0:  # the file itself cannot be read
                raise
            raise InputError(f"{error}; --skip-bad leaves such lines out") from None
    if not seen.examples:
        raise InputError(f"there is no example in {', '.join(map(str, files))}")


def parse_line(line: bytes, file: Path, number: int) -> Example:
    """One example; raises DataError that names the line and the field."""
    try:
        return Example.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place}: {first['msg']}" if place else first["msg"]
        raise DataError(file, number, problem) from None


def write_examples(stream: IO[str], examples: Iterable[Example]) -> int:
    """Write examples, one a line; the number of lines."""
    count = 0
    for example in examples:
        stream.write(example.as_line() + "\n")
        count += 1
    return count
