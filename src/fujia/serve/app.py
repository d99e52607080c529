"""The application: every route of the API behind the gate, and what runs beside them."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fujia import __version__, errors
from fujia.serve.gate import Gate, Guard
from fujia.serve.housekeeping import Housekeeping
from fujia.serve.routes import live, manuals, occupants, signals, system, turns
from fujia.serve.routes import sessions as session_routes
from fujia.serve.routes.common import House
from fujia.serve.schemas import what_is_wrong
from fujia.serve.sessions import Sessions
from fujia.serve.store import Store

_STATUS: dict[type[errors.FujiaError], int] = {
    errors.UnknownSession: 404,
    errors.UnknownSignal: 404,
    errors.UnknownSkill: 404,
    errors.UnknownVehicle: 404,
    errors.UnknownManual: 404,
    errors.TurnConflict: 409,
    errors.NotWritable: 409,
    errors.TooMuch: 429,
    errors.DatabaseError: 503,
    errors.CarUnreachable: 503,
    errors.StoreError: 503,
    errors.CarError: 409,
    errors.DataError: 500,  # a file of ours, not what was sent
    errors.InputError: 422,
}
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_DESCRIPTION = """\
Sessions, one for each car, and the turns of the talk in them.

`POST /v1/sessions`, then `POST /v1/sessions/{id}/turns`. WebSockets: `/v1/sessions/{id}/turns/live`
takes turns and sends their events as they happen; `/v1/sessions/{id}/signals/live` sends signals.
"""


def create_app(
    sessions: Sessions,
    store: Store,
    *,
    guard: Guard | None = None,
    keep: timedelta = timedelta(days=30),
    idle: timedelta = timedelta(days=1),
) -> FastAPI:
    """The API as an ASGI application.

    ``keep`` is how long turns stay in the store, ``idle`` after how long an unused session is
    closed. At its end it closes every session, each after the turn that runs in it, and the store.
    """
    guard = guard or Guard()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with Housekeeping(sessions, store, keep, idle):
            yield

    app = FastAPI(
        title="Fujia 副驾",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.house = House(sessions, store)
    # The gate checks the token; here it only enters the description.
    bearer = [Depends(HTTPBearer(auto_error=False))] if guard.tokens else []
    v1 = APIRouter(prefix="/v1")
    for part in (system, session_routes, turns, signals, occupants, manuals):
        v1.include_router(part.router, dependencies=bearer)
    v1.include_router(live.router)
    app.include_router(v1)
    # Comes last; else the page in the browser would answer for what is not there.
    app.add_api_route("/v1/{path:path}", _nothing_here, methods=_METHODS, include_in_schema=False)
    app.add_middleware(Gate, guard=guard)
    app.add_exception_handler(errors.FujiaError, _fujia_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    return app


def _nothing_here(path: str) -> None:
    raise HTTPException(404, f"there is no such request for /v1/{path}; see /v1/openapi.json")


def _fujia_error(_: Request, error: Exception) -> Response:
    kinds = (kind for kind in type(error).__mro__ if kind in _STATUS)
    status = _STATUS.get(next(kinds, errors.FujiaError), 500)
    return _problem(status, type(error).__name__, str(error))


def _invalid(_: Request, error: Exception) -> Response:
    """What pydantic found, without repeating what was sent."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return _problem(400, "NotJson", f"the body is not JSON: {first['ctx']['error']}")
    return _problem(422, "Invalid", what_is_wrong(first))


def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    names = {403: "Forbidden", 404: "NotFound", 405: "WrongMethod"}
    name = names.get(error.status_code, "BadRequest")
    return _problem(error.status_code, name, error.detail, error.headers)


def _problem(
    status: int, error: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse({"error": error, "message": message}, status, headers)
