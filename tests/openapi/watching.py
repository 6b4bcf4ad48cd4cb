"""
Every answer of a test is looked at: it has to be as the description of the server says.

With TESSERA_SEEN set to a file, answers are written there instead, for `python -m tests.openapi.generate`.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import orjson
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it has no types of its own

from tessera.web.application import Application
from tessera.web.openapi import described_answers
from tessera.web.reading import path_of
from tessera.web.routing import Audience, Route

JSON = Any  # any JSON value

SEEN: Final = os.environ.get("TESSERA_SEEN")
_LARGE: Final = 20_000  # bytes of an answer; larger ones are looked at a few times
_OFTEN: Final = 5
_looked_at: Final[Counter[str]] = Counter()


def watch(application: Application, method: str, path: str, answer: httpx.Response) -> None:
    """Look at an answer; those of routes that come from content types are described by these."""
    found = _route(application, method, path)
    if found is None or answer.status_code != found.status or not _is_json(answer):
        return
    name = f"{found.method} {found.path}"
    if SEEN:
        with Path(SEEN).open("ab") as file:
            file.write(orjson.dumps([name, answer.json()]) + b"\n")
        return
    _looked_at[name] += 1
    validator = _validator(name)
    if validator is not None and (len(answer.content) < _LARGE or _looked_at[name] <= _OFTEN):
        faults = [
            f"{'/'.join(map(str, fault.path))}: {fault.message[:300]}" for fault in validator.iter_errors(answer.json())
        ]
        assert [] == faults, f"{name} answers what is not described; see tests/openapi/generate.py"


def _route(application: Application, method: str, path: str) -> Route | None:
    try:
        match = application.router.find(method, path_of(path.partition("?")[0].encode()))
    except Exception:  # noqa: BLE001 - a path that is none has no route
        return None
    if match is None or (match.route.audience is Audience.CONTENT and match.route.answer is None):
        return None
    return match.route


def _is_json(answer: httpx.Response) -> bool:
    return bool(answer.content) and answer.headers.get("content-type", "").startswith("application/json")


@cache
def _validator(name: str) -> Draft202012Validator | None:
    schema = described_answers().get(name)
    return None if schema is None else Draft202012Validator(schema)
