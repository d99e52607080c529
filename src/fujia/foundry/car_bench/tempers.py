"""Scripted models of different tempers: what they get wrong, the code around them must put right.

A scripted model knows what is wanted. ``careful`` plans all of it; ``hasty`` forgets whatever a
policy asks for beside the wish; ``unruly`` does too, answers no JSON at first, calls for something
that nobody asked for, and says that all of it is done.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from fujia.foundry.car_bench.tasks import Task
from fujia.llm.model import ChatModel, Completion, ToolCall
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.understanding.plan import Command

Temper = Literal["careful", "hasty", "unruly"]
TEMPERS: tuple[Temper, ...] = ("careful", "hasty", "unruly")
_CLAIM = "Done! I have set everything for you."
_UNASKED: tuple[str, dict[str, Any]] = ("volume.media", {"volume": 90})


def scripted(task: Task, temper: Temper, *, asks: bool = False) -> ChatModel:
    """The model for one trial of a task; ``asks``: it wants an answer before it plans."""
    commands = task.commands if temper == "careful" else without_companions(task.commands)
    answers = iter(_answers(task, commands, temper, asks=asks))
    last: list[Scripted] = [_CLAIM]
    return ScriptedModel(lambda _asked, _sample: next(answers, last[0]), model=temper)


def without_companions(commands: Sequence[Command]) -> tuple[Command, ...]:
    """The wishes without what a policy of CAR-bench brings about by itself."""
    skills = {command.skill for command in commands}
    implied: list[tuple[str, dict[str, Any]]] = []
    if "climate.front_defrost" in skills:
        implied += [("climate.fan", {"level": 2}), ("climate.ac", {"on": True})]
        implied += [("climate.airflow", {"direction": "windshield"})]
    if {"climate.ac", "climate.front_defrost"} & skills:
        implied += [("climate.fan", {"level": 1}), ("window.position", {"position": 0})]
    if "sunroof.position" in skills:
        implied += [("sunroof.shade", {"position": 100})]
    if "light.front_fog" in skills:
        implied += [("light.headlights", {"mode": "low_beam"}), ("light.high_beam", {"on": False})]
    left = [command for command in commands if not _is_implied(command, implied)]
    return tuple(left)


def _is_implied(command: Command, implied: Sequence[tuple[str, dict[str, Any]]]) -> bool:
    args = {name: value for name, value in command.args.items() if name != "zone"}
    return (command.skill, args) in implied


def _answers(
    task: Task, commands: Sequence[Command], temper: Temper, *, asks: bool
) -> Iterator[Scripted]:
    steps = [{"skill": one.skill, "args": one.args} for one in commands]
    if temper == "unruly":
        yield "Sure, I will do that right away!"
    if asks:
        question = _question(task)
        yield json.dumps({"steps": [], "question": question})
        yield json.dumps({"steps": [], "question": question})
        return
    yield json.dumps({"steps": steps, "think": temper == "unruly", "say": _CLAIM})
    name, args = _UNASKED
    yield Completion("", calls=(ToolCall(name, json.dumps(args)),))


def _question(task: Task) -> dict[str, Any]:
    """A question about the value of the first change that is wanted."""
    command = task.commands[-1]
    name = next((one for one in command.args if one != "zone"), "")
    known = {one: value for one, value in command.args.items() if one != name}
    text = "Which one would you like?"
    return {"text": text, "skill": command.skill, "argument": name, "args": known}
