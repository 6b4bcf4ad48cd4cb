"""Sort keys as SQL."""

from __future__ import annotations

from tessera.query.conditions import EVERY, All, Condition, Operator, Test, Version
from tessera.query.plan import Rows, SortKey, StatusKey
from tessera.schema.model import ContentType, Model
from tessera.sql.additions import sorted_by
from tessera.sql.conditions import Conditions, Reach
from tessera.sql.links import link
from tessera.sql.status import status


def order(
    conditions: Conditions, keys: tuple[SortKey | StatusKey, ...], model: Model, alias: str, version: Version
) -> tuple[str, ...]:
    """Return the terms of an ORDER BY, without a tie-breaker."""
    return tuple(_term(conditions, key, model, alias, version) for key in keys)


def _term(conditions: Conditions, key: SortKey | StatusKey, model: Model, alias: str, version: Version) -> str:
    if isinstance(key, StatusKey):
        value = status(conditions.builder, model, alias, version)
    else:
        value = _value(conditions, key, model, alias)
    return f"{value} DESC" if key.descending else value


def _value(conditions: Conditions, key: SortKey, model: Model, alias: str, at: int = 0) -> str:
    """Return what a row is sorted by; of several related rows it is the one that comes first."""
    builder, name = conditions.builder, key.path[at]
    if at == len(key.path) - 1:
        value, _ = builder.attribute(model, alias, name)
    else:
        target_alias = builder.alias()
        found = link(builder, model, alias, name, target_alias)
        inner = _value(conditions, key, found.model, target_alias, at + 1)
        value = f"(SELECT {'max' if key.descending else 'min'}({inner}) FROM {found.source} WHERE {found.where})"
    if key.steps[at] == EVERY:
        return value
    return f"CASE WHEN {conditions.written(key.steps[at], model, alias)} THEN {value} END"


def reach_of(rows: Rows, model: Model) -> Reach:
    """Return how linked rows are looked for: where an index sorts, row after row until the page is full."""
    if rows.limit is None or not rows.sort or not isinstance(model, ContentType):
        return Reach.BY_SET
    first, one_version = rows.sort[0], rows.version is not Version.ANY or not model.draft_and_publish
    if not isinstance(first, SortKey) or first.steps != (EVERY,) or not one_version:
        return Reach.BY_SET
    is_sorted = any(attribute.name == first.path[0] for attribute in sorted_by(model))
    return Reach.BY_ROW if is_sorted and _in_one_locale(rows.where, model) else Reach.BY_SET


def _in_one_locale(where: Condition, model: ContentType) -> bool:
    parts = where.parts if isinstance(where, All) else (where,)
    return not model.localized or any(
        isinstance(part, Test) and part.attribute == "locale" and part.operator is Operator.EQUAL for part in parts
    )
