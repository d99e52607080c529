"""Scenes: named plans in YAML, such as "nap" or "car wash", to which users add their own.

A scene is one file: what it is called, what it does, and what ends it. Its commands are ordinary
commands, so a car does as much of a scene as it has equipment for.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.cabin.skill import Effect, Refused, Scene, Unavailable, find_skill
from fujia.datafile import load_yaml
from fujia.understanding.plan import Command

_PACKAGED = Path(__file__).parent / "data" / "scenes"
_folders: tuple[Path, ...] = ()


class ScenePlan(BaseModel):
    """One scene as its file describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    names: tuple[str, ...] = ()
    """Other names for it, in any language."""
    commands: tuple[Command, ...] = Field(min_length=1)
    end: tuple[Command, ...] = ()
    """What ``scene.stop`` does; a scene without it has nothing to end."""

    def is_called(self, name: str) -> bool:
        """Whether ``name`` is its id or one of its names; letter case does not matter."""
        wanted = _key(name)
        return any(_key(own) == wanted for own in (self.id, self.zh, self.en, *self.names))


def use_folders(folders: Sequence[Path]) -> None:
    """Look for scenes in these folders too; a scene there replaces the packaged one of its id."""
    global _folders
    _folders = tuple(folders)


def load_scenes() -> dict[str, ScenePlan]:
    """Every scene by its id.

    Raises:
        DataError: a file does not follow the schema.
    """
    return _load((_PACKAGED, *_folders))


def find_scene(name: str) -> ScenePlan | None:
    """The scene of that id or name, or None."""
    return next((plan for plan in load_scenes().values() if plan.is_called(name)), None)


def expand(scene_id: str) -> tuple[Command, ...]:
    """The commands that a scene stands for; empty for an unknown id."""
    plan = load_scenes().get(scene_id)
    return plan.commands if plan else ()


def combined(scene: Scene, commands: Sequence[Command]) -> Effect:
    """All that ``commands`` write in this car, as one effect.

    What the car lacks, or cannot do now, is left out; where nothing remains the effect is empty.
    """
    writes = {write.path: write for command in commands for write in _effect(scene, command).writes}
    return Effect(tuple(writes.values()))


def _effect(scene: Scene, command: Command) -> Effect:
    try:
        result = find_skill(command.skill)(scene, command.args)
    except (Unavailable, Refused):
        return Effect(())
    return result if isinstance(result, Effect) else Effect(())


@cache
def _load(folders: tuple[Path, ...]) -> dict[str, ScenePlan]:
    files = [file for folder in folders for file in sorted(folder.glob("*.yaml"))]
    plans = [load_yaml(file, ScenePlan) for file in files]
    return {plan.id: plan for plan in plans}


def _key(name: str) -> str:
    """``Nap mode``, ``nap_mode`` and ``NAP`` are the same; so are 小憩模式 and 小憩."""
    plain = name.casefold().replace("_", " ").strip()
    return plain.removesuffix("模式").removesuffix(" mode").strip()
