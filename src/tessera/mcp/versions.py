"""Revisions of the Model Context Protocol that are spoken, and what a request of the newest one has to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.mcp.header_values import decoded
from tessera.mcp.messages import HEADER_MISMATCH, INVALID_PARAMS, UNSUPPORTED_VERSION, Call, Fault

HANDSHAKE: Final = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07")  # begin with `initialize`
STATELESS: Final = "2026-07-28"  # every request says its revision itself
SPOKEN: Final = (STATELESS, *HANDSHAKE[:3])

VERSION_HEADER: Final = "mcp-protocol-version"
METHOD_HEADER: Final = "mcp-method"
NAME_HEADER: Final = "mcp-name"
_META: Final = "io.modelcontextprotocol/"
_VERSION: Final = f"{_META}protocolVersion"
_CAPABILITIES: Final = f"{_META}clientCapabilities"
SERVER_INFO: Final = f"{_META}serverInfo"
_NAMED: Final = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}

Headers = Mapping[str, str]  # the first value of each, names in lower case


def agreed(asked: object) -> str:
    """Return the revision that is spoken after a handshake that asked for one."""
    return asked if isinstance(asked, str) and asked in HANDSHAKE else HANDSHAKE[0]


def names_revision(call: Call) -> bool:
    """Tell whether a request says its revision itself, as those of the newest one do."""
    meta = call.params.get("_meta")
    return isinstance(meta, Mapping) and _VERSION in meta


def stateless_fault(call: Call, headers: Headers) -> Fault | None:
    """Return what is wrong with a request of the newest revision; its headers have to repeat what its body says."""
    meta = call.params.get("_meta")
    meta = meta if isinstance(meta, Mapping) else {}
    if missing := [key for key in (_VERSION, _CAPABILITIES) if key not in meta]:
        return Fault(INVALID_PARAMS, f"Invalid params: _meta has no {', '.join(missing)}")
    return _differing(call, meta, headers) or _unknown(meta[_VERSION])


def _differing(call: Call, meta: Mapping[str, Any], headers: Headers) -> Fault | None:
    if headers.get(VERSION_HEADER) != meta[_VERSION]:
        return Fault(HEADER_MISMATCH, f"Bad Request: {VERSION_HEADER} is not what the body says")
    if headers.get(METHOD_HEADER) != call.method:
        return Fault(HEADER_MISMATCH, f"Bad Request: {METHOD_HEADER} is not what the body says")
    key = _NAMED.get(call.method)
    named = call.params.get(key) if key else None
    if named is not None and decoded(headers.get(NAME_HEADER)) != named:
        return Fault(HEADER_MISMATCH, f"Bad Request: {NAME_HEADER} is not what the body says")
    return None


def _unknown(version: object) -> Fault | None:
    if version == STATELESS:
        return None
    data = {"supported": list(SPOKEN), "requested": version}
    return Fault(UNSUPPORTED_VERSION, f"Unsupported protocol version: {version}", data)


def unsupported_text(version: str) -> str:
    """Return what is said to a header with an unknown revision (mcp_server.handshake)."""
    return f"Bad Request: Unsupported protocol version: {version} (supported versions: {', '.join(HANDSHAKE)})"
