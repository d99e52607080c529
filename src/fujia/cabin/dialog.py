"""What each act of a plan does: commands, yes and no, undo, cancel, and watching."""

from collections.abc import Mapping, Sequence

from fujia.cabin.conditions import holds
from fujia.cabin.conversation import Conversation, Task, Waiting, Watch, may_answer
from fujia.cabin.errand import NO_ANSWER, Errand, is_question
from fujia.cabin.replies import Replies
from fujia.cabin.skill import Scene
from fujia.cabin.skills import SKILLS
from fujia.cabin.suggestions.suggester import Suggester
from fujia.cabin.turn import Action
from fujia.cabin.undo import as_restored, restoring
from fujia.errors import CarUnreachable
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context
from fujia.vehicle.car import Car
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

Answered = tuple[tuple[Action, ...], str | None]
"""What became of a plan, and the reply where no action says it."""


class Dialog:
    """Answers plans, and remembers between turns what later ones need."""

    def __init__(self, car: Car, replies: Replies, suggester: Suggester | None = None) -> None:
        self.car = car
        self.replies = replies
        self.suggester = suggester
        self.memory = Conversation(car)

    def context(self, seat: Seat) -> Context:
        """What the understander may know besides the words."""
        return Context(
            seat=seat,
            driver_position=self.car.profile.driver_position,
            last=self.memory.last,
            waiting=self.memory.awaited() is not None,
            language=self.memory.language,
        )

    def answer(self, plan: Plan, errand: Errand) -> Answered:
        """Do what a plan asks for."""
        self.memory.language = plan.language
        if plan.act == "do":
            return self._do(plan.commands, errand), None
        if plan.act == "undo":
            return self._undo(errand)
        if plan.act == "cancel":
            dropped = self.memory.forget()
            return (), self.replies.phrase("cancelled" if dropped else "nothing_to_cancel", errand)
        return self._yes_or_no(plan.act == "confirm", errand)

    def due(self) -> list[Watch]:
        """Take the watches whose condition holds now; all stay while the car does not answer.

        Questions come last: they have to be looked up, and no command waits for that.
        """
        if not self.memory.watches:
            return []
        try:
            state = self.car.snapshot()
        except CarUnreachable:
            return []
        watches = self.memory.watches
        due = [watch for watch in watches if _is_due(watch, state)]
        self.memory.watches = [watch for watch in watches if watch not in due]
        return sorted(due, key=lambda watch: is_question(watch.task.command))

    def is_question_due(self) -> bool:
        """Whether something has to be looked up now that was to wait for a condition."""
        asked = [one for one in self.memory.watches if is_question(one.task.command)]
        try:
            return bool(asked) and any(_is_due(one, self.car.snapshot()) for one in asked)
        except CarUnreachable:
            return False

    def carry_out(self, watch: Watch, errand: Errand) -> tuple[Action, ...]:
        """Carry out a watched command now that its condition has come true."""
        actions = errand.run([Task(_unconditional(watch.task.command), watch.task.effect)])
        self._remember_deeds(errand)
        if errand.confirm:  # otherwise whatever waits for a yes goes on waiting
            self._remember(errand)
        return actions

    def keep(self, actions: Sequence[Action], errand: Errand) -> None:
        """Keep what an errand left that was not run here: what waits, what can be undone."""
        self.memory.language = errand.language
        kinds = {SKILLS[action.skill].kind for action in actions if action.skill in SKILLS}
        self._note(set(kinds), actions, errand)

    def suggest(self, errand: Errand) -> Answered | None:
        """Suggest something and let it wait for a yes; None where there is nothing to say."""
        if self.suggester is None or self.memory.awaited() is not None:
            return None
        try:
            state = self.car.snapshot()
            suggestion = self.suggester.consider(state, errand.would_do, errand.language)
        except CarUnreachable:
            return None
        if suggestion is None:
            return None
        tasks = tuple(Task(command) for command in suggestion.commands)
        self.memory.wait(tasks, (), errand.seat, errand.language, suggestion.rule)
        reply = self.replies.suggestion(suggestion, errand)
        actions = tuple(
            Action(one.skill, one.args, "needs_confirmation", suggestion.reason, reply=reply,
                   rule=f"suggestion {suggestion.rule}")
            for one in suggestion.commands
        )  # fmt: skip
        return actions, reply

    def _do(self, commands: Sequence[Command], errand: Errand) -> tuple[Action, ...]:
        actions = errand.run([Task(command) for command in commands])
        kinds = {SKILLS[command.skill].kind for command in commands if command.skill in SKILLS}
        self._note(kinds, actions, errand)
        return actions

    def _note(self, kinds: set[str], actions: Sequence[Action], errand: Errand) -> None:
        # A question leaves what waits alone; any other wish, or an offer, takes its place.
        if "write" in kinds or errand.confirm or errand.watch:
            self._remember(errand)
        if "write" in kinds:
            own = [action for action in actions if not action.companion]
            self.memory.last = tuple(Command(skill=one.skill, args=one.args) for one in own)

    def _undo(self, errand: Errand) -> Answered:
        try:
            state = self.car.snapshot()
        except CarUnreachable:
            return (), NO_ANSWER.text(errand.language)
        scene = Scene(self.car.profile, state, errand.seat, errand.language)
        tasks = restoring(self.memory.deeds, scene)
        if not tasks:
            return (), self.replies.phrase("nothing_to_undo", errand)
        actions = tuple(as_restored(action) for action in errand.run(tasks))
        self._remember(errand)
        return actions, None

    def _yes_or_no(self, yes: bool, errand: Errand) -> Answered:
        waiting = self.memory.awaited()
        if waiting is None:
            return (), self.replies.phrase("nothing_waits", errand)
        if not may_answer(waiting, errand.seat):
            return (), self.replies.phrase("not_yours", errand)
        self.memory.waiting = None
        if self.suggester is not None and waiting.suggestion:
            self.suggester.answered(waiting.suggestion, yes)
        if not yes:
            return (), self.replies.phrase("denied", errand)
        return self._confirmed(waiting, errand), None

    def _confirmed(self, waiting: Waiting, errand: Errand) -> tuple[Action, ...]:
        # Whoever accepts a suggestion has heard of no danger yet, so they are asked like anybody.
        errand.seat, errand.confirmed = waiting.seat, not waiting.suggestion
        actions = errand.run(waiting.confirm)
        if waiting.confirm:
            self._remember(errand)
        watches = [Watch(task, waiting.seat, waiting.language) for task in waiting.watch]
        self.memory.watches.extend(watches)
        promises = (self.replies.promise(task.command, errand.language) for task in waiting.watch)
        commands = (task.command for task in waiting.watch)
        watched = (
            Action(command.skill, command.args, "answered", reply=promise)
            for command, promise in zip(commands, promises, strict=True)
        )
        return (*actions, *watched)

    def _remember(self, errand: Errand) -> None:
        """Keep what can be undone, and let what needs a yes wait for it."""
        self._remember_deeds(errand)
        self.memory.wait(tuple(errand.confirm), tuple(errand.watch), errand.seat, errand.language)

    def _remember_deeds(self, errand: Errand) -> None:
        # A turn that did nothing leaves the one before it to be undone.
        if errand.deeds:
            self.memory.deeds = tuple(errand.deeds)


def _is_due(watch: Watch, state: Mapping[str, Value]) -> bool:
    condition = watch.task.command.condition
    return condition is not None and bool(holds(condition, state))


def _unconditional(command: Command) -> Command:
    return command.model_copy(update={"condition": None})
