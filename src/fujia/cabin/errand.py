"""Carrying out commands: resolve, judge, act, read back. One errand a turn."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from fujia.cabin.conditions import holds, phrase
from fujia.cabin.conversation import Deed, Task
from fujia.cabin.emergency import Underway
from fujia.cabin.lock import CarLock
from fujia.cabin.memory.memories import Memories
from fujia.cabin.policy import Companion, Note, Proposal, Verdict, judge
from fujia.cabin.proof import Proof, carry_out, keep
from fujia.cabin.skill import Answer, AskBack, Effect, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.cabin.tracer import Tracer
from fujia.cabin.turn import Action, Outcome
from fujia.cabin.wording import load_words
from fujia.errors import CarUnreachable, InputError, UnknownSkill
from fujia.understanding.plan import Command, Language
from fujia.understanding.router import load_rules
from fujia.vehicle.car import Car
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

_DEEPEST = 2
"""Companions of companions are carried out, theirs no more: rules cannot chase each other."""

CONDITION = "condition"
"""The rule of an action that offers to wait; its reason is the clause it would wait for."""

NO_ANSWER = Note("车辆没有响应", "the car does not answer")
_NOT_ATTEMPTED = Note("车辆没有响应，没有尝试", "not attempted: the car does not answer")
_NO_SENSOR = Note("测这个条件的传感器", "sensor for that condition")
_NOT_ALONE = Note("要一起操作的功能用不了", "what has to go along with it cannot be used")
_NO_SKILL = Note("这个功能", "such function")
_BAD_ARGUMENTS = Note("没听懂要怎么做", "the wish was not understood")


@dataclass
class Errand:
    """Everything that the commands of one utterance share while they are carried out."""

    car: Car
    seat: Seat
    language: Language
    tracer: Tracer
    confirmed: bool = False
    confirm: list[Task] = field(default_factory=list[Task])
    watch: list[Task] = field(default_factory=list[Task])
    deeds: list[Deed] = field(default_factory=list[Deed])
    notes: list[str] = field(default_factory=list[str])
    opened: set[str] = field(default_factory=set[str])
    lost: bool = False
    unknown: bool = False
    """Whether a question was asked whose answer stands nowhere on the car."""
    underway: Underway = field(default_factory=Underway)
    memories: Memories | None = None
    lock: CarLock | None = None
    """Held by whoever runs the errand; let go while a question is looked up."""
    suggested: str = ""
    """The suggestion that was made last, if that is not long ago."""
    lacking: frozenset[str] = frozenset()
    """What is switched off here: skills (``sunroof.shade``) and arguments (``climate.fan.level``).
    """
    state: Mapping[str, Value] = field(default_factory=dict[str, Value])
    """The last snapshot that was taken."""

    def run(self, tasks: Sequence[Task]) -> tuple[Action, ...]:
        """Carry out tasks in order; when the car stops answering, the rest is not attempted.

        Questions that have to be looked up come last, so that no command waits for them; their
        answers stand in the place where they were asked.
        """
        if len(tasks) > 1:
            with suppress(CarUnreachable):  # the first task finds out
                self.opened = set(opened_windows(tasks, self._scene()))
        actions: dict[int, list[Action]] = {}
        order = sorted(range(len(tasks)), key=lambda place: is_question(tasks[place].command))
        for place in order:
            actions[place] = self._attempt(tasks[place])
        return tuple(action for place in range(len(tasks)) for action in actions[place])

    def would_do(self, command: Command) -> bool:
        """Whether a command would change something, or answer, and policy lets it; nothing is done.

        Raises:
            CarUnreachable: nobody answers.
        """
        scene = self._scene()
        try:
            result = find_skill(command.skill)(scene, command.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            return False
        if isinstance(result, Answer):
            return True
        if not all(scene.profile.has(write.path) for write in result.writes):
            return False
        changes = any(scene.state.get(one.read_path) != one.expected for one in result.writes)
        proposal = Proposal(result.writes, scene.state, scene.profile, self.seat)
        return changes and judge(proposal).kind != "refuse"

    def _attempt(self, task: Task) -> list[Action]:
        """Carry out a task, or say why that was not even tried."""
        if self.lost:
            return [self._action(task.command, "failed", _NOT_ATTEMPTED)]
        try:
            return self._task(task)
        except CarUnreachable:
            self.lost = True
            return [self._action(task.command, "failed", NO_ANSWER)]

    def _task(self, task: Task) -> list[Action]:
        condition = task.command.condition
        if condition is None:
            return self._perform(task)
        met = holds(condition, self._scene().state)
        if met is None:
            return [self._action(task.command, "unavailable", _NO_SENSOR)]
        if not met:
            self.watch.append(task)
            when = phrase(condition, self.language)
            command = task.command
            return [Action(command.skill, command.args, "needs_confirmation", when, rule=CONDITION)]
        return self._perform(task)

    def _perform(self, task: Task, depth: int = 0) -> list[Action]:
        resolved = self._resolve(task, depth)
        if isinstance(resolved, Action):
            return [resolved]
        scene, effect = resolved
        command = Command(skill=effect.skill or task.command.skill, args=effect.args)
        verdict = self._judge(scene, effect, command, depth)
        if verdict.kind in ("refuse", "confirm"):
            outcome: Outcome = "refused" if verdict.kind == "refuse" else "needs_confirmation"
            if outcome == "needs_confirmation" and depth == 0:
                unconditional = task.command.model_copy(update={"condition": None})
                self.confirm.append(Task(unconditional, task.effect))
            action = self._action(command, outcome, verdict.reason, verdict.rule, depth)
            return [replace(action, about=effect.about)]
        return self._with_companions(scene, effect, command, verdict, depth)

    def _resolve(self, task: Task, depth: int) -> tuple[Scene, Effect] | Action:
        """The scene and the wanted effect, or the action that says why there is none."""
        command = task.command
        with self.tracer.step("resolve") as step:
            scene = self._scene()
            try:
                result = task.effect or self._wanted(command, scene)
            except Unavailable as error:
                return _said(command, "unavailable", error.missing, depth)
            except AskBack as error:
                return _said(command, "question", str(error), depth)
            except Refused as error:
                return _said(command, "refused", str(error), depth)
            except UnknownSkill:
                return self._action(command, "unavailable", _NO_SKILL, depth=depth)
            except (InputError, ValueError):
                return self._action(command, "failed", _BAD_ARGUMENTS, depth=depth)
            stands_for = isinstance(result, Effect) and result.skill
            args = {**({} if stands_for else command.args), **result.args}
            if isinstance(result, Answer):
                self.confirm += [Task(result.offer)] if result.offer else []
                self.unknown |= not result.known
                return Action(
                    command.skill, args, "answered", reply=result.text,
                    sources=result.sources, route=result.route,
                )  # fmt: skip
            step.detail = {write.path: write.value for write in result.writes}
        lacking = [write.path for write in result.writes if not scene.profile.has(write.path)]
        if lacking:
            return self._action(command, "unavailable", _NO_SKILL, depth=depth)
        return scene, replace(result, args=args)

    def _wanted(self, command: Command, scene: Scene) -> Effect | Answer:
        """What a skill makes of a command; raises what the skill does.

        A model may write the answer to a question, so nobody else waits for it.
        """
        skill = find_skill(command.skill)
        if self.lock is None or not is_question(command):
            return skill(scene, command.args)
        with self.lock.let_go():
            return skill(scene, command.args)

    def _judge(self, scene: Scene, effect: Effect, command: Command, depth: int) -> Verdict:
        # A companion is the car's own doing, whoever asked for what it goes with.
        seat: Seat = self.seat if depth == 0 else "driver"
        with self.tracer.step("judge") as step:
            opened = frozenset(self.opened)
            asks = Note(effect.asks, effect.asks) if effect.asks else None
            proposal = Proposal(
                effect.writes, scene.state, scene.profile, seat, self.confirmed, opened, asks
            )
            verdict = judge(proposal)
            step.detail = {"skill": command.skill, "verdict": verdict.kind, "rule": verdict.rule}
        return verdict

    def _with_companions(
        self, scene: Scene, effect: Effect, command: Command, verdict: Verdict, depth: int
    ) -> list[Action]:
        companions = verdict.companions if depth < _DEEPEST else ()
        before = self._companions(companions, "before", depth)
        blocked = next((action for action in before if self._blocks(action)), None)
        if blocked is not None:
            action = Action(
                command.skill, command.args, "failed", blocked.reason, depth > 0, verdict.rule
            )
            if blocked.outcome == "unavailable":
                action = replace(action, outcome="refused", reason=_NOT_ALONE.text(self.language))
            return [*before, action]
        if effect.writes:
            self._remember(scene, effect, command)
        proof = self._act(scene, effect)
        outcome: Outcome = "done" if proof.reached else "failed"
        action = Action(command.skill, command.args, outcome, proof.reason, depth > 0, verdict.rule)
        action = replace(action, about=effect.about)
        if not proof.reached:
            return [*before, action]
        self.notes.extend(note.text(self.language) for note in verdict.notes)
        return [*before, action, *self._companions(companions, "after", depth)]

    def _companions(self, companions: Sequence[Companion], when: str, depth: int) -> list[Action]:
        actions: list[Action] = []
        for companion in companions:
            if companion.when != when or self.lost:
                continue
            command = companion.command
            if self._is_off(command):
                name = load_words(self.language).name(command.skill, command.args)
                actions.append(_said(command, "unavailable", name, depth + 1))
            else:
                actions.extend(self._perform(Task(command), depth + 1))
        return actions

    def _is_off(self, command: Command) -> bool:
        parts = (command.skill, *(f"{command.skill}.{argument}" for argument in command.args))
        return not self.lacking.isdisjoint(parts)

    def _blocks(self, before: Action) -> bool:
        """Whether a wish must stay undone; a thing that this car does not have is in no way."""
        if before.outcome == "unavailable":
            return self._is_off(Command(skill=before.skill, args=before.args))
        return before.outcome != "done"

    def _act(self, scene: Scene, effect: Effect) -> Proof:
        if effect.change is not None:
            return keep(effect.change, self.language, self.tracer)
        with self.underway.waiting(effect.writes):
            proof = carry_out(self.car, effect.writes, scene.state, self.language, self.tracer)
        self.lost = self.lost or proof.lost
        return proof

    def _scene(self) -> Scene:
        self.state = self.car.snapshot()
        memory = self.memories.of(self.seat) if self.memories else None
        return Scene(self.car.profile, self.state, self.seat, self.language, memory, self.suggested)

    def _remember(self, scene: Scene, effect: Effect, command: Command) -> None:
        paths = [path for write in effect.writes for path in (write.path, write.read_path)]
        before = {path: scene.state[path] for path in paths if path in scene.state}
        self.deeds.append(Deed(command, effect.writes, before))

    def _action(
        self,
        command: Command,
        outcome: Outcome,
        reason: Note | None,
        rule: str | None = None,
        depth: int = 0,
    ) -> Action:
        text = reason.text(self.language) if reason else None
        return Action(command.skill, command.args, outcome, text, depth > 0, rule)


def is_question(command: Command) -> bool:
    """Whether it has to be looked up, which may take a while."""
    return command.skill in load_rules().lookup


def opened_windows(tasks: Sequence[Task], scene: Scene) -> Iterator[str]:
    """The windows that an utterance opens, found by resolving it without acting."""
    for task in tasks:
        if task.command.skill not in ("window.position", "scene.start"):
            continue
        try:
            result = task.effect or find_skill(task.command.skill)(scene, task.command.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            continue
        for write in result.writes if isinstance(result, Effect) else ():
            is_window = write.path.endswith(".Window.Position")
            if is_window and isinstance(write.value, (int, float)) and write.value > 0:
                yield write.path


def _said(command: Command, outcome: Outcome, reason: str, depth: int) -> Action:
    reply = reason if outcome == "question" else None
    return Action(command.skill, command.args, outcome, reason, depth > 0, reply=reply)
