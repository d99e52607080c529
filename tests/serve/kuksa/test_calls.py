"""What all calls have in common."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from grpc import StatusCode

from fujia.errors import UnknownSignal
from fujia.serve.kuksa.broker import Broker
from fujia.serve.kuksa.calls import Desk, answering, invalid, streaming
from fujia.serve.kuksa.tokens import Permissions
from fujia.vehicle import SimulatedCar


class Aborted(Exception):
    pass


class Context:
    """A call without a network."""

    def __init__(self) -> None:
        self.status: tuple[StatusCode, str] | None = None

    def invocation_metadata(self) -> tuple[()]:
        return ()

    async def abort(self, code: StatusCode, details: str) -> None:
        self.status = (code, details)
        raise Aborted


class Echo(Desk):
    ended = False

    @answering
    async def one(self, request: str, permissions: Permissions) -> str:
        permissions.check("read", "Vehicle.Speed")
        if request == "unknown":
            raise UnknownSignal("no such thing")
        if request == "strange":
            raise invalid("no sense")
        return request

    @streaming
    async def many(self, request: str, permissions: Permissions) -> AsyncGenerator[str]:
        try:
            for letter in request:
                if letter == "!":
                    raise UnknownSignal("no such thing")
                yield letter
        finally:
            self.ended = True


@pytest.fixture
def echo(car: SimulatedCar) -> Echo:
    return Echo(Broker(car))


def ask(call: Any, request: str) -> tuple[Any, tuple[StatusCode, str] | None]:
    context: Any = Context()

    async def run() -> Any:
        try:
            answer = call(request, context)
            return [each async for each in answer] if hasattr(answer, "__aiter__") else await answer
        except Aborted:
            return None

    return asyncio.run(run()), context.status


def test_an_answer(echo: Echo):
    assert ask(echo.one, "hello") == ("hello", None)
    assert ask(echo.many, "abc") == (["a", "b", "c"], None)
    assert echo.ended


def test_errors_are_statuses(echo: Echo):
    assert ask(echo.one, "unknown")[1] == (StatusCode.NOT_FOUND, "no such thing")
    assert ask(echo.one, "strange")[1] == (StatusCode.INVALID_ARGUMENT, "no sense")
    assert ask(echo.many, "a!")[1] == (StatusCode.NOT_FOUND, "no such thing")
    assert echo.ended
