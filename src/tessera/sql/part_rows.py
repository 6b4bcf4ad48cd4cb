"""The components of rows as SQL: one statement that finds them at all depths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tessera.query.held import HeldPart, Holdings, RowKey
from tessera.schema import naming
from tessera.schema.links import used_components
from tessera.schema.model import Model, Schema
from tessera.sql.batches import marks
from tessera.sql.statement import Statement
from tessera.sql.writes import quote


def holdings_of(schema: Schema, model: Model, ids: Sequence[int]) -> Statement | None:
    """Return what reads the components of rows, or None when rows of that model hold none."""
    chains = list(_chains(schema, (model,)))
    if not chains or not ids:
        return None
    selects = " UNION ALL ".join(_select(chain, marks(len(ids))) for chain in chains)
    return Statement(f"{selects} ORDER BY 6, 7", tuple(ids))


def holdings(rows: Iterable[Sequence[Any]]) -> Holdings:
    """Return the components as the statement found them."""
    return Holdings(
        tuple(
            HeldPart(holder=RowKey(holder, entity), name=name, part=RowKey(kind, part))
            for holder, entity, name, kind, part, _, _ in rows
        )
    )


def holds_parts(model: Model) -> bool:
    """Tell whether rows of a model have a table of components."""
    return any(used_components(attribute) for attribute in model.attributes.values())


def reachable(schema: Schema, model: Model) -> tuple[Model, ...]:
    """Return the components that a row of a model may hold at any depth, each once."""
    found: dict[str, Model] = {}
    waiting = [model]
    while waiting:
        for component in _used(schema, waiting.pop()):
            if component.uid not in found:
                found[component.uid] = component
                waiting.append(component)
    return tuple(found.values())


def _used(schema: Schema, model: Model) -> Iterator[Model]:
    uids = {uid: None for attribute in model.attributes.values() for uid in used_components(attribute)}
    return (schema.components[uid] for uid in uids)


def _chains(schema: Schema, chain: tuple[Model, ...]) -> Iterator[tuple[Model, ...]]:
    """Yield each way from a model down to something that holds components; components never hold themselves."""
    if not holds_parts(chain[-1]):
        return
    yield chain
    for component in _used(schema, chain[-1]):
        yield from _chains(schema, (*chain, component))


def _select(chain: tuple[Model, ...], wanted: str) -> str:
    last = len(chain) - 1
    source = f"{quote(naming.components_table(chain[0]))} l0"
    for depth in range(1, len(chain)):
        table = quote(naming.components_table(chain[depth]))
        source += (
            f" JOIN {table} l{depth} ON l{depth}.entity_id = l{depth - 1}.cmp_id"
            f" AND l{depth - 1}.component_type = {_literal(chain[depth].uid)}"
        )
    return (
        f"SELECT {_literal(chain[-1].uid)}, l{last}.entity_id, l{last}.field, l{last}.component_type, l{last}.cmp_id,"
        f' l{last}."order", l{last}.id FROM {source} WHERE l0.entity_id IN ({wanted})'
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
