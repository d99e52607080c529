"""Pieces: one command with the words that say it, checked against the grammar once.

A piece can then be said in many ways that nobody needs to read back, because its words are known
to mean its command.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fujia.foundry.numbers import spell
from fujia.foundry.recipes import Recipe, load_recipe
from fujia.foundry.splits import Split, part_of, short_hash
from fujia.understanding import pattern
from fujia.understanding.frames import Range
from fujia.understanding.generate import Generator
from fujia.understanding.plan import Argument, Command, Language, Plan
from fujia.understanding.rules import Rule
from fujia.understanding.student.numbers import shares
from fujia.understanding.understander import Context

_STEP_SHARE = 0.35
_HALF_SHARE = 0.15
_SHARES = 0.6
"""How often a percentage is said as a half, a third or a quarter."""
_PARTLY = 0.5
"""How often what can be opened in part is, where it would be opened."""
_OWN_SHARE = 0.1
_CAREFUL = frozenset({"up", "down", "up_by", "down_by", "max", "min"})
_IDLE = frozenset({"chat.reply", "unknown.function"})
_NOWHERE = "\0"
"""Stands for a zone that is not named, so that its 的 can go as well."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A command and its words. ``way`` names the frames that say it: ``on``, ``set``, ``up`` ..."""

    rule: Rule
    way: str
    thing: str
    zone: str | None
    """The zone that was named; ``own`` for "my side", which the command leaves to the car."""
    zone_words: str
    slots: Mapping[str, str]
    """``amount`` or ``value``: the words for it."""
    command: Command

    @property
    def switches(self) -> bool:
        """Whether it only switches something on or off, in one word."""
        return self.way in ("on", "off") and not self.rule.text


class Sampler(Generator):
    """Draws pieces and frames of one split."""

    def __init__(self, language: Language, split: Split, chance: random.Random) -> None:
        self.recipe: Recipe = load_recipe(language)
        super().__init__(language, 0, self.recipe)
        self.chance = chance
        self.ways = {
            way: [(each, pattern.parse(each, self.recipe.lists)) for each in part_of(all_, split)]
            for way, all_ in self.recipe.frames.items()
        }

        often = self.recipe.often
        self._weights = [
            often.get(rule.skill, often.get(rule.skill.partition(".")[0], 1.0))
            for rule in self.rules
        ]

    def piece(self) -> Piece:
        """One piece that the grammar reads as its command."""
        while True:
            (rule,) = self.chance.choices(self.rules, self._weights)
            piece = self._draw(rule)
            if piece is not None and self._is_right(piece):
                return piece

    def amount(self, rule: Rule, way: str = "set") -> tuple[Argument, str] | None:
        """Another amount for a rule, and its words; None if the rule takes no numbers."""
        drawn = self._number(rule, self.recipe.steps if way.endswith("_by") else self.recipe.ranges)
        if drawn is None:
            return None
        value, words, percent = drawn
        if way.endswith("_by"):
            return f"{'+' if way == 'up_by' else '-'}{value}{'%' if percent else ''}", words
        return f"{value}%" if percent else value, words

    def zone_words(self, zone: str) -> str:
        """One way to name a zone."""
        return self.chance.choice(self.recipe.zones[zone])

    def _draw(self, rule: Rule) -> Piece | None:
        thing, how = self._thing(rule), self._how(rule)
        if thing is None or how is None:
            return None
        way, args, slots = self._stepped(rule, *how)
        if way == "on" and rule.off is None:
            way = "name"  # what cannot be switched off is not switched on either: "hang up"
        zone, words = self._place(rule)
        if zone and zone != "own" and rule.zone:
            args = {rule.zone: rule.zones.get(zone, zone)} | args
        if not thing and way not in ("value_only", "leave") and rule.must != "amount":
            return None
        command = Command(skill=rule.skill, args=dict(rule.fixed) | args)
        return Piece(rule, way, thing, zone, words, slots, command)

    def _place(self, rule: Rule) -> tuple[str | None, str]:
        if rule.zone == "zone" and self.chance.random() < _OWN_SHARE:
            return "own", self.zone_words("own")
        zone, words = self._zone(rule)
        return (None, "") if zone == "own" else (zone, words)

    def _stepped(
        self, rule: Rule, way: str, args: Mapping[str, Argument], slots: Mapping[str, str]
    ) -> tuple[str, dict[str, Argument], dict[str, str]]:
        """Some of "set to 3" become "up by 1", and some of "open" become "open halfway"."""
        if way == "on" and "percent" in rule.units and self.chance.random() < _PARTLY:
            way, args, slots = "set", {}, {}
        if way != "set" or not rule.amount:
            return way, dict(args), dict(slots)
        by = self.chance.random() < _STEP_SHARE and rule.must != "number"
        way = self.chance.choice(("up_by", "down_by")) if by else "set"
        drawn = self.amount(rule, way)
        if drawn is None:
            return "set", dict(args), dict(slots)
        return way, {rule.amount: drawn[0]}, {"amount": drawn[1]}

    def _number(
        self, rule: Rule, ranges: Mapping[str, Range]
    ) -> tuple[int | float, str, bool] | None:
        units = [unit for unit in rule.units if unit in ranges and unit != "bare"]
        if not units or rule.amount is None:
            return None
        unit = units[0] if self.chance.random() < 0.7 else self.chance.choice(units)
        numbers = ranges[unit]
        steps = round((numbers.high - numbers.low) / numbers.step)
        if unit == "percent" and ranges is self.recipe.ranges and self.chance.random() < _SHARES:
            word = self.chance.choice(sorted(shares(self.language)))
            return int(shares(self.language)[word]), word, rule.units[0] != "percent"
        value = round(numbers.low + numbers.step * self.chance.randint(0, steps), 2)
        whole: int | float = int(value) if float(value).is_integer() else value
        if unit == "degree" and self.chance.random() > _HALF_SHARE:
            whole = int(value)
        words = self.chance.choice(numbers.say)
        said = words.format(number=whole, spoken=self.spell(whole))
        return whole, said, unit == "percent" and rule.units[0] != "percent"

    def spell(self, number: int | float) -> str:
        """A number in words."""
        return spell(number, self.language, self.chance)

    def _is_right(self, piece: Piece) -> bool:
        frame = self.recipe.frames[piece.way][0]
        nodes = pattern.parse(frame, self.recipe.lists)
        for _ in range(3):
            said = self.say(piece, nodes)
            command = piece.command
            if piece.rule.text:
                command = Command(skill=command.skill, args={piece.rule.text: said})
            if self._reads_back(said, Plan(language=self.language, commands=(command,))):
                return True
        return False

    def phrase(self, piece: Piece) -> tuple[str, pattern.Sequence_, str] | None:
        """A frame's family, its nodes and the piece in it; None if it now asks for something else.

        "Higher" and "bigger" are not the same to every thing, so the grammar has a say in those.
        """
        frame, nodes = self.chance.choice(self.ways[piece.way])
        said = self.say(piece, nodes)
        careful = piece.way in _CAREFUL and not piece.rule.text
        if careful and self.is_other(said, [piece.command]):
            return None
        return f"frame.{piece.way}:{short_hash(frame)}", nodes, said

    def is_other(self, said: str, commands: Sequence[Command]) -> bool:
        """Whether the grammar reads other commands; what it does not understand may be right."""
        read = self.grammar.understand(said, Context()).commands
        return read != tuple(commands) and any(each.skill not in _IDLE for each in read)

    def say(self, piece: Piece, nodes: pattern.Sequence_, **other: str) -> str:
        """A piece in one of its frames; ``other`` words take the place of its own."""
        slots = {"thing": piece.thing, "zone": piece.zone_words, **piece.slots, **other}
        slots["zone"] = slots["zone"] or _NOWHERE
        said = pattern.sample(nodes, self.chance, slots)
        said = said.replace(f"{_NOWHERE}的", "").replace(_NOWHERE, "")
        return " ".join(said.split()) if self.language == "en" else said.replace("的的", "的")
