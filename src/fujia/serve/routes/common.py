"""What the routes share: the house they belong to, roles, and the answers that go wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, HTTPException, Path
from starlette.requests import HTTPConnection

from fujia.serve.gate import VISITOR, Visitor
from fujia.serve.schemas import Problem
from fujia.serve.sessions import Session, Sessions
from fujia.serve.store import Store
from fujia.serve.tokens import Role, may


@dataclass(frozen=True, slots=True)
class House:
    """What every route may use."""

    sessions: Sessions
    store: Store


def house_of(connection: HTTPConnection) -> House:
    """The house of the application that answers."""
    return cast(House, connection.app.state.house)


async def _house(connection: HTTPConnection) -> House:
    return house_of(connection)


async def session_of(
    connection: HTTPConnection, session_id: Annotated[str, Path(max_length=64)]
) -> Session:
    """The session that the address names; raises UnknownSession."""
    return house_of(connection).sessions.get(session_id)


TheHouse = Annotated[House, Depends(_house)]
TheSession = Annotated[Session, Depends(session_of)]


def visitor_of(connection: HTTPConnection) -> Visitor:
    """Who asks, as the gate found out."""
    return cast(Visitor, connection.scope[VISITOR])


def needs(role: Role) -> Callable[[HTTPConnection], Awaitable[None]]:
    """A dependency that lets only visitors of that role pass.

    Dependencies are coroutines, so that none of them waits for a thread of its own.
    """

    async def check(connection: HTTPConnection) -> None:
        if not may(visitor_of(connection).role, role):
            raise HTTPException(403, f"this needs the role {role}")

    return check


_MEANINGS = {
    400: "not JSON, or a wrong address",
    401: "no token, or a wrong one",
    403: "the role does not allow it, or another site asks",
    404: "there is no such thing",
    409: "it contradicts what is there",
    413: "too large",
    422: "a field that cannot be used",
    429: "too much at once; try again",
    503: "the car or the database does not answer",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that go wrong, for its description; some can happen to every route."""
    return {
        status: {"model": Problem, "description": _MEANINGS[status]}
        for status in sorted({400, 401, 403, 413, 422, 429, *statuses})
    }
