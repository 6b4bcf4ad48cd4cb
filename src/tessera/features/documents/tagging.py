"""Versions of documents in headers: the tag of the one that is answered, and those that a client expects."""

from __future__ import annotations

import re
from typing import Final

import orjson

from tessera.features.documents.expecting import WHATEVER, Expected, tag_of
from tessera.web.request import Request
from tessera.web.response import Response, raw

_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"|(\*)')


def expected_in(request: Request) -> Expected:
    """Return what `If-Match` expects; a header without any tag expects what is never there."""
    header = request.header("if-match")
    if header is None:
        return WHATEVER
    return Expected(frozenset(found[1] or found[2] or "" for found in _TAG.finditer(header)))


def tagged(body: bytes, status: int = 200) -> Response:
    """Return an answer about one version, with its tag."""
    shown = orjson.loads(body)["data"]
    if "id" not in shown or "updatedAt" not in shown:
        return raw(body, status)
    return raw(body, status).with_header("etag", f'"{tag_of(shown["id"], shown["updatedAt"])}"')
