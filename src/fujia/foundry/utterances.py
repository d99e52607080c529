"""Raw utterances: lines of text, or JSON objects with as much context as somebody knows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.cabin.utterance import clean_utterance, has_words
from fujia.errors import DataError, UtteranceError
from fujia.foundry.examples import Example
from fujia.understanding.normalise import detect_language
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context
from fujia.vehicle.zone import Seat


class Utterance(BaseModel):
    """What somebody said; an example of which only the text must be known."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = ""
    text: str
    seat: Seat = "driver"
    last: tuple[Command, ...] = ()
    waiting: bool = False
    region: str = "standard"
    source: str = "raw"
    family: str = "raw"
    plan: Plan | None = None
    """The plan that it was written for: a paraphrase is held against it."""

    @property
    def context(self) -> Context:
        """The context for a teacher."""
        language = detect_language(self.text)
        return Context(seat=self.seat, last=self.last, waiting=self.waiting, language=language)

    def labelled(self, plan: Plan, source: str) -> Example:
        """The example that it becomes with a plan."""
        return Example(
            id=self.id,
            text=self.text,
            seat=self.seat,
            last=self.last,
            waiting=self.waiting,
            plan=plan,
            language=plan.language,
            region=self.region,
            source=source,
            family=self.family,
        )


@dataclass
class Source:
    """The utterances of a file, and the lines that could not be used."""

    utterances: list[Utterance] = field(default_factory=list[Utterance])
    bad: list[DataError] = field(default_factory=list[DataError])


def read_utterances(file: Path, *, skip_bad: bool = False) -> Source:
    """Read a file: ``.jsonl`` holds an object a line with at least ``text``, any other file text.

    An utterance without an id is called after its line. Empty lines are left out, and what was
    read before, word for word under the same id.

    Raises:
        DataError: the file cannot be read, or a line is bad and ``skip_bad`` is false; other words
            under an id that was read before are bad as well.
    """
    source = Source()
    seen: dict[str, str] = {}
    for number, line in _lines(file):
        try:
            utterance = _parse(line, file, number)
            if seen.get(utterance.id, utterance.text) != utterance.text:
                raise DataError(file, number, f"id: {utterance.id!r} has other words further up")
        except DataError as error:
            if not skip_bad:
                raise
            source.bad.append(error)
            continue
        if utterance.id not in seen:
            seen[utterance.id] = utterance.text
            source.utterances.append(utterance)
    return source


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as content:
            for number, line in enumerate(content, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise DataError(file, 0, f"cannot be read: {error.strerror}") from None


def _parse(line: bytes, file: Path, number: int) -> Utterance:
    try:
        if file.suffix == ".jsonl":
            utterance = Utterance.model_validate_json(line)
        else:
            utterance = Utterance(text=line.decode("utf-8"))
        text = clean_utterance(utterance.text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(file, number, f"{place}: {first['msg']}".removeprefix(": ")) from None
    except UnicodeDecodeError as error:
        raise DataError(file, number, f"is not UTF-8 text (byte {error.start})") from None
    except UtteranceError as error:
        raise DataError(file, number, str(error)) from None
    if not has_words(text):
        raise DataError(file, number, "text: there are no words in it")
    return utterance.model_copy(update={"text": text, "id": utterance.id or f"line-{number}"})
