"""Whether values that must be unique are taken, asked for all of them in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tessera.schema import naming
from tessera.schema.content import UniqueCheck
from tessera.schema.model import ComponentField, ContentType, DynamicZone, Model, Schema
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """The rows that a value is unique among: those of one status and locale, but not the document's own."""

    content_type: ContentType
    locale: str | None
    but: str | None  # the document that is written, if there is one already


def taken(schema: Schema, among: Among, checks: Sequence[UniqueCheck]) -> Statement:
    """Return what answers one row with a 1 for each value that is taken."""
    values: list[Value] = []
    asked = [f"EXISTS ({_holders(schema, among, check, values)})" for check in checks]
    return Statement(f"SELECT {', '.join(asked)}", tuple(values))


def _holders(schema: Schema, among: Among, check: UniqueCheck, values: list[Value]) -> str:
    names = [step for step in check.place.path if not step.isdecimal()]
    source, last = _chain(schema, among.content_type, names[:-1], check.model)
    values.append(check.stored)
    wanted = [f"{last}.{quote(naming.column(check.attribute.name))} = ?{len(values)}"]
    if among.content_type.draft_and_publish:
        wanted.append("t.published_at IS NOT NULL")
    if among.content_type.localized and among.locale is not None:
        values.append(among.locale)
        wanted.append(f"t.locale = ?{len(values)}")
    if among.but is not None:
        values.append(among.but)
        wanted.append(f"t.document_id <> ?{len(values)}")
    return f"SELECT 1 FROM {source} WHERE {' AND '.join(wanted)}"


def _chain(schema: Schema, content_type: ContentType, names: Sequence[str], last: str) -> tuple[str, str]:
    """Return the tables from the entry down to the component that has the value, and the alias of the last one."""
    source, alias, model = f"{quote(naming.table(content_type))} t", "t", content_type
    holder: Model = model
    for depth, name in enumerate(names):
        component = schema.components[_component(holder, name, last)]
        joined, below = f"l{depth}", f"c{depth}"
        source += (
            f" JOIN {quote(naming.components_table(holder))} {joined} ON {joined}.entity_id = {alias}.id"
            f" AND {joined}.field = {_literal(name)} AND {joined}.component_type = {_literal(component.uid)}"
            f" JOIN {quote(naming.table(component))} {below} ON {below}.id = {joined}.cmp_id"
        )
        alias, holder = below, component
    return source, alias


def _component(holder: Model, name: str, last: str) -> str:
    """Return which component an attribute holds on the way; only the last one of a zone is known."""
    attribute = holder.attributes[name]
    if isinstance(attribute, ComponentField):
        return attribute.component
    if isinstance(attribute, DynamicZone):
        return last
    raise KeyError(name)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
