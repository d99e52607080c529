"""Many questions in one run: the ``fujia manual batch`` contract.

One question a line in, one answer a line out, in the same order. A line that cannot be used
becomes ``{"id": ..., "error": "..."}`` and the rest still run.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import FujiaError, InputError
from fujia.expert.answers.expert import Expert
from fujia.expert.reading import Scope
from fujia.jsonlines import failure, parse_object


class Asked(BaseModel):
    """One line of questions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str | int
    question: str


@dataclass(slots=True)
class Tally:
    """How many questions were asked, and how many of them could not be used."""

    questions: int = 0
    errors: int = 0


def ask_file(questions: Path, out: Path, expert: Expert, scope: Scope) -> Tally:
    """Answer every question of a JSON Lines file, one answer a line in ``out``.

    Answers are written as they come to ``out`` with ``.part`` at its end, which takes the place of
    ``out`` when all are there.

    Raises:
        InputError: the questions cannot be read, or the answers cannot be written.
    """
    part = out.with_name(f"{out.name}.part")
    tally = Tally()
    try:
        if out.is_dir() or (out.exists() and out.samefile(questions)):
            raise InputError(f"{out}: the answers need a file of their own")
        with questions.open("rb") as lines, part.open("w", encoding="utf-8", newline="\n") as file:
            for answer in ask_lines(lines, expert, scope):
                file.write(_dump(answer) + "\n")
                tally.questions += 1
                tally.errors += "error" in answer
        part.replace(out)
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror}") from None
    return tally


def ask_lines(lines: Iterable[bytes], expert: Expert, scope: Scope) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank; nothing that a line holds makes it raise."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if text:
            yield _ask_line(number, text, expert, scope)


def _ask_line(number: int, line: bytes, expert: Expert, scope: Scope) -> dict[str, Any]:
    identity: object = None
    try:
        content = parse_object(line, "a question is a JSON object with 'id' and 'question'")
        identity = content.get("id")
        asked = Asked.model_validate(content)
        return expert.ask(asked.question, scope).as_json(asked.id)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except FujiaError as error:
        problem = str(error)
    return failure(identity, number, problem)


def _dump(answer: Mapping[str, Any]) -> str:
    """One line of JSON, readable wherever its text is proper Unicode."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can spell and UTF-8 cannot
        return json.dumps(answer)
    return line
