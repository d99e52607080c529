"""The gate before every request: where it comes from, who sends it, how much and how large.

A page of another site must not reach a server on loopback through a person's browser: its
``Origin`` is not the server's, and a name that was bent to 127.0.0.1 is not in ``hosts``.
"""

import asyncio
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fujia.logs import log_defect
from fujia.serve.limits import Allowance, Limits
from fujia.serve.tokens import Role, Tokens, may

COOKIE = "fujia_token"
VISITOR = "fujia.visitor"
"""Where the scope of a request holds its visitor."""

_API = "/v1/"
_OPEN_PATHS = ("/v1/health", "/v1/version")
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Guard:
    """What the gate asks for. Without tokens everybody who reaches the server may do everything."""

    tokens: Tokens | None = None
    hosts: frozenset[str] | None = None
    """The names by which the server may be called, without port; None for any."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request."""

    name: str
    role: Role
    allowance: Allowance

    def may_go_on(self) -> bool:
        """Take one request of the visitor's allowance; False if nothing is left of it."""
        return self.allowance.take(self.name)


class _Problem(Exception):
    """Why a request does not pass, as its answer says it."""

    def __init__(self, status: int, error: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Gate:
    """The ASGI middleware; leaves the ``Visitor`` in the scope."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard
        self._allowance = Allowance(guard.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer what is wrong with it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._pass(scope, headers, receive, watched)
        except _Problem as problem:
            await _refuse(problem, scope, receive, send)
        except Exception as error:  # the last line of defence
            log_defect(error)
            if not begun:
                problem = _Problem(500, "Defect", "something went wrong inside; see the log")
                await _refuse(problem, scope, receive, send)

    async def _pass(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        self._check_origin(scope, headers)
        scope[VISITOR] = visitor = self._visitor(scope, headers)
        if not visitor.may_go_on():
            raise _too_many()
        if scope["type"] == "http" and scope["path"].startswith(_API):
            receive = await self._whole(headers, receive)
        elif (secret := self._asked_in(scope)) is not None:
            await _settle_in(scope, secret)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        hosts = self._guard.hosts
        if hosts is not None and _name(host) not in hosts:
            raise _Problem(403, "WrongHost", "this server is not called by that name")
        origin = headers.get("origin")
        is_unsafe = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if origin is not None and is_unsafe and urlsplit(origin).netloc != host:
            raise _Problem(403, "WrongOrigin", "pages of other sites may not talk to this server")

    def _visitor(self, scope: Scope, headers: Headers) -> Visitor:
        address = str((scope.get("client") or ("local",))[0])
        tokens, path = self._guard.tokens, str(scope["path"])
        if tokens is None:
            return Visitor(address, "workshop", self._allowance)
        secret = _bearer(headers) or _cookie(headers) or self._asked_in(scope)
        token = tokens.find(secret) if secret else None
        if token is None:
            if path in _OPEN_PATHS:
                return Visitor(address, "reader", self._allowance)
            if not self._allowance.take(address):  # guessing has its limit too
                raise _too_many()
            how = "send a token: 'Authorization: Bearer ...'; 'fujia serve token' makes one"
            raise _Problem(401, "Unauthorised", how, WWW_Authenticate="Bearer")
        if not path.startswith(_API) and not may(token.role, "workshop"):
            raise _Problem(403, "Forbidden", "the cockpit needs the role workshop")
        return Visitor(f"token {token.name}", token.role, self._allowance)

    def _asked_in(self, scope: Scope) -> str | None:
        """The token in the address of a page, for a browser's first visit."""
        is_page = scope["type"] == "http" and scope["method"] == "GET"
        if self._guard.tokens is None or not is_page or scope["path"].startswith(_API):
            return None
        return (_query(scope).get("token") or [None])[0]

    async def _whole(self, headers: Headers, receive: Receive) -> Receive:
        """Take in a request's body, as long as it may be; returns what gives it on."""
        limit = self._guard.limits.body_bytes
        too_large = _Problem(413, "TooLarge", f"a request may have {limit} bytes")
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared) > limit:
            raise too_large
        body, more = b"", True
        try:
            async with asyncio.timeout(self._guard.limits.body_s):
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise _Problem(400, "Gone", "the request ended before its body did")
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > limit:
                        raise too_large
        except TimeoutError:
            raise _Problem(408, "TooSlow", "the body of the request took too long") from None
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def give() -> Message:
            return next(given, None) or await receive()

        return give


def _settle_in(scope: Scope, secret: str) -> RedirectResponse:
    """Put the token of a page's address into a cookie, and take it out of the address."""
    rest = {name: values for name, values in _query(scope).items() if name != "token"}
    query = urlencode(rest, doseq=True)
    # One slash at the front: two would name another server.
    target = "/" + str(scope["path"]).lstrip("/\\") + (f"?{query}" if query else "")
    response = RedirectResponse(target, status_code=303)
    is_secure = scope["scheme"] == "https"
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=is_secure)
    return response


async def _refuse(problem: _Problem, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": problem.message})
        return
    content: dict[str, Any] = {"error": problem.error, "message": problem.message}
    await JSONResponse(content, problem.status, problem.headers)(scope, receive, send)


def _too_many() -> _Problem:
    return _Problem(429, "TooMany", "too many requests; slow down", Retry_After="1")


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1"))


def _name(host: str) -> str:
    """A host without its port: ``[::1]:8321`` is ``::1``."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _bearer(headers: Headers) -> str | None:
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _cookie(headers: Headers) -> str | None:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None
