"""
Links of rows that were copied, as SQL: what the original has, the copy gets.

A copy in another status leads to the rows of its own status; where an entry has none, nothing is stored for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import ContentType, Media, Model, Relation, Schema
from tessera.schema.naming import LinkTable
from tessera.sql.batches import MOST_PARAMETERS, marks
from tessera.sql.link_rows import Links, links_of
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

Moved = Sequence[tuple[int, int]]  # the id of each original and of its copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Links that may have to be copied, in which attribute, and the originals that hold them."""

    links: Links
    holders: tuple[int, ...]
    name: str = ""


def sites_of(schema: Schema, model: Model, holders: Sequence[int]) -> list[Site]:
    """Return the relations of rows of a model that are kept in tables of links, whichever side owns them."""
    return [
        Site(links=links_of(schema, model, attribute), holders=tuple(holders), name=attribute.name)
        for attribute in model.attributes.values()
        if isinstance(attribute, Relation) and not attribute.virtual and naming.has_link_table(schema, attribute)
    ]


def incoming(schema: Schema, content_type: ContentType) -> list[Links]:
    """Return the relations that lead to a type and are not seen from it, as their targets would list their sources."""
    return [
        _turned(schema, model, attribute)
        for model in all_models(schema)
        for attribute in model.attributes.values()
        if isinstance(attribute, Relation)
        and attribute.target == content_type.uid
        and attribute.inversed_by is None
        and attribute.mapped_by is None
        and owns_link_table(attribute)
    ]


def _turned(schema: Schema, model: Model, attribute: Relation) -> Links:
    links = links_of(schema, model, attribute)
    return replace(links, table=links.table.reversed(), target=model.uid)


def used(schema: Schema, sites: Sequence[Site], filed: Sequence[tuple[str, Sequence[int]]]) -> Statement:
    """Return what answers one row with a 1 for each site that has links, and for each model whose rows have files."""
    values: list[Value] = []
    asked = [f"EXISTS (SELECT 1 FROM {quote(site.links.table.name)} WHERE {_held(site, values)})" for site in sites]
    for uid, ids in filed:
        table = _file_links(schema)
        before = len(values)
        values += (uid, *ids)
        asked.append(
            f"EXISTS (SELECT 1 FROM {quote(table.name)} WHERE {quote(table.type_column or '')} = ?{before + 1}"
            f" AND {quote(table.other)} IN ({marks(len(ids), before + 1)}))"
        )
    return Statement(f"SELECT {', '.join(asked)}", tuple(values))


def _held(site: Site, values: list[Value]) -> str:
    table = site.links.table
    before = len(values)
    values += site.holders
    condition = f"{quote(table.own)} IN ({marks(len(site.holders), before)})"
    return condition + scope_of(site.links, values, "")


def scope_of(links: Links, values: list[Value], alias: str) -> str:
    """Return the conditions that tell an attribute's rows from others, and add what they compare with."""
    written = ""
    for column, value in links.fixed().items():
        if value is None:
            written += f" AND {alias}{quote(column)} IS NULL"
        else:
            values.append(value)
            written += f" AND {alias}{quote(column)} = ?{len(values)}"
    return written


def copied_links(schema: Schema, links: Links, moved: Moved, *, published: bool | None) -> tuple[Statement, ...]:
    """Return what gives copies the links of their originals; `published` is the status of the copies, if it differs."""
    size = MOST_PARAMETERS // 2 - 10
    return tuple(
        _copied(schema, links, moved[start : start + size], published=published) for start in range(0, len(moved), size)
    )


def _copied(schema: Schema, links: Links, moved: Moved, *, published: bool | None) -> Statement:
    table = links.table
    values: list[Value] = [value for pair in moved for value in pair]
    pairs = ", ".join(f"(?{index * 2 + 1}, ?{index * 2 + 2})" for index in range(len(moved)))
    other, joined = _other(schema, links, published=published)
    taken = [table.type_column, table.field_column, table.order, table.inverse_order]
    rest = [column for column in dict.fromkeys(taken) if column is not None]
    names = ", ".join(quote(column) for column in (table.own, table.other, *rest))
    chosen = ", ".join(("moved.copy", other, *(f"l.{quote(column)}" for column in rest)))
    order = f"l.{quote(table.order)}, l.id" if table.order else "l.id"
    return Statement(
        f"WITH moved (original, copy) AS (VALUES {pairs}) INSERT INTO {quote(table.name)} ({names})"
        f" SELECT {chosen} FROM {quote(table.name)} l JOIN moved ON moved.original = l.{quote(table.own)}{joined}"
        f" WHERE 1 = 1{scope_of(links, values, 'l.')} ORDER BY {order} ON CONFLICT DO NOTHING",
        tuple(values),
    )


def _other(schema: Schema, links: Links, *, published: bool | None) -> tuple[str, str]:
    """Return the row that a copy is linked to: the original's own, or the same entry in the status of the copy."""
    other = f"l.{quote(links.table.other)}"
    target = schema.content_types.get(links.target or "")
    if published is None or target is None or not target.draft_and_publish:
        return other, ""
    table, wanted = quote(naming.table(target)), "NOT NULL" if published else "NULL"
    return "twin.id", (
        f" JOIN {table} seen ON seen.id = {other} JOIN {table} twin ON twin.document_id = seen.document_id"
        f" AND twin.locale IS seen.locale AND twin.published_at IS {wanted}"
    )


def redirected(links: Links, old: int, new: int) -> Statement:
    """Return what leads links to a row over to the row that takes its place."""
    table = links.table
    text = f"UPDATE {quote(table.name)} SET {quote(table.own)} = ?1 WHERE {quote(table.own)} = ?2"
    return Statement(text, (new, old))


def settled(schema: Schema, links: Links, original: int, copy: int) -> Statement:
    """
    Return what links the sources that lead to a draft to its first publication as well.

    Sources with drafts of their own, and components within such, are left out: what is published of them is their
    own business (database.md §5.6).
    """
    table = links.table
    rest = [column for column in (table.order, table.inverse_order) if column is not None]
    names = ", ".join(quote(column) for column in (table.own, table.other, *rest))
    chosen = ", ".join(("?2", f"l.{quote(table.other)}", *(f"l.{quote(column)}" for column in rest)))
    sources = _sources_with_drafts(schema, links, f"l.{quote(table.other)}")
    return Statement(
        f"INSERT INTO {quote(table.name)} ({names}) SELECT {chosen} FROM {quote(table.name)} l"
        f" WHERE l.{quote(table.own)} = ?1{sources} ON CONFLICT DO NOTHING",
        (original, copy),
    )


def _sources_with_drafts(schema: Schema, links: Links, source: str) -> str:
    component = schema.components.get(links.target or "")
    if component is None:
        return ""
    chains = [chain for chain in _holders(schema, (component,)) if _has_drafts(chain[0])]
    return "".join(f" AND NOT EXISTS ({_held_by(chain, source)})" for chain in chains)


def _has_drafts(model: Model) -> bool:
    return isinstance(model, ContentType) and model.draft_and_publish


def _holders(schema: Schema, chain: tuple[Model, ...]) -> list[tuple[Model, ...]]:
    """Return every way from a content type down to a component."""
    if isinstance(chain[0], ContentType):
        return [chain]
    found = []
    for model in all_models(schema):
        if any(chain[0].uid in used_components(attribute) for attribute in model.attributes.values()):
            found += _holders(schema, (model, *chain))
    return found


def _held_by(chain: tuple[Model, ...], source: str) -> str:
    last = len(chain) - 2
    joins = f"{quote(naming.components_table(chain[0]))} h0"
    for depth in range(1, last + 1):
        joins += (
            f" JOIN {quote(naming.components_table(chain[depth]))} h{depth} ON h{depth}.entity_id = h{depth - 1}.cmp_id"
            f" AND h{depth - 1}.component_type = {_literal(chain[depth].uid)}"
        )
    return (
        f"SELECT 1 FROM {joins} WHERE h{last}.cmp_id = {source} AND h{last}.component_type = {_literal(chain[-1].uid)}"
    )


def copied_files(schema: Schema, moved: Sequence[tuple[str, int, int]]) -> tuple[Statement, ...]:
    """Return what gives copies the files of their originals, named by their type, the original's id and the copy's."""
    size = MOST_PARAMETERS // 3 - 10
    return tuple(_copied_files(schema, moved[start : start + size]) for start in range(0, len(moved), size))


def _copied_files(schema: Schema, moved: Sequence[tuple[str, int, int]]) -> Statement:
    table = _file_links(schema)
    own, kind = quote(table.own), quote(table.type_column or "")
    related, field, order = quote(table.other), quote(table.field_column or ""), quote(table.order or "")
    rows = ", ".join(f"({marks(3, index * 3)})" for index in range(len(moved)))
    return Statement(
        f"WITH moved (kind, original, copy) AS (VALUES {rows})"
        f" INSERT INTO {quote(table.name)} ({own}, {related}, {kind}, {field}, {order})"
        f" SELECT l.{own}, moved.copy, l.{kind}, l.{field}, l.{order} FROM {quote(table.name)} l"
        f" JOIN moved ON moved.kind = l.{kind} AND moved.original = l.{related} WHERE 1 = 1 ORDER BY l.id",
        tuple(value for row in moved for value in row),
    )


def _file_links(schema: Schema) -> LinkTable:
    file = schema.content_types[naming.FILE]
    owning = file.attributes[naming.FILE_LINKS]
    if not isinstance(owning, Relation):
        raise KeyError(naming.FILE_LINKS)
    return naming.link_table(schema, file, owning)


def holds_files(model: Model) -> bool:
    """Tell whether rows of a model may hold files."""
    return any(isinstance(attribute, Media) for attribute in model.attributes.values())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
