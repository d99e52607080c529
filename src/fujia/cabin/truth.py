"""Said versus did: whether a turn claims what the car shows."""

from collections import deque
from collections.abc import Mapping, Sequence

from fujia.cabin.proof import is_proven
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable, find_skill
from fujia.cabin.turn import Action, Turn
from fujia.errors import InputError
from fujia.vehicle.car import Write
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value

Written = tuple[str, Value]
"""A path and a value of it: one that was asked for, or one that was reached."""

_TRIED = ("done", "failed")


def mismatches(
    turn: Turn,
    profile: Profile,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    actuations: Sequence[Written],
    changes: Sequence[Written] = (),
) -> list[str]:
    """Where a turn says one thing and the car shows another; empty when it told the truth.

    ``before`` and ``after`` are snapshots around the turn, ``actuations`` what was asked of the
    car in it, and ``changes`` the values that signals went through, in order. The skills are
    resolved anew, action by action, so that nothing the turn remembered can vouch for it.
    """
    found: list[str] = []
    state, road = dict(before), deque(changes)
    explained = set[str]()
    for action in turn.actions:
        if action.outcome not in _TRIED:
            continue
        writes = _writes(action, Scene(profile, state, turn.seat, turn.language))
        explained |= {write.path for write in writes}
        if action.outcome == "done":
            missed = _go_on(writes, state, road)
            found.extend(_unproven(action, write, state) for write in missed)
    stray = {path for path, _ in actuations} - explained
    found.extend(f"nothing claims it, but {path} was written" for path in sorted(stray))
    if not any(action.outcome in _TRIED for action in turn.actions):
        changed = (path for path in sorted(after) if after[path] != before.get(path))
        found.extend(f"nothing was tried, but {path} changed" for path in changed)
    return found


def _go_on(writes: Sequence[Write], state: dict[str, Value], road: deque[Written]) -> list[Write]:
    """Follow the changes until every write is proven; returns those that never are."""
    while missed := [w for w in writes if not is_proven(w, state.get(w.read_path))]:
        if not road:
            return missed
        path, value = road.popleft()
        state[path] = value
    return []


def _unproven(action: Action, write: Write, state: Mapping[str, Value]) -> str:
    value = state.get(write.read_path)
    return f"{action.skill} is done, but {write.read_path} is {value}, not {write.expected}"


def _writes(action: Action, scene: Scene) -> tuple[Write, ...]:
    """What an action means, resolved anew; nothing where its arguments do not say it."""
    try:
        result = find_skill(action.skill)(scene, action.args)
    except (Unavailable, AskBack, Refused, InputError, ValueError):
        return ()
    return result.writes if isinstance(result, Effect) else ()
