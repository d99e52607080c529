"""The second part of an agent: carrying out what was planned, and nothing else."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fujia.cabin.agent.contract import Hands, Situation, StepKind
from fujia.cabin.agent.intent import Draft, Intent
from fujia.cabin.agent.licence import is_foreign, licence, may_read_outside
from fujia.cabin.agent.limits import Limits
from fujia.cabin.agent.planner import quoted
from fujia.cabin.agent.reply import Findings
from fujia.cabin.agent.tools import Missing, Toolbox
from fujia.cabin.agent.words import phrase, source_words
from fujia.cabin.policy.facts import moving
from fujia.cabin.skills import SKILLS
from fujia.cabin.turn import Action
from fujia.cabin.wording import load_words
from fujia.errors import FujiaError
from fujia.understanding.plan import Argument, Command, Language

MOST_OUTSIDE = 4000
"""Characters of one text from outside that the model is shown."""
_SHORT = 19
"""Characters that a question repeats of a text."""
Result = Mapping[str, Any]


@dataclass
class Work:
    """What was planned, what came of it, and the rules over what may still be done."""

    hands: Hands
    tools: Toolbox
    request: str
    situation: Situation
    log: Callable[[StepKind, Any], None]
    limits: Limits
    steps: tuple[Intent, ...] = ()
    pending: dict[int, Intent] = field(default_factory=dict[int, Intent])
    """The steps that were not carried out yet, by their position."""
    findings: Findings = field(default_factory=Findings)
    results: list[Result] = field(default_factory=list[Result])
    """What came of each command, for the model."""
    _doubtful: frozenset[int] = frozenset()
    _known: dict[str, Result] = field(default_factory=dict[str, Result])
    _offers: int = 0

    @property
    def language(self) -> Language:
        """The language of the person."""
        return self.findings.language

    def take(self, draft: Draft, doubtful: frozenset[int], language: Language) -> None:
        """Take over a plan; what is not to be had here is set aside at once."""
        self.findings.language = language
        self.findings.missing += draft.missing
        self.steps, self._doubtful = draft.steps, doubtful
        for number, step in enumerate(draft.steps):
            missing = self._missing(step)
            if missing is None:
                self.pending[number] = step
            else:
                self.findings.missing.append(self._in_words(missing))
                self.log("blocked", {"missing": missing.skill, "argument": missing.argument})

    def do_plain(self) -> None:
        """Carry out, in order, the steps that wait for nothing, up to the first that does."""
        batch: list[Command] = []
        for number, step in list(self.pending.items()):
            if not step.is_plain:
                break
            del self.pending[number]
            if number in self._doubtful:
                self._flush(batch)
                self._offer(step.command, phrase("offer_unsure", self.language))
            elif step.skill in self.tools.readers:
                self._flush(batch)
                self.read(step.skill, step.args)
            else:
                batch.append(step.command)
        self._flush(batch)

    def call(self, command: Command, *, agreed: bool = True) -> Result:
        """Carry out what the model calls for, as far as it may; ``agreed``: a second sample does.

        Raises:
            CarUnreachable: nobody answers.
        """
        key = json.dumps([command.skill, command.args], sort_keys=True, ensure_ascii=False)
        if key in self._known:
            return {**self._known[key], "note": "this was called before; it is not done again"}
        missing = self.tools.missing(command)
        if missing is not None:
            self.log("blocked", {"missing": missing.skill, "argument": missing.argument})
            return {"outcome": "unavailable", "reason": self._in_words(missing)}
        problem = self.tools.problem(command)
        if problem:
            return {"outcome": "failed", "reason": problem}
        result = self._known[key] = self._judged(command, agreed)
        return result

    def read(self, name: str, args: Mapping[str, Argument]) -> Result:
        """Read a source from outside, unless text from outside chose it."""
        if not may_read_outside(name, args, self.steps, tainted=self.is_tainted):
            self.log("blocked", {"source": name, "args": dict(args)})
            return {"outcome": "refused", "reason": "the person did not ask to read that"}
        self.findings.outside.setdefault(name)
        self._drop(name)
        try:
            text = self.tools.readers[name].read(args)
        except FujiaError as error:
            result: Result = {"source": name, "outcome": "failed", "reason": str(error)}
        else:
            result = {"source": name, "outcome": "answered", "text": quoted(text[:MOST_OUTSIDE])}
        self.results.append(result)
        return result

    def verify(self, *, is_whole: bool) -> None:
        """Do what was asked for outright and is still undone; say what could not be done."""
        plain = [step.command for step in self.pending.values() if step.is_plain]
        undone = [step for step in self.pending.values() if not step.is_plain]
        self.pending.clear()
        self._flush([one for one in plain if one.skill not in self.tools.readers])
        for step in undone:
            # A condition that did not come true is no failure, if the model said so.
            told = is_whole and bool(self.findings.said)
            if self.tools.is_write(step.skill) and (step.later or not told):
                why = phrase("not_done", self.language)
                self.findings.actions.append(Action(step.skill, step.args, "failed", why))

    @property
    def is_tainted(self) -> bool:
        """Whether the model has read text from outside."""
        return bool(self.findings.outside)

    def _judged(self, command: Command, agreed: bool) -> Result:
        if command.skill in self.tools.readers:
            return self.read(command.skill, command.args)
        if not self.tools.is_write(command.skill):
            self._drop(command.skill)
            return self._do([command])
        said = " ".join(
            [self.request, *(o.text for o in self.situation.history if o.by == "person")]
        )
        steps = list(self.pending.items())
        ruling = licence(command, steps, said, tainted=self.is_tainted)
        if ruling.step is not None:
            del self.pending[ruling.step]
        if ruling.ruling == "allow" and agreed and ruling.step not in self._doubtful:
            return self._do([command])
        self.log("blocked", {"skill": command.skill, "args": command.args, "why": ruling.why})
        if ruling.ruling == "refuse":
            return {"outcome": "refused", "reason": "the person did not ask for that"}
        if ruling.step is None:
            self._offers += 1
            if self._offers > self.limits.offers:
                return {"outcome": "refused", "reason": "the person did not ask for that"}
            return self._offer(command, phrase("offer_unasked", self.language))
        if ruling.ruling == "allow":
            return self._offer(command, phrase("offer_unsure", self.language))
        sources = source_words(self.findings.outside, self.language)
        value = _in_full(command, self.language)
        if value and moving(self.hands.scene().state):
            # Replies are cut while driving, and nobody may agree to what was cut.
            why = phrase("too_long", self.language)
            refused = Action(command.skill, command.args, "refused", why)
            self.findings.actions.append(refused)
            return _result(refused, foreign=False)
        reason = phrase("offer_outside", self.language, sources=sources, value=value)
        return self._offer(command, reason)

    def _flush(self, batch: list[Command]) -> None:
        if batch:
            self._do(batch)
            batch.clear()

    def _do(self, commands: Sequence[Command]) -> Result:
        foreign = {one.skill for one in commands if not self.tools.is_write(one.skill)}
        foreign = {one.skill for one in commands if one.skill in foreign and is_foreign(one)}
        actions = self.hands.do(commands)
        for name in foreign:
            self.findings.outside.setdefault(name)
        self.findings.actions += actions
        self.log("called", [action.as_json() for action in actions])
        own = [action for action in actions if not action.companion]
        results = [_result(action, action.skill in foreign) for action in own]
        self.results += results
        for command, result in zip(commands, results, strict=False):
            key = json.dumps([command.skill, command.args], sort_keys=True, ensure_ascii=False)
            self._known[key] = result
        return results[-1] if results else {"outcome": "failed"}

    def _offer(self, command: Command, reason: str) -> Result:
        actions = self.hands.offer(command, reason)
        self.findings.actions += actions
        self.log("offered", [action.as_json() for action in actions])
        result = _result(actions[-1], foreign=False)
        self.results.append(result)
        return result

    def _drop(self, skill: str) -> None:
        """A reading step is done once its skill was called, whatever it was called with."""
        number = next((n for n, step in self.pending.items() if step.skill == skill), None)
        if number is not None:
            del self.pending[number]

    def _missing(self, step: Intent) -> Missing | None:
        names = dict.fromkeys([*step.args, *step.later], "")
        missing = self.tools.missing(Command(skill=step.skill, args={**names}))
        lacks_it = missing and not missing.argument and missing.skill not in self.tools.lacking
        # What the car itself lacks is said in the words of its skill.
        return None if lacks_it and step.skill in SKILLS and step.is_plain else missing

    def _in_words(self, missing: Missing) -> str:
        if missing.skill not in SKILLS:
            return missing.skill.replace(".", " ").replace("_", " ")
        name = load_words(self.language).name(missing.skill, {})
        return f"{name} ({missing.argument})" if missing.argument else name


def _in_full(command: Command, language: Language) -> str:
    """The texts of a command that a question would cut: whoever says yes must have heard them."""
    long = [one for one in command.args.values() if isinstance(one, str) and len(one) > _SHORT]
    marks = ("“", "”") if language == "zh" else (' "', '"')
    return "".join(f"{marks[0]}{one}{marks[1]}" for one in long)


def _result(action: Action, foreign: bool) -> Result:
    """What the model is told of an action."""
    text = action.reply or ""
    shown: dict[str, Any] = {"skill": action.skill, "outcome": action.outcome}
    if action.reason:
        shown["reason"] = action.reason
    if action.outcome == "answered":
        shown["text"] = quoted(text[:MOST_OUTSIDE]) if foreign else text
    return shown
