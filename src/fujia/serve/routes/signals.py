"""Reading a car's signals, and setting the world of a simulated one."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query

from fujia.errors import UnknownSignal
from fujia.serve.routes.common import TheSession, needs, problems
from fujia.serve.schemas import FaultGiven, SignalShown, SignalsShown, ValueGiven
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.fault import Fault

router = APIRouter(prefix="/sessions/{session_id}", tags=["signals"], responses=problems(404))
Anything = TypeVar("Anything")
_READER, _WORKSHOP = [Depends(needs("reader"))], [Depends(needs("workshop"))]


@router.get("/signals", dependencies=_READER, responses=problems(503))
def read_signals(
    session: TheSession,
    under: Annotated[
        str, Query(max_length=200, description="only below this branch, such as Vehicle.Cabin")
    ] = "",
) -> SignalsShown:
    """Every signal's value at one moment."""
    return SignalsShown(signals=below(under, session.car.snapshot()))


@router.get("/signals/{path}", dependencies=_READER, responses=problems(503))
def read_signal(session: TheSession, path: str) -> SignalShown:
    """One signal: its value, its range, its names."""
    value = session.car.snapshot().get(path)
    signal = session.car.profile.signals.get(path) or vss_6().get(path)
    if signal is None or value is None:
        raise UnknownSignal(f"{session.vehicle} has no signal {path}")
    return SignalShown.of(signal, value)


@router.put("/signals/{path}", dependencies=_WORKSHOP, responses=problems(409, 503))
def set_signal(session: TheSession, path: str, given: ValueGiven) -> SignalShown:
    """Set the world of a simulated car: speed, rain, a door. What waited for it is done."""
    session.set(path, given.value)
    return read_signal(session, path)


@router.post("/faults", status_code=201, dependencies=_WORKSHOP, responses=problems(409))
def break_something(session: TheSession, given: FaultGiven) -> FaultGiven:
    """Break something in a simulated car."""
    session.inject(Fault(given.pattern, given.kind, given.at))
    return given


@router.delete("/faults", status_code=204, dependencies=_WORKSHOP, responses=problems(409))
def repair_everything(session: TheSession) -> None:
    """Repair everything in a simulated car."""
    session.repair()


def below(branch: str, signals: Mapping[str, Anything]) -> dict[str, Anything]:
    """The signals at or below a branch; all for the empty one."""
    if not branch:
        return dict(signals)
    return {
        path: value
        for path, value in signals.items()
        if path == branch or path.startswith(f"{branch}.")
    }
