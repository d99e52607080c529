"""What the drawing shows of each part, from the values of the signals: pure functions.

A look is the smallest thing that changes in the picture: part, name, the value that the style
sheet sees, and the text that a person reads.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fujia.cabin.wording import load_words
from fujia.serve.cockpit.parts import Part, parts_of
from fujia.serve.cockpit.texts import Texts
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Signal, Value, level_of_percent


class Look(NamedTuple):
    """One thing shown: ``data-<name>`` of the part becomes ``value``, its label ``text``."""

    part: str
    name: str
    value: str
    text: str


class Picture:
    """Turns signals of one car into what its drawing shows, in one language."""

    def __init__(self, profile: Profile, texts: Texts) -> None:
        self.profile = profile
        self.texts = texts
        self.parts = parts_of(profile)
        self._shown: dict[str, list[tuple[Part, str]]] = {}
        for part in self.parts.values():
            for name, path in part.shows.items():
                self._shown.setdefault(path, []).append((part, name))

    @property
    def paths(self) -> frozenset[str]:
        """Every signal that the drawing shows."""
        return frozenset(self._shown)

    def looks(self, values: Mapping[str, Value]) -> Iterator[Look]:
        """What these values look like; signals that the drawing does not show give nothing."""
        for path, value in values.items():
            for part, name in self._shown.get(path, ()):
                signal = self.profile.signals[path]
                yield Look(part.id, name, appearance(signal, value), self.text(signal, value))

    def part_name(self, part: Part) -> str:
        """The part with its place: 主驾车窗, driver window."""
        words = load_words(self.texts.language)
        place = words.zones[part.seat] if part.seat else ""
        return place + part.name(self.texts.language)

    def label(self, part: Part, values: Mapping[str, Value]) -> str:
        """A part and everything it shows in one line, for a screen reader."""
        shown: list[str] = []
        for path in part.shows.values():
            signal, value = self.profile.signals[path], values.get(path)
            if value is not None:
                shown.append(f"{self.signal_name(signal)} {self.text(signal, value)}")
        return f"{self.part_name(part)}: {', '.join(shown)}"

    def labels(self, paths: Iterable[str], values: Mapping[str, Value]) -> dict[str, str]:
        """The new label of every part that shows one of these signals, by part."""
        parts = {part.id: part for path in paths for part, _ in self._shown.get(path, ())}
        return {name: self.label(part, values) for name, part in parts.items()}

    def signal_name(self, signal: Signal) -> str:
        """What people call the signal; its path where it has no name."""
        return (signal.zh if self.texts.language == "zh" else signal.en) or signal.path

    def text(self, signal: Signal, value: Value) -> str:
        """A value as a person reads it: ``50 %``, ``22.5 °C``, on, 二档."""
        if isinstance(value, bool):
            return self.texts.states["on" if value else "off"]
        if isinstance(value, list):
            return ", ".join(str(item) for item in value) or "–"
        if isinstance(value, str):
            return self.texts.states.get(value, value) or "–"
        if signal.levels and signal.unit == "percent":
            level = level_of_percent(value, signal.levels)
            return self.texts.word("level").format(level=level, levels=signal.levels)
        if signal.unit == "m" and value >= 1000:
            return f"{_number(value / 1000)}{self.texts.units['km']}"
        return f"{_number(value)}{self.texts.units.get(signal.unit or '', '')}"


def appearance(signal: Signal, value: Value) -> str:
    """A value as the style sheet sees it: on, off, a number, a level of the signal, a word."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (int, float)):
        if signal.levels and signal.unit == "percent":
            return str(level_of_percent(value, signal.levels))
        return f"{value:.4g}"
    return str(value)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
