"""Acting on the car and proving it: forward the writes, wait, read back, let go of switches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fujia.cabin.policy import Note
from fujia.cabin.skill import Change
from fujia.cabin.tracer import Tracer
from fujia.errors import ActuationRejected, CarUnreachable, FujiaError, InputError
from fujia.understanding.plan import Language
from fujia.vehicle.car import Car, Write
from fujia.vehicle.signal import Signal, Value, level_of_percent

_TOLERANCE = 0.25
"""How far a floating-point reading may be from what was asked: half of the finest step."""

_REJECTED = Note("控制单元拒绝了", "the control unit refused")
_NO_ANSWER = Note("车辆没有响应", "the car does not answer")
_NO_EFFECT = Note("没有生效", "it had no effect")
_NOT_STORED = Note("记忆写不进去", "the memory cannot be written")
_INVALID = Note("车辆不接受这个值", "the car does not take this value")


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether every write reached its value; if not, why. ``lost``: the car stopped answering."""

    reached: bool
    reason: str | None = None
    lost: bool = False


def carry_out(
    car: Car,
    writes: Sequence[Write],
    state: Mapping[str, Value],
    language: Language,
    tracer: Tracer,
) -> Proof:
    """Carry out writes and read them back; never raises what the car says.

    ``state`` is a snapshot just taken: where it proves every write already, nothing is written.
    """
    if all(is_proven(write, state.get(write.read_path)) for write in writes):
        return Proof(True)
    try:
        with tracer.step("act") as step:
            step.detail = {write.path: write.value for write in writes}
            car.actuate(writes)
        with tracer.step("read back") as step:
            values = step.detail = car.wait_for({w.read_path: w.expected for w in writes})
            _release(car, writes)
    except ActuationRejected:
        return Proof(False, _REJECTED.text(language))
    except CarUnreachable:
        return Proof(False, _NO_ANSWER.text(language), lost=True)
    except InputError:
        return Proof(False, _INVALID.text(language))
    missed = [write for write in writes if not is_proven(write, values.get(write.read_path))]
    if not missed:
        return Proof(True)
    signal = car.profile.signals.get(missed[0].read_path)
    return Proof(False, _stopped(signal, values.get(missed[0].read_path), language))


def keep(change: Change, language: Language, tracer: Tracer) -> Proof:
    """Carry out a change of what is remembered, which reads itself back; never raises."""
    try:
        with tracer.step("act"):
            kept = change.carry_out()
    except FujiaError:
        return Proof(False, _NOT_STORED.text(language))
    return Proof(kept, None if kept else _NO_EFFECT.text(language))


def is_proven(write: Write, value: Value | None) -> bool:
    """Whether a value read back proves a write."""
    wanted = write.expected
    if isinstance(wanted, float) or isinstance(value, float):
        if not isinstance(wanted, (int, float)) or not isinstance(value, (int, float)):
            return False
        return abs(wanted - value) < _TOLERANCE
    return value == wanted and type(value) is type(wanted)


def _release(car: Car, writes: Sequence[Write]) -> None:
    """Let go of held switches, reached or not: nothing goes on moving after the turn."""
    releases = [Write(write.path, write.release) for write in writes if write.release is not None]
    if releases:
        car.actuate(releases)


def _stopped(signal: Signal | None, value: Value | None, language: Language) -> str:
    shown = _shown(signal, value)
    return (shown or _NO_EFFECT).text(language)


def _shown(signal: Signal | None, value: Value | None) -> Note | None:
    """Where it stands, for what people have numbers for."""
    if signal is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if signal.levels:
        level = level_of_percent(value, signal.levels)
        return Note(f"还在{level}档", f"still at level {level}")
    if signal.unit not in _UNITS:
        return None
    zh, en = _UNITS[signal.unit]
    return Note(f"还在{value:g}{zh}", f"still at {value:g}{en}")


_UNITS = {
    "percent": ("%", " %"), "Celsius": ("度", " degrees"), "degrees": ("度", " degrees"),
    "mm": ("毫米", " mm"), "km/h": ("公里每小时", " km/h"),
}  # fmt: skip
