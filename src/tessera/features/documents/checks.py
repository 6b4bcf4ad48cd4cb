"""What only the database knows about a body: whether its unique values are taken, and of which kind its files are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tessera.engine.session import Session
from tessera.errors import ValidationError, Violation
from tessera.schema.content import Content, FileCheck, Refusal, UniqueCheck, in_order
from tessera.schema.model import Schema
from tessera.sql.statement import Value
from tessera.sql.target_rows import file_kinds
from tessera.sql.uniqueness import Among, taken

_KINDS: Final = {"image": "images", "video": "videos", "audio": "audios"}
_OTHER: Final = "files"


async def accepted(session: Session, schema: Schema, among: Among, content: Content | Refusal) -> Content:
    """Return the content when nothing speaks against it; refuse it with everything that does."""
    found = await _taken(session, schema, among, content.unique)
    if isinstance(content, Refusal):
        raise content.error(found)
    found += await _misfits(session, schema, content.files)
    if found:
        names = tuple(among.content_type.attributes)
        raise ValidationError.of(in_order(found, names))
    return content


async def _taken(session: Session, schema: Schema, among: Among, checks: Sequence[UniqueCheck]) -> list[Violation]:
    if not checks:
        return []
    row = await session.row(taken(schema, among, checks)) or ()
    return [check.violation() for check, is_taken in zip(checks, row, strict=True) if is_taken]


async def _misfits(session: Session, schema: Schema, checks: Sequence[FileCheck]) -> list[Violation]:
    """Return what is said of files that are of another kind than their attribute takes."""
    documents = list({file.document_id for check in checks for file in check.files if file.document_id is not None})
    ids = list({file.id for check in checks for file in check.files if file.id is not None})
    if not documents and not ids:
        return []
    kinds: dict[Value, str] = {}
    for row_id, document, mime in await session.rows(file_kinds(schema, documents, ids)):
        kinds[row_id] = kinds[document] = _kind(mime)
    return [check.violation() for check in checks if not _fits(check, kinds)]


def _fits(check: FileCheck, kinds: dict[Value, str]) -> bool:
    found = (kinds.get(file.document_id if file.document_id is not None else file.id) for file in check.files)
    return all(kind is None or kind in check.attribute.allowed_types for kind in found)


def _kind(mime: str | None) -> str:
    return _KINDS.get((mime or "").partition("/")[0], _OTHER)
