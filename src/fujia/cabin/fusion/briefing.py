"""What a model is told beside the words, and whether one may be asked at all."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fujia.cabin.agent.tools import Toolbox, toolbox
from fujia.cabin.ai_notice import ai_notice, note_told
from fujia.cabin.errand import Errand
from fujia.cabin.fusion.asking import Question
from fujia.cabin.fusion.filler import Filler
from fujia.cabin.fusion.hands import WishHands
from fujia.cabin.fusion.speaker import PLACES, Speaker
from fujia.cabin.fusion.talks import Talks
from fujia.cabin.fusion.texts import FusionTexts, Slot
from fujia.cabin.fusion.wish import Wish
from fujia.cabin.memory.memory import Memory
from fujia.cabin.persona import Persona
from fujia.cabin.replies import Replies
from fujia.errors import CarUnreachable, DataError
from fujia.understanding.plan import Plan
from fujia.vehicle.car import Car

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway

NETWORK = "Vehicle.Connectivity.IsConnectivityAvailable"


class Briefing:
    """Puts together what a model is told."""

    def __init__(self, models: "Gateway", replies: Replies, texts: FusionTexts, talks: Talks):
        self._models, self._replies = models, replies
        self._texts, self._talks = texts, talks

    def absence(self, car: Car) -> str | None:
        """Why no model can be asked now, or None."""
        absence = self._models.absence("fast")
        if absence is not None or self._models.is_local("fast"):
            return absence
        try:
            return "unreachable" if car.snapshot().get(NETWORK) is False else None
        except CarUnreachable:
            return None

    def hands(self, wish: Wish) -> WishHands:
        """Hands on the car for commands of a model."""
        return WishHands(wish.errand, self._replies, wish.lock, wish.dropped)

    def tools(self, wish: Wish) -> Toolbox:
        """The skills of this car; raises CarUnreachable."""
        return toolbox(self.hands(wish).scene())

    def question(self, wish: Wish, slot: Slot) -> Question:
        """The words with what belongs to them."""
        seat, talks = wish.errand.seat, slot == "talk"
        history = self._talks.messages(seat) if talks else ()
        remembered = self._remembered(wish) if talks else ""
        time_s = self._texts.time_s[slot]
        return Question(wish.said, seat, wish.language, wish.turn, time_s, history, remembered)

    def notice(self, wish: Wish) -> str:
        """What is said before the first answer of an AI to this person; else nothing."""
        return ai_notice(_memory(wish.errand), self._models.first_use, wish.language)

    def note_told(self, wish: Wish) -> None:
        """Note that it was said: only once there was an answer."""
        note_told(_memory(wish.errand), self._models.first_use)

    def filler(self, wish: Wish, persona: Persona, now: float) -> Filler:
        """What is said where the person would otherwise wait too long."""

        def say() -> None:
            wish.errand.tracer.tell("filler", text=persona.filler.text(wish.language))

        return Filler(self._texts.time_s["filler"] - (now - wish.begun), say)

    def voice(self, wish: Wish, hush: Callable[[], None], notice: str) -> Callable[[str], None]:
        """Tells whoever listens to the turn each clause; before the first, that an AI speaks."""
        first = [notice]

        def say(words: str) -> None:
            hush()
            wish.errand.tracer.tell("words", text="".join((*first, words)))
            first.clear()

        return say

    def _remembered(self, wish: Wish) -> str:
        memory = _memory(wish.errand)
        try:
            if memory is None or not memory.consents.allows("preferences"):
                return ""
            facts = [fact for fact in memory.facts() if fact.what not in PLACES]
        except DataError:
            return ""
        return "; ".join(fact.text(wish.language) for fact in facts)


def speaker_of(plan: Plan, errand: Errand) -> Speaker:
    """Who speaks, with the contacts that the car heard them name."""
    named = (command.args.get("contact") for command in plan.commands)
    return Speaker(_memory(errand), tuple(name for name in named if isinstance(name, str)))


def _memory(errand: Errand) -> Memory | None:
    return errand.memories.of(errand.seat) if errand.memories else None
