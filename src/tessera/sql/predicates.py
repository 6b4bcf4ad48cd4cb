"""
Filters as SQL: conditions on the row under an alias, with bound values.

Relations are EXISTS forms and never join the main FROM. Only comparisons can be unknown, as `tessera.filters` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.filters import Always, And, Compare, Exists, Filter, Never, Not, Operator, Or, Stored
from tessera.query import conditions as query
from tessera.query.conversions import Conversion, Pattern, converted
from tessera.schema import naming
from tessera.schema.added import USER
from tessera.schema.model import Model, Relation
from tessera.sql.builder import Builder
from tessera.sql.links import link

_TRUE: Final = "1 = 1"
_FALSE: Final = "1 = 0"

_COMPARISONS: Final[Mapping[Operator, tuple[query.Operator, Pattern]]] = {
    Operator.EQ: (query.Operator.EQUAL, Pattern.WHOLE),
    Operator.EQI: (query.Operator.EQUAL_FOLDED, Pattern.WHOLE),
    Operator.NE: (query.Operator.UNEQUAL, Pattern.WHOLE),
    Operator.NEI: (query.Operator.UNEQUAL_FOLDED, Pattern.WHOLE),
    Operator.LT: (query.Operator.LESS, Pattern.WHOLE),
    Operator.LTE: (query.Operator.AT_MOST, Pattern.WHOLE),
    Operator.GT: (query.Operator.GREATER, Pattern.WHOLE),
    Operator.GTE: (query.Operator.AT_LEAST, Pattern.WHOLE),
    Operator.IN: (query.Operator.IN, Pattern.WHOLE),
    Operator.NOT_IN: (query.Operator.NOT_IN, Pattern.WHOLE),
    Operator.BETWEEN: (query.Operator.BETWEEN, Pattern.WHOLE),
    Operator.CONTAINS: (query.Operator.LIKE, Pattern.ANYWHERE),
    Operator.CONTAINSI: (query.Operator.LIKE_FOLDED, Pattern.ANYWHERE),
    Operator.NOT_CONTAINS: (query.Operator.UNLIKE, Pattern.ANYWHERE),
    Operator.NOT_CONTAINSI: (query.Operator.UNLIKE_FOLDED, Pattern.ANYWHERE),
    Operator.STARTS_WITH: (query.Operator.LIKE, Pattern.START),
    Operator.STARTS_WITHI: (query.Operator.LIKE_FOLDED, Pattern.START),
    Operator.ENDS_WITH: (query.Operator.LIKE, Pattern.END),
    Operator.ENDS_WITHI: (query.Operator.LIKE_FOLDED, Pattern.END),
}
_IDS: Final = frozenset({Operator.EQ, Operator.IN})


def predicate(builder: Builder, filter_: Filter, model: Model, alias: str) -> str:
    """Return a condition that can stand between ANDs: on rows of the model, under the alias."""
    match filter_:
        case Always():
            return _TRUE
        case Never():
            return _FALSE
        case And(parts):
            return f"({' AND '.join(predicate(builder, part, model, alias) for part in parts) or _TRUE})"
        case Or(parts):
            return f"({' OR '.join(predicate(builder, part, model, alias) for part in parts) or _FALSE})"
        case Not(inner):
            return f"NOT ({predicate(builder, inner, model, alias)})"
        case Compare():
            column, _ = builder.attribute(model, alias, filter_.attribute)
            return _compared(builder, column, filter_)
        case Exists(relation, inner):
            return _exists(builder, relation, inner, model, alias)


def _compared(builder: Builder, column: str, compare: Compare) -> str:
    match compare.operator:
        case Operator.NULL:
            return f"{column} IS NULL"
        case Operator.NOT_NULL:
            return f"{column} IS NOT NULL"
        case Operator.IN | Operator.NOT_IN if not compare.value:
            return _FALSE if compare.operator is Operator.IN else _TRUE
    operator, pattern = _COMPARISONS[compare.operator]
    operands = [builder.bind_fixed(converted(value, Conversion.AS_IS, pattern)) for value in _values(compare)]
    return builder.dialect.compared(column, operator, operands)


def _values(compare: Compare) -> tuple[Stored, ...]:
    if isinstance(compare.value, tuple):
        return compare.value
    return () if compare.value is None else (compare.value,)


def _exists(builder: Builder, relation: str, inner: Filter, model: Model, alias: str) -> str:
    key = _key_column(builder, relation, model, alias)
    if key is not None and isinstance(inner, Compare) and inner.attribute == "id" and inner.operator in _IDS:
        # The key leads to the row, so that only the key need be looked at; without the first half it could be unknown.
        return f"({key} IS NOT NULL AND {_compared(builder, key, inner)})"
    target_alias = builder.alias()
    found = link(builder, model, alias, relation, target_alias)
    wanted = predicate(builder, inner, found.model, target_alias)
    return f"EXISTS (SELECT 1 FROM {found.source} WHERE {found.where} AND {wanted})"


def _key_column(builder: Builder, relation: str, model: Model, alias: str) -> str | None:
    """Return the foreign key that keeps a relation, if a column of the row itself does."""
    attribute = model.attributes[relation]
    if not isinstance(attribute, Relation) or attribute.mapped_by is not None or attribute.morph_by is not None:
        return None
    if attribute.target is None or attribute.virtual or naming.has_link_table(builder.schema, attribute):
        return None
    if attribute.target != USER:
        builder.types.add(attribute.target)  # with its row the key goes; what somebody has made, nobody else asks for
    return builder.column(alias, naming.foreign_key(attribute))
