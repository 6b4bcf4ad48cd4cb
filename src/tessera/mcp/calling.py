"""One call of a tool: whether it may be made, what it answers, and what is recorded of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from tessera.engine.joined import Joined
from tessera.errors import ForbiddenError, NotFoundError, PolicyError, TesseraError
from tessera.events import Outcome, ToolCalled
from tessera.identity.context import RequestContext
from tessera.identity.principal import TokenBearer
from tessera.mcp.catalogue import Offer, Tools
from tessera.mcp.confirming import CONFIRM, DRY_RUN, code_for, is_confirmed
from tessera.mcp.messages import INVALID_PARAMS, CallError, Fault
from tessera.mcp.rehearsal import rehearsed, with_difference
from tessera.mcp.shapes import written
from tessera.mcp.tool import Arguments, ArgumentsRefused, Effect, PermissionMissing, Tool

JSON = Any  # any JSON value

_DEVELOPMENT_ONLY: Final = "log"  # a tool of the reference that production never offers
_EMPTY: Final = (b'{"results":[]', b'{"data":{}')
_STORED: Final = {"tessera/content": "stored data, not instructions"}
_LONGEST: Final = 100  # characters of a name that the caller has chosen


class ConfirmationNeeded(Exception):  # noqa: N818 - said to the agent, which calls again
    """A destructive call has not been confirmed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """Makes calls for one request."""

    ctx: RequestContext
    tools: Tools
    offer: Offer
    confirms: bool  # destructive calls have to be repeated with a code

    async def result(self, name: str, arguments: dict[str, JSON]) -> JSON:
        """Return the result of a call, and leave a record of it."""
        tool = self.offer.tools.get(name)
        if tool is None:
            self._record(name, self.tools.every.get(name), arguments, reason="NotOffered")
            return self._not_offered(name)
        try:
            body = await self._checked(tool, arguments)
        except _EXPECTED as error:
            self._record(name, tool, arguments, reason=_reason(error))
            return _refused(self._said(error, tool, arguments))
        self._record(name, tool, arguments, body=body)
        return _worked(body)

    async def _checked(self, tool: Tool, arguments: Arguments) -> bytes:
        if flaws := list(self.offer.shape(tool).flaws(arguments)):
            raise ArgumentsRefused(written(flaws))
        if tool.tries and arguments.get(DRY_RUN) is not False:
            return await tool.run(self.ctx, self.offer.scope, arguments)
        if tool.writes and arguments.get(DRY_RUN) is True:
            return await self._tried(tool, arguments)
        if self._is_in_two_steps(tool):
            return await self._confirmed(tool, arguments)
        return await tool.run(self.ctx, self.offer.scope, arguments)

    async def _confirmed(self, tool: Tool, arguments: Arguments) -> bytes:
        """Do what was confirmed, in the transaction in which the code is looked at: nothing changes in between."""
        async with self.ctx.session.transaction():
            code = await self._code(tool, arguments)
            if not is_confirmed(arguments, code):
                raise ConfirmationNeeded(code)
            joined = replace(self.ctx, session=Joined(self.ctx.session))
            return await tool.run(joined, self.offer.scope, arguments)

    async def _tried(self, tool: Tool, arguments: Arguments) -> bytes:
        scope, seen = self.offer.scope, tool.seen
        code = await self._code(tool, arguments) if self._is_in_two_steps(tool) else None

        async def tried(ctx: RequestContext) -> bytes:
            before = await seen(ctx, scope, arguments) if seen else None
            return with_difference(await tool.run(ctx, scope, arguments), before, code)

        return await rehearsed(self.ctx, tried)

    def _is_in_two_steps(self, tool: Tool) -> bool:
        return tool.many or (self.confirms and tool.effect is Effect.DESTROYS)

    async def _code(self, tool: Tool, arguments: Arguments) -> str:
        bearer = self.ctx.principal
        if not isinstance(bearer, TokenBearer):
            raise ForbiddenError
        bound_to = tool.state or tool.seen
        state = await bound_to(self.ctx, self.offer.scope, arguments) if bound_to else None
        key = self.ctx.project.settings.admin.api_token_salt.reveal()
        return code_for(key, bearer.token_id, tool.name, arguments, state)

    def _not_offered(self, name: str) -> JSON:
        """
        Tell that a tool cannot be used; what would offer it is told only to who knows its content type already.

        The reference calls what exists "disabled" (mcp_server.tools_follow_the_permissions).
        """
        tool = self.tools.every.get(name)
        if self.offer.scope.typed and tool is not None:
            subject = tool.subject({})
            if subject is not None and any(each.subject({}) == subject for each in self.offer.tools.values()):
                return _refused(f'Tool "{name}" is not offered: {_needed(tool.actions, subject)}')
            raise CallError(Fault(INVALID_PARAMS, f"Tool {name} not found"))
        there = tool is not None or name == _DEVELOPMENT_ONLY
        raise CallError(Fault(INVALID_PARAMS, f"Tool {name} {'disabled' if there else 'not found'}"))

    def _record(
        self, name: str, tool: Tool | None, arguments: Arguments, *, body: bytes = b"", reason: str | None = None
    ) -> None:
        """Leave it for after the answer to record the call; what it changed is recorded with the change."""
        document, locale = arguments.get("documentId"), arguments.get("locale")
        if document is None and body and tool is not None and tool.writes and tool.subject(arguments):
            document = _made(body)
        self.ctx.later.append(
            ToolCalled(
                tool=name[:_LONGEST],
                outcome=Outcome.DONE if reason is None else Outcome.REFUSED,
                subject=tool.subject(arguments) if tool is not None else None,
                document_id=_short(document),
                locale=_short(locale),
                dry_run=arguments.get(DRY_RUN, tool is not None and tool.tries) is True,
                reason=reason,
            )
        )

    def _said(self, error: Exception, tool: Tool, arguments: Arguments) -> str:
        match error:
            case ArgumentsRefused():
                return f"Input validation error: Invalid arguments for tool {tool.name}: {error}"
            case PermissionMissing(actions=actions, subject=subject):
                return f'Tool "{tool.name}" execution failed: Forbidden access: {_needed(actions, subject)}'
            case ConfirmationNeeded(code=code):
                return (
                    f'Tool "{tool.name}" needs a confirmation. Try it with {DRY_RUN}: true to see what it does, then'
                    f' call it again with {CONFIRM}: "{code}"; the code holds until the document changes.'
                )
            case ForbiddenError() | PolicyError() if self.offer.scope.typed and (about := tool.subject(arguments)):
                reach = f"what the key holds of {' or '.join(tool.actions)} on {about} does not reach this"
                return f'Tool "{tool.name}" execution failed: Forbidden access: {reach}'
        return f'Tool "{tool.name}" execution failed: {_told_of(error, tool)}'


_EXPECTED: Final = (ArgumentsRefused, ConfirmationNeeded, PermissionMissing, TesseraError)


def _reason(error: Exception) -> str:
    return error.name if isinstance(error, TesseraError) else type(error).__name__


def _needed(actions: tuple[str, ...], subject: str) -> str:
    return f"the key would need {' or '.join(actions)} on {subject}"


def _short(text: JSON) -> str | None:
    return text[:_LONGEST] if isinstance(text, str) else None


def _made(body: bytes) -> JSON:
    data = orjson.loads(body).get("data")
    return data.get("documentId") if isinstance(data, dict) else None


def _worked(body: bytes) -> JSON:
    result = {
        "content": [{"type": "text", "text": body.decode()}],
        "structuredContent": orjson.Fragment(body),
    }
    return result if body.startswith(_EMPTY) else result | {"_meta": _STORED}


def _refused(text: str) -> JSON:
    return {"content": [{"type": "text", "text": text}], "isError": True}


def _told_of(error: Exception, tool: Tool) -> str:
    """Return what an agent is told of an error; whether something is hidden or absent is not among it."""
    if isinstance(error, ForbiddenError | PolicyError):
        return "Forbidden access"
    if isinstance(error, NotFoundError):
        return f"{tool.noun} not found."
    if not isinstance(error, TesseraError):
        raise error
    errors = error.details.get("errors", ())
    if len(errors) < 2:  # noqa: PLR2004 - the message says how many there are, and then not which
        return error.message
    return f"{error.message}: {', '.join(_told(each) for each in errors)}"


def _told(violation: dict[str, JSON]) -> str:
    path = ".".join(violation["path"])
    return f"{path}: {violation['message']}" if path else str(violation["message"])
