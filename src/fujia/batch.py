"""Many independent cases in one process: the ``fujia batch`` contract.

One case a line in, one result a line out, in the same order. A line that cannot be used becomes
``{"id": ..., "error": "..."}`` and the rest still run.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujia import Car, Turn
from fujia.errors import CarUnreachable, CaseError, FujiaError, InputError
from fujia.garage import Garage
from fujia.jsonlines import failure, parse_object
from fujia.logs import log_defect, log_turn
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

BATCH_CONTRACT_VERSION = "1.0"


class Case(BaseModel):
    """One case: a fresh car, its start state, and what is said in it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str | int
    turns: list[str]
    vehicle: str = "i5"
    seat: Seat = "driver"
    state: dict[str, Any] = Field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case."""

    id: str | int
    turns: tuple[Turn, ...]
    signals: Mapping[str, Value]
    """Every signal that the turns left changed, with its new value."""

    def as_json(self) -> dict[str, Any]:
        """The result as the ``say --json`` and ``batch`` contracts show it."""
        turns = [turn.as_json() for turn in self.turns]
        return {"id": self.id, "turns": turns, "signals": dict(self.signals)}


@dataclass(slots=True)
class Tally:
    """How many cases ran, and how many of them could not be used."""

    cases: int = 0
    errors: int = 0


def run_case(case: Case, garage: Garage) -> CaseResult:
    """Run one case on a car of its own.

    Raises:
        InputError: the vehicle or a signal is unknown, a value is out of range, or an utterance
            is not one.
    """
    car = garage.car(garage.profile(case.vehicle), case.state)
    before = car.snapshot()
    cabin = garage.cabin(car)
    turns = tuple(cabin.say(said, seat=case.seat) for said in case.turns)
    car.settle()
    after = car.snapshot()
    for turn in turns:
        log_turn(turn)
    return CaseResult(case.id, turns, _changed(before, after))


def run_open(case: Case, garage: Garage) -> CaseResult:
    """Run a case on the car that ``garage.open_car`` gives: as it stands, in real time.

    Out of reach, it has no signals, and the turns say so.

    Raises:
        InputError: the case cannot be used, or the car's start state cannot be chosen.
        MissingExtra: the car needs one.
    """
    with closing(garage.open_car(garage.profile(case.vehicle), case.state)) as car:
        before = _snapshot(car)
        cabin = garage.cabin(car)
        turns = tuple(cabin.say(said, seat=case.seat) for said in case.turns)
        after = _snapshot(car)
    for turn in turns:
        log_turn(turn)
    return CaseResult(case.id, turns, _changed(before, after))


def _snapshot(car: Car) -> dict[str, Value]:
    try:
        return car.snapshot()
    except CarUnreachable:
        return {}


def _changed(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    return {path: value for path, value in after.items() if before.get(path) != value}


def run_lines(lines: Iterable[bytes], garage: Garage) -> Iterator[dict[str, Any]]:
    """One result for each line that is not blank; nothing that a line holds makes it raise."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if text:
            yield _run_line(number, text, garage)


def run_file(
    cases: Path, out: Path, garage: Garage, done: Callable[[Tally], None] | None = None
) -> Tally:
    """Run every case of a JSON Lines file and write one result a line to ``out``.

    Results are written as they come to ``out`` with ``.part`` at its end, which takes the place
    of ``out`` when all have run. ``done`` is called after each case.

    Raises:
        InputError: the cases cannot be read, or the results cannot be written.
    """
    part = out.with_name(f"{out.name}.part")
    tally = Tally()
    try:
        if out.is_dir() or (out.exists() and out.samefile(cases)):
            raise InputError(f"{out}: the results need a file of their own")
        with cases.open("rb") as lines, part.open("w", encoding="utf-8", newline="\n") as results:
            for result in run_lines(lines, garage):
                results.write(dump(result) + "\n")
                tally.cases += 1
                tally.errors += "error" in result
                if done:
                    done(tally)
        part.replace(out)
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror}") from None
    return tally


def dump(result: Mapping[str, Any]) -> str:
    """A result as one line of JSON, readable wherever its text is proper Unicode."""
    line = json.dumps(result, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can spell and UTF-8 cannot
        return json.dumps(result)
    return line


def _run_line(number: int, line: bytes, garage: Garage) -> dict[str, Any]:
    case_id: object = None
    try:
        content = parse_object(line, "a case is a JSON object with 'id' and 'turns'")
        case_id = content.get("id")
        return run_case(_case(content), garage).as_json()
    except FujiaError as error:
        problem = str(error)
    except Exception as error:  # a defect of ours must not cost the other cases
        log_defect(error)
        problem = f"internal error: {type(error).__name__}"
    return failure(case_id, number, problem)


def _case(content: dict[str, Any]) -> Case:
    try:
        return Case.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = "unknown field" if first["type"] == "extra_forbidden" else first["msg"]
        raise CaseError(f"{place}: {message}") from None
