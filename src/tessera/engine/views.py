"""How the content manager shows each content type and component, as the settings table keeps it (database.md §10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from tessera.engine.session import Session
from tessera.engine.store import remove_value, set_value
from tessera.schema.model import Component, Model, Schema
from tessera.schema.views.views import View, default_view, kept_view
from tessera.sql.statement import Statement

_KEY: Final = "plugin_content_manager_configuration_"
_FOUND: Final = "SELECT key, value FROM strapi_core_store_settings WHERE environment IS NULL AND tag IS NULL AND "
_ALL: Final = Statement(
    f"{_FOUND}substr(key, 1, length(?1)) = ?1 ORDER BY id DESC",
    (_KEY,),
)


async def views_of(session: Session, models: Iterable[Model], schema: Schema) -> dict[str, View]:
    """Return how models are shown, by uid; one that nobody has arranged yet is shown as usual."""
    asked = {key_of(model): model for model in models}
    found = {key: _parsed(value) for key, value in await session.rows(_among(tuple(asked)))}
    return {model.uid: found.get(key) or default_view(model, schema) for key, model in asked.items()}


async def view_of(session: Session, model: Model, schema: Schema) -> View:
    """Return how one model is shown."""
    return (await views_of(session, [model], schema))[model.uid]


async def change_view(session: Session, model: Model, view: Mapping[str, Any]) -> None:
    """Keep how a model is shown, in the open transaction."""
    await set_value(session, key_of(model), view)


async def follow_schema(session: Session, schema: Schema) -> None:
    """Bring what is kept in step with the models that there are: add, mend and forget views."""
    stored = {key: _parsed(value) for key, value in await session.rows(_ALL)}
    models: list[Model] = [*schema.components.values(), *schema.content_types.values()]
    for model in models:
        key = key_of(model)
        before = stored.pop(key, None)
        view = kept_view(before, model, schema) if before else default_view(model, schema)
        if view != before:
            await set_value(session, key, view)
    for key in stored:
        await remove_value(session, key)


def key_of(model: Model) -> str:
    """Return the key that the view of a model is kept under."""
    return f"{_KEY}{'components' if isinstance(model, Component) else 'content_types'}::{model.uid}"


def _among(keys: tuple[str, ...]) -> Statement:
    marks = ", ".join(f"?{number}" for number in range(1, len(keys) + 1)) or "NULL"
    return Statement(f"{_FOUND}key IN ({marks}) ORDER BY id DESC", keys)


def _parsed(value: str | None) -> View:
    """Return a view as it is kept; what is no object counts as nothing."""
    try:
        view = orjson.loads(value or "null")
    except orjson.JSONDecodeError:
        return {}
    return view if isinstance(view, dict) else {}
