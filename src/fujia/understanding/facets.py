"""What the words of one chunk say together, before a rule makes a command of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fujia.understanding.tagger import Token
from fujia.understanding.words import Sense

_MOST_READINGS = 12
_AMOUNTS = frozenset({"number", "unit", "plus", "amount", "end", "change"})
_DEED, _ANEW = ("flag", "deed"), "anew"
_MILLIMETRES = {"cm": 10, "inch": 25.4}
_ASPECTS = frozenset(
    {"seat", "height", "angle", "intensity", "mode", "speed", "support", "color", "easy_entry"}
)
"""What belongs to a thing rather than being one: 座椅打开加热, 尾门开启高度."""
_DEEDS = frozenset({"verb", "media"})
_SAME_ROW = {
    ("rear_left", "right"): "rear_right",
    ("rear_right", "left"): "rear_left",
    ("front_left", "right"): "front_right",
    ("front_right", "left"): "front_left",
}
"""The other side of a row that was just named: 后排左边二十度右边二十四度."""
_MINE = ("flag", "mine")
_UP_DOWN = frozenset({"upward", "downward"})
_JOINTS = frozenset({"and", "break"})
OWN = "own"
"""The seat of who speaks, as a place that is left out: all windows except mine."""
SILENT = frozenset({"filler", "polite", "and", "le", "ask", "break", "article", "please"})


@dataclass
class Run:
    """A zone and how much is meant for it: 主驾二档副驾三档 has two."""

    zones: list[str]
    number: float | None = None
    unit: str = "bare"
    end: str | None = None
    changes: list[str] = field(default_factory=list[str])

    def copied(self) -> "Run":
        """Another one that can grow apart."""
        return Run(self.zones, self.number, self.unit, self.end, list(self.changes))


@dataclass
class Facets:
    """The facets of a chunk, gathered over its tokens."""

    concepts: dict[str, int] = field(default_factory=dict[str, int])
    """Concept to the characters that said it."""
    values: dict[str, str] = field(default_factory=dict[str, str])
    """Kind of mark to its value, for kinds that fill arguments."""
    value_lengths: dict[str, int] = field(default_factory=dict[str, int])
    verbs: list[str] = field(default_factory=list[str])
    changes: list[str] = field(default_factory=list[str])
    zones: list[str] = field(default_factory=list[str])
    excluded: list[str] = field(default_factory=list[str])
    number: float | None = None
    unit: str = "bare"
    end: str | None = None
    flags: set[str] = field(default_factory=set[str])
    said: int = 0
    """Characters of known words."""
    unknown: int = 0
    """Characters of unknown words."""
    begins_with_verb: bool = False
    begins_with_amount: bool = False
    denied: int = 0
    """Things said between a "don't" and a verb."""
    runs: list[Run] = field(default_factory=list[Run])
    """The zones and their amounts, where each zone has its own; empty otherwise."""
    repeats: int = 0
    """What was said twice, so that it rather belongs to two commands."""

    def shallow(self) -> "Facets":
        """Others with the same lists in them; quicker than ``copy.copy``."""
        other = Facets.__new__(Facets)
        other.__dict__.update(self.__dict__)
        return other

    def copied(self) -> "Facets":
        """Others that can grow apart."""
        other = self.shallow()
        other.concepts, other.values = dict(self.concepts), dict(self.values)
        other.value_lengths, other.flags = dict(self.value_lengths), set(self.flags)
        other.verbs, other.changes = list(self.verbs), list(self.changes)
        other.zones, other.excluded = list(self.zones), list(self.excluded)
        return other

    @property
    def has_amount(self) -> bool:
        """Whether it was said how much."""
        return self.number is not None or bool(self.changes) or self.end is not None

    @property
    def is_bare(self) -> bool:
        """Whether neither thing nor value was named."""
        return not self.concepts and not self.values


@dataclass
class _Reading:
    """The facets of the words so far, in one combination of their senses."""

    facets: Facets = field(default_factory=Facets)
    runs: list[Run] = field(default_factory=list[Run])
    things: set[str] = field(default_factory=set[str])
    since_switch: int | None = None
    """How many things were named since the last switch."""
    has_begun: bool = False
    is_settled: bool = False
    is_done: bool = False
    is_joined: bool = False
    """Whether the last word was an "and"."""
    is_another_thing: bool = False
    """Whether a thing is named after what is done to another: 把空调打开风量大一点."""

    def with_word(self, token: Token, sense: Sense | None) -> "_Reading":
        """The reading with one more word."""
        longer = _Reading(
            self.facets.copied(), [run.copied() for run in self.runs], set(self.things),
            self.since_switch, self.has_begun, self.is_settled, self.is_done, self.is_joined,
            self.is_another_thing,
        )  # fmt: skip
        if sense is None:
            longer.facets.unknown += token.length
        else:
            longer._add(token, sense)
        return longer

    def _add(self, token: Token, sense: Sense) -> None:
        facets, runs = self.facets, self.runs
        zones = _zones_since(facets, runs)
        self.since_switch = _count_repeats(facets, sense, self.since_switch, zones)
        # "Set it to 20 and close the windows" closes no window to 20.
        is_joint = any(kind in _JOINTS for kind, _ in sense.marks)
        self.is_settled = self.is_settled or (facets.has_amount and is_joint)
        facets.repeats += self.is_settled and (
            bool(sense.concepts)
            or any(kind in _DEEDS or (kind, name) == _MINE for kind, name in sense.marks)
        )
        facets.repeats += self._begins_anew(sense)
        self.is_joined = is_joint
        if sense.concepts or any(kind not in SILENT for kind, _ in sense.marks):
            if not self.has_begun:
                facets.begins_with_verb = sense.mark("verb") is not None
                facets.begins_with_amount = _says_how_much(sense)
                self.has_begun = True
            facets.said += token.length
        share = token.length if not sense.marks else max(1, token.length // 2)
        for concept in sense.concepts:
            facets.concepts[concept] = share
        for kind, value in sense.marks:
            _mark(facets, kind, value, token)
        _run(facets, runs, sense)
        if self.is_done and not (self.things | _ASPECTS).issuperset(sense.concepts):
            self.is_another_thing = True
        if not sense.concepts and _settles(sense) and self.things - _ASPECTS:
            self.is_done = True
        self.things.update(sense.concepts)

    def _begins_anew(self, sense: Sense) -> bool:
        """Whether a deed after an "and" begins another command: "the wipers and open the roof".

        So it does after a place: "... in the back and dim the light".
        """
        verb = sense.mark("verb")
        acts = verb in ("on", "off", "raise", "lower") or sense.mark("change") is not None
        acts = acts or (verb is not None and "not" in self.facets.flags)
        acts = acts or not _UP_DOWN.isdisjoint(sense.concepts)
        return self.is_joined and acts and bool(self.things or self.facets.zones)

    def finished(self) -> Facets:
        """What the words so far say, if no more follow."""
        facets = self.facets.shallow()
        _each_zone_its_own(facets, [run.copied() for run in self.runs])
        facets.repeats += facets.has_amount and self.is_another_thing
        return facets


class Readings:
    """What a run of tokens may say, once for each combination of their senses; it grows."""

    def __init__(self) -> None:
        self._open = [_Reading()]

    def add(self, token: Token) -> None:
        """Put one more token behind."""
        senses = token.senses or (None,)
        longer = (one.with_word(token, sense) for one in self._open for sense in senses)
        self._open = list(islice(longer, _MOST_READINGS))

    def facets(self) -> Iterator[Facets]:
        """The facets of the tokens so far."""
        return (one.finished() for one in self._open)


def _says_how_much(sense: Sense) -> bool:
    return sense.mark("flag") == "bit" or any(kind in _AMOUNTS for kind, _ in sense.marks)


def _settles(sense: Sense) -> bool:
    """Whether a word says what shall be done to the thing before it, or how much."""
    return sense.mark("verb") in ("on", "off") or not _AMOUNTS.isdisjoint(
        kind for kind, _ in sense.marks
    )


def _zones_since(facets: Facets, runs: Sequence[Run]) -> list[str]:
    return facets.zones[sum(len(run.zones) for run in runs) :] if facets.zones else []


def _run(facets: Facets, runs: list[Run], sense: Sense) -> None:
    """Note what the word says of how much, for the zones said before it."""
    if _AMOUNTS.isdisjoint(kind for kind, _ in sense.marks):
        return
    zones = _zones_since(facets, runs)
    if zones or not runs:
        runs.append(Run(zones))
    run = runs[-1]
    for kind, value in sense.marks:
        if kind in ("number", "amount", "plus"):
            run.number, run.unit = facets.number, "percent" if kind == "amount" else run.unit
        elif kind == "unit":
            run.number, run.unit = facets.number, facets.unit
        elif kind == "end":
            run.end = value
        elif kind == "change":
            run.changes.append(value)


def _each_zone_its_own(facets: Facets, runs: Sequence[Run]) -> None:
    late = _zones_since(facets, runs) if runs and runs[0].zones else []
    if any(zone != "all" for zone in late):
        facets.repeats += 1  # 主驾窗户开一半副驾: the second zone begins another command
    if len(runs) < 2:
        return
    units = {run.unit for run in runs if run.unit != "bare"}
    if len(units) > 1 or not all(run.zones for run in runs) or late:
        facets.repeats += len(runs) - 1
        return
    for run in runs:
        run.unit = next(iter(units), run.unit)
    facets.runs = list(runs)


def _count_repeats(
    facets: Facets, sense: Sense, since_switch: int | None, zones: Sequence[str]
) -> int | None:
    """Notice a second switch, number or thing; returns the things named since the last switch."""
    verb = sense.mark("verb")
    switches = verb in ("on", "off", "raise", "lower")
    sets = verb == "set" or sense.mark("flag") == "to"
    has_run = bool(zones) and facets.has_amount
    says_how_much = any(kind in ("number", "end", "amount") for kind, _ in sense.marks)
    if has_run:
        # 副驾开一档 after 主驾开三档 is the same command for another zone; 副驾关掉 is another.
        facets.repeats += verb == "off"
    elif since_switch is not None and (since_switch > 0 or switches) and (switches or sets):
        facets.repeats += 1
    facets.repeats += _turns_again(facets, sense)
    if says_how_much and not has_run and (facets.number is not None or facets.end is not None):
        facets.repeats += 1
    _count_denied(facets, sense, since_switch)
    if "except" not in facets.flags:
        facets.repeats += sum(concept in facets.concepts for concept in sense.concepts)
    # "Next song and turn it up": what is turned up is not what comes next.
    facets.repeats += "media" in facets.values and verb in ("raise", "lower")
    if switches:
        return len(sense.concepts)
    return None if since_switch is None else since_switch + len(sense.concepts)


def _turns_again(facets: Facets, sense: Sense) -> bool:
    """Whether a second thing is turned up or down: 屏幕调亮一点音量调小一点."""
    if sense.concepts and facets.concepts and facets.changes:
        facets.flags.add(_ANEW)
    if sense.mark("change") is None or not facets.changes:
        return False
    return _ANEW in facets.flags or ("deed" in facets.flags and _DEED in sense.marks)


def _count_denied(facets: Facets, sense: Sense, since_switch: int | None) -> None:
    """Notice what is wanted after what is not: 不要空调开窗, but not 不要把空调关掉."""
    if "not" not in facets.flags or "please" in facets.flags:
        return
    if not facets.verbs and sense.mark("verb") is None:
        facets.denied += len(sense.concepts)
    elif facets.denied and (not facets.verbs or since_switch == 0):
        facets.repeats += any(concept not in facets.concepts for concept in sense.concepts)


def _mark(facets: Facets, kind: str, value: str, token: Token) -> None:
    if kind == "verb":
        facets.verbs.append(value)
    elif kind == "change":
        facets.changes.append(value)
    elif kind == "zone":
        _zone(facets, value)
    elif kind == "number":
        facets.number = token.number
        if token.percent:
            facets.unit = "percent"
    elif kind == "unit" and value == "fahrenheit":
        facets.unit = "degree"
        facets.flags.add(value)
    elif kind == "unit" and value in _MILLIMETRES and facets.number is not None:
        facets.number, facets.unit = facets.number * _MILLIMETRES[value], "mm"
    elif kind == "unit":
        facets.unit = value
    elif kind == "plus":
        facets.number = (facets.number or 0.0) + 0.5
    elif kind == "end":
        facets.end = value
    elif kind == "amount":
        facets.number, facets.unit = float(value), "percent"
        facets.flags.add("share")
    elif kind == "flag" and value == OWN and "except" in facets.flags:
        facets.excluded.append(value)
    elif kind in ("flag", *SILENT):
        facets.flags.add(value or kind)
    elif kind == "media" and facets.values.get(kind, value) != value and "and" in facets.flags:
        facets.repeats += 1
    elif kind not in facets.values:
        facets.values[kind] = value
        facets.value_lengths[kind] = token.length


def _zone(facets: Facets, value: str) -> None:
    # 除了主驾，车窗都关上: the "all" after the exception is what remains, not an exception.
    if facets.zones:
        value = _SAME_ROW.get((facets.zones[-1], value), value)
    if "except" in facets.flags and "rest" not in facets.flags and value != "all":
        facets.excluded.append(value)
    else:
        facets.repeats += value != "all" and value in facets.zones
        facets.zones.append(value)
