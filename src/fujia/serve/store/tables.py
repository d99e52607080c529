"""The tables, and how a turn becomes a row of them."""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Double, Integer, MetaData, String, Table
from sqlalchemy import UniqueConstraint as Unique

from fujia.cabin.turn import Action, Step, Turn

SCHEMA_VERSION = 1
"""Changes with the tables; a database of another version is refused, never guessed at."""

metadata = MetaData()

versions = Table("fujia_schema", metadata, Column("version", Integer, primary_key=True))

turns = Table(
    "turns",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session_id", String(64), nullable=False, index=True),
    Column("turn_id", String(64), nullable=False),
    Column("at", Double, nullable=False, index=True),  # seconds since 1970, UTC
    Column("vehicle", String(64), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("keeps_words", Boolean, nullable=False),
    Column("turn", JSON, nullable=False),
    Column("trace", JSON, nullable=False),
    Unique("session_id", "turn_id"),
)


def turn_as_data(turn: Turn) -> dict[str, Any]:
    """Everything of a turn but its trace, as plain data."""
    return {
        "said": turn.said,
        "seat": turn.seat,
        "language": turn.language,
        "actions": [_bare(action) for action in turn.actions],
        "outcome": turn.outcome,
        "reply": turn.reply,
        "route": turn.route,
        "ms": round(turn.ms, 3),
    }


def trace_as_data(turn: Turn) -> list[dict[str, Any]]:
    """The steps of a turn as plain data."""
    return [
        {"name": step.name, "ms": round(step.ms, 3), "detail": step.detail} for step in turn.trace
    ]


def turn_of(data: dict[str, Any], trace: list[dict[str, Any]]) -> Turn:
    """The turn that ``turn_as_data`` and ``trace_as_data`` were made of."""
    fields = {name: value for name, value in data.items() if name != "outcome"}
    actions = tuple(Action(**action) for action in fields.pop("actions"))
    return Turn(**fields, actions=actions, trace=tuple(Step(**step) for step in trace))


def _bare(action: Action) -> dict[str, Any]:
    """An action without the sections of manuals it was taken from: the manual holds those."""
    kept = asdict(replace(action, sources=()))
    del kept["sources"]
    return kept
