"""WebSockets: a turn's events as they happen, and signals as they change.

Browsers cannot describe WebSockets in OpenAPI; ``docs/api.md`` does.
"""

from asyncio import get_running_loop
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from anyio import (
    Event,
    Semaphore,
    create_task_group,
    fail_after,
    move_on_after,
    to_thread,
)
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from fujia.cabin.emergency import emergency
from fujia.errors import CarUnreachable, FujiaError, InputError
from fujia.logs import log_defect
from fujia.serve.event import Event as SessionEvent
from fujia.serve.event import new_turn_id
from fujia.serve.feed import Feed, TooSlow
from fujia.serve.routes.common import house_of, visitor_of
from fujia.serve.routes.signals import below
from fujia.serve.schemas import TurnGiven, what_is_wrong
from fujia.serve.sessions import Session
from fujia.serve.tokens import Role, may
from fujia.serve.turns import WAITING_TURNS

router = APIRouter()

SEND_S = 10.0
"""How long a reader may take for one message, in seconds."""
_Begin = Callable[[Callable[[], Awaitable[None]]], None]
_POLICY, _TOO_SLOW, _GOING_AWAY = 1008, 1013, 1001


@router.websocket("/sessions/{session_id}/turns/live")
async def live_turns(socket: WebSocket, session_id: str) -> None:
    """Takes turns (``{"text": ..., "seat": ..., "id": ...}``), and sends the events of all turns of
    the session, whoever began them."""
    session = await _enter(socket, session_id, "cabin")
    if session is not None:
        with Feed(session, lambda event: event.kind != "signal") as feed:
            await _both(
                socket, partial(_take_turns, socket, session), partial(_send_events, socket, feed)
            )


@router.websocket("/sessions/{session_id}/signals/live")
async def live_signals(socket: WebSocket, session_id: str, under: str = "") -> None:
    """Sends a snapshot, and every change after it; of one signal only the latest value."""
    session = await _enter(socket, session_id, "reader")
    if session is None:
        return
    with Feed(session, _is_below(under)) as feed:
        try:
            values = below(under, await to_thread.run_sync(session.car.snapshot))
        except CarUnreachable as error:
            await _send(socket, _problem(error))
        else:
            await _send(socket, {"kind": "snapshot", "data": {"signals": values}})
        await _both(socket, partial(_hear_nothing, socket), partial(_send_events, socket, feed))


async def _enter(socket: WebSocket, session_id: str, needed: Role) -> Session | None:
    """Accept a visitor; closes the socket and returns None where there is nothing to see."""
    await socket.accept()
    try:
        if not may(visitor_of(socket).role, needed):
            raise InputError(f"this needs the role {needed}")
        return house_of(socket).sessions.get(session_id)
    except InputError as error:
        await _send(socket, _problem(error))
        await socket.close(_POLICY, str(error)[:100])
        return None


async def _both(socket: WebSocket, *parts: Callable[[_Begin], Awaitable[None]]) -> None:
    """Receive and send until one of them ends, and close the socket as its end says.

    Each part is given a function that begins something beside it.
    """
    code = _GOING_AWAY

    async def run(part: Callable[[], Awaitable[None]], *, goes_on: bool) -> None:
        nonlocal code
        try:
            await part()
            if goes_on:
                return
        except (TooSlow, TimeoutError):
            code = _TOO_SLOW
        except (WebSocketDisconnect, RuntimeError):  # the other side has gone
            pass
        except Exception as error:
            log_defect(error)
        group.cancel_scope.cancel()

    def begin(part: Callable[[], Awaitable[None]]) -> None:
        group.start_soon(partial(run, part, goes_on=True))

    async with create_task_group() as group:
        for part in parts:
            group.start_soon(partial(run, partial(part, begin), goes_on=False))
    with suppress(RuntimeError, WebSocketDisconnect), move_on_after(SEND_S):
        await socket.close(code)


async def _take_turns(socket: WebSocket, session: Session, begin: _Begin) -> None:
    """Begin turns in the order of their messages; one that a model thinks about holds up none."""
    room = Semaphore(WAITING_TURNS)
    before = Event()
    before.set()
    while True:
        await room.acquire()
        given = await _receive_turn(socket)
        begun = Event()
        begin(partial(_take, socket, session, given, before, begun, room))
        if emergency(given.text) is None:
            before = begun


async def _receive_turn(socket: WebSocket) -> TurnGiven:
    """The next message that can be used; the others are answered with what is wrong."""
    while True:
        text = await socket.receive_text()
        if not visitor_of(socket).may_go_on():
            await _send(socket, _problem(InputError("too many messages; slow down")))
            continue
        try:
            return TurnGiven.model_validate_json(text)
        except ValidationError as error:
            await _send(socket, _problem(InputError(what_is_wrong(error.errors()[0]))))


async def _take(
    socket: WebSocket,
    session: Session,
    given: TurnGiven,
    before: Event,
    begun: Event,
    room: Semaphore,
) -> None:
    """Take a turn as soon as the one before it has its place; an emergency phrase at once.

    A turn that began is finished, whatever becomes of the socket.
    """
    turn_id = given.id or new_turn_id()
    if emergency(given.text) is None:
        await before.wait()
    try:
        tell = partial(get_running_loop().call_soon_threadsafe, begun.set)
        await to_thread.run_sync(session.take, given.text, given.seat, turn_id, tell)
    except FujiaError as error:
        await _send(socket, _problem(error, turn_id))
    finally:
        begun.set()
        room.release()


async def _hear_nothing(socket: WebSocket, _: _Begin) -> None:
    while True:
        await socket.receive_text()


async def _send_events(socket: WebSocket, feed: Feed, _: _Begin) -> None:
    while True:
        for event in await feed.next():
            await _send(socket, event.as_json())


async def _send(socket: WebSocket, message: dict[str, Any]) -> None:
    with fail_after(SEND_S):
        await socket.send_json(message)


def _problem(error: FujiaError, turn_id: str | None = None) -> dict[str, Any]:
    data = {"error": type(error).__name__, "message": str(error)}
    return {"kind": "error", "turn_id": turn_id, "ms": 0, "data": data}


def _is_below(branch: str) -> Callable[[SessionEvent], bool]:
    def wants(event: SessionEvent) -> bool:
        return event.kind == "signal" and bool(below(branch, {event.data["path"]: None}))

    return wants
