"""Answers put together of two that were read at different times."""

from __future__ import annotations

from typing import Any

import orjson

_LOCALIZATIONS = "localizations"


def with_localizations(answer: bytes, other: bytes) -> bytes:
    """Return an answer with the `localizations` of another one."""
    shown: dict[str, Any] = orjson.loads(answer)
    data, before = shown["data"], orjson.loads(other)["data"]
    if _LOCALIZATIONS in before:
        data[_LOCALIZATIONS] = before[_LOCALIZATIONS]
    return orjson.dumps(shown)


def without_publication(answer: bytes, locale: str | None) -> bytes:
    """Return an answer, read before a publication was taken away, whose `localizations` know that it is gone."""
    shown: dict[str, Any] = orjson.loads(answer)
    for version in shown["data"].get(_LOCALIZATIONS) or ():
        if version.get("locale") == locale and "status" in version:
            version["status"] = "draft"
    return orjson.dumps(shown)
