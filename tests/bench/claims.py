"""The judge of said versus did: one turn's claims against the car, seen from behind.

It shares nothing with the cabin but the skills, which say what a claim means in signals.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from fujia import SimulatedCar, Turn
from fujia.cabin.skill import Effect, Scene, find_skill
from fujia.cabin.turn import Action, Outcome, worst
from fujia.vehicle.car import Write
from fujia.vehicle.signal import Value

State = Mapping[str, Value]

MOMENTARY = ("*.IsWashing", "*.Media.Action", "*.Sunroof.Switch", "*.Horn.IsActive")
"""Signals that fall back by themselves: it is enough that they had their value."""

_NOTHING_CHANGES: set[Outcome] = {
    "refused",
    "unavailable",
    "needs_confirmation",
    "question",
    "answered",
}


@dataclass(frozen=True)
class Run:
    """One turn on one car, and that car from behind."""

    turn: Turn
    car: SimulatedCar
    before: State
    after: State
    moved: tuple[tuple[str, Value], ...]
    asked: tuple[tuple[str, Value], ...]


def mismatches(run: Run, healthy: Turn | None = None) -> list[str]:
    """Everything in which a turn's claims differ from what happened.

    ``healthy`` is the same turn without a fault: where that one was done and this one was not,
    the reply must not be the same.
    """
    turn, claims = run.turn, Claims(run)
    found = [why for action in turn.actions for why in claims.check(action)]
    found += claims.check_the_end()
    outcomes: set[Outcome] = {action.outcome for action in turn.actions}
    changed = sorted(path for path in run.after if run.after[path] != run.before.get(path))
    if changed and outcomes <= _NOTHING_CHANGES:
        found.append(f"{turn.outcome}, and yet changed: {', '.join(changed)}")
    stray = sorted({path for path, _ in run.asked} - claims.explained)
    if stray:
        found.append(f"wrote what no action of this turn claims or failed at: {', '.join(stray)}")
    if turn.outcome != worst(outcomes):
        found.append(f"outcome {turn.outcome} is not the worst of {', '.join(sorted(outcomes))}")
    if not turn.reply.strip():
        found.append("no reply")
    said_when_done = healthy.reply if healthy and healthy.outcome == "done" else None
    if turn.outcome != "done" and turn.reply == said_when_done:
        found.append(f"{turn.outcome}, with the words of success: {turn.reply}")
    return found


class Claims:
    """Goes through a turn's actions in order, along the changes that the car went through."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.explained: set[str] = set()
        """The signals that some action claims to have written, or failed at."""
        self._state = dict(run.before)
        self._changes = deque(run.moved)
        self._held: list[tuple[Action, Write]] = []

    def check(self, action: Action) -> Iterator[str]:
        """What is wrong with the next action's claim, as far as one can tell at its time."""
        if action.outcome not in ("done", "failed"):
            return
        writes = self._writes(action)
        if action.outcome == "done" and writes is None:
            yield f"{action.skill} {action.args}: done, but it cannot even be resolved"
        self.explained.update(write.path for write in writes or ())
        # The same skill again takes over what it claimed before ("close it, no, open it").
        again = {write.path for write in writes or ()}
        self._held = [
            (earlier, write)
            for earlier, write in self._held
            if write.path not in again or earlier.skill != action.skill
        ]
        if action.outcome == "failed":
            return
        self._held += [(action, write) for write in writes or ()]
        missed = self._advance(writes or ())
        if missed:
            value = self._state.get(missed.read_path)
            yield (
                f"{action.skill} {action.args}: done, but {missed.read_path} is {value}, "
                f"not {missed.expected}"
            )

    def check_the_end(self) -> Iterator[str]:
        """What was reached, and was lost again before the turn was over."""
        for action, write in self._held:
            path, value = write.read_path, self.run.after.get(write.read_path)
            falls_back = any(fnmatchcase(path, pattern) for pattern in MOMENTARY)
            if not falls_back and not _same(value, write.expected):
                yield f"{action.skill} {action.args}: done, but {path} ends as {value}"

    def _writes(self, action: Action) -> tuple[Write, ...] | None:
        """The writes that an action stands for; none for a READ skill or what has no meaning."""
        turn = self.run.turn
        scene = Scene(self.run.car.profile, self._state, turn.seat, turn.language)
        try:
            result = find_skill(action.skill)(scene, action.args)
        except Exception:
            return None  # unavailable, refused, a question: whatever it is, there are no writes
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
        return isinstance(one, (int, float)) and abs(float(one) - float(other)) < 0.25  # type: ignore[arg-type]
    return one == other
