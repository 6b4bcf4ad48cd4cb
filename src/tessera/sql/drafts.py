"""
Drafts for published rows that have none: copies with their components, links and files.

The id of a copy is the original's plus a distance: the largest id that its table ever had. So copies are told by their
ids, and what points to an original is copied by arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from graphlib import TopologicalSorter

from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import Component, ContentType, Model, Relation, RelationKind, Schema
from tessera.schema.naming import LinkTable
from tessera.sql.statement import Statement
from tessera.sql.tables import tables


def make_drafts(schema: Schema, uids: Collection[str], last_ids: Mapping[str, int]) -> tuple[Statement, ...]:
    """Return what gives published rows of some types their drafts; `last_ids` holds one for each of `copied_tables`."""
    return tuple(_Copier(schema, uids, last_ids).statements())


def copied_tables(schema: Schema, uids: Collection[str]) -> tuple[str, ...]:
    """Return the tables that copies are made in."""
    return tuple(naming.table(model) for model in _Copier(schema, uids, {}).models)


class _Copier:
    def __init__(self, schema: Schema, uids: Collection[str], last_ids: Mapping[str, int]) -> None:
        self._schema = schema
        self._types = [schema.content_types[uid] for uid in uids]
        self._last_ids = last_ids

    def statements(self) -> Iterator[Statement]:
        """Yield the copying of rows first, so that links find the drafts of other types too."""
        for content_type in self._types:
            yield self._copy_rows(content_type)
        for model in self.models:
            if isinstance(model, Component):
                yield self._copy_components(model)
            if inner := _inner(model):
                yield self._copy_component_links(model, inner)
        for model in self.models:
            yield from self._copy_links(model)
            yield from self._copy_polymorphic(model)
        for content_type in self._types:
            yield from self._point_to_drafts(content_type)

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """The types, then every component within them, each after whatever may hold it."""
        holders: dict[str, set[str]] = {}
        waiting: list[Model] = list(self._types)
        while waiting:
            model = waiting.pop()
            for uid in _inner(model):
                if uid not in holders:
                    waiting.append(self._schema.components[uid])
                holders.setdefault(uid, set()).add(model.uid)
        order = TopologicalSorter(holders).static_order()
        return (*self._types, *(self._schema.components[uid] for uid in order if uid in holders))

    @cached_property
    def _columns(self) -> Mapping[str, tuple[str, ...]]:
        return {table.name: tuple(column.name for column in table.columns) for table in tables(self._schema)}

    def _distance(self, model: Model) -> int:
        return self._last_ids[naming.table(model)]

    def _copied(self, model: Model, column: str) -> str:
        """Return the condition that a column holds the id of an original, of which there is a copy."""
        distance = self._distance(model)
        copies = f'SELECT id FROM "{naming.table(model)}" WHERE id > {distance}'
        return f'l."{column}" <= {distance} AND l."{column}" + {distance} IN ({copies})'

    def _moved(self, model: Model, *, without: str = "id") -> str:
        names = self._columns[naming.table(model)]
        return ", ".join(f'"{name}"' for name in names if name not in {"id", without})

    def _copy_rows(self, content_type: ContentType) -> Statement:
        table, columns = naming.table(content_type), self._moved(content_type, without="published_at")
        return Statement(
            f'INSERT INTO "{table}" (id, published_at, {columns})'
            f' SELECT id + {self._distance(content_type)}, NULL, {columns} FROM "{table}" p'
            f' WHERE p.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{table}" d WHERE'
            " d.document_id = p.document_id AND d.locale IS NOT DISTINCT FROM p.locale AND d.published_at IS NULL)"
        )

    def _copy_components(self, component: Component) -> Statement:
        table, distance, columns = naming.table(component), self._distance(component), self._moved(component)
        listed = " UNION ALL ".join(
            f"SELECT cmp_id FROM \"{naming.components_table(holder)}\" WHERE component_type = '{component.uid}'"
            for holder in self.models
            if component.uid in _inner(holder)
        )
        ids, names = f"id + {distance}", f", {columns}" if columns else ""
        return Statement(
            f'INSERT INTO "{table}" (id{names}) SELECT {ids}{names} FROM "{table}" WHERE {ids} IN ({listed})'
        )

    def _copy_component_links(self, holder: Model, inner: Collection[str]) -> Statement:
        distances = {uid: self._distance(self._schema.components[uid]) for uid in inner}
        cases = " ".join(f"WHEN '{uid}' THEN {distance}" for uid, distance in distances.items())
        kinds = ", ".join(f"'{uid}'" for uid in distances)
        return Statement(
            f'INSERT INTO "{naming.components_table(holder)}" (entity_id, cmp_id, component_type, field, "order")'
            f" SELECT entity_id + {self._distance(holder)}, cmp_id + CASE component_type {cases} END,"
            f' component_type, field, "order" FROM "{naming.components_table(holder)}" l'
            f" WHERE component_type IN ({kinds}) AND {self._copied(holder, 'entity_id')}"
        )

    def _copy_links(self, model: Model) -> Iterator[Statement]:
        """Copy the links that the originals own; a draft links to drafts, a published row to published ones."""
        for link, target in self._owned(model):
            goal = _draft_of(target, link.other) if target.draft_and_publish else f'l."{link.other}"'
            columns, orders = _link_columns(link)
            yield Statement(
                f'INSERT INTO "{link.name}" ({columns}) SELECT DISTINCT l."{link.own}" + {self._distance(model)}, '
                f'{goal}{orders} FROM "{link.name}" l WHERE {self._copied(model, link.own)}'
                f" AND {goal} IS NOT NULL ON CONFLICT DO NOTHING"
            )
            if target.draft_and_publish:
                drafts = f'SELECT id FROM "{naming.table(target)}" WHERE published_at IS NULL'
                condition = f'{self._copied(model, link.own)} AND l."{link.other}" IN ({drafts})'
                yield Statement(f'DELETE FROM "{link.name}" AS l WHERE {condition}')

    def _owned(self, model: Model) -> Iterator[tuple[LinkTable, ContentType]]:
        for attribute in model.attributes.values():
            if isinstance(attribute, Relation) and attribute.target and owns_link_table(attribute):
                link = naming.link_table(self._schema, model, attribute)
                yield link, self._schema.content_types[attribute.target]

    def _copy_polymorphic(self, model: Model) -> Iterator[Statement]:
        """Copy the polymorphic links that name an original, such as its files, and those that it owns."""
        for owner in all_models(self._schema):
            for attribute in owner.attributes.values():
                if isinstance(attribute, Relation) and attribute.relation is RelationKind.MORPH_TO_MANY:
                    link = naming.link_table(self._schema, owner, attribute)
                    named = f"l.\"{link.type_column}\" = '{model.uid}' AND {self._copied(model, link.other)}"
                    yield self._copy_morph(link, model, link.other, named)
                    if owner is model:
                        yield self._copy_morph(link, model, link.own, self._copied(model, link.own))

    def _copy_morph(self, link: LinkTable, model: Model, moved: str, condition: str) -> Statement:
        names = (link.own, link.other, link.type_column, link.field_column, "order")
        values = [f'l."{name}" + {self._distance(model)}' if name == moved else f'l."{name}"' for name in names]
        columns = ", ".join(f'"{name}"' for name in names)
        return Statement(
            f'INSERT INTO "{link.name}" ({columns}) SELECT {", ".join(values)} FROM "{link.name}" l WHERE {condition}'
        )

    def _point_to_drafts(self, content_type: ContentType) -> Iterator[Statement]:
        """Let the drafts of other types link to the drafts, and rows without drafts to both."""
        for model in all_models(self._schema):
            for link, target in self._owned(model):
                if target is not content_type or model is content_type:
                    continue
                moved = f'"{link.other}" + {self._distance(content_type)}'
                condition = self._copied(content_type, link.other)
                columns, orders = _link_columns(link)
                if isinstance(model, ContentType) and model.draft_and_publish:
                    drafts = f'SELECT id FROM "{naming.table(model)}" WHERE published_at IS NULL'
                    yield Statement(
                        f'UPDATE "{link.name}" AS l SET "{link.other}" = {moved}'
                        f' WHERE {condition} AND l."{link.own}" IN ({drafts})'
                    )
                else:
                    yield Statement(
                        f'INSERT INTO "{link.name}" ({columns}) SELECT l."{link.own}", l.{moved}{orders}'
                        f' FROM "{link.name}" l WHERE {condition} ON CONFLICT DO NOTHING'
                    )


def _inner(model: Model) -> tuple[str, ...]:
    """Return the components that a model may hold, each once."""
    return tuple(dict.fromkeys(uid for attribute in model.attributes.values() for uid in used_components(attribute)))


def _link_columns(link: LinkTable) -> tuple[str, str]:
    """Return the columns of a table of links, and its order columns as they are copied."""
    orders = [order for order in (link.order, link.inverse_order) if order]
    columns = ", ".join(f'"{name}"' for name in (link.own, link.other, *orders))
    return columns, "".join(f', l."{order}"' for order in orders)


def _draft_of(target: ContentType, column: str) -> str:
    """Return a query for the draft of the row that a column of the links names."""
    table = naming.table(target)
    return (
        f'(SELECT d.id FROM "{table}" p JOIN "{table}" d ON d.document_id = p.document_id'
        " AND d.locale IS NOT DISTINCT FROM p.locale AND d.published_at IS NULL"
        f' WHERE p.id = l."{column}")'
    )
