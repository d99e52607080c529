"""Opening, looking at and closing sessions."""

from fastapi import APIRouter, Depends

from fujia.errors import InputError, UnknownSignal, UnknownVehicle
from fujia.serve.routes.common import TheHouse, TheSession, needs, problems
from fujia.serve.schemas import Consent, SessionGiven, SessionShown
from fujia.vehicle.signal import Value

router = APIRouter(prefix="/sessions", tags=["sessions"], responses=problems())
_READER, _CABIN = [Depends(needs("reader"))], [Depends(needs("cabin"))]


@router.post("", status_code=201, dependencies=_CABIN)
def open_session(house: TheHouse, given: SessionGiven) -> SessionShown:
    """Open a session on a fresh car."""
    state: dict[str, Value] = dict(given.state)
    try:
        session = house.sessions.create(
            given.vehicle, given.language, state=state, keep_words=given.keep_words
        )
    except (UnknownVehicle, UnknownSignal) as error:  # in the body, not in the address
        raise InputError(str(error)) from None
    return SessionShown.of(session)


@router.get("", dependencies=_READER)
def list_sessions(house: TheHouse) -> list[SessionShown]:
    """Every open session, the oldest first."""
    return [SessionShown.of(session) for session in house.sessions.all()]


@router.get("/{session_id}", dependencies=_READER, responses=problems(404))
def show_session(session: TheSession) -> SessionShown:
    """One open session."""
    return SessionShown.of(session)


@router.patch("/{session_id}", dependencies=_CABIN, responses=problems(404, 503))
def change_consent(house: TheHouse, session: TheSession, given: Consent) -> SessionShown:
    """Give consent that what is said may be kept, or take it back with all that was kept."""
    session.keep_words = given.keep_words
    if not given.keep_words:
        house.store.forget_words(session.id, session.car.profile)
    return SessionShown.of(session)


@router.delete("/{session_id}", status_code=204, dependencies=_CABIN, responses=problems(404))
def close_session(house: TheHouse, session: TheSession) -> None:
    """Close a session after the turn that runs in it; its stored turns stay until they expire."""
    house.sessions.close(session.id)
