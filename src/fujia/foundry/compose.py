"""Drafts: whole utterances with their context and plan, before speech makes them untidy.

Free words stand in a draft as single characters (``MARK``) in the text and in the arguments alike,
so that whatever happens to the text later happens to the plan as well.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from fujia.foundry.pieces import Piece, Sampler
from fujia.foundry.recipes import Recipe
from fujia.foundry.splits import Split, part_of, short_hash
from fujia.foundry.values import draw_value
from fujia.understanding import pattern
from fujia.understanding.generate import slots_of
from fujia.understanding.plan import Act, Argument, Command, Condition, Language
from fujia.understanding.templates import Say

MARK = 0xE000
"""The first of the characters that stand for free words."""
_FREE_SHARE = 0.2
_LENGTHS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
_CORRECTED = 0.05
_CLOSED_ZONES = ("driver", "passenger", "rear_left", "rear_right", "front", "rear", "all")


@dataclass
class Draft:
    """An utterance in the making."""

    text: str
    commands: list[Command] = field(default_factory=list[Command])
    values: list[str] = field(default_factory=list[str])
    """Free words; the character ``MARK + i`` stands for ``values[i]``."""
    families: list[str] = field(default_factory=list[str])
    source: str = "frames"
    act: Act = "do"
    last: tuple[Command, ...] = ()
    waiting: bool = False

    def keep(self, value: str) -> str:
        """The character that stands for a value."""
        self.values.append(value)
        return chr(MARK + len(self.values) - 1)


def is_mark(character: str) -> bool:
    """Whether a character stands for free words."""
    return MARK <= ord(character) < MARK + 0x1000


class Composer:
    """Makes drafts of one language and split."""

    def __init__(
        self, language: Language, split: Split, chance: random.Random, pool_size: int
    ) -> None:
        self.language: Language = language
        self.split: Split = split
        self.chance = chance
        self.sampler = Sampler(language, split, chance)
        self.recipe: Recipe = self.sampler.recipe
        self.pool = [self.sampler.piece() for _ in range(pool_size)]
        self.space = self.recipe.space
        self.free = {
            skill: part_of([_as_say(each) for each in sayings], split, lambda say: say.say)
            for skill, sayings in self.recipe.free.items()
        }
        self.kinds: list[tuple[float, Callable[[], Draft | None]]] = [
            (0.60, self.several), (0.08, self.shared), (0.05, self.same), (0.06, self.conditional),
            (0.13, self.follow_up), (0.05, self.answer), (0.03, self.lost),
        ]  # fmt: skip

    def draft(self) -> Draft:
        """One draft of any kind."""
        weights = [weight for weight, _ in self.kinds]
        while True:
            ((_, make),) = self.chance.choices(self.kinds, weights)
            draft = make()
            if draft is not None:
                return draft

    def patterns(self, group: str, all_: Sequence[str]) -> tuple[str, pattern.Sequence_]:
        """The family and the nodes of one pattern of a group that this split may use."""
        chosen = self.chance.choice(part_of(all_, self.split))
        return f"{group}:{short_hash(chosen)}", pattern.parse(chosen, self.recipe.lists)

    def several(self) -> Draft:
        """One to five commands, one after the other."""
        draft = Draft("")
        for _ in range(self.chance.choice(_LENGTHS)):
            self.add(draft)
        return draft

    def add(self, draft: Draft, switch_only: bool = False) -> None:
        """Put one more command behind what a draft says."""
        free = self.chance.random() < _FREE_SHARE and not switch_only
        clause = self._free(draft) if free else self._clause(draft, self.chance.choice(self.pool))
        if not draft.text:
            draft.text = clause
            return
        # Free words need a pause behind them, or nobody can tell where they end.
        bounded = is_mark(draft.text[-1]) or free
        loose = self.chance.random() < 0.25 and not bounded
        joint = self.chance.choice(self.recipe.loose if loose else self.recipe.joints)
        draft.text += joint + clause

    def _clause(self, draft: Draft, piece: Piece) -> str:
        frame, nodes = self.chance.choice(self.sampler.ways[piece.way])
        draft.families.append(f"frame.{piece.way}:{short_hash(frame)}")
        if piece.rule.text:
            said = draft.keep(self.sampler.say(piece, nodes))
            draft.commands.append(Command(skill=piece.command.skill, args={piece.rule.text: said}))
            return said
        draft.commands.append(piece.command)
        return self.sampler.say(piece, nodes, **self._corrected(piece))

    def _corrected(self, piece: Piece) -> dict[str, str]:
        """A slip of the tongue and its repair: 二十三度不对二十二度."""
        if self.chance.random() > _CORRECTED:
            return {}
        between = self.space + self.chance.choice(self.recipe.corrections) + self.space
        if piece.zone in _CLOSED_ZONES:
            other = self.chance.choice([zone for zone in _CLOSED_ZONES if zone != piece.zone])
            return {"zone": self.sampler.zone_words(other) + between + piece.zone_words}
        if "amount" in piece.slots:
            wrong = self.sampler.amount(piece.rule, piece.way)
            if wrong is not None:
                return {"amount": wrong[1] + between + piece.slots["amount"]}
        return {}

    def _free(self, draft: Draft) -> str:
        skill = self.chance.choice([skill for skill, sayings in self.free.items() if sayings])
        saying = self.chance.choice(self.free[skill])
        nodes = pattern.parse(saying.say, self.recipe.lists)
        draft.families.append(f"free.{skill}:{short_hash(saying.say)}")
        marks = {name: self._value(draft, name) for name in dict.fromkeys(slots_of(nodes))}
        said = pattern.sample(nodes, self.chance, marks)
        args: dict[str, Argument] = {
            name.split(":")[0]: mark
            for name, mark in marks.items()
            if mark in said and not name.startswith("_")
        }
        draft.commands.append(Command(skill=skill, args=dict(saying.args) | args))
        return said

    def _value(self, draft: Draft, slot: str) -> str:
        argument, _, kind = slot.partition(":")
        return draft.keep(draw_value(kind or argument, self.language, self.chance, self.split))

    def shared(self) -> Draft | None:
        """Two things with one verb, or one thing in two zones with one amount."""
        way = self.chance.choice(("on", "off", "set"))
        fitting = [piece for piece in self.pool if piece.way == way and not piece.rule.text]
        if way == "set":
            fitting = [piece for piece in fitting if piece.zone in _CLOSED_ZONES and piece.thing]
        if len(fitting) < 2:
            return None
        one, two = self.chance.sample(fitting, 2)
        family, nodes = self.patterns(f"shared.{way}", self.recipe.shared[way])
        if way == "set":
            two = self._elsewhere(one)
            words = {"one": one.zone_words, "two": two.zone_words}
        else:
            words = {"one": self._named(one), "two": self._named(two)}
        if one.command == two.command:
            return None
        said = self.sampler.say(one, nodes, **words)
        return Draft(said, [one.command, two.command], families=[family], source="shared")

    def _named(self, piece: Piece) -> str:
        return self.space.join(filter(None, (piece.zone_words, piece.thing)))

    def _elsewhere(self, piece: Piece) -> Piece:
        """The same piece for another zone."""
        zone = self.chance.choice([zone for zone in _CLOSED_ZONES if zone != piece.zone])
        name = piece.rule.zones.get(zone, zone)
        args = {"zone": name} | {k: v for k, v in piece.command.args.items() if k != "zone"}
        command = piece.command.model_copy(update={"args": args})
        return replace(piece, zone=zone, zone_words=self.sampler.zone_words(zone), command=command)

    def same(self) -> Draft | None:
        """A command, and "the passenger too" in the same breath."""
        piece = self.chance.choice(self.pool)
        if piece.zone not in _CLOSED_ZONES or piece.rule.text or piece.rule.zone != "zone":
            return None
        draft = Draft("", source="shared")
        other = self._elsewhere(piece)
        family, nodes = self.patterns("shared.same", self.recipe.shared["same"])
        clause = self._clause(draft, piece)
        draft.text = pattern.sample(
            nodes, self.chance, {"clause": clause, "zone": other.zone_words}
        )
        draft.commands.append(other.command)
        draft.families.append(family)
        return draft

    def conditional(self) -> Draft:
        """If it rains, close the windows."""
        draft = Draft("", source="condition")
        for _ in range(self.chance.choice((1, 1, 2))):
            self.add(draft)
        recipe = self.chance.choice(self.recipe.conditions)
        value, said = None, self.chance.choice(recipe.say)
        if recipe.low is not None and recipe.high is not None:
            value = self.chance.randrange(recipe.low, recipe.high + 1, recipe.step)
            amount = str(value) if self.chance.random() < 0.4 else self.sampler.spell(value)
            said = said.format(amount=amount, digits=value)
        family, nodes = self.patterns("conditional", self.recipe.conditional)
        draft.text = pattern.sample(nodes, self.chance, {"if": said, "then": draft.text})
        draft.families.append(family)
        condition: Condition = recipe.condition(value)
        draft.commands = [
            each if each.skill == "chat.reply" else each.model_copy(update={"condition": condition})
            for each in draft.commands
        ]
        return draft

    def follow_up(self) -> Draft | None:
        """What speaks of the last turn: a bit more, the passenger too."""
        piece = self.chance.choice(self.pool)
        ways = list(_follow_ways(piece))
        if not ways:
            return None
        way = self.chance.choice(ways)
        family, nodes = self.patterns(f"follow.{way}", self.recipe.follow[way])
        models = [piece.command]
        if way == "same":
            other = self._elsewhere(piece)
            said = pattern.sample(nodes, self.chance, {"zone": other.zone_words})
            return self._followed(said, [other.command], models, family)
        if piece.rule.zone == "zone" and self.chance.random() < 0.2:
            models.append(self._elsewhere(piece).command)
        change, words = self._change(piece, way)
        if change is None:
            return None
        said = pattern.sample(nodes, self.chance, {"amount": words})
        new: list[Command] = []
        for model in models:
            zone = {k: v for k, v in model.args.items() if k == piece.rule.zone}
            args = zone | dict(piece.rule.fixed) | change
            new.append(Command(skill=model.skill, args=args))
        return self._followed(said, new, models, family)

    def _change(self, piece: Piece, way: str) -> tuple[dict[str, Argument] | None, str]:
        rule = piece.rule
        if way in ("on", "off"):
            return dict((rule.off if way == "off" else rule.on) or {}), ""
        assert rule.amount is not None
        if way == "set":
            drawn = self.sampler.amount(rule)
            return ({rule.amount: drawn[0]}, drawn[1]) if drawn else (None, "")
        said: dict[str, Argument] = {"up": "+", "down": "-", "max": "max", "min": "min"}
        return {rule.amount: said[way]}, ""

    def _followed(
        self, said: str, new: list[Command], last: Sequence[Command], family: str
    ) -> Draft:
        draft = Draft(" ".join(said.split()), new, families=[family], source="follow-up")
        draft.last = tuple(last)
        return draft

    def answer(self) -> Draft:
        """Yes, no, undo, never mind."""
        act = self.chance.choice(list(self.recipe.acts))
        said = self.chance.choice(part_of(self.recipe.acts[act], self.split))
        draft = Draft(said, families=[f"act.{act}:{short_hash(said)}"], source="act", act=act)
        draft.last = (self.chance.choice(self.pool).command,)
        draft.waiting = self.chance.random() < (0.8 if act in ("confirm", "deny") else 0.2)
        return draft

    def lost(self) -> Draft:
        """A follow-up with nothing before it asks for nothing."""
        way = self.chance.choice(("up", "down", "max", "min", "same"))
        family, nodes = self.patterns(f"follow.{way}", self.recipe.follow[way])
        zone = self.sampler.zone_words(self.chance.choice(_CLOSED_ZONES))
        said = " ".join(pattern.sample(nodes, self.chance, {"zone": zone}).split())
        return Draft(said, [Command(skill="chat.reply")], families=[family], source="lost")


def _follow_ways(piece: Piece) -> list[str]:
    rule = piece.rule
    if rule.text or rule.read or rule.wish or rule.value:
        return []
    ways: list[str] = []
    if rule.amount and not rule.sign and rule.must != "number":
        ways += ["up", "down", "max", "min", "set", "set"]
    if rule.off is not None and rule.on is not None and rule.must != "amount":
        ways += ["off", "on"]
    if rule.zone == "zone":
        ways += ["same", "same"]
    return ways


def _as_say(saying: str | Say) -> Say:
    return saying if isinstance(saying, Say) else Say(say=saying)
