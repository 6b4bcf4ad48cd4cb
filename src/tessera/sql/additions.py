"""What this server adds to the tables of the reference: no stored schema lists it, so the reference leaves it alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import ContentType, Model, Relation, RelationKind, Scalar, Schema
from tessera.sql.default_locale import LOCALES
from tessera.sql.statement import Statement
from tessera.sql.tables import Index

VERSIONS: Final = "tessera_content_versions"
CREATE_VERSIONS: Final = Statement(
    f"CREATE TABLE {VERSIONS} (type text not null primary key, version integer not null)"
)
AUDIT: Final = "tessera_audit"
CREATE_AUDIT: Final = Statement(
    f"CREATE TABLE {AUDIT} (id integer primary key autoincrement, at integer not null, action text not null,"
    " origin text not null, outcome text not null, subject text, target text, locale text, actor text not null,"
    " actor_id integer, actor_name text, credential text, credential_id integer, credential_name text, details text)"
)
INDEX_AUDIT: Final = Statement(f"CREATE INDEX {AUDIT}_target ON {AUDIT} (subject, target)")
DELIVERIES: Final = "tessera_webhook_deliveries"
CREATE_DELIVERIES: Final = Statement(
    f"CREATE TABLE {DELIVERIES} (id integer primary key autoincrement, webhook_id integer not null,"
    " message text not null, event text not null, uid text, document_id text, body text not null,"
    " state text not null, attempts integer not null, created_at integer not null, due_at integer not null,"
    " leased_until integer not null, tried_at integer, milliseconds integer, status integer, error text)"
)
INDEX_WAITING: Final = Statement(
    f"CREATE INDEX {DELIVERIES}_waiting ON {DELIVERIES} (webhook_id, due_at) WHERE state = 'waiting'"
)
INDEX_DELIVERIES: Final = Statement(f"CREATE INDEX {DELIVERIES}_listed ON {DELIVERIES} (webhook_id, id)")
CLIENTS: Final = "tessera_oauth_clients"
CREATE_CLIENTS: Final = Statement(
    f"CREATE TABLE {CLIENTS} (id text not null primary key, name text not null, redirects text not null,"
    " expires_at integer not null)"
)
CODES: Final = "tessera_oauth_codes"
CREATE_CODES: Final = Statement(
    f"CREATE TABLE {CODES} (digest text not null primary key, client_id text not null, redirect text not null,"
    " challenge text not null, token_id integer not null, expires_at integer not null, used boolean not null)"
)
GRANTS: Final = "tessera_oauth_grants"
CREATE_GRANTS: Final = Statement(
    f"CREATE TABLE {GRANTS} (token_id integer not null primary key, client_id text not null, access_digest text,"
    " access_expires_at integer, refresh_digest text, replaced_digest text)"
)
INDEX_ACCESS: Final = Statement(f"CREATE INDEX {GRANTS}_access ON {GRANTS} (access_digest)")
INDEX_REFRESH: Final = Statement(f"CREATE INDEX {GRANTS}_refresh ON {GRANTS} (refresh_digest)")
INDEX_REPLACED: Final = Statement(f"CREATE INDEX {GRANTS}_replaced ON {GRANTS} (replaced_digest)")
OWN_TABLES: Final[Mapping[str, tuple[Statement, ...]]] = {
    VERSIONS: (CREATE_VERSIONS,),
    AUDIT: (CREATE_AUDIT, INDEX_AUDIT),
    DELIVERIES: (CREATE_DELIVERIES, INDEX_WAITING, INDEX_DELIVERIES),
    CLIENTS: (CREATE_CLIENTS,),
    CODES: (CREATE_CODES,),
    GRANTS: (CREATE_GRANTS, INDEX_ACCESS, INDEX_REFRESH, INDEX_REPLACED),
}
PREFIX: Final = "tsr"
_VERSIONED: Final = ("api::", "plugin::users-permissions.", LOCALES)

_VERSIONS: Final = (("published", "published_at IS NOT NULL"), ("drafts", "published_at IS NULL"))
_SECRETS: Final = (("strapi_api_tokens", "access_key"), ("strapi_sessions", "session_id"))


def is_versioned(uid: str) -> bool:
    """Whether every write to a content type raises its version."""
    return uid.startswith(_VERSIONED)


@dataclass(frozen=True, slots=True)
class OwnIndex:
    """An index of ours on a table of the reference; a condition makes it a partial one."""

    table: str
    index: Index
    where: str = ""


def own_indexes(schema: Schema) -> tuple[OwnIndex, ...]:
    """Return the indexes that made the difference when requests were measured."""
    return tuple(_indexes(schema))


def _indexes(schema: Schema) -> Iterator[OwnIndex]:
    # Not unique: a database of the reference may hold the same value twice, and must open all the same.
    for table, column in _SECRETS:
        yield _index(table, column, (column,))
    yield _index("strapi_history_versions", "document", ("related_document_id", "content_type", "created_at"))
    for model in all_models(schema):
        if isinstance(model, ContentType) and model.standard_columns:
            yield from _lists(model)
        yield from _links(schema, model)


def _lists(model: ContentType) -> Iterator[OwnIndex]:
    """Yield the indexes that serve order, offset and count of the published rows, and of the drafts."""
    table, columns = naming.table(model), [naming.column(each.name) for each in sorted_by(model)]
    for word, where in _VERSIONS if model.draft_and_publish else (("rows", ""),):
        if where:
            yield _index(table, word, ("locale", "id"), where)
        for column in columns:
            # With the id at its end, so that the rows on a page are found by the index alone.
            before = ("locale",) if model.localized else ()
            yield _index(table, f"{word}_{column}", (*before, column, "id"), where)


def sorted_by(model: Model) -> tuple[Scalar, ...]:
    """Return the attributes of a type that an index serves the sorting by."""
    return tuple(each for each in model.attributes.values() if isinstance(each, Scalar) and each.sort_index)


def _links(schema: Schema, model: Model) -> Iterator[OwnIndex]:
    if any(used_components(attribute) for attribute in model.attributes.values()):
        # Whatever is listed is listed by the index alone, in its order: with the row id that decides among equals.
        columns = ("entity_id", "field", "order", "id", "component_type", "cmp_id")
        yield _index(naming.components_table(model), "list", columns)
    for attribute in model.attributes.values():
        if not isinstance(attribute, Relation) or not owns_link_table(attribute):
            continue
        link = naming.link_table(schema, model, attribute)
        if attribute.relation is RelationKind.MORPH_TO_MANY:
            yield _index(link.name, "holder", (link.other, link.type_column or "", "field", "order", "id", link.own))
            continue
        # The reference's unique index has the pair in the other direction.
        yield _index(link.name, "back", (link.other, link.own))
        if link.order is not None:
            yield _index(link.name, "list", (link.own, link.order, "id", link.other))


def _index(table: str, word: str, columns: tuple[str, ...], where: str = "") -> OwnIndex:
    return OwnIndex(table, Index(naming.shorten(table, prefix=PREFIX, suffix=word), columns), where)
