"""Chunks to commands: verbs, zones and things that one chunk lends another."""

from collections.abc import Sequence
from dataclasses import replace

from fujia.understanding.chunks import Chunk
from fujia.understanding.commands import arguments, commands, turn, zones_of
from fujia.understanding.facets import Facets
from fujia.understanding.freewords import companions, free_arguments
from fujia.understanding.normalise import Normalised
from fujia.understanding.passing import beside
from fujia.understanding.plan import Argument, Command
from fujia.understanding.reasons import for_a_reason, is_wish, without_reasons
from fujia.understanding.rules import Rule, Rules
from fujia.understanding.tagger import Token
from fujia.understanding.trips import one_trip
from fujia.understanding.understander import Context
from fujia.understanding.unknown import handed, is_only_named

_AMOUNT_OF = {
    "light.ambient": "light.ambient_brightness",
    "light.ambient_color": "light.ambient_brightness",
    "light.ambient_mode": "light.ambient_brightness",
    "climate": "climate.temperature",
    "media": "volume.media",
    "radio": "volume.media",
    "video": "volume.media",
}
"""What is turned up where a thing without an amount was spoken of: "play jazz, turn it up"."""


_OWN_VERBS = frozenset({"set", "raise", "lower"})
_DEEDS = frozenset({"fold", "unfold", "lock", "unlock", "release"})
"""Words for things to do with one thing only; who says them needs no neighbour's verb."""


class Assembler:
    """Makes the commands of one utterance."""

    def __init__(self, rules: Rules, said: Normalised, tokens: Sequence[Token], context: Context):
        self.rules = rules
        self.said = said
        self.tokens = tokens
        self.context = context

    def commands(self, chunks: Sequence[Chunk]) -> list[Command]:
        """The commands of all chunks, in order."""
        spoken = [chunk for chunk in chunks if chunk.is_read]
        spoken = without_reasons(spoken, self.tokens, self.said.language)
        spoken = [chunk for chunk in spoken if not self._is_anothers(chunk)]
        if self._is_narrated():
            spoken = [chunk for chunk in spoken if not is_only_named(chunk)]
        result: list[Command] = []
        for index, chunk in enumerate(spoken):
            before = spoken[index - 1] if index else None
            after = spoken[index + 1] if index + 1 < len(spoken) else None
            if before is not None and _takes_back(chunk, before):
                result = result[:-1]
            elif before is not None and is_wish(before) and chunk.is_carried:
                # 屏幕太刺眼了，暗一点: how much replaces what the wish meant.
                result = [*result[:-1], *self._commands(chunk, spoken[:index], after, result)]
            else:
                result += self._commands(chunk, spoken[:index], after, result)
        return one_trip(_without_stutter(for_a_reason(result, self.tokens)))

    def _is_anothers(self, chunk: Chunk) -> bool:
        """Whether a thing is only named, behind a word nobody knows: "that guy's lights"."""
        if self.said.language != "en" or not chunk.start or not is_only_named(chunk):
            return False
        assert chunk.facets is not None
        return chunk.facets.unknown > 0 or not self.tokens[chunk.start - 1].senses

    def _is_narrated(self) -> bool:
        """Whether things are only mentioned among other words: "I love my new sunroof"."""
        if self.said.language != "en" or any(token.has("verb") for token in self.tokens):
            return False
        return any(not token.senses for token in self.tokens)

    def _commands(
        self, chunk: Chunk, earlier: Sequence[Chunk], after: Chunk | None, sofar: list[Command]
    ) -> list[Command]:
        before = earlier[-1] if earlier else None
        if chunk.is_left_alone:
            return []
        if chunk.match is not None:
            return [free_arguments(chunk.match, self.said), *companions(chunk.match, self.said)]
        facets = chunk.facets
        assert facets is not None
        if chunk.rule is None:
            strange = any(start < chunk.end <= end for start, end in handed(self.tokens))
            return [] if strange else self._carried(facets, sofar)
        if before is not None and self._sentence_ends(before, chunk):
            before = None
        rule = self._automatic(self._kin(chunk.rule, sofar), facets, after)
        facets = self._borrow(rule, facets, self._lender(chunk, earlier), after)
        rule = self._that_can(rule, facets)
        if facets.runs and not rule.text:
            return self._runs(rule, facets)
        args = arguments(rule, facets)
        if args is None:
            args = dict(chunk.args or {})
        if rule.text:
            args[rule.text] = self._words(chunk)
        if _sums_up(before, facets) and not rule.rises_off:
            facets = replace(facets, zones=[])
        zones = zones_of(facets, self.context.driver_position, self.context.seat)
        if before and before.facets and self._is_added(rule, before, chunk):
            zones = zones_of(before.facets, self.context.driver_position, self.context.seat)
        if zones == [None] and not (rule.needs or rule.value or "mine" in facets.flags):
            zones = self._zones_before(rule, sofar)
        return commands(rule, args, zones)

    def _is_added(self, rule: Rule, before: Chunk, chunk: Chunk) -> bool:
        """Whether it is one more aspect of the same seats: 主驾座椅加热和通风都打开."""
        facets = chunk.facets
        if before.rule is None or facets is None or "seat" in facets.concepts:
            return False
        same = before.rule.skill.partition(".")[0] == rule.skill.partition(".")[0] == "seat"
        first = self.tokens[max(0, chunk.start - 1) : chunk.start + 1]
        joined = "and" in facets.flags or any(token.has("and") for token in first)
        return bool(same and joined) and set(facets.zones) <= {"all"}

    def _kin(self, rule: Rule, sofar: Sequence[Command]) -> Rule:
        """ "The ambient light on, brightness 80": the brightness is the light's."""
        before = sofar[-1:] or self.context.last[-1:]
        for beginning, skill in rule.kin.items():
            if before and before[0].skill.startswith(beginning):
                fitting = (one for one in self.rules.by_skill[skill] if one.amount)
                return next(fitting, rule)
        return rule

    def _automatic(self, rule: Rule, facets: Facets, after: Chunk | None) -> Rule:
        """大灯雨刮都设成自动: the automatic mode that comes last is that of both."""
        said = after.facets if after is not None and after.rule is not None else None
        bare = turn(rule, facets) is None and not facets.has_amount and not facets.values
        if said is None or "auto" not in said.concepts or not bare:
            return rule
        needs = {*rule.needs, "auto"}
        rules = (one for one in self.rules.by_skill[rule.skill] if {*one.needs} == needs)
        return next(rules, rule)

    def _zones_before(self, rule: Rule, sofar: Sequence[Command]) -> list[str | None]:
        """ "Two degrees less" means the zones that were spoken of last."""
        models = [one for one in sofar[-1:] or self.context.last if one.skill == rule.skill]
        zones = [str(one.args[rule.zone]) for one in models if rule.zone in one.args]
        return list(zones) or [None]

    def _runs(self, rule: Rule, facets: Facets) -> list[Command]:
        """One command for each zone that has an amount of its own."""
        result: list[Command] = []
        for run in facets.runs:
            one = replace(
                facets, zones=run.zones, number=run.number, unit=run.unit, end=run.end,
                changes=run.changes, runs=[],
            )  # fmt: skip
            zones = zones_of(one, self.context.driver_position, self.context.seat)
            result += commands(rule, arguments(rule, one) or {}, zones)
        return result

    def _sentence_ends(self, before: Chunk, chunk: Chunk) -> bool:
        start, end = self.tokens[before.end - 1].end, self.tokens[chunk.start].start
        between = self.said.spans[start:end]
        return any(self.said.raw[first:last] in ".!?。！？" for first, last in between)

    def _words(self, chunk: Chunk) -> str:
        """The words of a chunk, with unknown ones beside it that say what to do: fire the ...."""
        begin = chunk.start - (chunk.start > 0 and not self.tokens[chunk.start - 1].senses)
        last = chunk.end - (chunk.end == len(self.tokens) or bool(self.tokens[chunk.end].senses))
        return self.said.said(self.tokens[begin].start, self.tokens[last].end)

    def _that_can(self, rule: Rule, facets: Facets) -> Rule:
        """The rule, or another for the same thing where this one cannot be switched off."""
        if turn(rule, facets) != "off" or rule.off is not None or not rule.needs or rule.text:
            return rule
        others = self.rules.by_concept.get(rule.needs[0], ())
        return next((one for one in others if one.needs == rule.needs and one.off), rule)

    def _lender(self, chunk: Chunk, earlier: Sequence[Chunk]) -> Facets | None:
        """What says what to do with a thing that is only named, and with those named before it.

        "Close the sunroof, the trunk and the windows" opens no window.
        """
        for before in reversed(earlier):
            facets = before.facets
            if facets is None or self._sentence_ends(before, chunk):
                return None
            if facets.begins_with_verb or (facets.begins_with_amount and facets.changes):
                return facets
            if before.rule is None or facets.verbs or facets.has_amount or facets.values:
                return None
            chunk = before
        return None

    def _borrow(
        self, rule: Rule, facets: Facets, lender: Facets | None, after: Chunk | None
    ) -> Facets:
        """A thing without a verb takes its neighbour's: 关闭车窗遮阳帘, 车窗天窗都关上."""
        if "by" in facets.flags and lender and not (facets.verbs or facets.changes):
            return replace(facets, verbs=lender.verbs, changes=lender.changes)
        if turn(rule, facets) is not None or facets.has_amount or facets.values:
            return facets
        if _OWN_VERBS.intersection(facets.verbs):
            lender = None  # "turn off the defroster and put the AC on auto"
        if lender is None and after and after.facets and _lends_backwards(after.facets):
            lender = after.facets
        if lender is None or rule.read or rule.alone or rule.wish or _DEEDS & {*rule.needs}:
            return facets
        # 座椅往前一点靠背调直: "a bit" is that of the first.
        flags = lender.flags - {"bit"} if rule.fixed else lender.flags
        # 车窗天窗都关上 means every window.
        every = [zone for zone in lender.zones if zone == "all"] if rule.rises_off else []
        return replace(
            facets,
            # Who locks the doors and the windows wants the windows closed, not opened.
            verbs=["off"] if "lock" in lender.concepts else list(lender.verbs),
            zones=facets.zones or every,
            changes=list(lender.changes),
            number=lender.number,
            unit=lender.unit,
            end=lender.end,
            flags=facets.flags | flags,
        )

    def _carried(self, facets: Facets, sofar: Sequence[Command]) -> list[Command]:
        """A chunk without a thing speaks of the command before it, or of the last turn."""
        facets = beside(facets, sofar[-1:] or self.context.last)
        zones = zones_of(facets, self.context.driver_position, self.context.seat)
        models = _together(sofar) if zones == [None] else sofar[-1:]
        result: list[Command] = []
        for model in models or self.context.last:
            result += self._like(model, facets, zones)
        return result

    def _like(self, model: Command, facets: Facets, zones: Sequence[str | None]) -> list[Command]:
        # "Turn on the AC and set it to 22": what has no amount itself may have a temperature.
        skills = [model.skill]
        other = _AMOUNT_OF.get(model.skill) or _AMOUNT_OF.get(model.skill.partition(".")[0])
        if other is not None and (facets.has_amount or {"raise", "lower"} & set(facets.verbs)):
            skills.append(other)
        rules = (rule for skill in skills for rule in self.rules.by_skill.get(skill, ()))
        rule = next((rule for rule in rules if _suits(rule, facets)), None)
        if rule is None:
            return []
        zone_name = rule.zone or "zone"
        said_more = facets.verbs or facets.has_amount
        args = arguments(rule, facets) if said_more else None
        if args is None:
            args = {name: value for name, value in model.args.items() if name != zone_name}
            # "Some more of it" after an absolute amount is a bit more.
            if "again" in facets.flags and isinstance(args.get(rule.amount or ""), (int, float)):
                args[str(rule.amount)] = "+"
        # "And mine just halfway" is not for the seat that was spoken of.
        if zones == [None] and rule.zone in model.args and "mine" not in facets.flags:
            zones = [str(model.args[rule.zone])]
        return commands(rule, args, zones)


def _without_stutter(commands: Sequence[Command]) -> list[Command]:
    """Who says the same twice running means it once: 太吵了，小声一点."""
    return [c for i, c in enumerate(commands) if i == 0 or c != commands[i - 1]]


def _together(commands: Sequence[Command]) -> list[Command]:
    """The last command, with those before it that ask the same for other zones."""
    models = list(commands[-1:])
    for command in reversed(commands[:-1]):
        if _but_zone(command) != _but_zone(models[0]):
            break
        models.insert(0, command)
    return models


def _but_zone(command: Command) -> tuple[str, dict[str, Argument]]:
    return command.skill, {name: value for name, value in command.args.items() if name != "zone"}


def _takes_back(chunk: Chunk, before: Chunk) -> bool:
    """Whether it switches off a choice just named, which has no off: 吹脚关了 sets nothing."""
    if before.rule is None or before.facets is None or chunk.facets is None:
        return False
    if not chunk.is_carried:
        return False
    chosen = bool(before.facets.values) and not before.facets.verbs and before.rule.off is None
    return chosen and before.end == chunk.start and "off" in chunk.facets.verbs


def _suits(rule: Rule, facets: Facets) -> bool:
    """Whether it can be done to its thing: a song can be next, but not turned up."""
    if rule.amount is not None:
        return True
    turned = rule.rises == "up" and bool({"raise", "lower"} & set(facets.verbs))
    return not facets.has_amount and not turned


def _sums_up(before: Chunk | None, facets: Facets) -> bool:
    """Whether a 都 means the things that were named: 方向盘和座椅加热都打开."""
    said = before.facets if before is not None and before.rule is not None else None
    if said is None or said.verbs or said.has_amount or said.values:
        return False
    return facets.zones == ["all"] and _lends_backwards(facets)


def _lends_backwards(facets: Facets) -> bool:
    return (bool(facets.verbs) or facets.has_amount) and not facets.begins_with_verb
