"""The smoke set: invented utterances with their plans, small enough for every test run."""

import json
from pathlib import Path

from fujia.foundry.scoring.score import Case
from fujia.understanding.plan import Command

FILE = Path(__file__).parent / "data" / "smoke.jsonl"


def load(file: Path = FILE) -> list[Case]:
    """Every case of the set: ``{"id", "said", "seat"?, "commands": [{"skill", "args"}]}``."""
    cases: list[Case] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        commands = [Command.model_validate(command) for command in record["commands"]]
        cases.append(
            Case(
                id=record["id"],
                said=record["said"],
                wanted=tuple((command,) for command in commands),
                frames=len(commands),
                seat=record.get("seat", "driver"),
            )
        )
    return cases
