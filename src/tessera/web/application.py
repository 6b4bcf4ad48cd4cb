"""The ASGI application: from a request to its answer, with one unit of work in between."""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from tessera.engine.drivers.driver import Driver
from tessera.engine.drivers.pace import Pace, Paces
from tessera.engine.session import Session
from tessera.errors import BadRequestError, NotFoundError, TesseraError
from tessera.identity.announcing import announce_later
from tessera.identity.context import Client, Origin, Project, Publish, RequestContext
from tessera.identity.credentials import Credentials
from tessera.identity.host import Host, NoHost
from tessera.settings import Cors, Limits, Settings
from tessera.web.answers import INTERNAL, refusal
from tessera.web.clients import client_of
from tessera.web.cors import allowing, preflight
from tessera.web.gate import Gate
from tessera.web.guards import NOBODY, Admission, Resolve, admit, check_routes, credentials_of
from tessera.web.headers import headers_of
from tessera.web.misses import PANEL, answer_miss, navigates
from tessera.web.panel import Panel, installed_panel
from tessera.web.rate_limit import limiter_of
from tessera.web.reading import WITH_BODY, Disconnected, Receive, path_of, read_body
from tessera.web.request import Request
from tessera.web.response import FilePart, Response
from tessera.web.router import Match, Router
from tessera.web.routing import Audience, Route, Surroundings

Scope = MutableMapping[str, Any]  # what an ASGI server says about a request
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_VALUES: Final = re.compile(rb"=[^&]*")  # of a query string
_PIECE: Final = 256 * 1024  # bytes of a file that are sent at a time

_ORIGINS: Final = {Audience.ADMIN: Origin.ADMIN, Audience.CONTENT: Origin.CONTENT}

log: Final = logging.getLogger("tessera.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the composition root puts together for the application."""

    driver: Driver
    project: Project
    resolve: Mapping[Audience, Resolve]
    publish: Publish
    host: Host = field(default_factory=NoHost)
    panel: Panel = field(default_factory=installed_panel)
    workers: tuple[Callable[[], Awaitable[None]], ...] = ()  # run beside the requests until the server stops
    on_stop: Callable[[], None] | None = None


@dataclass(slots=True)
class _Exchange:
    """One request on its way to its answer."""

    request: Request
    known: Mapping[bytes, bytes]  # the headers; of one that is sent twice the last counts
    client: Client
    after: list[Callable[[], Any]] = field(default_factory=list)
    context: RequestContext | None = None  # known once somebody is let in
    audience: Audience | None = None  # known once a route is found
    route: Route | None = None
    router: Router | None = None  # the one that found it


class Application:
    """Answers requests as an ASGI server hands them on."""

    def __init__(self, router: Router, setup: Setup) -> None:
        self.router = router
        self.setup = setup
        self._gate: Final = Gate()
        self._paces: Final = Paces()
        self.limiter: Final = limiter_of(setup.project.settings)
        self._limits: Final = limits_of(setup.project.settings)
        self._proxy: Final = setup.project.settings.server.proxy
        self._cors: Final = setup.project.settings.middlewares.cors

    def become(self, other: Application) -> None:
        """Serve what another application would from the next request on; only a request that is alone may ask."""
        self.router, self.setup = other.router, other.setup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of an ASGI server."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        workers = [asyncio.ensure_future(worker()) for worker in self.setup.workers]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self.setup.on_stop is not None:
            self.setup.on_stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = self._exchange(scope)
        started = time.perf_counter()
        try:
            answer = await self._answered(exchange, scope, receive)
        except Disconnected:
            return
        finally:
            for _, upload in exchange.request.files:
                upload.content.close()
        if self.setup.project.develop:
            answer = answer.with_header("server-timing", f"total;dur={(time.perf_counter() - started) * 1000:.1f}")
        await _send(send, answer, exchange, self._cors)
        for callback in exchange.after:
            await _follow_up(callback)
        if exchange.context is not None and exchange.context.later:
            await _follow_up(partial(self.setup.driver.run, partial(announce_later, exchange.context)))

    def _exchange(self, scope: Scope) -> _Exchange:
        headers = scope["headers"]
        known = dict(headers)
        peer = scope["client"][0] if scope.get("client") else ""
        request = Request(
            method=scope["method"],
            path=scope["path"],
            query_string=scope["query_string"],
            headers=headers,
            limits=self._limits,
        )
        return _Exchange(request, known, client_of(self._proxy, peer, scope["scheme"], known))

    async def _answered(self, exchange: _Exchange, scope: Scope, receive: Receive) -> Response:
        """Return the answer, also to what cannot be answered."""
        try:
            return await self._answer(exchange, scope, receive)
        except TesseraError as error:
            refused = exchange.route.refused if exchange.route else None
            return refusal(error) if refused is None else refused(exchange.request, exchange.client, error)
        except Disconnected:
            raise
        except Exception as error:  # noqa: BLE001 - the last resort: nothing of it may reach the client
            said = f": {error}" if self.setup.project.develop else ""
            report(f"{exchange.request.method} {exchange.request.path}", error, said)
            return INTERNAL

    async def _answer(self, exchange: _Exchange, scope: Scope, receive: Receive) -> Response:
        request = exchange.request
        raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
        if len(raw) + len(request.query_string) > self._limits.target:
            raise BadRequestError("The address is too long")
        path = path_of(raw)
        exchange.router = self.router
        match = self.router.find(request.method, path)
        if match is None:
            asked = preflight(self._cors, request.method, exchange.known)
            return asked or answer_miss(self.router, request.method, path, self.setup.panel, exchange.known)
        if path[:1] == [PANEL] and navigates(match.route, request.method, exchange.known):
            return self.setup.panel.show()
        exchange.audience, exchange.route = match.route.audience, match.route
        request.params = match.params
        return await self._routed(exchange, match, path, receive)

    async def _routed(self, exchange: _Exchange, match: Match, path: list[str], receive: Receive) -> Response:
        request, route, admission = exchange.request, match.route, NOBODY
        credentials = credentials_of(request.headers)
        if request.method in WITH_BODY:
            if route.files or route.prepare is not None:
                # A large body is read, and long work done, only for somebody who may ask for it.
                admission = await self.setup.driver.run(lambda session: self._admitted(session, match, credentials))
            await read_body(request, route, receive, self._limits)
        if route.limit is not None:
            self._count(exchange, route)
        async with self._prepared(request, route, admission):
            alone = route.alone and self.setup.project.develop
            await self._gate.enter(alone=alone)
            try:
                current = self._current(exchange, match, path)
                return await self.setup.driver.run(
                    lambda session: self._work(session, exchange, current, credentials), self._pace(request, route)
                )
            finally:
                self._gate.leave(alone=alone)

    def _pace(self, request: Request, route: Route) -> Pace | None:
        """Return what is known of reading like this: on the same route, and with the same parameters."""
        if request.method in WITH_BODY or request.method == "DELETE" or route.prepare is not None:
            return None
        return self._paces.of((route.path, _VALUES.sub(b"", request.query_string)))

    def _prepared(self, request: Request, route: Route, admission: Admission) -> AbstractAsyncContextManager[None]:
        if route.prepare is None:
            return nullcontext()
        setup = self.setup
        return route.prepare(
            request, Surroundings(principal=admission.principal, project=setup.project, driver=setup.driver)
        )

    def _current(self, exchange: _Exchange, match: Match, path: list[str]) -> Match:
        """Return the route, found again when what is served has changed since the request began to come in."""
        if exchange.router is self.router:
            return match
        found = self.router.find(exchange.request.method, path)
        if found is None or found.route.alone is not match.route.alone:
            raise NotFoundError
        exchange.request.params = found.params
        return found

    def _count(self, exchange: _Exchange, route: Route) -> None:
        field_name = route.limit.by if route.limit else None
        body = exchange.request.json() if field_name else None
        value = body.get(field_name) if isinstance(body, dict) else None
        self.limiter.admit(route, exchange.client.address, value, self.setup.project.clock.now())

    def _admitted(self, session: Session, match: Match, credentials: Credentials) -> Awaitable[Admission]:
        return admit(match, credentials, session, self.setup.project, self.setup.resolve)

    async def _work(self, session: Session, exchange: _Exchange, match: Match, credentials: Credentials) -> Response:
        """Do everything that needs the database, in one session; it may be begun twice."""
        setup = self.setup
        exchange.after.clear()
        admission = await admit(match, credentials, session, setup.project, setup.resolve)
        context = RequestContext(
            principal=admission.principal,
            session=session,
            project=setup.project,
            publish=setup.publish,
            client=exchange.client,
            origin=match.route.origin or _ORIGINS[match.route.audience],
            host=setup.host,
            after=exchange.after,
        )
        exchange.context = context
        if admission.touch is not None:
            exchange.after.append(partial(setup.driver.run, admission.touch))
        return await match.route.handler(exchange.request, context)


def build(routes: Iterable[Route], setup: Setup, aliases: Mapping[str, str] | None = None) -> Application:
    """Return the application for these routes; what a route asks for has to exist (F66)."""
    kept = [route for route in routes if setup.project.develop or not route.develop_only]
    check_routes(kept, setup.project)
    return Application(Router(kept, aliases), setup)


def limits_of(settings: Settings) -> Limits:
    """Return the bounds of requests; a size that the file of middlewares names is the more exact one."""
    limits, size = settings.server.limits, settings.middlewares.json_limit
    return limits if size is None else replace(limits, body=size)


async def _send(send: Send, answer: Response, exchange: _Exchange, cors: Cors) -> None:
    headers = headers_of(answer, exchange.audience, secure=exchange.client.secure)
    headers += allowing(cors, exchange.known)
    without_body = exchange.request.method == "HEAD"
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.part is not None and not without_body:
            await _send_part(send, answer.part)
        else:
            await send({"type": "http.response.body", "body": b"" if without_body else answer.body})
    finally:
        if answer.part is not None:
            answer.part.file.close()


async def _send_part(send: Send, part: FilePart) -> None:
    """Send a part of a file, of which only one piece at a time is in memory."""
    await asyncio.to_thread(part.file.seek, part.start)
    left = part.size
    while left:
        piece = await asyncio.to_thread(part.file.read, min(left, _PIECE))
        if not piece:
            raise OSError("the file has become shorter than what was promised")
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
    if not part.size:
        await send({"type": "http.response.body", "body": b""})


async def _follow_up(callback: Callable[[], Any]) -> None:
    try:
        result = callback()
        if inspect.isawaitable(result):
            await result
    except Exception as error:  # noqa: BLE001 - the answer is sent, and the next follow-up has its own right
        report("A follow-up", error)


def report(what: str, error: Exception, said: str = "") -> None:
    """Log that something failed and where, without any value: messages of errors may quote what was sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s failed with %s%s\n%s", what, type(error).__name__, said, where)
