"""Creating and changing one version of a document, within rights that hold before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tessera.authz.reach import Fields
from tessera.engine.locales import Locales
from tessera.errors import ForbiddenError
from tessera.features.documents import actions
from tessera.features.documents.checks import accepted
from tessera.features.documents.located import row_of
from tessera.features.documents.passwords import Hashes, hashed, with_hashes
from tessera.features.documents.rights import Rights, author_of, covers_all, rights_on
from tessera.features.documents.storing import Store
from tessera.features.documents.targets import Source
from tessera.identity.context import RequestContext
from tessera.query.permitted import permitted, written_paths
from tessera.runtime import document_id
from tessera.schema.attributes import Mode
from tessera.schema.content import Content, as_sent, check_content
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow
from tessera.sql.statement import Value
from tessera.sql.uniqueness import Among

Data = Mapping[str, Any]  # a body, as parsed from JSON
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a request wants to be written: the body, in which locale, and the hashes of its passwords."""

    content_type: ContentType
    data: Data
    locale: str | None
    locales: Locales
    hashes: Hashes
    forgiving: bool = True  # of values that the content manager overlooks and the Content API refuses

    @property
    def source(self) -> Source:
        """Return the version that relations lead from."""
        drafts = self.content_type.draft_and_publish
        return Source(
            content_type=self.content_type,
            is_published=False if drafts else None,
            locale=self.locale,
            default_locale=self.locales.default,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The row that was written, and the attributes that were."""

    row_id: int
    document_id: str
    created: bool
    written: bool = False  # just now; or else it is as it was
    fields: frozenset[str] = frozenset()


def hashes_for(ctx: RequestContext, content_type: ContentType, body: Any) -> Hashes:  # noqa: ANN401 - any JSON
    """Return the hashes of the passwords in a body; to be made before a transaction opens."""
    return hashed(ctx.project.schema, content_type, body)


async def create_row(
    ctx: RequestContext, draft: Draft, document: str | None = None, inherited: Data | None = None
) -> Saved:
    """Add a row: a new document, or another locale of one that there is, with what it has from the others."""
    content_type = draft.content_type
    rights = rights_on(ctx, content_type, actions.CREATE, locale=draft.locale)
    rights.require(actions.CREATE)
    own = _allowed(ctx, draft, rights.fields(actions.CREATE))
    # What is null in the body is no reason to forget what the other locales have.
    given = {name: value for name, value in own.items() if value is not None or name not in (inherited or {})}
    data = {**(inherited or {}), **given}
    author = author_of(ctx)
    stamp = {"locale": draft.locale, "publishedAt": None, **_signed(author, "createdBy", "updatedBy")}
    content = await _checked(ctx, draft, data, creating=True, but=document, stamp=stamp)
    columns: dict[str, Value] = {
        "document_id": document or document_id(ctx.project.randomness),
        "created_at": ctx.now,
        "updated_at": ctx.now,
        "published_at": None if content_type.draft_and_publish else ctx.now,
        "created_by_id": author,
        "updated_by_id": author,
        "locale": draft.locale if content_type.localized else _stray_locale(draft),
    }
    sent = {**as_sent(ctx.project.schema, content_type, data, creating=True), **stamp}
    row_id = await _store(ctx, draft, sent).insert(columns, content.fields)
    await _require_after(ctx, draft, rights, actions.CREATE, row_id=row_id, data=own)
    return Saved(
        row_id=row_id,
        document_id=str(columns["document_id"]),
        created=True,
        written=True,
        fields=_names(content) & own.keys(),
    )


async def change_row(ctx: RequestContext, draft: Draft, row: DocumentRow, rights: Rights) -> Saved:
    """Change a row; the rights have to reach it before and after."""
    content_type = draft.content_type
    judged = rights.judge(row)
    judged.require(actions.UPDATE)
    data = _allowed(ctx, draft, judged.fields(actions.UPDATE))
    author = author_of(ctx)
    stamp = {"locale": draft.locale, "publishedAt": None, **_signed(author, "updatedBy")}
    content = await _checked(ctx, draft, data, creating=False, but=row.document_id, stamp=stamp)
    columns: dict[str, Value] = {"updated_at": _later(ctx.now, row), "updated_by_id": author}
    if not content_type.draft_and_publish:
        columns["published_at"] = ctx.now
    sent = {**as_sent(ctx.project.schema, content_type, data, creating=False), **stamp}
    await _store(ctx, draft, sent).update(row.id, columns, content.fields)
    await _require_after(ctx, draft, rights, actions.UPDATE, row_id=row.id, data=data)
    return Saved(row_id=row.id, document_id=row.document_id, created=False, written=True, fields=_names(content))


def _allowed(ctx: RequestContext, draft: Draft, fields: Fields) -> dict[str, Any]:
    return permitted(ctx.project.schema, draft.content_type, draft.data, fields)


async def _checked(
    ctx: RequestContext, draft: Draft, data: Data, *, creating: bool, but: str | None, stamp: Data
) -> Content:
    content_type = draft.content_type
    content = check_content(
        ctx.project.schema,
        content_type,
        data,
        mode=Mode.DRAFT if content_type.draft_and_publish else Mode.PUBLISH,
        creating=creating,
        forgiving=draft.forgiving,
        stamp=stamp,
    )
    among = Among(content_type=content_type, locale=draft.locale, but=but)
    return with_hashes(await accepted(ctx.session, ctx.project.schema, among, content), draft.hashes)


async def _require_after(
    ctx: RequestContext, draft: Draft, rights: Rights, action: str, *, row_id: int, data: Data
) -> None:
    """Refuse a write after which the row, or something of what was written, is beyond the right that wrote it."""
    if not rights.is_bounded(action):
        return
    judged = rights.judge(await row_of(ctx, draft.content_type, row_id, rights))
    judged.require(action)
    paths = written_paths(ctx.project.schema, draft.content_type, data)
    if not covers_all(judged.fields(action), paths):
        raise ForbiddenError


def _later(now: int, row: DocumentRow) -> int:
    """Return now, or the moment after the row's last change: no two versions of a row have the same stamp."""
    if row.updated_at is None:
        return now
    return max(now, (datetime.fromisoformat(row.updated_at) - _EPOCH) // timedelta(milliseconds=1) + 1)


def _signed(author: int | None, *names: str) -> dict[str, Any]:
    """Return what errors about the whole body say of who writes; of a site they say nothing."""
    return {} if author is None else dict.fromkeys(names, author)


def _store(ctx: RequestContext, draft: Draft, sent: object) -> Store:
    return Store(session=ctx.session, schema=ctx.project.schema, source=draft.source, sent=sent)


def _stray_locale(draft: Draft) -> str | None:
    """Return the locale that a body names for a type without locales; the reference keeps it, where there is one."""
    locale = draft.data.get("locale")
    return locale if isinstance(locale, str) and locale in draft.locales.codes else None


def _names(content: Content) -> frozenset[str]:
    fields = content.fields
    return frozenset((*fields.scalars, *fields.parts, *fields.relations, *fields.media))
