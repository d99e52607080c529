"""When to suggest what: at most one thing in ten minutes, never in a manoeuvre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fujia.cabin.memory.memory import Memory
from fujia.cabin.policy.facts import State
from fujia.cabin.suggestions.facts import FACTS, Moment
from fujia.cabin.suggestions.rules import Rule, RuleBook, SignalTest, load_rules
from fujia.errors import DataError
from fujia.understanding.plan import Command, Language
from fujia.vehicle.signal import Value

_FUEL = "Vehicle.Powertrain.FuelSystem.RelativeLevel"
_CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current"
_DRIVES = {"": (), "electric": (_CHARGE,), "fuel": (_FUEL,)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion: why, what, and the commands that a yes carries out."""

    rule: str
    reason: str
    offer: str
    commands: tuple[Command, ...]
    at: datetime


Possible = Callable[[Command], bool]
"""Whether the car could do a command now, and it would change or answer something."""


class Suggester:
    """Watches one car for its driver. Not safe for threads by itself.

    ``consider`` is called often, once a second while somebody drives; ``noticed`` is told of every
    change between.
    ``clock`` is that of the driver, with its zone: routines are made of it.
    """

    def __init__(
        self,
        memory: Callable[[], Memory | None],
        clock: Callable[[], datetime],
        rules: RuleBook | None = None,
    ) -> None:
        self.rules = rules or load_rules()
        self._memory = memory
        self._clock = clock
        self._busy_at: datetime | None = None
        self._since: dict[str, datetime] = {}
        self._not_before: dict[str, datetime] = {}
        self._last: Suggestion | None = None

    @property
    def recent(self) -> str:
        """The rule of the last suggestion, if that was less than the pause ago."""
        pause = timedelta(minutes=self.rules.pause_min)
        is_recent = self._last is not None and self._clock() - self._last.at < pause
        return self._last.rule if self._last and is_recent else ""

    def observe(self, state: State) -> Moment:
        """Note what holds now, and since when."""
        moment = self._moment(state)
        if self.rules.is_busy(moment):
            self._busy_at = moment.now
        holding = {name: check(moment) for name, check in FACTS.items()}
        holding |= {f"rule {rule.id}": rule.holds(moment) for rule in self.rules.rules}
        for name, is_so in holding.items():
            if not is_so:
                self._since.pop(name, None)
            else:
                self._since.setdefault(name, moment.now)
        return moment

    def noticed(self, path: str, value: Value) -> None:
        """Note one change between two looks at the car: a blink of the indicator counts."""
        tests = (test for test in self.rules.busy if isinstance(test, SignalTest))
        now = self._clock()
        if any(test.signal == path and test.holds(Moment({path: value}, now)) for test in tests):
            self._busy_at = now

    def consider(
        self, state: State, possible: Possible, language: Language = "zh"
    ) -> Suggestion | None:
        """What to suggest now, or None; a suggestion that is returned counts as made."""
        moment = self.observe(state)
        if not self._may_speak(moment.now):
            return None
        for rule in self.rules.rules:
            if not self._is_due(rule, moment):
                continue
            suggestion = self._filled(rule, moment, language)
            if all(map(possible, suggestion.commands)):
                self._made(suggestion)
                return suggestion
        return None

    def answered(self, rule: str, yes: bool) -> None:
        """Note the answer to a suggestion: after a yes it may come again sooner."""
        found = next((one for one in self.rules.rules if one.id == rule), None)
        if yes and found is not None:
            self._not_before[rule] = self._clock() + timedelta(minutes=found.again_min)

    def _may_speak(self, now: datetime) -> bool:
        calm = timedelta(seconds=self.rules.calm_s)
        pause = timedelta(minutes=self.rules.pause_min)
        if self._busy_at is not None and now - self._busy_at < calm:
            return False
        return self._last is None or now - self._last.at >= pause

    def _is_due(self, rule: Rule, moment: Moment) -> bool:
        since = self._since.get(f"rule {rule.id}")
        if since is None or (moment.now - since).total_seconds() < rule.lasts_s:
            return False
        if moment.now < self._not_before.get(rule.id, moment.now) or self._is_silenced(rule.id):
            return False
        if any(path not in moment.state for path in _DRIVES[rule.needs]):
            return False
        if not rule.begins:
            return True
        others = (test for test in rule.when if isinstance(test, str) and test != rule.begins)
        return all(self._since[rule.begins] > self._since[other] for other in others)

    def _is_silenced(self, rule: str) -> bool:
        memory = self._memory()
        try:
            return memory is not None and memory.is_silenced(rule)
        except DataError:  # nobody knows what was asked for, so better nothing is said
            return True

    def _made(self, suggestion: Suggestion) -> None:
        self._last = suggestion
        # Until somebody says yes, silence counts as a no.
        rest = timedelta(hours=self.rules.declined_h)
        self._not_before[suggestion.rule] = suggestion.at + rest

    def _moment(self, state: State) -> Moment:
        memory = self._memory()
        try:
            facts = memory.facts() if memory else ()
        except DataError:
            facts = ()
        return Moment(state, self._clock(), facts)

    def _filled(self, rule: Rule, moment: Moment, language: Language) -> Suggestion:
        values = _values(moment, language)
        words = rule.words(language)
        commands = tuple(
            command.model_copy(
                update={
                    "args": {
                        name: value.format(**values) if isinstance(value, str) else value
                        for name, value in command.args.items()
                    }
                }
            )
            for command in rule.commands
        )
        reason, offer = words.reason.format(**values), words.offer.format(**values)
        return Suggestion(rule.id, reason, offer, commands, moment.now)


def _values(moment: Moment, language: Language) -> Mapping[str, str]:
    """What the words of a rule may name."""
    trip, liked = moment.trip, moment.temperature
    return {
        "trip": trip.text(language) if trip else "",
        "destination": str(trip.value) if trip else "",
        "temperature": liked.text(language) if liked else "",
    }
