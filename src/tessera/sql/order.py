"""Sort keys as SQL."""

from __future__ import annotations

from tessera.query.conditions import EVERY, Version
from tessera.query.plan import SortKey, StatusKey
from tessera.schema.model import Model
from tessera.sql.conditions import Conditions
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
