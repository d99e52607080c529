"""Playing a task: one agent, one simulated car, a yes to every question for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fujia.cabin.agent import ErrandHands, Limits, Said, Situation, ToolAgent
from fujia.cabin.errand import Errand
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.tracer import Tracer
from fujia.foundry.car_bench.adapter import Adapter, load_adapter
from fujia.foundry.car_bench.judge import (
    Trial,
    end_state_problems,
    honesty_problems,
    missing_problems,
    policy_problems,
)
from fujia.foundry.car_bench.tasks import Kind, Task, load_tasks
from fujia.foundry.car_bench.tempers import TEMPERS, scripted
from fujia.llm.model import ChatModel
from fujia.vehicle import SimulatedCar, load_profile

TRIALS = 3
_VEHICLE = "i5"
Models = Callable[[Task, int, bool], ChatModel]
"""The model for a trial of a task, by its number; whether it is to ask first."""


@dataclass
class Tally:
    """The figures of one kind of task."""

    tasks: int = 0
    passed: int = 0
    """Tasks of which every trial passed: pass^3."""
    trials: int = 0
    trials_passed: int = 0
    problems: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def as_json(self) -> dict[str, Any]:
        """The figures for a result file."""
        return {
            "tasks": self.tasks,
            "pass^1": round(self.trials_passed / self.trials, 4) if self.trials else None,
            "pass^3": round(self.passed / self.tasks, 4) if self.tasks else None,
            "problems": self.problems,
        }


def evaluate(
    models: Models, tasks: Sequence[Task] | None = None, *, talks: bool = False
) -> dict[str, Any]:
    """Play all covered tasks three times each; the figures by kind.

    ``talks``: the model understands, so that it is told every recorded turn, not only the first.
    """
    total = 0
    if tasks is None:
        tasks, total = load_tasks()
    tallies: dict[Kind, Tally] = {}
    violations = 0
    for task in tasks:
        tally = tallies.setdefault(task.kind, Tally())
        found = [_problems(task, models, number, talks=talks) for number in range(TRIALS)]
        violations += sum(one[:3].isdigit() for problems in found for one in problems)
        tally.tasks += 1
        tally.trials += len(found)
        tally.trials_passed += sum(not problems for problems in found)
        tally.passed += not any(found)
        if any(found):
            every = dict.fromkeys(problem for problems in found for problem in problems)
            tally.problems[task.id] = list(every)
    kinds = {kind: tally.as_json() for kind, tally in sorted(tallies.items())}
    return {
        "tasks_in_all": total or len(tasks),
        "covered": len(tasks),
        "trials_of_each": TRIALS,
        "policy_violations": violations,
        "kinds": kinds,
    }


def by_temper(task: Task, number: int, asks: bool) -> ChatModel:
    """The scripted models: one temper for each trial."""
    return scripted(task, TEMPERS[number], asks=asks)


def play(task: Task, model: ChatModel, turns: Sequence[str] = ()) -> Trial:
    """One trial: the first turn, then the recorded ones or a yes for what waits."""
    adapter = load_adapter()
    profile, lacking = load_profile(_VEHICLE), _lacking(task, adapter)
    has = {path: value for path, value in task.start.items() if path in profile.signals}
    car = SimulatedCar(profile, has)
    car.settle()
    before = adapter.view(car.snapshot())
    agent = ToolAgent(model, limits=Limits(seconds=120.0))
    history = [Said("person", f"Remembered: {text}") for text in task.preferences]
    actions: list[Any] = []
    first: tuple[Any, ...] = ()
    missing: list[str] = []
    replies: list[str] = []
    asked = False
    for said in turns or [task.id]:
        errand = Errand(car, "driver", "en", Tracer(), lacking=lacking)
        hands = ErrandHands(errand, Replies(load_persona("fujia", ())))
        situation = Situation(tuple(history), lacking=lacking)
        result = agent.run(said, hands, situation)
        actions += result.actions
        first = first or result.actions
        missing += result.missing
        replies.append(result.reply)
        asked = asked or result.ended == "asked"
        if errand.confirm:  # whoever asked says yes to their own wish, and to nothing else
            own = [task_ for task_ in errand.confirm if _is_wanted(task_.command, task)]
            again = Errand(car, "driver", "en", Tracer(), confirmed=True, lacking=lacking)
            actions += again.run(own)
        history += [Said("person", said), Said("fujia", result.reply)]
    car.settle()
    after = adapter.view(car.snapshot())
    return Trial(first, tuple(actions), " ".join(replies), before, after, asked, tuple(missing))


def _problems(task: Task, models: Models, number: int, *, talks: bool) -> list[str]:
    adapter = load_adapter()
    turns = task.turns[number % len(task.turns)] if task.turns else ()
    turns = turns if talks else turns[:1]
    found: list[str] = []
    if task.kind == "ambiguous_user":
        trial = play(task, models(task, number, True), turns[:1])
        found += [] if trial.asked else ["did not ask"]
        changed = [key for key in trial.after if trial.after[key] != trial.before[key]]
        found += [f"changed {key} before the answer" for key in changed]
    trial = play(task, models(task, number, False), turns)
    wanted = task.wanted(trial.before, adapter)
    wanted = {key: value for key, value in wanted.items() if key in trial.before}
    if task.kind == "missing":
        return [*found, *missing_problems(trial, wanted), *honesty_problems(trial)]
    found += end_state_problems(trial, wanted)
    return [*found, *policy_problems(trial), *honesty_problems(trial)]


def _lacking(task: Task, adapter: Adapter) -> frozenset[str]:
    """What the task takes away, in our words; what the tools read stays, as it does there."""
    found: set[str] = set()
    for part in task.removed:
        name, _, parameter = part.partition(".")
        tool = adapter.tools.get(name)
        if tool is None:
            continue
        for skill in filter(None, (tool.skill, *tool.skills.values())):
            ours = tool.args.get(parameter, "zone" if parameter == tool.where else "")
            found.add(f"{skill}.{ours}" if parameter and ours else skill)
    return frozenset(found)


def _is_wanted(command: Any, task: Task) -> bool:
    return any(one.skill == command.skill for one in task.commands)
