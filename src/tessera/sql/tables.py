"""The schema as tables, columns, indexes and foreign keys, in the order of the reference (database.md §14.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import (
    JSON,
    ColumnKind,
    ContentType,
    Model,
    Relation,
    RelationKind,
    Scalar,
    Schema,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` and `args` are the reference's words, `extra` what an attribute's own `column` option says."""

    name: str
    type: str
    args: tuple[JSON, ...] = ()
    not_null: bool = False
    unsigned: bool = False
    default: JSON = None
    extra: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Index:
    """An index; `written` is how the stored schema spells it where that is not the usual way."""

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    written: Mapping[str, JSON] | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A reference to the id of another table; that of a link table goes with its row, another one is set to null."""

    name: str
    column: str
    table: str
    cascades: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with all that belongs to it."""

    name: str
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


Tables = tuple[Table, ...]

_ID: Final = Column("id", "increments", ({"primary": True, "primaryKey": True},), not_null=True)
_ORDER: Final = Column("order", "double", unsigned=True)
_TYPES: Final[Mapping[ColumnKind, tuple[str, tuple[JSON, ...]]]] = {
    ColumnKind.STRING: ("string", ()),
    ColumnKind.TEXT: ("text", ("longtext",)),
    ColumnKind.INTEGER: ("integer", ()),
    ColumnKind.BIGINT: ("bigInteger", ()),
    ColumnKind.FLOAT: ("double", ()),
    ColumnKind.DECIMAL: ("decimal", (10, 2)),
    ColumnKind.BOOLEAN: ("boolean", ()),
    ColumnKind.DATE: ("date", ()),
    ColumnKind.TIME: ("time", ({"precision": 3},)),
    ColumnKind.DATETIME: ("datetime", ({"useTz": False, "precision": 6},)),
    ColumnKind.JSON: ("jsonb", ()),
}


def tables(schema: Schema) -> Tables:
    """Return every table of a project: those of its types, each after its component links, then those of relations."""
    own = [table for model in all_models(schema) for table in _model_tables(schema, model)]
    links = [table for model in all_models(schema) for table in _link_tables(schema, model)]
    return (*own, *links)


def _model_tables(schema: Schema, model: Model) -> Iterator[Table]:
    if any(used_components(attribute) for attribute in model.attributes.values()):
        yield _components_table(model)
    name = naming.table(model)
    plain = list(_plain_columns(schema, name, model))
    yield Table(
        name=name,
        columns=(_ID, *_document_id(model), *(column for columns, _, _ in plain for column in columns)),
        indexes=(*_own_indexes(model), *(index for _, indexes, _ in plain for index in indexes)),
        foreign_keys=tuple(key for _, _, keys in plain for key in keys),
    )


def _document_id(model: Model) -> tuple[Column, ...]:
    is_document = isinstance(model, ContentType) and model.standard_columns
    return (Column("document_id", "string"),) if is_document else ()


def _own_indexes(model: Model) -> Iterator[Index]:
    if not isinstance(model, ContentType):
        return
    for written in model.indexes:
        unique = written.get("type") == "unique"
        yield Index(str(written["name"]), tuple(written["columns"]), unique, written)
    if model.standard_columns:
        name = naming.index(model.collection_name, "documents", suffix="idx")
        yield Index(name, ("document_id", "locale", "published_at"))


_Plain = tuple[tuple[Column, ...], tuple[Index, ...], tuple[ForeignKey, ...]]


def _plain_columns(schema: Schema, table: str, model: Model) -> Iterator[_Plain]:
    """Yield what each attribute that is kept in the model's own table brings along."""
    for attribute in model.attributes.values():
        if isinstance(attribute, Scalar):
            yield _scalar(table, attribute)
        elif isinstance(attribute, Relation) and attribute.relation is RelationKind.MORPH_TO_ONE:
            target_id, target_type = naming.MORPH_COLUMNS
            yield (_key(target_id), Column(target_type, "string")), (), ()
        elif isinstance(attribute, Relation) and _is_plain_owner(attribute):
            yield _plain_relation(schema, table, attribute)


def _is_plain_owner(relation: Relation) -> bool:
    return not relation.use_join_table and not relation.virtual and relation.mapped_by is None


def _scalar(table: str, attribute: Scalar) -> _Plain:
    column = _column(attribute)
    if not column.extra.get("unique"):
        return (column,), (), ()
    name = naming.index(table, column.name, suffix="uq")
    written = {"type": "unique", "name": name, "columns": [column.name]}
    return (column,), (Index(name, (column.name,), unique=True, written=written),), ()


def _column(attribute: Scalar) -> Column:
    type_name, args = _TYPES[attribute.kind]
    extra = attribute.options.get("column") or {}
    return Column(
        name=naming.column(attribute.name),
        type="timestamp" if attribute.type == "timestamp" else type_name,
        args=args,
        not_null=bool(extra.get("notNullable")),
        unsigned=bool(extra.get("unsigned")),
        default=extra.get("defaultTo"),
        extra=extra,
    )


def _plain_relation(schema: Schema, table: str, relation: Relation) -> _Plain:
    target = schema.content_types[relation.target or ""]
    column = naming.foreign_key(relation)
    name = naming.index(table, column, suffix="fk")
    key = ForeignKey(name, column, naming.table(target))
    return (_key(column),), (Index(name, (column,)),), (key,)


def _key(name: str) -> Column:
    return Column(name, "integer", unsigned=True)


def _components_table(model: Model) -> Table:
    name = model.collection_name
    entity = naming.index(name, "entity", suffix="fk")
    pair = ("entity_id", "cmp_id", "field", "component_type")
    return Table(
        name=naming.components_table(model),
        columns=(
            _ID,
            _key("entity_id"),
            _key("cmp_id"),
            Column("component_type", "string"),
            Column("field", "string"),
            _ORDER,
        ),
        indexes=(
            Index(naming.index(name, "field", suffix="idx"), ("field",)),
            Index(naming.index(name, "component_type", suffix="idx"), ("component_type",)),
            Index(entity, ("entity_id",)),
            Index(naming.index(name, suffix="uq"), pair, unique=True),
        ),
        foreign_keys=(ForeignKey(entity, "entity_id", naming.table(model), cascades=True),),
    )


def _link_tables(schema: Schema, model: Model) -> Iterator[Table]:
    for attribute in model.attributes.values():
        if not isinstance(attribute, Relation) or not owns_link_table(attribute):
            continue
        link = naming.link_table(schema, model, attribute)
        if attribute.relation is RelationKind.MORPH_TO_MANY:
            yield _morph_table(link, model)
        else:
            yield _link_table(link, model, schema.content_types[attribute.target or ""])


def _link_table(link: naming.LinkTable, owner: Model, target: Model) -> Table:
    first, second = naming.index(link.name, suffix="fk"), naming.index(link.name, suffix="ifk")
    orders = ((link.order, "ofk"), (link.inverse_order, "oifk"))
    return Table(
        name=link.name,
        columns=(
            _ID,
            _key(link.own),
            _key(link.other),
            *(Column(column, "double", unsigned=True) for column, _ in orders if column),
        ),
        indexes=(
            Index(first, (link.own,)),
            Index(second, (link.other,)),
            Index(naming.index(link.name, suffix="uq"), (link.own, link.other), unique=True),
            *(Index(naming.index(link.name, suffix=suffix), (column,)) for column, suffix in orders if column),
        ),
        foreign_keys=(
            ForeignKey(first, link.own, naming.table(owner), cascades=True),
            ForeignKey(second, link.other, naming.table(target), cascades=True),
        ),
    )


def _morph_table(link: naming.LinkTable, owner: Model) -> Table:
    name = naming.index(link.name, suffix="fk")
    return Table(
        name=link.name,
        columns=(
            _ID,
            _key(link.own),
            _key(link.other),
            Column(link.type_column or "", "string"),
            Column(link.field_column or "", "string"),
            _ORDER,
        ),
        indexes=(
            Index(name, (link.own,)),
            Index(naming.index(link.name, suffix="oidx"), ("order",)),
            Index(naming.index(link.name, suffix="idix"), (link.other,)),
        ),
        foreign_keys=(ForeignKey(name, link.own, naming.table(owner), cascades=True),),
    )
