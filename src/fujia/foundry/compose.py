"""The kinds of utterances: several commands, shared verbs, conditions, follow-ups, answers."""

import random
from collections.abc import Callable
from dataclasses import replace

from fujia.foundry.clauses import PLAIN_WAYS
from fujia.foundry.drafts import Draft
from fujia.foundry.follow import FollowUps
from fujia.foundry.pieces import Piece
from fujia.foundry.splits import Split
from fujia.foundry.thesaurus import marked
from fujia.understanding import pattern
from fujia.understanding.plan import Argument, Command, Condition, Language, Plan
from fujia.understanding.understander import Context
from fujia.vehicle.zone import ZONES

_DECIDING = ("quote", "act", "ask", "uncovered", "reason")
_LENGTHS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)


class Composer(FollowUps):
    """Makes drafts of one language and split."""

    def __init__(
        self, language: Language, split: Split, chance: random.Random, pool_size: int
    ) -> None:
        super().__init__(language, split, chance, pool_size)
        self.kinds: list[tuple[float, Callable[[], Draft | None]]] = [
            (0.60, self.several), (0.08, self.shared), (0.05, self.same), (0.06, self.conditional),
            (0.12, self.follow_up), (0.05, self.answer), (0.03, self.lost), (0.03, self.state),
            (0.05, self.by_word),
        ]  # fmt: skip

    def draft(self) -> Draft:
        """One draft of any kind."""
        weights = [weight for weight, _ in self.kinds]
        while True:
            ((_, make),) = self.chance.choices(self.kinds, weights)
            draft = make()
            if draft is not None:
                return draft

    def several(self) -> Draft:
        """One to five clauses, one after the other."""
        draft = Draft("")
        for _ in range(self.chance.choice(_LENGTHS)):
            self.add(draft)
        return draft

    def shared(self) -> Draft | None:
        """Two things with one verb, or one thing in two zones."""
        group = self.chance.choice(("on", "off", "set", "on zones", "off zones"))
        way, _, zones = group.partition(" ")
        fitting = [piece for piece in self.pool if piece.way == way and not piece.rule.text]
        if way == "set" or zones:
            fitting = [piece for piece in fitting if piece.zone in ZONES and piece.thing]
        one, two = self.chance.sample(fitting, 2) if len(fitting) > 1 else (None, None)
        if one is not None and (way == "set" or zones):
            two = self.elsewhere(one)
        if one is None or two is None or one.command == two.command:
            return None
        family, nodes = self.pattern_of(f"shared.{group}", self.recipe.shared[group])
        words = {"one": self._named(one), "two": self._named(two)}
        if way == "set" or zones:
            words = {"one": one.zone_words, "two": two.zone_words}
        said = self.sampler.say(one, nodes, **words)
        commands = [one.command, two.command]
        if self.sampler.is_other(said, commands):
            return None
        return Draft(said, commands, families=[family], source="shared")

    def _named(self, piece: Piece) -> str:
        return self.space.join(filter(None, (piece.zone_words, piece.thing)))

    def same(self) -> Draft | None:
        """A command, and "the passenger too" in the same breath."""
        piece = self.chance.choice(self.pool)
        other = self.elsewhere(piece)
        if piece.zone not in ZONES or piece.rule.text or other is None:
            return None
        draft = Draft("", source="shared")
        family, nodes = self.pattern_of("shared.same", self.recipe.shared["same"])
        clause = self.clause_of(draft, piece)
        if clause is None:
            return None
        words = {"clause": clause, "zone": other.zone_words}
        draft.text = pattern.sample(nodes, self.chance, words)
        draft.commands.append(other.command)
        draft.families.append(family)
        return draft

    def state(self) -> Draft | None:
        """Is the window open?"""
        piece = self.chance.choice(self.pool)
        rule = piece.rule
        if not piece.switches or rule.off is None or rule.on is None or rule.wish:
            return None
        family, nodes = self.pattern_of("state", self.recipe.state)
        args: dict[str, Argument] = {"thing": piece.command.skill}
        if "zone" in piece.command.args:
            args["zone"] = piece.command.args["zone"]
        command = Command(skill="vehicle.status", args=args)
        said = self.sampler.say(piece, nodes)
        return Draft(said, [command], families=[family], source="question")

    def by_word(self) -> Draft | None:
        """What one word decides: hearsay, an answer, a question, a thing that no car has."""
        if self.split == "test":
            return None
        mark = self.chance.choice([each for each in _DECIDING if marked(self.language, each)])
        word, piece = self.chance.choice(marked(self.language, mark)), self.chance.choice(self.pool)
        if mark == "uncovered":
            way = self.chance.choice((*PLAIN_WAYS, piece.way))
            said = self.sampler.say(replace(piece, thing=word, zone_words=""), self.frame(way))
        else:
            clause = self.sampler.say(piece, self.frame(piece.way))
            parts = {"act": [""], "ask": [piece.thing], "reason": ["", clause]}.get(mark, [clause])
            other = self.chance.choice(parts)
            order = [word, other] if mark != "ask" else self.chance.sample([word, other], 2)
            said = self.space.join(filter(None, order))
        plan = self.sampler.grammar.understand(said, Context())
        if plan.confidence < 1.0 and mark not in ("quote", "uncovered"):
            return None
        return self._as_read(said, plan, mark)

    def _as_read(self, said: str, plan: Plan, mark: str) -> Draft | None:
        """The draft of what the grammar read, if that is what such a word asks for."""
        draft = Draft(said, families=[f"by_word.{mark}"], source="words", act=plan.act)
        skills = {command.skill for command in plan.commands}
        if mark in ("quote", "uncovered"):
            idle = "chat.reply" if mark == "quote" else "unknown.function"
            if skills != {idle} or len(plan.commands) != 1:
                return None
        elif skills & {"chat.reply", "unknown.function"} or (mark == "act" and plan.act == "do"):
            return None
        free = [v for c in plan.commands for v in c.args.values() if v == said]
        if free:
            draft.text = draft.keep(said)
        draft.commands = [
            command.model_copy(
                update={
                    "args": {n: draft.text if v == said else v for n, v in command.args.items()}
                }
            )
            for command in plan.commands
        ]
        if any(isinstance(v, str) and v in said for c in draft.commands for v in c.args.values()):
            return draft if free and len(draft.commands) == 1 else None
        return draft

    def conditional(self) -> Draft:
        """If it rains, close the windows."""
        draft = Draft("", source="condition")
        for _ in range(self.chance.choice((1, 1, 2))):
            self.add(draft)
        said, condition = self._condition()
        family, nodes = self.pattern_of("conditional", self.recipe.conditional)
        draft.text = pattern.sample(nodes, self.chance, {"if": said, "then": draft.text})
        draft.families.append(family)
        draft.commands = [_if(condition, command) for command in draft.commands]
        return draft

    def _condition(self) -> tuple[str, Condition]:
        recipe = self.chance.choice(self.recipe.conditions)
        said = self.chance.choice(recipe.say)
        if recipe.low is None or recipe.high is None:
            return said, recipe.condition(None)
        value = self.chance.randrange(recipe.low, recipe.high + 1, recipe.step)
        amount = str(value) if self.chance.random() < 0.4 else self.sampler.spell(value)
        return said.format(amount=amount, digits=value), recipe.condition(value)


def _if(condition: Condition, command: Command) -> Command:
    if command.skill == "chat.reply":
        return command
    return command.model_copy(update={"condition": condition})
