"""The words of replies: one YAML file a language, and how one action is put into words."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.cabin.scenes import find_scene
from fujia.cabin.turn import Action, Outcome
from fujia.datafile import load_yaml
from fujia.understanding.plan import Argument, Language
from fujia.vehicle.zone import SEATS

REPLIES_FOLDER = Path(__file__).parent / "data" / "replies"
_FILES: Mapping[Language, str] = {"zh": "zh-CN.yaml", "en": "en.yaml"}
_PLACES = ("zone", "screen", "side")
_UNSAID = (*_PLACES, "band")
"""What a reply leaves out where there is anything else to repeat: a station has its band."""
_SWITCHES = ("on", "open", "position")
"""Arguments that say whether something is on, or open: 0 is closed."""
_SINGLE = (*SEATS, "center")
_LONGEST_WORD = 20  # characters of free text, such as a song, that a reply repeats

Case = Literal["on", "off", "zero", "full", "some", "unknown"]
"""``zero`` is 0 or "off", ``full`` is 100, where a form has them; ``unknown``: no value given."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Clause(_Strict):
    """The same act done and wished for: 车窗已打开, 打开车窗."""

    done: str
    wish: str


class Entry(_Strict):
    """How one skill is spoken of. ``value`` is the argument that the form shows."""

    name: str
    form: str
    value: str = ""
    unit: str = ""
    plural: str = ""
    """The name where more than one seat is meant."""
    bare: bool = False
    """Whether the name goes without an article."""
    says: Clause | None = None
    """Instead of the form."""
    cases: dict[str, Clause] = {}
    """Instead of the form, by value."""
    unavailable: str = ""
    """What is said where a car cannot do it, instead of the common words."""


class Words(_Strict):
    """The content of one reply file."""

    language: Language
    limit: int = Field(ge=20)
    """Characters of a reply while driving."""
    comma: str
    stop: str
    ask: str
    levels: tuple[str, ...]
    zones: dict[str, str]
    values: dict[str, str]
    forms: dict[str, dict[Case, Clause]]
    outcomes: dict[Outcome | Literal["companion"], str]
    phrases: dict[str, str]
    skills: dict[str, Entry]

    @model_validator(mode="after")
    def _forms_exist(self) -> "Words":
        for name, entry in self.skills.items():
            if entry.form not in self.forms:
                raise ValueError(f"{name} has the unknown form {entry.form!r}")
        return self

    def name(self, skill: str, args: Mapping[str, Argument]) -> str:
        """What a skill is about, with its place: 主驾座椅加热."""
        entry = self.skills.get(skill)
        return self._place(args) + _noun(entry, args) if entry else self.phrases["thing"]

    def zone_list(self, zones: Sequence[str]) -> str:
        """Several zones as one place: 主驾和左后."""
        named = [self.zones.get(zone, zone).strip() for zone in zones]
        tail = " " if self.zones["driver"].endswith(" ") else ""
        return self.phrases["and"].join(named) + tail

    def done(self, skill: str, args: Mapping[str, Argument], about: str = "") -> str:
        """The act as something done."""
        return self._clause(skill, args, "done", about)

    def wish(self, skill: str, args: Mapping[str, Argument], about: str = "") -> str:
        """The act as something wished for."""
        return self._clause(skill, args, "wish", about)

    def action(self, action: Action) -> str:
        """One action in words, without a stop at its end."""
        if action.outcome in ("answered", "question"):
            return (action.reply or "").rstrip(self.stop)
        entry = self.skills.get(action.skill)
        if entry and entry.unavailable and action.outcome == "unavailable":
            return entry.unavailable
        template = self.outcomes["companion" if _is_done_companion(action) else action.outcome]
        return template.format(
            name=self.name(action.skill, action.args),
            done=self._of(action, "done") if "{done}" in template else "",
            wish=self._of(action, "wish") if "{wish}" in template else "",
            reason=action.reason or "",
        )

    def _of(self, action: Action, which: Literal["done", "wish"]) -> str:
        if action.is_restored:
            return self.phrases[f"restored_{which}"].format(
                name=self.name(action.skill, action.args)
            )
        return self._clause(action.skill, action.args, which, action.about)

    def together(self, actions: Sequence[Action]) -> str:
        """Several actions with one outcome and reason as one clause: what hindered them all."""
        wishes = dict.fromkeys(self._of(one, "wish") for one in actions)
        return self.outcomes[actions[0].outcome].format(
            wish=self.phrases["or"].join(wishes), reason=actions[0].reason or ""
        )

    def _clause(self, skill: str, args: Mapping[str, Argument], which: str, about: str) -> str:
        entry = self.skills.get(skill)
        if entry is None:
            return self.phrases[f"thing_{which}"]
        form = self.forms[entry.form]
        value = args.get(entry.value) if entry.value else None
        clause = entry.cases.get(str(value)) or entry.says or form[_case(form, value, args)]
        template = clause.done if which == "done" else clause.wish
        shown = self._shown(entry, value) if value is not None else ""
        what = [_clip(str(given)) for name, given in args.items() if name not in _UNSAID]
        what = what or [_clip(str(given)) for name, given in args.items() if name not in _PLACES]
        return template.format(
            the="" if entry.bare or _seats(args) == "all" else self.phrases["the"],
            place=self._place(args), name=_noun(entry, args), value=shown, unit=entry.unit,
            what=" ".join(what), about=about, args=args,
        ).strip()  # fmt: skip

    def _place(self, args: Mapping[str, Argument]) -> str:
        places = (args.get(place) for place in _PLACES)
        return "".join(self.zones.get(str(place), str(place)) for place in places if place)

    def _shown(self, entry: Entry, value: Argument) -> str:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if entry.form == "level" and 0 <= value < len(self.levels) and value == int(value):
                return self.levels[int(value)]
            return f"{value:g}"
        if entry.form in ("mode", "ending") and (scene := find_scene(str(value))):
            return scene.zh if self.language == "zh" else scene.en
        return self.values.get(str(value), _clip(str(value)))


@cache
def load_words(language: Language) -> Words:
    """The packaged words of a language."""
    return load_yaml(REPLIES_FOLDER / _FILES[language], Words)


def _case(
    form: Mapping[Case, Clause], value: Argument | None, args: Mapping[str, Argument]
) -> Case:
    if "on" in form:
        said = next((args[name] for name in _SWITCHES if name in args), True)
        switch = said if value is None else value
        return "on" if switch else "off"
    if value is None or _is_relative(value):
        return "unknown" if "unknown" in form else "some"
    if not isinstance(value, bool):
        if value in (0, "off") and "zero" in form:
            return "zero"
        if value == 100 and "full" in form:
            return "full"
    return "some"


def _is_relative(value: Argument) -> bool:
    """Whether a value was never resolved: ``"+1"``, ``"max"``."""
    return isinstance(value, str) and (value[:1] in ("+", "-") or value in ("max", "min", "mid"))


def _noun(entry: Entry, args: Mapping[str, Argument]) -> str:
    return entry.name if not entry.plural or _seats(args) in _SINGLE else entry.plural


def _seats(args: Mapping[str, Argument]) -> Argument | None:
    return args.get("zone", args.get("screen"))


def _is_done_companion(action: Action) -> bool:
    return action.companion and action.outcome == "done"


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST_WORD else text[: _LONGEST_WORD - 1] + "…"
