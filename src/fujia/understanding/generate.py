"""The other direction: sample a sentence together with the plan that it asks for.

A command is drawn from the rules, its words from the lexicon, its order from the frames of the
locale (``data/<locale>/frames.yaml``). A pair is kept only if the grammar reads the sentence back
as exactly the plan it was made from, so that no pair is ever wrong.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fujia.understanding import pattern
from fujia.understanding.frames import FrameFile as FrameFile
from fujia.understanding.frames import Range as Range
from fujia.understanding.frames import load_frames
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Argument, Command, Language, Plan
from fujia.understanding.rules import Rule, load_rules
from fujia.understanding.templates import Template, load_templates
from fujia.understanding.understander import Context
from fujia.understanding.words import load_words

_FREE_SHARE = 0.2
_ZONE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the plan it asks for."""

    sentence: str
    plan: Plan


class Generator:
    """Samples pairs, reproducibly by seed."""

    def __init__(self, language: Language, seed: int, frames: FrameFile | None = None) -> None:
        self.language: Language = language
        self.chance = random.Random(seed)
        self.frames = frames or load_frames(language)
        self.grammar = GrammarUnderstander()
        self.rules = [rule for rules in load_rules().by_skill.values() for rule in rules]
        self.templates = load_templates(language).all
        self.drawn = 0
        """Sentences drawn so far, those that were thrown away included."""

    def pairs(self, count: int, most_commands: int = 5) -> Iterator[Pair]:
        """``count`` pairs of one to ``most_commands`` commands each."""
        made = 0
        while made < count:
            wanted = min(self.chance.choice((1, 1, 1, 2, 2, 3, 4, 5)), most_commands)
            pair = self._join([self._single() for _ in range(wanted)])
            if pair is not None:
                made += 1
                yield pair

    def _single(self) -> Pair:
        while True:
            free = self.chance.random() < _FREE_SHARE
            drawn = self._free() if free else self._command(self.chance.choice(self.rules))
            self.drawn += 1
            if drawn is None:
                continue
            sentence, command = drawn
            plan = Plan(language=self.language, commands=(command,))
            if self._reads_back(sentence, plan):
                return Pair(sentence, plan)

    def _join(self, singles: Sequence[Pair]) -> Pair | None:
        sentence = singles[0].sentence
        for single in singles[1:]:
            sentence += self.chance.choice(self.frames.joints) + single.sentence
        plan = Plan(
            language=self.language,
            commands=tuple(command for single in singles for command in single.plan.commands),
        )
        return Pair(sentence, plan) if self._reads_back(sentence, plan) else None

    def _reads_back(self, sentence: str, plan: Plan) -> bool:
        read = self.grammar.understand(sentence, Context())
        return read.act == "do" and read.commands == plan.commands

    def _free(self) -> tuple[str, Command] | None:
        template: Template = self.chance.choice(self.templates)
        slots = {
            name: self.chance.choice(self.frames.fillings.get(name, [""]))
            for name in slots_of(template.nodes)
        }
        if not all(slots.values()):
            return None
        sentence = pattern.sample(template.nodes, self.chance, slots)
        read = self.grammar.understand(sentence, Context()).commands
        if len(read) != 1 or read[0].skill != template.skill:
            return None
        said = {str(value) for value in read[0].args.values()}
        plain = {value for name, value in slots.items() if name != "music"}
        return (sentence, read[0]) if plain <= said else None

    def _command(self, rule: Rule) -> tuple[str, Command] | None:
        thing = self._thing(rule)
        how = self._how(rule)
        if thing is None or how is None:
            return None
        frame, args, extra = how
        zone, zone_words = self._zone(rule)
        if zone and rule.zone:
            args = {rule.zone: rule.zones.get(zone, zone)} | args
        slots = {"thing": thing, "zone": zone_words} | extra
        if frame not in ("value_only", "leave") and not thing:
            return None
        nodes = pattern.parse(self.chance.choice(self.frames.frames[frame]), self.frames.lists)
        sentence = " ".join(pattern.sample(nodes, self.chance, slots).split())
        if rule.text:
            args = {rule.text: sentence}
        return sentence, Command(skill=rule.skill, args=dict(rule.fixed) | args)

    def _thing(self, rule: Rule) -> str | None:
        words = [self._concepts.get(need) for need in rule.needs]
        whole = self._concepts.get(" ".join(sorted(rule.needs)))
        if whole and (len(rule.needs) == 1 or self.chance.random() < 0.5):
            return self.chance.choice(whole)
        if any(options is None for options in words):
            return None
        return self.frames.space.join(self.chance.choice(options) for options in words if options)

    @cached_property
    def _concepts(self) -> Mapping[str, list[str]]:
        """Words that say just these concepts and nothing more."""
        found: dict[str, list[str]] = {}
        for word, senses in load_words(self.language).senses.items():
            for sense in senses:
                if sense.concepts and not sense.marks:
                    found.setdefault(" ".join(sorted(sense.concepts)), []).append(word)
        return found

    @cached_property
    def _values(self) -> Mapping[str, list[tuple[str, str]]]:
        """Words that say just one value, by its kind."""
        found: dict[str, list[tuple[str, str]]] = {}
        for word, senses in load_words(self.language).senses.items():
            for sense in senses:
                if not sense.concepts and len(sense.marks) == 1:
                    kind, value = sense.marks[0]
                    found.setdefault(kind, []).append((word, value))
        return found

    def _how(self, rule: Rule) -> tuple[str, dict[str, Argument], dict[str, str]] | None:
        """A frame with the arguments and words that go with it."""
        ways: list[str] = []
        if rule.must is None or (rule.must == "verb" and not rule.amount):
            ways += ["on"] * (rule.on is not None and not rule.wish and not rule.read)
            ways += ["off"] * (rule.off is not None)
        if rule.amount and not rule.sign:
            ways += ["set"] if rule.must == "number" else ["set", "up", "down", "max", "min"]
        if rule.wish or rule.read or rule.alone or rule.sign or (rule.fixed and not rule.amount):
            ways = ["name"]
        if rule.text:
            ways = ["on", "off"]
        if rule.value and rule.needs and rule.on is not None:
            ways.append("value")
        elif rule.value:
            ways = ["value_only"] if rule.on is not None else ["leave"]
        if not ways:
            return None
        way = self.chance.choice(ways)
        if way in ("value", "value_only", "leave"):
            kind, argument = self.chance.choice(list(rule.value.items()))
            word, value = self.chance.choice(self._values.get(kind, [("", "")]))
            implied = dict(rule.off or {}) if way == "leave" else {}
            return (way, implied | {argument: value}, {"value": word}) if word else None
        if way == "set":
            return self._set(rule)
        if way in ("up", "down", "max", "min") and rule.amount:
            said: dict[str, Argument] = {"up": "+", "down": "-", "max": "max", "min": "min"}
            return way, {rule.amount: said[way]}, {}
        if way == "name" and rule.sign and rule.amount:
            return way, {rule.amount: rule.sign}, {}
        return way, dict((rule.off if way == "off" else rule.on) or {}), {}

    def _set(self, rule: Rule) -> tuple[str, dict[str, Argument], dict[str, str]] | None:
        unit = next((unit for unit in rule.units if unit in self.frames.ranges), None)
        if unit is None or rule.amount is None:
            return None
        numbers = self.frames.ranges[unit]
        steps = int((numbers.high - numbers.low) / numbers.step)
        value = numbers.low + numbers.step * self.chance.randint(0, steps)
        number: Argument = int(value) if float(value).is_integer() else value
        words = self.chance.choice(numbers.say).format(number=number, spoken=self._spoken(number))
        return "set", {rule.amount: number}, {"amount": words}

    def _spoken(self, number: int | float) -> str:
        if self.language == "en":
            return str(number)
        import cn2an

        return str(cn2an.an2cn(str(number)))

    def _zone(self, rule: Rule) -> tuple[str | None, str]:
        if rule.zone != "zone" or self.chance.random() > _ZONE_SHARE:
            return None, ""
        zone = self.chance.choice(list(self.frames.zones))
        return zone, self.chance.choice(self.frames.zones[zone])


def slots_of(nodes: pattern.Sequence_) -> Iterator[str]:
    """The names of the slots of a pattern, in order."""
    for node in nodes:
        if isinstance(node, pattern.Slot):
            yield node.name
        elif isinstance(node, pattern.Choice):
            for option in node.options:
                yield from slots_of(option)
