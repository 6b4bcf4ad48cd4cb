"""Messages of JSON-RPC: reading those that come in and writing those that go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson

JSON = Any  # any JSON value

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
SERVER_ERROR: Final = -32000
RESOURCE_NOT_FOUND: Final = -32002  # in revisions before the newest one
HEADER_MISMATCH: Final = -32020
UNSUPPORTED_VERSION: Final = -32022


@dataclass(frozen=True, slots=True)
class Call:
    """A request: somebody waits for its answer."""

    id: str | int
    method: str
    params: dict[str, JSON]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification, or an answer to something that was never asked: nobody waits."""


Message = Call | Notice


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a message cannot be answered as it asks."""

    code: int
    message: str
    data: JSON = None


class CallError(Exception):
    """A call ends with a fault of the protocol instead of a result."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_messages(value: JSON) -> list[Message] | None:
    """Return the messages of a body, which may be a batch; None when one of them is no message."""
    found = [_read(item) for item in (value if isinstance(value, list) else [value])]
    messages = [message for message in found if message is not None]
    return messages if len(messages) == len(found) else None


def _read(item: JSON) -> Message | None:
    if not isinstance(item, dict) or item.get("jsonrpc") != "2.0":
        return None
    method, params = item.get("method"), item.get("params", {})
    if "method" not in item:
        return Notice() if "id" in item and ("result" in item or "error" in item) else None
    if not isinstance(method, str) or not isinstance(params, dict):
        return None
    if "id" not in item:
        return Notice()
    number = item["id"]
    return Call(number, method, params) if isinstance(number, str | int) and not isinstance(number, bool) else None


def result_text(call: Call, result: JSON) -> bytes:
    """Return the answer to a call that worked; parts of the result may be finished JSON."""
    return orjson.dumps({"jsonrpc": "2.0", "id": call.id, "result": result})


def fault_text(fault: Fault, number: str | int | None = None) -> bytes:
    """Return the answer to a call that failed, or to a body that is none."""
    error: dict[str, JSON] = {"code": fault.code, "message": fault.message}
    if fault.data is not None:
        error["data"] = fault.data
    return orjson.dumps({"jsonrpc": "2.0", "error": error, "id": number})
