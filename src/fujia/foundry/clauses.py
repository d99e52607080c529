"""Clauses: one command said in one of its ways, or one sentence with free words."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fujia.foundry.drafts import Draft, fill, filled, is_mark
from fujia.foundry.pieces import Piece, Sampler
from fujia.foundry.recipes import Recipe
from fujia.foundry.splits import Split, part_of, short_hash
from fujia.foundry.thesaurus import any_word, reworded
from fujia.foundry.values import draw_value, load_values
from fujia.understanding import pattern
from fujia.understanding.generate import slots_of
from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Argument, Command, Language
from fujia.understanding.templates import Say, Template
from fujia.understanding.times import find_clocks
from fujia.understanding.understander import Context
from fujia.vehicle.zone import ZONES, Zone, seats_of

_FREE_SHARE = 0.36
_LOOSE_SHARE = 0.45
_CORRECTED = 0.05
_KNOWN_SHARE = 0.3
_REWORDED = 0.4
_WORDED = 0.15
_AKIN, _SWITCHED = 0.3, 0.2
PLAIN_WAYS = ("on", "off", "up", "down", "max", "min", "name")
"""Frames that need no number and no value."""


class Clauses:
    """Says pieces and free sentences of one language and split."""

    def __init__(
        self, language: Language, split: Split, chance: random.Random, pool_size: int
    ) -> None:
        self.language: Language = language
        self.split: Split = split
        self.chance = chance
        self.sampler = Sampler(language, split, chance)
        self.recipe: Recipe = self.sampler.recipe
        self.pool = [self.sampler.piece() for _ in range(pool_size)]
        self.switches = [piece for piece in self.pool if piece.switches]
        self.space = self.recipe.space
        tails = (tail for tail in self.recipe.lists["tail"] if tail != "一下")  # 开一下 is a verb
        self.tails = sorted(tails, key=len, reverse=True)
        self.free = [
            (skill, saying)
            for skill, sayings in self.recipe.free.items()
            for saying in part_of([as_say(each) for each in sayings], split, lambda say: say.say)
        ]
        # The test keeps to sentences that no part of the product was written with.
        self.known = [] if split == "test" else list(self._known_sentences())

    def add(self, draft: Draft) -> None:
        """Put one more command behind what a draft says."""
        free = self.chance.random() < _FREE_SHARE
        clause = self.free_clause(draft) if free else self.clause(draft)
        if not draft.text:
            draft.text = clause
            return
        # Two runs of free words need a pause between them, or nobody can tell where one ends.
        bounded = is_mark(draft.text[-1]) and (free or self.language == "en")
        loose = self.chance.random() < _LOOSE_SHARE and not bounded
        joint = self.chance.choice(self.recipe.loose if loose else self.recipe.joints)
        draft.text += joint + clause

    def clause(self, draft: Draft) -> str:
        """The words of any piece; its command goes to the draft."""
        while True:
            if self.split != "test" and self.chance.random() < _WORDED:
                said = self.worded(draft)
            else:
                said = self.clause_of(draft, self._next(draft))
            if said is not None:
                return said

    def _next(self, draft: Draft) -> Piece:
        """Any piece; often one that goes with the last: the fan after the temperature."""
        luck = self.chance.random()
        if draft.commands and luck < _AKIN:
            family = draft.commands[-1].skill.partition(".")[0] + "."
            akin = [piece for piece in self.pool if piece.command.skill.startswith(family)]
            return self.chance.choice(akin or self.pool)
        if luck < _AKIN + _SWITCHED:
            return self.chance.choice(self.switches or self.pool)
        return self.chance.choice(self.pool)

    def worded(self, draft: Draft) -> str | None:
        """Any word of the lexicon in a clause that the grammar understands to the last word."""
        word, senses = any_word(self.language, self.chance)
        piece = self.chance.choice(self.pool)
        way = self.chance.choice((*PLAIN_WAYS, piece.way))
        if any(sense.concepts for sense in senses):
            piece = replace(piece, way=way, thing=word)
            said = self.sampler.say(piece, self.frame(way))
        else:
            clause = self.sampler.say(piece, self.frame(piece.way))
            about = (piece.zone_words, piece.thing, clause)
            parts = [word, *self.chance.choice((about[:2], about[1:2], about[2:]))]
            self.chance.shuffle(parts)
            said = self.space.join(filter(None, parts))
        plan = self.sampler.grammar.understand(said, Context())
        commands = plan.commands
        certain = plan.act == "do" and plan.confidence == 1.0 and 0 < len(commands) <= 2
        if not certain or any(_is_loose(command, said) for command in commands):
            return None
        draft.families.append(f"word.{commands[0].skill}")
        draft.commands += commands
        return said

    def frame(self, way: str) -> pattern.Sequence_:
        """Any frame of a way."""
        return self.chance.choice(self.sampler.ways[way])[1]

    def clause_of(self, draft: Draft, spoken: Piece) -> str | None:
        """The words of a piece in one of its frames; None if that frame does not suit it."""
        phrase = self.sampler.phrase(spoken)
        if phrase is None:
            return None
        family, nodes, said = phrase
        draft.families.append(family)
        if spoken.rule.text:
            return self._named_itself(draft, spoken, said)
        draft.commands.append(spoken.command)
        if self.chance.random() < _CORRECTED:
            return self.sampler.say(spoken, nodes, **self._corrected(spoken))
        return self._reworded(said, spoken.command, ())

    def _reworded(self, said: str, command: Command, values: Sequence[str]) -> str:
        """Now and then with a word of the same meaning, if the grammar finds the same in it."""
        if self.chance.random() > _REWORDED:
            return said
        wanted = (filled(command, values),)

        def is_same(new: str) -> bool:
            read = self.sampler.grammar.understand(fill(new, values), Context())
            return read.act == "do" and read.commands == wanted

        return reworded(said, self.language, self.chance, is_same)

    def _named_itself(self, draft: Draft, piece: Piece, said: str) -> str:
        """A function that no car has: the words themselves are the argument, without the 吧."""
        tail = next((each for each in self.tails if said.endswith(self.space + each)), None)
        core = said.removesuffix(self.space + tail) if tail else said
        mark = draft.keep(core)
        assert piece.rule.text is not None
        draft.commands.append(Command(skill=piece.command.skill, args={piece.rule.text: mark}))
        return mark + said[len(core) :]

    def _corrected(self, piece: Piece) -> dict[str, str]:
        """A slip of the tongue and its repair: 二十三度不对二十二度."""
        between = self.space + self.chance.choice(self.recipe.corrections) + self.space
        if piece.zone in ZONES:
            other = self.chance.choice([zone for zone in ZONES if zone != piece.zone])
            return {"zone": self.sampler.zone_words(other) + between + piece.zone_words}
        if "amount" in piece.slots:
            wrong = self.sampler.amount(piece.rule, piece.way)
            if wrong is not None:
                return {"amount": wrong[1] + between + piece.slots["amount"]}
        return {}

    def free_clause(self, draft: Draft) -> str:
        """A sentence with free words; its command goes to the draft."""
        if self.known and self.chance.random() < _KNOWN_SHARE:
            return self._known_clause(draft)
        skill, saying = self.chance.choice(self.free)
        nodes = pattern.parse(saying.say, self.recipe.lists)
        draft.families.append(f"free.{skill}:{short_hash(saying.say)}")
        return self._free(draft, skill, nodes, saying.args)

    def _known_sentences(self) -> Iterator[tuple[Template, pattern.Sequence_]]:
        """The grammar's own sentences whose free words can be drawn."""
        kinds = load_values(self.language)
        for template in self.sampler.templates:
            names = set(slots_of(template.nodes))
            if not template.also and all(name.strip("_") in kinds for name in names):
                yield template, template.nodes

    def _known_clause(self, draft: Draft) -> str:
        template, nodes = self.chance.choice(self.known)
        draft.families.append(f"known.{template.skill}")
        return self._free(draft, template.skill, nodes, template.args)

    def _free(
        self, draft: Draft, skill: str, nodes: pattern.Sequence_, implied: Mapping[str, Argument]
    ) -> str:
        marks = {name: self._value(draft, name) for name in dict.fromkeys(slots_of(nodes))}
        said = pattern.sample(nodes, self.chance, marks)
        args: dict[str, Argument] = {
            name.split(":")[0]: self._meant(draft, name, mark)
            for name, mark in marks.items()
            if mark in said and not name.startswith("_")
        }
        if skill == "unknown.function":
            said = draft.keep(fill(said, draft.values))
            args = {"text": said}
        command = Command(skill=skill, args=dict(implied) | args)
        draft.commands.append(command)
        return self._reworded(said, command, draft.values)

    def _value(self, draft: Draft, slot: str) -> str:
        argument, _, kind = slot.partition(":")
        return draft.keep(
            draw_value(kind or argument.strip("_"), self.language, self.chance, self.split)
        )

    def _meant(self, draft: Draft, slot: str, mark: str) -> str:
        """What stands in the command for a free word: the word itself, or the time it names."""
        if not slot.endswith(":clock"):
            return mark
        said = normalise(fill(mark, draft.values), language=self.language)
        return find_clocks(said)[0].clock or mark

    def pattern_of(self, group: str, all_: Sequence[str]) -> tuple[str, pattern.Sequence_]:
        """The family and the nodes of one pattern of a group that this split may use."""
        chosen = self.chance.choice(part_of(all_, self.split))
        return f"{group}:{short_hash(chosen)}", pattern.parse(chosen, self.recipe.lists)

    def elsewhere(self, piece: Piece) -> Piece | None:
        """The same piece for a zone that has no seat of its own zone; None if there is none."""
        zones = [zone for zone in ZONES if zone != "all" and _apart(zone, piece.zone)]
        if not zones or piece.rule.zone != "zone":
            return None
        zone = self.chance.choice(zones)
        args = {"zone": piece.rule.zones.get(zone, zone)} | {
            name: value for name, value in piece.command.args.items() if name != "zone"
        }
        command = piece.command.model_copy(update={"args": args})
        return replace(piece, zone=zone, zone_words=self.sampler.zone_words(zone), command=command)


def _is_loose(command: Command, said: str) -> bool:
    """Whether a command asks for nothing, or holds free words."""
    idle = command.skill in ("chat.reply", "unknown.function", "manual.ask")
    return idle or any(isinstance(v, str) and v in said for v in command.args.values())


def _apart(zone: Zone, other: str | None) -> bool:
    if other not in ZONES:
        return True
    # 前排和后排 is one zone, all.
    whole = {zone, other} == {"front", "rear"}
    return not whole and not set(seats_of(zone)) & set(seats_of(other))


def as_say(saying: str | Say) -> Say:
    """A pattern with what it implies, if anything."""
    return saying if isinstance(saying, Say) else Say(say=saying)
