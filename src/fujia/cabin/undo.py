"""Taking back what the last turn did: the same signals, with the values they had before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fujia.cabin.conversation import Deed, Task
from fujia.cabin.skill import Effect, Scene
from fujia.cabin.skills import find_skill
from fujia.cabin.turn import Action
from fujia.understanding.plan import Argument, Command
from fujia.vehicle.car import Write
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value, level_of_percent

_SUNROOF = "Vehicle.Cabin.Sunroof.Switch"
_PLAYED = "Vehicle.Cabin.Infotainment.Media.Played"
_SELECTED = "Vehicle.Cabin.Infotainment.Media.SelectedURI"
_NAMES = {"title": "Track", "artist": "Artist"}
_PLACES = ("zone", "screen", "side")


def restoring(deeds: Sequence[Deed], scene: Scene) -> tuple[Task, ...]:
    """One task for each deed that left something changed, the last deed first.

    A task has the skill of its deed. Its arguments are those of the deed with the value as it was
    before, where one value says it; where the seats differed, only the place is kept.
    """
    tasks = (_restore(deed, scene) for deed in reversed(deeds))
    return tuple(task for task in tasks if task is not None)


def as_restored(action: Action) -> Action:
    """An action of such a task; marked where its arguments do not say what the value was before,
    so that a reply does not tell of the deed again."""
    return replace(action, is_restored=set(action.args) <= set(_PLACES))


def _restore(deed: Deed, scene: Scene) -> Task | None:
    changed = [
        write
        for write in deed.writes
        if write.read_path in deed.before
        and scene.state.get(write.read_path) != deed.before[write.read_path]
    ]
    if not changed:
        return None
    if changed[0].path == _SUNROOF:
        return _sunroof(deed.before[changed[0].read_path], scene)
    if changed[0].path == _SELECTED and not deed.before.get(_SELECTED):
        return _track(deed.before, scene)
    writes = tuple(_back(write, deed.before) for write in changed)
    args = _arguments(deed.command, changed, deed.before, scene.profile)
    return Task(Command(skill=deed.command.skill, args=args), Effect(writes, args))


def _back(write: Write, before: Mapping[str, Value]) -> Write:
    value = before.get(write.path, write.value)
    if write.reads is None:
        return Write(write.path, value)
    return Write(write.path, value, reads=write.reads, expect=before[write.read_path])


def _sunroof(position: Value, scene: Scene) -> Task:
    """The roof is moved by its switch, so the skills for it know the way back."""
    tilted = isinstance(position, (int, float)) and position < 0
    name, argument = ("sunroof.tilt", "on") if tilted else ("sunroof.position", "position")
    args: dict[str, Argument] = {argument: True if tilted else _number(position)}
    return _again(Command(skill=name, args=args), scene)


def _arguments(
    command: Command, changed: Sequence[Write], before: Mapping[str, Value], profile: Profile
) -> dict[str, Argument]:
    kept = {name: value for name, value in command.args.items() if name in _PLACES}
    values = {_as_said(write, before[write.read_path], profile) for write in changed}
    if len(values) != 1:
        return kept
    (value,) = values
    for name, given in command.args.items():
        if name not in _PLACES and _alike(given, value):
            return {**kept, name: value}
    return kept


def _as_said(write: Write, value: Value, profile: Profile) -> bool | int | float | str:
    signal = profile.signals.get(write.read_path)
    if isinstance(value, list):
        return ",".join(map(str, value))
    if signal is not None and signal.levels and isinstance(value, (int, float)):
        return abs(level_of_percent(value, signal.levels))
    return value


def _alike(given: Argument, value: Argument) -> bool:
    if isinstance(given, bool) or isinstance(value, bool):
        return isinstance(given, bool) and isinstance(value, bool)
    return isinstance(given, (int, float)) and isinstance(value, (int, float))


def _track(before: Mapping[str, Value], scene: Scene) -> Task:
    """What played without having been chosen has no address to go back to, so it is searched."""
    named = {argument: before.get(f"{_PLAYED}.{part}") for argument, part in _NAMES.items()}
    command = Command(skill="media.play", args={k: str(v) for k, v in named.items() if v})
    return _again(command, scene)


def _again(command: Command, scene: Scene) -> Task:
    effect = find_skill(command.skill)(scene, command.args)
    return Task(command, effect if isinstance(effect, Effect) else None)


def _number(value: Value) -> int | float:
    return value if isinstance(value, (int, float)) else 0
