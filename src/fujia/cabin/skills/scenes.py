"""Scenes: many things at once under one name."""

from collections.abc import Sequence

from fujia.cabin.effects import words
from fujia.cabin.scenes import ScenePlan, combined, find_scene
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable, skill
from fujia.cabin.skills.arguments import Maybe
from fujia.understanding.plan import Command


@skill("scene.start", zh="启动场景：小憩、露营、洗车等", en="Start a scene such as nap.")
def start(here: Scene, scene: Maybe = None) -> Effect:
    """As much of it as the car has; raises Unavailable for a scene that nobody has written."""
    if scene is None:
        raise AskBack(words(here, "要哪个模式？", "Which mode?"))
    plan = _plan(here, scene)
    return _all(here, plan, plan.commands)


@skill("scene.stop", zh="结束场景", en="End a scene.")
def stop(here: Scene, scene: Maybe = None) -> Effect:
    """What the scene's own ending says; asks which one where none is named."""
    if scene is None:
        raise AskBack(words(here, "要结束哪个模式？", "Which mode should I end?"))
    plan = _plan(here, scene)
    if not plan.end:
        reason = f"{plan.zh}没有需要恢复的", f"there is nothing to undo for {plan.en}"
        raise Refused(words(here, *reason))
    return _all(here, plan, plan.end)


def _all(here: Scene, plan: ScenePlan, commands: Sequence[Command]) -> Effect:
    effect = combined(here, commands)
    if not effect.writes:
        raise Unavailable(words(here, plan.zh, plan.en))
    return Effect(effect.writes, {"scene": plan.id})


def _plan(here: Scene, name: str) -> ScenePlan:
    plan = find_scene(name)
    if plan is None:
        raise Unavailable(words(here, f"“{name}”模式", f"a scene called '{name}'"))
    return plan
