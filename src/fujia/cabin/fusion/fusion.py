"""One turn in which a language model has a say."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from fujia.cabin.agent.contract import Agent, Said, Situation
from fujia.cabin.dialog import Dialog
from fujia.cabin.errand import Errand
from fujia.cabin.fusion.acting import Acting
from fujia.cabin.fusion.asking import Asker, Thought
from fujia.cabin.fusion.briefing import Briefing, speaker_of
from fujia.cabin.fusion.filler import Filler
from fujia.cabin.fusion.speaker import speaking
from fujia.cabin.fusion.speech import Speech
from fujia.cabin.fusion.talks import Talks
from fujia.cabin.fusion.texts import Slot, load_texts
from fujia.cabin.fusion.wish import Fused, Wish, join, spoken
from fujia.cabin.persona import Persona
from fujia.cabin.skills import SKILLS
from fujia.errors import CarUnreachable, ModelError, Reason
from fujia.llm.disclosure import explain
from fujia.understanding.plan import Plan
from fujia.understanding.router import Decision, load_rules, route, sure_head
from fujia.vehicle.zone import Seat

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway


KEPT = ("memory.remember", "memory.forget")
"""What somebody wants kept on the car, or gone from it, is told to no model."""


class Fusion:
    """Asks models where the car alone does not do. Called from several threads at once."""

    def __init__(
        self,
        models: "Gateway",
        persona: Persona,
        dialog: Dialog,
        *,
        agent: Agent | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        texts = load_texts()
        self._persona, self._agent, self._texts = persona, agent, texts
        self._talks = Talks(texts.history, 60 * texts.forget_min, clock)
        self._asker = Asker(models, persona, texts)
        self._briefing = Briefing(models, dialog.replies, texts, self._talks)
        self._acting = Acting(dialog, texts, models)
        self._writes = frozenset(name for name, one in SKILLS.items() if one.kind == "write")
        self._drops = 0  # how often everything that waited was taken back
        self._refused: set[Seat] = set()
        """Seats whose speaker has heard that nothing leaves without consent."""

    def warm_up(self, errand: Errand, lock: AbstractContextManager[Any]) -> None:
        """Load what the first question would wait for; the car need not answer.

        A model on this machine reads its prompts, which may take minutes.
        """
        wish = self.wish("", Plan(language=errand.language), errand, lock, lambda _: Plan())
        with suppress(CarUnreachable):
            tools = self._briefing.tools(wish)
            plan, talk = (self._briefing.question(wish, slot) for slot in ("plan", "talk"))
            self._asker.warm_up(plan, talk, tools)

    def speak_as(self, persona: Persona) -> None:
        """Let models speak for this persona from now on."""
        self._persona = self._asker.persona = persona

    def drop(self) -> None:
        """Take back what is being thought about: its commands are carried out no more."""
        self._drops += 1

    def wish(
        self,
        said: str,
        plan: Plan,
        errand: Errand,
        lock: AbstractContextManager[Any],
        understand: Callable[[str], Plan],
    ) -> Wish:
        """A wish that is dropped as soon as somebody takes back what waits."""
        drops = self._drops
        return Wish(said, plan, errand, lock, understand, lambda: self._drops != drops)

    def decide(self, said: str, plan: Plan, errand: Errand) -> Decision:
        """Who answers; it is noted in the trace."""
        if plan.act in ("cancel", "undo"):
            self.drop()
        with errand.tracer.step("route") as step, speaking(speaker_of(plan, errand)):
            decision = route(plan, said, self._writes, lambda: self._briefing.absence(errand.car))
            if decision.route != "device" and any(one.skill in KEPT for one in plan.commands):
                decision = Decision("device", "what is remembered stays on the car")
            step.detail = {name: value for name, value in asdict(decision).items() if value}
        return decision

    def excuse(self, said: str, decision: Decision, errand: Errand) -> str | None:
        """What to say where a model would have talked, and cannot be asked just now."""
        reasons: dict[str, Reason] = {
            "unreachable": "unreachable", "budget": "budget", "no_consent": "no_consent",
        }  # fmt: skip
        if decision.reason != "conversation" or decision.absence not in reasons:
            return None
        if decision.absence == "no_consent":
            # Who did not agree hears once what that means; a greeting is no question about it.
            if errand.seat in self._refused or self._texts.is_greeting(said, errand.language):
                return None
            self._refused.add(errand.seat)
        return explain(ModelError("", reasons[decision.absence]), errand.language)

    def answer(self, wish: Wish, decision: Decision) -> Fused:
        """Answer with the help of a model. The lock is not held when this is called."""
        if decision.work == "agent":
            return self._asked(wish, decision)
        # What is sure is done before anything is asked.
        with wish.lock:
            head = sure_head(wish.said, wish.understand, wish.language)
        if not head.commands:
            return self._asked(wish, decision)
        plan = Plan(language=wish.language, commands=head.commands)
        first = self._acting.act(wish, plan)
        with wish.lock:
            rest = wish.understand(head.rest).model_copy(update={"language": wish.language})
        wish = replace(wish, said=head.rest, plan=rest, done=first.actions)
        second = self._asked(wish, self.decide(wish.said, rest, wish.errand))
        return first.then(second, wish.language)

    def _asked(self, wish: Wish, decision: Decision) -> Fused:
        with speaking(speaker_of(wish.plan, wish.errand)):
            try:
                if decision.work == "agent" and self._agent is not None:
                    return self._by_agent(wish, self._agent)
                if decision.work == "talk":
                    return self._talk(wish)
                if decision.work == "lookup":
                    return self._look_up(wish)
                if decision.work == "none":
                    return self._acting.act(wish, wish.plan)
                return self._plan(wish, decision)
            except CarUnreachable:  # the errand says so in words
                return self._acting.act(wish, wish.plan)

    def _plan(self, wish: Wish, decision: Decision) -> Fused:
        slot: Slot = "both" if decision.route == "both" else "plan"
        with self._waiting(wish), wish.errand.tracer.step("ask") as step:
            tools = self._briefing.tools(wish)
            thought = self._asker.plan(self._briefing.question(wish, slot), tools)
            step.detail = _shown(thought, slot)
        if thought.error is not None:
            return self._acting.without(wish, thought.error)
        if decision.route == "both":
            return self._acting.compare(wish, thought)
        if not thought.held:
            notice = self._briefing.notice(wish) if thought.words else ""
            if notice:
                self._briefing.note_told(wish)
            return self._acting.nothing_to_do(wish, join(notice, thought.words, wish.language))
        return self._acting.carry_out(wish, thought.held, asks=False)

    def _look_up(self, wish: Wish) -> Fused:
        with self._waiting(wish) as filler:
            return self._acting.look_up(wish) or self._talk(wish, filler)

    def _talk(self, wish: Wish, filler: Filler | None = None) -> Fused:
        notice = self._briefing.notice(wish)
        notice = f"{notice} " if notice and wish.language == "en" else notice
        waiting = nullcontext(filler) if filler else self._waiting(wish)
        with waiting as quiet, wish.errand.tracer.step("ask") as step:
            voice = self._briefing.voice(wish, quiet.hush, notice)
            speech = Speech(self._persona, wish.language, voice)
            tools = self._briefing.tools(wish)
            thought = self._asker.talk(self._briefing.question(wish, "talk"), tools, speech)
            step.detail = _shown(thought, "talk", claimed=speech.claimed)
        if thought.error is not None and not thought.words:
            return self._acting.without(wish, thought.error)
        words = self._words(wish, thought, claimed=speech.claimed)
        if thought.words:
            self._briefing.note_told(wish)
            self._talks.add(wish.errand.seat, wish.said, words)
        said = spoken(f"{notice}{words}" if thought.words else words) if words else Fused((), "")
        if not thought.held:
            return said if words else self._acting.act(wish, wish.plan)
        # The car heard talk, perhaps of somebody else: then a person must say that it is meant.
        heard_talk = wish.plan.confidence >= load_rules().sure
        done = self._acting.carry_out(wish, thought.held, asks=heard_talk)
        return said.then(done, wish.language)

    def _words(self, wish: Wish, thought: Thought, *, claimed: bool) -> str:
        """What the model said, and the truth where it broke off or claimed a deed."""
        if thought.error is not None:
            return join(thought.words, self._texts.cut_off.text(wish.language), wish.language)
        if claimed and not thought.held:
            # What the car was sure of is done already, and told beside this.
            touched = any(action.outcome in ("done", "failed") for action in wish.done)
            truth = self._texts.no_more if touched else self._texts.untouched
            return join(thought.words, truth.text(wish.language), wish.language)
        return thought.words

    def _by_agent(self, wish: Wish, agent: Agent) -> Fused:
        errand = wish.errand
        history = tuple(Said(by, text) for by, text in self._talks.lines(errand.seat))
        with self._waiting(wish), errand.tracer.step("ask") as step:
            situation = Situation(history, turn=wish.turn)
            result = agent.run(wish.said, self._briefing.hands(wish), situation)
            steps = [{"kind": one.kind, "detail": one.detail} for one in result.steps]
            step.detail = {"work": "agent", "ended": result.ended, "steps": steps}
            if result.error:
                step.detail["error"] = result.error
        if result.error is not None and not result.actions:
            return self._acting.without(wish, result.error)
        return self._acting.keep(wish, result.actions, result.reply)

    def _waiting(self, wish: Wish) -> Filler:
        return self._briefing.filler(wish, self._persona, time.monotonic())


def _shown(thought: Thought, slot: Slot, **more: Any) -> dict[str, Any]:
    """A thought for the trace."""
    commands = [one.model_dump(exclude_defaults=True) for one in thought.commands]
    shown = {
        "work": slot, "commands": commands, "dropped": list(thought.dropped),
        "words": thought.words, "error": thought.error,
    }  # fmt: skip
    return {name: value for name, value in (shown | more).items() if value}
