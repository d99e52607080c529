"""How output looks: rich on a terminal, plain text with tabs in a pipe.

What is shown may hold what somebody said, so it is never read as markup, and control characters
in it never reach the terminal.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from fujia import Turn

if TYPE_CHECKING:
    from rich.console import Console

_MARKS = {
    "done": ("✓", "green"),
    "answered": ("·", "cyan"),
    "question": ("?", "yellow"),
    "needs_confirmation": ("?", "yellow"),
    "unavailable": ("–", "yellow"),
    "refused": ("✗", "red"),
    "failed": ("!", "red bold"),
}
_CONTROL = {code: "�" for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\t\n"}


class Terminal:
    """Standard output, or another text stream."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._console: Console | None = None
        if self._stream.isatty():
            from rich import console  # only here: a pipe need not wait for it

            self._console = console.Console(file=self._stream, highlight=False, soft_wrap=True)

    def line(self, text: str = "", style: str | None = None) -> None:
        """One line of text; ``style`` shows on a terminal only."""
        clean = text.translate(_CONTROL)
        if self._console:
            self._console.print(clean, style=style, markup=False)
        else:
            print(clean, file=self._stream, flush=True)

    def piece(self, text: str) -> None:
        """A piece of a line that goes on."""
        self._stream.write(text.translate(_CONTROL))
        self._stream.flush()

    def restart_line(self) -> None:
        """Make room where somebody may be typing; in a pipe, where nobody is, a new line."""
        self._stream.write("\r\x1b[K" if self._console else "\n")
        self._stream.flush()

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table with a head on a terminal; in a pipe one row a line, tabs between, no head."""
        if self._console is None:
            for row in rows:
                self.line("\t".join(row))
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell.translate(_CONTROL)) for cell in row))
        self._console.print(table)

    def turn(self, turn: Turn, *, trace: bool = False, heard: str = "") -> None:
        """A reply, below it what became of each command, and with ``trace`` each step.

        ``heard`` is the part of the reply that was shown before.
        """
        reply = turn.reply.replace(heard, "", 1).strip() if heard else turn.reply
        if reply or not heard:
            self.line(reply, "bold")
        for action in turn.actions:
            mark, style = _MARKS[action.outcome]
            said = " ".join(f"{name}={show(value)}" for name, value in action.args.items())
            parts = [f"  {mark} {action.skill}", said, action.outcome]
            parts += ["(companion)"] * action.companion
            parts += [f"— {action.reason}"] if action.reason else []
            self.line(" ".join(part for part in parts if part), style)
        if trace:
            self._trace(turn)

    def _trace(self, turn: Turn) -> None:
        self.line(f"  {turn.ms:.2f} ms, route {turn.route}", "dim")
        for step in turn.trace:
            detail = "" if step.detail is None else show(step.detail)
            self.line(f"  {step.ms:7.2f} ms  {step.name:<10}  {detail}".rstrip(), "dim")


def show(value: Any) -> str:
    """A value as a person may type it again: strings bare, everything else as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def argument_row(argument: tuple[str, dict[str, Any]]) -> tuple[str, str, str]:
    """Name, values and meaning of a skill's argument, from its JSON schema."""
    name, schema = argument
    options = [option for option in _flat(schema) if option.get("type") != "null"]
    values = ["|".join(map(str, each.get("enum", [each.get("type", "")]))) for each in options]
    meanings = [
        each["description"] for each in (schema, *schema.get("anyOf", ())) if "description" in each
    ]
    return name, " or ".join(dict.fromkeys(values)), "; ".join(dict.fromkeys(meanings))


def _flat(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The alternatives of a JSON schema, however deep they are nested."""
    if "anyOf" not in schema:
        return [schema]
    return [leaf for option in schema["anyOf"] for leaf in _flat(option)]
