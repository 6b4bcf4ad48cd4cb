"""Checking the body of a write against its content type; what only the database knows is returned as questions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tessera.errors import ABSENT, Violation
from tessera.schema.attributes import ROOT, Mode
from tessera.schema.attributes.base import not_castable
from tessera.schema.attributes.flaws import flaw_of
from tessera.schema.content_keys import RefusedKey, refused_key
from tessera.schema.content_ledger import Ledger, Terms
from tessera.schema.content_parts import read_fields
from tessera.schema.content_relations import (
    Link,
    Position,
    RelationChange,
    Spot,
    Target,
    missing_relations,
)
from tessera.schema.content_sent import as_sent
from tessera.schema.content_shape import (
    DEFAULT_LIMITS,
    Content,
    Fields,
    FileCheck,
    Limits,
    Part,
    Refusal,
    UniqueCheck,
    in_order,
)
from tessera.schema.model import JSON, ContentType, Schema

__all__ = [
    "DEFAULT_LIMITS",
    "Content",
    "Fields",
    "FileCheck",
    "Limits",
    "Link",
    "Part",
    "Position",
    "Refusal",
    "RefusedKey",
    "RelationChange",
    "Spot",
    "Target",
    "UniqueCheck",
    "as_sent",
    "check_content",
    "draft_to_publish",
    "in_order",
    "missing_relations",
    "refused_key",
]

_NOTHING: Final[Mapping[str, JSON]] = MappingProxyType({})


def check_content(
    schema: Schema,
    content_type: ContentType,
    data: JSON,
    *,
    mode: Mode,
    creating: bool,
    forgiving: bool = False,
    stamp: Mapping[str, JSON] = _NOTHING,
    limits: Limits = DEFAULT_LIMITS,
) -> Content | Refusal:
    """
    Return what a body writes, or why it cannot.

    A type without drafts is checked as for a publication. Keys that are not known or may not be written are
    ignored; `refused_key` finds them. `forgiving` takes blocks that are no list for null, as the content manager
    does. `stamp` is what the server adds to the body, which errors about the whole of it repeat.
    """
    if not isinstance(data, dict):
        flaw = flaw_of(data)
        return Refusal(violations=(Violation((), f"this {flaw}") if flaw else not_castable(ROOT, "object", data),))
    terms = Terms(schema=schema, mode=mode, creating=creating, forgiving=forgiving, limits=limits)
    return _read(content_type, data, terms, stamp)


def draft_to_publish(
    schema: Schema, content_type: ContentType, stored: Mapping[str, JSON], *, limits: Limits = DEFAULT_LIMITS
) -> Content | Refusal:
    """
    Return the content of a stored draft if it may be published, or why it may not.

    The draft is given as clients see it, with its components; what is absent counts as null, relations and media
    are not looked at, and a password is the hash that is kept.
    """
    terms = Terms(schema=schema, mode=Mode.PUBLISH, creating=True, stored=True, limits=limits)
    return _read(content_type, stored, terms, _NOTHING)


def _read(
    content_type: ContentType, data: Mapping[str, JSON], terms: Terms, stamp: Mapping[str, JSON]
) -> Content | Refusal:
    ledger = Ledger(terms)
    fields = read_fields(content_type, data, ROOT, ledger, fresh=terms.creating)
    if ledger.fault is not None:
        sent = {**as_sent(terms.schema, content_type, data, creating=terms.creating), **stamp}
        ledger.violations.append(Violation((), ledger.fault, ABSENT if ledger.is_flawed else sent))
    unique = tuple(ledger.unique)
    if not ledger.violations and not ledger.unreadable:
        return Content(uid=content_type.uid, fields=fields, unique=unique, files=tuple(ledger.files))
    return Refusal(
        violations=tuple(ledger.violations),
        unreadable=next(iter(ledger.unreadable), None),
        unique=unique,
        order=tuple(content_type.attributes),
    )
