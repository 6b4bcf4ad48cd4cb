"""The bounds of what one client may send and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What `config/server.toml` may change under `limits`; sizes are in bytes, times in seconds."""

    body: int = _MEBIBYTE
    upload: int = 200 * _MEBIBYTE  # a whole multipart form, on routes that take files
    files: int = 100  # in one form
    json_depth: int = 100
    parameters: int = 1000  # of a query string or a form
    target: int = 16 * 1024  # the path with its query string
    head: int = 64 * 1024  # the request line and all headers
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    upload_seconds: float = 600.0
    idle_seconds: float = 65.0  # between two requests of one connection
    write_seconds: float = 60.0  # for a client that does not take its answer
    connections: int = 2048
    grace_seconds: float = 10.0  # for open requests when the server stops
