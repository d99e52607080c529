"""What is done with a model's answer, and what is done without one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fujia.cabin.conversation import Task
from fujia.cabin.dialog import Dialog
from fujia.cabin.fusion.asking import Thought
from fujia.cabin.fusion.hands import WishHands
from fujia.cabin.fusion.said import Held
from fujia.cabin.fusion.texts import FusionTexts
from fujia.cabin.fusion.trial import agree
from fujia.cabin.fusion.wish import Fused, Wish, spoken
from fujia.cabin.skill import Answer, AskBack, Refused, Unavailable
from fujia.cabin.skills import SKILLS, find_skill
from fujia.cabin.turn import Action, Outcome, Route
from fujia.errors import CarUnreachable, InputError, ModelError, Reason
from fujia.llm.disclosure import explain
from fujia.understanding.plan import Plan
from fujia.understanding.router import load_rules

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway


class Acting:
    """Carries out plans, the car's own and a model's, through the dialog and the policy."""

    def __init__(self, dialog: Dialog, texts: FusionTexts, models: "Gateway") -> None:
        self._dialog, self._texts, self._models = dialog, texts, models

    def act(self, wish: Wish, plan: Plan, route: Route = "device") -> Fused:
        """Carry out a plan as if there were no model."""
        with wish.lock:
            actions, reply = self._dialog.answer(plan, wish.errand)
            if reply is None:
                actions, reply = self._dialog.replies.compose(actions, wish.errand)
        return Fused(actions, reply, route)

    def compare(self, wish: Wish, thought: Thought) -> Fused:
        """Act where both plans come to the same; otherwise ask about the model's, or the car's."""
        errand = wish.errand
        other = Plan(language=wish.language, commands=thought.commands)
        try:
            state = errand.car.snapshot()
        except CarUnreachable:
            return self.act(wish, wish.plan)
        with errand.tracer.step("compare") as step:
            same = agree(wish.plan, other, errand.car.profile, state, errand.seat)
            step.detail = {"agree": same}
        if same:
            return self.act(wish, wish.plan, "llm")
        changes = any(SKILLS[one.skill].kind == "write" for one in thought.commands)
        held = thought.held if changes else tuple(map(Held, wish.plan.commands))
        return self.carry_out(wish, held, asks=True)

    def carry_out(self, wish: Wish, held: Sequence[Held], *, asks: bool) -> Fused:
        """Carry out a model's commands; those that nobody said outright are asked about.

        ``asks``: all that change something are asked about.
        """
        texts = self._texts
        if wish.dropped():
            return spoken(texts.dropped.text(wish.language))
        hands = self.hands(wish)
        actions: list[Action] = []
        for each in held:
            reads = SKILLS[each.command.skill].kind == "read"
            if reads or not (asks or each.assumed):
                actions.extend(hands.do([each.command]))
            else:
                why = texts.unsaid if each.assumed else texts.unsure
                actions.extend(hands.offer(each.command, why.text(wish.language)))
        return self.keep(wish, tuple(actions))

    def keep(self, wish: Wish, actions: tuple[Action, ...], reply: str | None = None) -> Fused:
        """Keep what was done for later turns, and put it into words."""
        with wish.lock:
            self._dialog.keep(actions, wish.errand)
            if reply is None:
                actions, reply = self._dialog.replies.compose(actions, wish.errand)
        return Fused(actions, reply)

    def look_up(self, wish: Wish) -> Fused | None:
        """Answer a question from what is on the car; None where nothing is found there.

        A model may write such an answer down, so nobody else waits for it.
        """
        command = wish.first
        try:
            found = find_skill(command.skill)(self.hands(wish).scene(), command.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            return self.act(wish, wish.plan)  # the errand says which of them, in words
        if not isinstance(found, Answer) or not found.known:
            return None
        wish.errand.confirm += [Task(found.offer)] if found.offer else []
        args = {**command.args, **found.args}
        action = Action(
            command.skill, args, "answered", reply=found.text,
            sources=found.sources, route=found.route,
        )  # fmt: skip
        return replace(self.keep(wish, (action,)), route=found.route)

    def hands(self, wish: Wish) -> WishHands:
        """Hands on the car for commands of a model."""
        return WishHands(wish.errand, self._dialog.replies, wish.lock, wish.dropped)

    def without(self, wish: Wish, error: Reason) -> Fused:
        """No model answered: the car does what it understood, and says what it could not."""
        local = self._models.is_only_local("fast")
        why = explain(ModelError("", error, local=local), wish.language)
        rules = load_rules()
        strange = [one.skill in (*rules.talk, *rules.unknown) for one in wish.plan.commands]
        if not all(strange):
            # What was talk is answered with the reason, and not with small talk as well.
            known = tuple(one for one in wish.plan.commands if one.skill not in rules.talk)
            alone = self.act(wish, wish.plan.model_copy(update={"commands": known}))
            if len(known) < len(wish.plan.commands):
                return alone.then(spoken(why, "device"), wish.language)
            return alone.then(Fused((), why, "device"), wish.language) if any(strange) else alone
        if wish.first.skill in rules.talk:
            return spoken(why, "device")
        return self._unavailable(wish, why, "device")

    def nothing_to_do(self, wish: Wish, words: str) -> Fused:
        """The model found nothing to do: what it says instead, or what the car says alone."""
        if not words:
            return self.act(wish, wish.plan)
        wish.errand.tracer.tell("words", text=words)
        if wish.first.skill in load_rules().unknown:
            return self._unavailable(wish, words, "llm")
        return spoken(words)

    def _unavailable(self, wish: Wish, words: str, route: Route) -> Fused:
        outcome: Outcome = "unavailable"
        action = Action(wish.first.skill, wish.first.args, outcome)
        return Fused((replace(action, reply=words),), words, route)
