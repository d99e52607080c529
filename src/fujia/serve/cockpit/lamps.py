"""The lamps of the instruments that are on: icon, name and how urgent. Pure functions.

The urgency stands there in words: colour alone does not tell it to everybody.
"""

from collections.abc import Collection
from functools import cache
from html import escape
from pathlib import Path

from fujia.expert.telltales import State, Telltale, telltales_of
from fujia.serve.cockpit.texts import Texts
from fujia.vehicle.profile import Profile


class Lamps:
    """The lamps of one car, in one language."""

    def __init__(self, profile: Profile, texts: Texts) -> None:
        self._telltales = telltales_of(profile)
        self._texts = texts

    def concern(self, paths: Collection[str]) -> bool:
        """Whether any of these signals has to do with a lamp."""
        return any(each.concerns(path) for path in paths for each in self._telltales)

    def html(self, state: State) -> str:
        """Those that are on, the gravest first."""
        return "".join(
            lamp_html(each, self._texts) for each in self._telltales if each.is_lit(state)
        )


def lamp_html(telltale: Telltale, texts: Texts) -> str:
    """One lamp that is on; what it means and what to do is its title."""
    language = texts.language
    told = [telltale.meaning.text(language)]
    told += [telltale.todo.text(language)] if telltale.todo else []
    urgencies = {
        "stop_now": texts.word("stop_now"),
        "soon": texts.word("soon"),
        "when_convenient": texts.word("when_convenient"),
    }
    urgency = urgencies.get(telltale.urgency, "")
    stop = "。" if language == "zh" else ". "
    return (
        f'<li class="lamp {telltale.colour} {telltale.urgency}" data-lamp="{escape(telltale.id)}"'
        f' title="{escape(stop.join(told))}">{_icon(telltale.icon)}'
        f"<span>{escape(telltale.name(language))}"
        f"{f'<b>{escape(urgency)}</b>' if urgency else ''}</span></li>"
    )


@cache
def _icon(file: Path) -> str:
    drawing = file.read_text(encoding="utf-8")
    return drawing.replace("<svg ", '<svg aria-hidden="true" ', 1)


def lamps_html(lamps: str, texts: Texts) -> str:
    """The place of the lamps in the page."""
    label = escape(texts.word("lamps"))
    return f'<ul class="lamps" aria-label="{label}" aria-live="polite">{lamps}</ul>'
