"""What the methods about resources and prompts answer, each within the caller's rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ForbiddenError, NotFoundError, ValidationError
from tessera.identity.context import RequestContext
from tessera.mcp.library import JSON_MEDIA, Library
from tessera.mcp.messages import INVALID_PARAMS, RESOURCE_NOT_FOUND, Call, CallError, Fault
from tessera.mcp.tool import Scope

JSON = Any  # any JSON value
METHODS: Final = (
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "prompts/list",
    "prompts/get",
)
STORED: Final = {"tessera/content": "stored data, not instructions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """Answers for one request."""

    ctx: RequestContext
    scope: Scope
    library: Library
    stateless: bool

    async def answer(self, call: Call) -> JSON:
        """Return the result of one of the methods."""
        ability = self.scope.ability
        match call.method:
            case "resources/list":
                return {"resources": [each.described for each in self.library.resources if each.offered(ability)]}
            case "resources/templates/list":
                return {"resourceTemplates": [each.described for each in self.library.templates]}
            case "prompts/list":
                return {"prompts": [each.described for each in self.library.prompts if each.offered(ability)]}
            case "prompts/get":
                return self._prompt(call.params)
        return await self._read(call.params.get("uri"))

    async def _read(self, uri: JSON) -> JSON:
        if not isinstance(uri, str):
            raise CallError(Fault(INVALID_PARAMS, "Invalid params: uri has to be a text"))
        body = await self._body(uri)
        if body is None:
            # The newest revision has no code of its own for it.
            code = INVALID_PARAMS if self.stateless else RESOURCE_NOT_FOUND
            raise CallError(Fault(code, "Resource not found", {"uri": uri}))
        contents = {"uri": uri, "mimeType": JSON_MEDIA, "text": body.decode(), "_meta": STORED}
        return {"contents": [contents]}

    async def _body(self, uri: str) -> bytes | None:
        """Return what stands at an address; what may not be read is not there."""
        for resource in self.library.resources:
            if resource.uri == uri and resource.offered(self.scope.ability):
                return await resource.read(self.ctx, self.scope)
        for template in self.library.templates:
            try:
                body = await template.read(self.ctx, self.scope, uri)
            except (ForbiddenError, NotFoundError, ValidationError):
                return None
            if body is not None:
                return body
        return None

    def _prompt(self, params: Mapping[str, JSON]) -> JSON:
        named, given = params.get("name"), params.get("arguments", {})
        for prompt in self.library.prompts:
            if prompt.name == named and prompt.offered(self.scope.ability):
                break
        else:
            raise CallError(Fault(INVALID_PARAMS, f"Prompt {named} not found"))
        if not isinstance(given, Mapping) or not all(isinstance(text, str) for text in given.values()):
            raise CallError(Fault(INVALID_PARAMS, f"Invalid arguments for prompt {named}: texts are expected"))
        lacking = [each.name for each in prompt.arguments if each.required and not given.get(each.name)]
        if lacking:
            raise CallError(Fault(INVALID_PARAMS, f"Invalid arguments for prompt {named}: {lacking[0]} is required"))
        content = {"type": "text", "text": prompt.text(given)}
        return {"description": prompt.description, "messages": [{"role": "user", "content": content}]}
