"""Utterances that speak of the turn before: a bit more, the passenger too, yes, never mind."""

from fujia.foundry.clauses import Clauses
from fujia.foundry.drafts import Draft
from fujia.foundry.pieces import Piece
from fujia.foundry.splits import part_of, short_hash
from fujia.understanding import pattern
from fujia.understanding.plan import Argument, Command
from fujia.understanding.rules import Rule, load_rules
from fujia.vehicle.zone import ZONES

_BOTH_SHARE = 0.2


class FollowUps(Clauses):
    """Makes follow-ups."""

    def follow_up(self) -> Draft | None:
        """A follow-up on one piece, or on the same piece in two zones."""
        piece = self.chance.choice(self.pool)
        ways = follow_ways(piece)
        if not ways:
            return None
        way = self.chance.choice(ways)
        if way == "same":
            return self._same(piece)
        family, nodes = self.pattern_of(f"follow.{way}", self.recipe.follow[way])
        models = [piece.command]
        other = self.elsewhere(piece) if self.chance.random() < _BOTH_SHARE else None
        if other and piece.zone in ZONES:
            models.append(other.command)
        change = self._change(piece, way)
        if change is None:
            return None
        args, words = change
        new = [_changed(piece.rule, model, args) for model in models]
        draft = Draft(_tidy(pattern.sample(nodes, self.chance, {"amount": words})), new)
        draft.families, draft.source, draft.last = [family], "follow-up", tuple(models)
        return draft

    def _same(self, piece: Piece) -> Draft | None:
        other = self.elsewhere(piece)
        if other is None:
            return None
        family, nodes = self.pattern_of("follow.same", self.recipe.follow["same"])
        said = _tidy(pattern.sample(nodes, self.chance, {"zone": other.zone_words}))
        draft = Draft(said, [other.command], families=[family], source="follow-up")
        draft.last = (piece.command,)
        return draft

    def _change(self, piece: Piece, way: str) -> tuple[dict[str, Argument], str] | None:
        """The new arguments, and the words for an amount."""
        rule = piece.rule
        if way in ("on", "off"):
            return dict((rule.off if way == "off" else rule.on) or {}), ""
        assert rule.amount is not None
        if way == "set":
            drawn = self.sampler.amount(rule)
            return ({rule.amount: drawn[0]}, drawn[1]) if drawn else None
        said: dict[str, Argument] = {"up": "+", "down": "-", "max": "max", "min": "min"}
        return {rule.amount: said[way]}, ""

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
        family, nodes = self.pattern_of(f"follow.{way}", self.recipe.follow[way])
        zone = self.sampler.zone_words(self.chance.choice(ZONES))
        said = _tidy(pattern.sample(nodes, self.chance, {"zone": zone}))
        return Draft(said, [Command(skill="chat.reply")], families=[family], source="lost")


def follow_ways(piece: Piece) -> list[str]:
    """What can be said of a piece in the next turn."""
    rule = piece.rule
    if rule.text or rule.read or rule.wish or rule.value:
        return []
    ways: list[str] = []
    if rule.amount and not rule.sign and rule.must != "number":
        ways += ["up", "down", "max", "min", "set", "set"]
    # "Turn it off" means what the first rule of the skill says, not what a special one would.
    first = next(each for each in load_rules().by_skill[rule.skill] if not each.wish)
    if rule == first and rule.off is not None and rule.on is not None and rule.must != "amount":
        ways += ["off", "on"]
    if rule.zone == "zone" and piece.zone != "all":
        ways += ["same", "same"]
    return ways


def _changed(rule: Rule, model: Command, args: dict[str, Argument]) -> Command:
    zone = {name: value for name, value in model.args.items() if name == rule.zone}
    return Command(skill=model.skill, args=zone | dict(rule.fixed) | args)


def _tidy(text: str) -> str:
    return " ".join(text.split())
