"""What the calls of both protocols have in common: who is calling, and how errors are told."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from functools import wraps
from typing import Any, TypeVar

from grpc import StatusCode
from grpc.aio import ServicerContext

from fujia.errors import FujiaError
from fujia.serve.kuksa.broker import Broker
from fujia.serve.kuksa.status import Refusal, refusal_of
from fujia.serve.kuksa.tokens import EVERYTHING, Permissions, Tokens

Context = ServicerContext[Any, Any]
Service = TypeVar("Service", bound="Desk")
Request = TypeVar("Request")
Response = TypeVar("Response")


class Desk:
    """Where calls come in: the broker behind it, and how to know who is calling."""

    def __init__(self, broker: Broker, tokens: Tokens | None = None) -> None:
        self.broker = broker
        self._tokens = tokens

    def permissions(self, context: Context) -> Permissions:
        """What the caller may do; raises Refusal."""
        if self._tokens is None:
            return EVERYTHING
        metadata = dict(context.invocation_metadata() or ())
        header = metadata.get("authorization")
        return self._tokens.permissions(header if isinstance(header, str) else None)


def answering(
    handle: Callable[[Service, Request, Permissions], Awaitable[Response]],
) -> Callable[[Service, Request, Context], Awaitable[Response]]:
    """A call with one answer: look who is calling, and tell errors as a status."""

    @wraps(handle)
    async def call(self: Service, request: Request, context: Context) -> Response:
        try:
            return await handle(self, request, self.permissions(context))
        except (Refusal, FujiaError) as error:
            refusal = refusal_of(error)
            return await context.abort(refusal.code, str(refusal))

    return call


def streaming(
    handle: Callable[[Service, Request, Permissions], AsyncGenerator[Response]],
) -> Callable[[Service, Request, Context], AsyncIterator[Response]]:
    """A call with a stream of answers: the same, and it ends when the token expires."""

    @wraps(handle)
    async def call(self: Service, request: Request, context: Context) -> AsyncIterator[Response]:
        try:
            permissions = self.permissions(context)
            async with aclosing(handle(self, request, permissions)) as responses:
                async for response in responses:
                    permissions.check_time()
                    yield response
        except (Refusal, FujiaError) as error:
            refusal = refusal_of(error)
            await context.abort(refusal.code, str(refusal))

    return call


def invalid(message: str) -> Refusal:
    """The refusal of a request that makes no sense."""
    return Refusal(StatusCode.INVALID_ARGUMENT, message)
