"""Saying something, and what was said before."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from fujia.cabin.turn import Outcome
from fujia.serve.routes.common import TheHouse, TheSession, needs, problems
from fujia.serve.schemas import Id, TraceShown, TurnGiven, TurnShown

router = APIRouter(responses=problems())
_CABIN = [Depends(needs("cabin"))]


@router.post(
    "/sessions/{session_id}/turns",
    tags=["turns"],
    dependencies=_CABIN,
    responses=problems(404, 409),
)
def say(session: TheSession, given: TurnGiven) -> TurnShown:
    """Say something, and get the turn when it is over.

    With an id of your own the request may be sent again after a broken connection: the same id is
    the same turn, answered as it was.
    """
    return TurnShown.of(session.take(given.text, given.seat, given.id))


@router.get(
    "/sessions/{session_id}/turns", tags=["turns"], dependencies=_CABIN, responses=problems(404)
)
def list_turns(session: TheSession) -> list[TurnShown]:
    """The latest turns of an open session, oldest first."""
    return [TurnShown.of(record) for record in session.turns]


@router.delete(
    "/sessions/{session_id}/turns",
    tags=["turns"],
    status_code=204,
    dependencies=_CABIN,
    responses=problems(404, 503),
)
def erase_turns(house: TheHouse, session: TheSession) -> None:
    """Erase every stored turn of a session."""
    house.store.erase(session.id)


@router.get(
    "/traces",
    tags=["traces"],
    dependencies=[Depends(needs("workshop"))],
    responses=problems(503),
)
def list_traces(
    house: TheHouse,
    session: Annotated[Id | None, Query(description="only of this session, open or not")] = None,
    outcome: Annotated[Outcome | None, Query(description="only turns with this outcome")] = None,
    before: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="the number of the last one you saw")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[TraceShown]:
    """Stored turns with their steps, the newest first."""
    found = house.store.latest(session, outcome=outcome, before=before, limit=limit)
    return [TraceShown.of(each) for each in found]
