"""``fujia foundry review``: a human decides what could not be verified.

Every decision is written down at once, so that a review can be left and taken up again. It reads
one line for each decision, from a person or from a pipe.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import DataError, InputError
from fujia.foundry.examples import Example
from fujia.foundry.manifest import (
    Manifest,
    claim,
    hash_file,
    versions,
    write_atomically,
    write_manifest,
)
from fujia.foundry.queue import Question, read_queue
from fujia.foundry.verify import EndState, ProvingGround
from fujia.terminal import Terminal
from fujia.understanding.plan import Plan

HELP = "1, 2 accept that plan · e edit · r reject · s skip · q quit"
_SHOWN = 6

Editor = Callable[[str], str]
"""Text in, edited text out."""


class Decision(BaseModel):
    """What a human said about one utterance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    verdict: Literal["accepted", "rejected"]
    example: Example | None = None


@dataclass
class Tally:
    """How far a review is."""

    accepted: int = 0
    rejected: int = 0
    left: int = 0


def decisions_path(queue: Path) -> Path:
    """Where the decisions about a queue stand."""
    return queue.with_name(f"{queue.stem}.decisions.jsonl")


def read_decisions(queue: Path) -> list[Decision]:
    """The decisions so far; a last line that was cut off by a crash does not count.

    Raises:
        DataError: another line is no decision.
    """
    file = decisions_path(queue)
    if not file.exists():
        return []
    decisions: list[Decision] = []
    lines = file.read_bytes().split(b"\n")
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                decisions.append(Decision.model_validate_json(line))
        except ValidationError as error:
            if number == len(lines):
                break
            raise DataError(file, number, f"is no decision: {error.errors()[0]['msg']}") from None
    return decisions


class Review:
    """Goes through a queue, question by question."""

    def __init__(
        self, queue: Path, ground: ProvingGround, terminal: Terminal, editor: Editor | None = None
    ) -> None:
        self.queue, self.ground, self.terminal = queue, ground, terminal
        self._edit = editor or edit_text
        self._read: Callable[[str], str] = input

    def run(self, out: Path) -> Tally:
        """Ask until the queue or the input ends, then write the accepted examples to ``out``.

        Raises:
            DataError: the queue or its decisions cannot be read.
            InputError: ``out`` is another file than this review's own.
        """
        self._claim(out)
        known = read_decisions(self.queue)
        decided = {(decision.id, decision.text) for decision in known}
        questions = read_queue(self.queue)
        open_ = [one for one in questions if (one.utterance.id, one.utterance.text) not in decided]
        write_atomically(decisions_path(self.queue), "".join(map(_line, known)))
        with decisions_path(self.queue).open("a", encoding="utf-8") as log:
            for number, question in enumerate(open_, 1):
                try:
                    decision = self._ask(question, f"{number}/{len(open_)}")
                except (EOFError, KeyboardInterrupt):
                    break
                if decision is not None:
                    known.append(decision)
                    log.write(_line(decision))
                    log.flush()
        examples = [decision.example for decision in known if decision.example]
        write_atomically(out, "".join(f"{example.as_line()}\n" for example in examples))
        now = {(decision.id, decision.text) for decision in known}
        left = sum((one.utterance.id, one.utterance.text) not in now for one in questions)
        tally = Tally(len(examples), len(known) - len(examples), left)
        self._sign(out, tally)
        return tally

    def _claim(self, out: Path) -> None:
        before = claim(out, "review", [self.queue, decisions_path(self.queue)])
        if out.exists() and before is not None and self.queue.name not in before.inputs:
            raise InputError(f"{out} holds the review of another queue; choose another --out")

    def _sign(self, out: Path, tally: Tally) -> None:
        """Write the manifest beside what was accepted."""
        files = (self.queue, decisions_path(self.queue))
        manifest = Manifest(
            station="review",
            inputs={file.name: hash_file(file) for file in files},
            outputs={out.name: hash_file(out)},
            counts=asdict(tally),
            versions=dict(versions()),
            complete=tally.left == 0,
        )
        write_manifest(out, manifest)

    def _ask(self, question: Question, place: str) -> Decision | None:
        """One decision, or None where it is put off; raises EOFError to leave."""
        self._show(question, place)
        while True:
            key = self._read("> " if sys.stdin.isatty() else "").strip().lower()
            if key == "q":
                raise EOFError
            if key == "s":
                return None
            if key == "r":
                said = question.utterance
                return Decision(id=said.id, text=said.text, verdict="rejected")
            plan = self._chosen(question, key)
            if plan is not None:
                said = question.utterance
                example = said.labelled(plan, "review")
                return Decision(id=said.id, text=said.text, verdict="accepted", example=example)

    def _chosen(self, question: Question, key: str) -> Plan | None:
        """The plan that a key stands for, if it can be used; says why not otherwise."""
        if key == "e":
            try:
                plan = self._edited(question)
            except InputError as error:
                self.terminal.line(str(error), "red")
                return None
        elif key.isdecimal() and 0 < int(key) <= len(question.candidates):
            plan = question.candidates[int(key) - 1].plan
        else:
            self.terminal.line(HELP, "dim")
            return None
        problems = self.ground.problems(plan, question.utterance.text, question.utterance.seat)
        # A person may overrule the copy check, but a plan that no car takes teaches nothing.
        fatal = [problem for problem in problems if not problem.endswith("was not said")]
        for problem in fatal:
            self.terminal.line(problem, "red")
        return None if fatal else plan

    def _edited(self, question: Question) -> Plan:
        blank = Plan(language=question.utterance.context.language or "zh")
        start = question.candidates[0].plan if question.candidates else blank
        shown = json.dumps(start.model_dump(mode="json"), ensure_ascii=False, indent=2)
        try:
            return Plan.model_validate_json(self._edit(shown))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{place}: {first['msg']}".removeprefix(": ")) from None

    def _show(self, question: Question, place: str) -> None:
        said = question.utterance
        self.terminal.line(f"[{place}] {said.text}   ({said.seat})", "bold")
        for reason in question.reasons:
            self.terminal.line(f"  ? {reason}", "yellow")
        for number, candidate in enumerate(question.candidates, 1):
            plan = candidate.plan
            self.terminal.line(f"  {number}  {show_plan(plan)}")
            if not candidate.problems:
                self._show_end(self.ground.end_states(plan, said.seat)[0])
        self.terminal.line(f"  {HELP}", "dim")

    def _show_end(self, end: EndState) -> None:
        shown = [f"{path} = {value}" for path, value in end.signals] + list(end.others)
        for line in shown[:_SHOWN]:
            self.terminal.line(f"       {line}", "dim")
        if len(shown) > _SHOWN:
            self.terminal.line(f"       and {len(shown) - _SHOWN} more", "dim")


def show_plan(plan: Plan) -> str:
    """A plan in one line, as a person reads it."""
    parts = [plan.act] if plan.act != "do" else []
    for command in plan.commands:
        args = ", ".join(f"{name}={value}" for name, value in command.args.items())
        when = command.condition
        clause = f" if {when.fact} {when.comparison} {when.value or ''}".rstrip() if when else ""
        parts.append(f"{command.skill}({args}){clause}")
    return "; ".join(parts) or "nothing"


def edit_text(text: str) -> str:
    """The text as it comes back from ``$EDITOR``; from a pipe, the next line of the input.

    Raises:
        InputError: there is no editor, or it failed.
    """
    if not sys.stdin.isatty():
        return input()
    command: Sequence[str] = shlex.split(os.environ.get("EDITOR", "vi"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.json"
        file.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*command, str(file)], check=True)
        except (OSError, subprocess.CalledProcessError):
            raise InputError(f"the editor {shlex.join(command)!r} failed; set EDITOR") from None
        return file.read_text(encoding="utf-8")


def _line(decision: Decision) -> str:
    return decision.model_dump_json(exclude_defaults=True) + "\n"
