"""The MCP endpoint: the rules of its transport, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tessera.engine.locales import locales
from tessera.errors import RateLimitError, TesseraError, UnauthorizedError, UnsupportedMediaTypeError
from tessera.identity.context import Client, Project, RequestContext
from tessera.identity.principal import TokenBearer
from tessera.mcp.callers import Callers
from tessera.mcp.catalogue import Tools
from tessera.mcp.lending import Lending
from tessera.mcp.library import Library
from tessera.mcp.messages import (
    HEADER_MISMATCH,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    SERVER_ERROR,
    UNSUPPORTED_VERSION,
    Call,
    CallError,
    Fault,
    Message,
    fault_text,
    read_messages,
    result_text,
)
from tessera.mcp.methods import NAME, Methods
from tessera.mcp.tool import Scope
from tessera.mcp.versions import HANDSHAKE, STATELESS, VERSION_HEADER, names_revision, stateless_fault, unsupported_text
from tessera.web.answers import refusal, status_of
from tessera.web.rate_limit import RateLimiter
from tessera.web.request import Request
from tessera.web.response import TEXT_MEDIA, Response

MEDIA: Final = b"application/json"
PATH: Final = "/mcp"
METADATA: Final = f"/.well-known/oauth-protected-resource{PATH}"
BATCH: Final = 50  # messages in one request (F62)
_MINUTE: Final = 60_000  # milliseconds
_ACCEPTED: Final = ("application/json", "text/event-stream")
_STATUSES: Final = {
    METHOD_NOT_FOUND: 404,
    INVALID_PARAMS: 400,
    INVALID_REQUEST: 400,
    HEADER_MISMATCH: 400,
    UNSUPPORTED_VERSION: 400,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Answers requests to one address, for the tools of one project."""

    project: Project
    tools: Tools
    version: str
    library: Library = field(default_factory=Library)
    limiter: RateLimiter = field(default_factory=RateLimiter)

    async def post(self, request: Request, ctx: RequestContext) -> Response:
        """Answer the messages of a request."""
        bearer = ctx.principal
        if not isinstance(bearer, TokenBearer):
            raise UnauthorizedError
        if not self._callers.admits(request.header("host"), request.header("origin")):
            return _FOREIGN
        if problem := _transport_problem(request):
            return problem
        value = request.json()
        messages = read_messages(value)
        if messages is None:
            return _fault(400, Fault(PARSE_ERROR, "Parse error: Invalid JSON-RPC message"))
        if len(messages) > BATCH:
            return _fault(400, Fault(INVALID_REQUEST, f"Batch too large: at most {BATCH} messages are taken"))
        self._count(bearer, messages, ctx.now)
        return await self._answered(request, ctx, messages, in_batch=isinstance(value, list))

    async def wrong_method(self, _: Request, __: RequestContext) -> Response:
        """Refuse other methods: there are no sessions to follow or to end."""
        return _fault(405, Fault(METHOD_NOT_FOUND, "Method not allowed")).with_header("allow", "POST")

    def refused(self, request: Request, client: Client, error: TesseraError) -> Response:
        """Return a refusal as clients of the protocol expect it."""
        if not self._callers.admits(request.header("host"), request.header("origin")):
            return _FOREIGN
        if isinstance(error, UnauthorizedError):
            told = f'Bearer resource_metadata="{self.address(request, client)}{METADATA}"'
            return _fault(401, Fault(SERVER_ERROR, "Authentication required")).with_header("www-authenticate", told)
        if isinstance(error, UnsupportedMediaTypeError):
            return _WRONG_MEDIA
        if isinstance(error, RateLimitError):
            fault = _fault(status_of(error), Fault(SERVER_ERROR, error.message))
            return fault.with_header("retry-after", str(error.retry_after))
        return refusal(error)

    def address(self, request: Request, client: Client) -> str:
        """Return the address of the server as the client sees it."""
        own = self.project.settings.server.url
        return own or f"{'https' if client.secure else 'http'}://{request.header('host') or ''}"

    @property
    def _callers(self) -> Callers:
        server = self.project.settings.server
        return Callers(url=server.url, hosts=server.mcp.hosts, origins=server.mcp.origins)

    def _count(self, bearer: TokenBearer, messages: list[Message], now: int) -> None:
        """Count every call of a batch: many small requests and a few large ones cost the same."""
        most = self.project.settings.server.mcp.calls_per_minute
        for message in messages if most else ():
            if isinstance(message, Call):
                self.limiter.count((PATH, str(bearer.token_id)), most, now, _MINUTE)

    async def _answered(
        self, request: Request, ctx: RequestContext, messages: list[Message], *, in_batch: bool
    ) -> Response:
        calls = [message for message in messages if isinstance(message, Call)]
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(request.headers)}
        asked = headers.get(VERSION_HEADER)
        stateless = asked == STATELESS or any(names_revision(call) for call in calls)
        if stateless and (in_batch or not calls):
            return _fault(400, Fault(INVALID_REQUEST, "Invalid Request: a single request is expected"))
        if stateless and (fault := stateless_fault(calls[0], headers)):
            return _fault(400, fault, calls[0].id)
        if not stateless and asked is not None and asked not in HANDSHAKE:
            return _fault(400, Fault(SERVER_ERROR, unsupported_text(asked)))
        if not calls:
            return Response(202, b"", TEXT_MEDIA)
        methods = await self._methods(ctx, stateless=stateless)
        return await self._batch(ctx, methods, calls) if in_batch else await self._single(methods, calls[0])

    async def _methods(self, ctx: RequestContext, *, stateless: bool) -> Methods:
        known = await locales(ctx.session)
        scope = Scope(
            schema=ctx.project.schema,
            ability=ctx.admin.ability,
            locales=known,
            catalogue=ctx.project.settings.server.mcp.catalogue,
        )
        server = {"name": NAME, "version": self.version}
        lends = stateless or ctx.project.settings.server.mcp.resources
        lending = Lending(ctx=ctx, scope=scope, library=self.library, stateless=stateless)
        return Methods(
            ctx=ctx,
            tools=self.tools,
            offer=self.tools.offer(scope),
            server=server,
            confirms=ctx.project.settings.server.mcp.confirm_destructive,
            stateless=stateless,
            lending=lending if lends else None,
        )

    async def _single(self, methods: Methods, call: Call) -> Response:
        try:
            return Response(200, result_text(call, await methods.answer(call)), MEDIA)
        except CallError as error:
            status = _STATUSES.get(error.fault.code, 200) if methods.stateless else 200
            return _fault(status, error.fault, call.id)

    async def _batch(self, ctx: RequestContext, methods: Methods, calls: list[Call]) -> Response:
        """Answer one call after the other; those that do not begin in time are told so."""
        ends = ctx.now + self.project.settings.server.mcp.request_seconds * 1000
        answers: list[bytes] = []
        for call in calls:
            if ctx.now > ends:
                answers.append(fault_text(Fault(INTERNAL_ERROR, "The time for this batch is over"), call.id))
                continue
            try:
                answers.append(result_text(call, await methods.answer(call)))
            except CallError as error:
                answers.append(fault_text(error.fault, call.id))
        return Response(200, b"[" + b",".join(answers) + b"]", MEDIA)


def _transport_problem(request: Request) -> Response | None:
    accepted = request.header("accept") or ""
    if any(media not in accepted for media in _ACCEPTED):
        message = f"Not Acceptable: Client must accept both {' and '.join(_ACCEPTED)}"
        return _fault(406, Fault(SERVER_ERROR, message))
    return None if request.media.encode() == MEDIA else _WRONG_MEDIA


def _fault(status: int, fault: Fault, number: Any = None) -> Response:  # noqa: ANN401 - the id of any call
    return Response(status, fault_text(fault, number), MEDIA)


_WRONG_MEDIA: Final = _fault(415, Fault(SERVER_ERROR, "Unsupported Media Type: Content-Type must be application/json"))
_FOREIGN: Final = _fault(
    403, Fault(SERVER_ERROR, "Forbidden: the request comes by a name or from a page that is not known")
)
