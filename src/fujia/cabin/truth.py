"""Said versus did: one turn's claims against the car, seen from behind.

The judge shares nothing with the turn but the skills, which say what a claim means in signals; they
are resolved anew, action by action, so that nothing the turn remembered can vouch for it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.cabin.turn import Action, Outcome, Turn, worst
from fujia.errors import InputError
from fujia.vehicle.car import Write
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value

Written = tuple[str, Value]
"""A path and a value of it: one that was asked for, or one that was reached."""

_MOMENTARY = ("*.IsWashing", "*.Media.Action", "*.Sunroof.Switch", "*.Horn.IsActive")
"""Signals that fall back by themselves: it is enough that they had their value."""

_TRIED: set[Outcome] = {"done", "failed"}
_TOLERANCE = 0.25  # half of the finest step of any floating-point signal


def mismatches(
    turn: Turn,
    profile: Profile,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    actuations: Sequence[Written],
    changes: Sequence[Written] = (),
    healthy: Turn | None = None,
) -> list[str]:
    """Where a turn says one thing and the car shows another; empty when it told the truth.

    ``before`` and ``after`` are snapshots around the turn, ``actuations`` what was asked of the
    car in it, and ``changes`` the values that signals went through, in order. ``healthy`` is the
    same turn without a fault: where that one was done and this one was not, the reply must differ.
    """
    claims = _Claims(turn, profile, before, changes)
    found = [why for action in turn.actions for why in claims.check(action)]
    found += claims.check_the_end(after)
    outcomes: set[Outcome] = {action.outcome for action in turn.actions}
    changed = sorted(path for path in after if after[path] != before.get(path))
    if changed and not outcomes & _TRIED:
        found.append(f"nothing was tried, and yet changed: {', '.join(changed)}")
    stray = sorted({path for path, _ in actuations} - claims.explained)
    if stray:
        found.append(f"wrote what no action claims or failed at: {', '.join(stray)}")
    if turn.outcome != worst(outcomes):
        found.append(f"outcome {turn.outcome} is not the worst of {', '.join(sorted(outcomes))}")
    if not turn.reply.strip():
        found.append("no reply")
    said_when_done = healthy.reply if healthy and healthy.outcome == "done" else None
    if turn.outcome != "done" and turn.reply == said_when_done:
        found.append(f"{turn.outcome}, with the words of success: {turn.reply}")
    return found


class _Claims:
    """Goes through a turn's actions in order, along the changes that the car went through."""

    def __init__(
        self,
        turn: Turn,
        profile: Profile,
        before: Mapping[str, Value],
        changes: Sequence[Written],
    ) -> None:
        self.turn = turn
        self.profile = profile
        self.explained: set[str] = set()
        """The signals that some action claims to have written, or failed at."""
        self._state = dict(before)
        self._changes = deque(changes)
        self._held: list[tuple[Action, Write]] = []

    def check(self, action: Action) -> Iterator[str]:
        """What is wrong with the next action's claim, as far as one can tell at its time."""
        if action.outcome not in _TRIED:
            return
        writes = self._writes(action)
        if action.outcome == "done" and writes is None:
            yield f"{action.skill} {action.args}: done, but it cannot even be resolved"
        paths = {write.path for write in writes or ()}
        self.explained |= paths
        # The same skill again takes over what it claimed before ("close it, no, open it"), and so
        # does the next wish ("fan to one, then all of it off"); a companion takes nothing back.
        is_wish = action.outcome == "done" and not action.companion
        self._held = [
            (earlier, write)
            for earlier, write in self._held
            if write.path not in paths or not (is_wish or earlier.skill == action.skill)
        ]
        if action.outcome == "failed":
            return
        self._held += [(action, write) for write in writes or ()]
        missed = self._advance(writes or ())
        if missed:
            value = self._state.get(missed.read_path)
            claim = f"{action.skill} {action.args}: done"
            yield f"{claim}, but {missed.read_path} is {value}, not {missed.expected}"

    def check_the_end(self, after: Mapping[str, Value]) -> Iterator[str]:
        """What was reached, and was lost again before the turn was over."""
        for action, write in self._held:
            path, value = write.read_path, after.get(write.read_path)
            falls_back = any(fnmatchcase(path, pattern) for pattern in _MOMENTARY)
            if not falls_back and not _same(value, write.expected):
                yield f"{action.skill} {action.args}: done, but {path} ends as {value}"

    def _writes(self, action: Action) -> tuple[Write, ...] | None:
        """The writes that an action stands for; None for a READ skill or what has no meaning."""
        scene = Scene(self.profile, self._state, self.turn.seat, self.turn.language)
        try:
            result = find_skill(action.skill)(scene, action.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            return None
        return result.writes if isinstance(result, Effect) else None

    def _advance(self, writes: Sequence[Write]) -> Write | None:
        """Go on until all writes are proven; returns one that never was."""
        while missed := self._missed(writes):
            if not self._changes:
                return missed
            path, value = self._changes.popleft()
            self._state[path] = value
        return None

    def _missed(self, writes: Sequence[Write]) -> Write | None:
        wrong = (w for w in writes if not _same(self._state.get(w.read_path), w.expected))
        return next(wrong, None)


def _same(one: Value | None, other: Value) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        if not isinstance(one, (int, float)) or not isinstance(other, (int, float)):
            return False
        return abs(one - other) < _TOLERANCE
    return one == other
