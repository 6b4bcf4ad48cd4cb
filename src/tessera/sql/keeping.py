"""What stays in a database although the project does not have it: the tables of plugins that this server lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import JSON, Relation, RelationKind, Schema
from tessera.schema.snapshot import Remembered
from tessera.sql.statement import Statement

_LINKS: Final = ("_lnk", "_mph", "_cmps")
_TOLD_BY: Final = 20  # characters of a table's name that those of its links begin with, however long it is


def foreign_types(before: Mapping[str, Remembered], schema: Schema) -> dict[str, Remembered]:
    """Return the content types of plugins that served this database once and are not part of this server."""
    ours = {content_type.plugin for content_type in schema.content_types.values()}
    plugins = {uid: uid.removeprefix("plugin::").partition(".")[0] for uid in before if uid.startswith("plugin::")}
    return {uid: before[uid] for uid, plugin in plugins.items() if plugin not in ours}


def kept_tables(names: Iterable[str], foreign: Mapping[str, Remembered], persisted: str | None) -> frozenset[str]:
    """Return those of the existing tables that belong to foreign types, or that the reference wants to keep itself."""
    owned = [naming.shorten(remembered.table) for remembered in foreign.values() if remembered.table]
    starts = tuple(naming.snake(table)[:_TOLD_BY] for table in owned)
    links = (name for name in names if name.endswith(_LINKS) and name.startswith(starts))
    return frozenset([*owned, *(links if starts else ()), *_persisted(persisted)])


def _persisted(text: str | None) -> Iterator[str]:
    """Yield the tables of the settings key `core_persisted_tables`, each with those that need it."""
    try:
        value: JSON = json.loads(text or "[]")
    except ValueError:
        return
    for item in value if isinstance(value, list) else ():
        yield from _names(item)


def _names(item: JSON) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        yield str(item.get("name"))
        others = item.get("dependsOn")
        yield from (str(other.get("name")) for other in others or () if isinstance(other, dict))


def drop_orphans(schema: Schema, foreign: Iterable[str]) -> Iterator[Statement]:
    """Yield what deletes links to components and holders of files whose type is gone, as the reference does."""
    holders = _literals([*(model.uid for model in all_models(schema)), *foreign])
    components = _literals(schema.components)
    for model in all_models(schema):
        if any(used_components(attribute) for attribute in model.attributes.values()):
            table = naming.components_table(model)
            yield Statement(f'DELETE FROM "{table}" WHERE component_type NOT IN ({components})')
        for attribute in model.attributes.values():
            if isinstance(attribute, Relation) and owns_link_table(attribute) and _names_holders(attribute):
                link = naming.link_table(schema, model, attribute)
                yield Statement(f'DELETE FROM "{link.name}" WHERE "{link.type_column}" NOT IN ({holders})')


def _names_holders(relation: Relation) -> bool:
    return relation.relation is RelationKind.MORPH_TO_MANY


def _literals(uids: Iterable[str]) -> str:
    return ", ".join(f"""'{uid.replace("'", "''")}'""" for uid in uids) or "''"
