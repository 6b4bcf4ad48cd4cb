"""The attributes of an end user that a body gives values to: checked, with passwords hashed, ready to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.engine.session import Session
from tessera.errors import ApplicationError, ValidationError, Violation
from tessera.features.end_users import repository
from tessera.features.end_users.finding import ROLE, USER
from tessera.identity.passwords import hash_of_start
from tessera.runtime import iso
from tessera.schema import naming
from tessera.schema.attributes import Mode
from tessera.schema.attributes.password import PlainPassword
from tessera.schema.content import Content, Refusal, as_sent, check_content, missing_relations
from tessera.schema.content_relations import RelationChange
from tessera.schema.model import ContentType, Scalar, Schema
from tessera.sql.statement import Value
from tessera.sql.uniqueness import Among, taken

JSON = Any  # any JSON value
_ROLE: Final = "role"
_PASSWORD: Final = "password"  # noqa: S105
_ROUNDS: Final = range(4, 13)  # what an attribute may ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a body makes of an account, still to be held against what is there."""

    content: Content | Refusal
    role: RelationChange | None  # None: the role stays
    sent: Mapping[str, JSON]  # as errors about the whole of it repeat the body
    document_id: str | None  # of the account that is changed


def drafted(schema: Schema, body: Mapping[str, JSON], *, document_id: str | None = None) -> Draft:
    """
    Return what a body asks for; hashing takes long on purpose, so that no transaction should be open.

    Keys that are not known are ignored, as are the tokens of the account and what else is private (F20).
    """
    model = schema.content_types[USER]
    kept = {name: value for name, value in body.items() if name == _ROLE or _is_writable(model, name)}
    content = check_content(schema, model, kept, mode=Mode.PUBLISH, creating=document_id is None)
    role = content.fields.relations.get(_ROLE) if isinstance(content, Content) else None
    return Draft(
        content=_hashed(content, model),
        role=role,
        sent=as_sent(schema, model, kept, creating=document_id is None),
        document_id=document_id,
    )


async def columns(session: Session, schema: Schema, draft: Draft) -> dict[str, Value]:
    """Return what a draft writes into the row; refuses it with everything that speaks against it."""
    found = await _taken(session, schema, draft)
    if isinstance(draft.content, Refusal):
        raise draft.content.error(found)
    if found:
        raise ValidationError.of(found)
    return {naming.column(name): value for name, value in draft.content.fields.scalars.items()}


async def role_of(session: Session, draft: Draft, now: int) -> int | None:
    """Return the role that a draft gives, or None when it gives none."""
    if draft.role is None:
        return None
    targets = draft.role.added()
    if not targets:
        raise ValidationError.of([Violation((_ROLE,), "Cannot remove role", draft.sent[_ROLE])])
    document_id, role_id = targets[0].document_id, targets[0].id
    found = await repository.role_named(session, document_id, role_id)
    if found is None and document_id is not None:
        raise ApplicationError(f'Document with id "{document_id}", locale "null" not found')
    if found is None:
        raise ValidationError.of([missing_relations(1, ROLE, {**draft.sent, "publishedAt": iso(now)})])
    return found


def _is_writable(model: ContentType, name: str) -> bool:
    attribute = model.attributes.get(name)
    if not isinstance(attribute, Scalar) or attribute.system:
        return False
    return name == _PASSWORD or not attribute.private


async def _taken(session: Session, schema: Schema, draft: Draft) -> list[Violation]:
    checks = draft.content.unique
    if not checks:
        return []
    among = Among(content_type=schema.content_types[USER], locale=None, but=draft.document_id)
    row = await session.row(taken(schema, among, checks)) or ()
    return [check.violation() for check, is_taken in zip(checks, row, strict=True) if is_taken]


def _hashed(content: Content | Refusal, model: ContentType) -> Content | Refusal:
    if isinstance(content, Refusal):
        return content
    scalars = {
        name: hash_of_start(value.text, _cost(model, name)) if isinstance(value, PlainPassword) else value
        for name, value in content.fields.scalars.items()
    }
    return replace(content, fields=replace(content.fields, scalars=scalars))


def _cost(model: ContentType, name: str) -> int:
    encryption = model.attributes[name].options.get("encryption")
    rounds = encryption.get("rounds") if isinstance(encryption, Mapping) else None
    return rounds if isinstance(rounds, int) and rounds in _ROUNDS else 10
