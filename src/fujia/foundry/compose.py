"""The kinds of utterances: several commands, shared verbs, conditions, follow-ups, answers."""

import random
from collections.abc import Callable

from fujia.foundry.drafts import Draft
from fujia.foundry.follow import FollowUps
from fujia.foundry.pieces import Piece
from fujia.foundry.splits import Split
from fujia.understanding import pattern
from fujia.understanding.plan import Argument, Command, Condition, Language
from fujia.vehicle.zone import ZONES

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
        """One to five commands, one after the other."""
        draft = Draft("")
        for _ in range(self.chance.choice(_LENGTHS)):
            self.add(draft)
        return draft

    def shared(self) -> Draft | None:
        """Two things with one verb, or one thing in two zones with one amount."""
        way = self.chance.choice(("on", "off", "set"))
        fitting = [piece for piece in self.pool if piece.way == way and not piece.rule.text]
        if way == "set":
            fitting = [piece for piece in fitting if piece.zone in ZONES and piece.thing]
        one, two = self.chance.sample(fitting, 2) if len(fitting) > 1 else (None, None)
        if one is not None and way == "set":
            two = self.elsewhere(one)
        if one is None or two is None or one.command == two.command:
            return None
        family, nodes = self.pattern_of(f"shared.{way}", self.recipe.shared[way])
        words = {"one": self._named(one), "two": self._named(two)}
        if way == "set":
            words = {"one": one.zone_words, "two": two.zone_words}
        said = self.sampler.say(one, nodes, **words)
        return Draft(said, [one.command, two.command], families=[family], source="shared")

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
