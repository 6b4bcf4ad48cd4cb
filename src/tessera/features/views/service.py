"""Use cases of views: what there is to manage, how it is shown, and changes to that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tessera.engine.views import change_view, follow_schema, view_of, views_of
from tessera.errors import BadRequestError, ForbiddenError, NotFoundError
from tessera.features.views import actions
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON, Component, ContentType, Model
from tessera.schema.views.checks import faults_of
from tessera.schema.views.labels import plain_label
from tessera.schema.views.managed import DOCUMENT_ID, described, managed
from tessera.schema.views.sizes import SIZES
from tessera.schema.views.views import View, components_within

_NO_TYPE: Final = "contentType.notFound"
_NO_COMPONENT: Final = "component.notFound"
_PARTS: Final = ("settings", "metadatas", "layouts", "options")


async def start(ctx: RequestContext) -> None:
    """Bring the views in step with the content types and components that there are."""
    await follow_schema(ctx.session, ctx.project.schema)


def everything(ctx: RequestContext) -> dict[str, JSON]:
    """Return all that the content manager has to know at first."""
    return {
        "fieldSizes": SIZES,
        "components": components(ctx),
        "contentTypes": [described(model) for model in ctx.project.schema.content_types.values()],
    }


def content_types(ctx: RequestContext, kind: str | None) -> list[dict[str, JSON]]:
    """Return the content types of a kind, or all of them."""
    types = ctx.project.schema.content_types.values()
    return [described(model) for model in types if kind is None or model.kind.value == kind]


def components(ctx: RequestContext) -> list[dict[str, JSON]]:
    """Return all components."""
    return [described(model) for model in ctx.project.schema.components.values()]


async def settings(ctx: RequestContext) -> list[dict[str, JSON]]:
    """Return how lists of each content type are set."""
    schema = ctx.project.schema
    views = await views_of(ctx.session, schema.content_types.values(), schema)
    return [{"uid": uid, "settings": view["settings"]} for uid, view in views.items()]


async def read_type(ctx: RequestContext, uid: str) -> dict[str, JSON]:
    """Return the view of a content type, and those of the components in it."""
    content_type = _content_type(ctx, uid)
    view = await _told(ctx, content_type)
    labels = {**view["contentType"]["metadatas"], DOCUMENT_ID: plain_label(DOCUMENT_ID)}
    return {**view, "contentType": {**view["contentType"], "metadatas": labels}}


async def change_type(ctx: RequestContext, uid: str, body: JSON) -> dict[str, JSON]:
    """Change the view of a content type."""
    content_type = _content_type(ctx, uid)
    _require(ctx, actions.CONFIGURE_SINGLE if content_type.is_single else actions.CONFIGURE_COLLECTION)
    async with ctx.session.transaction():
        await _change(ctx, content_type, body)
        return await _told(ctx, content_type)


async def read_component(ctx: RequestContext, uid: str) -> dict[str, JSON]:
    """Return the view of a component, and those of the components in it."""
    component = _component(ctx, uid)
    return {"component": await _shown(ctx, component), "components": await _within(ctx, component)}


async def change_component(ctx: RequestContext, uid: str, body: JSON) -> dict[str, JSON]:
    """Change the view of a component."""
    component = _component(ctx, uid)
    _require(ctx, actions.CONFIGURE_COMPONENT)
    async with ctx.session.transaction():
        await _change(ctx, component, body)
        return await _shown(ctx, component)


async def _change(ctx: RequestContext, model: Model, body: JSON) -> None:
    """Keep the parts of a view that are sent; the others stay."""
    schema = ctx.project.schema
    faults = faults_of(body, model, schema)
    if faults:
        raise BadRequestError(details={"name": "validationError", "errors": faults})
    view = await view_of(ctx.session, model, schema)
    sent = {part: body[part] for part in _PARTS if body.get(part) is not None}
    if "metadatas" in sent:
        known = managed(model).attributes
        sent["metadatas"] = {name: label for name, label in sent["metadatas"].items() if name in known}
    await change_view(ctx.session, model, {**view, **sent})
    await record(ctx, "view.update", model.uid)


async def _told(ctx: RequestContext, content_type: ContentType) -> dict[str, Any]:
    view = await view_of(ctx.session, content_type, ctx.project.schema)
    labels = {name: _with_main_field(label) for name, label in view["metadatas"].items()}
    shown = {**view, "uid": content_type.uid, "metadatas": labels}
    return {"contentType": shown, "components": await _within(ctx, content_type)}


def _with_main_field(label: Mapping[str, Any]) -> dict[str, Any]:
    """Return a label whose column says, as its form field does, what stands for a related entry."""
    if "mainField" not in label.get("edit", {}):
        return dict(label)
    return {**label, "list": {**label.get("list", {}), "mainField": label["edit"]["mainField"]}}


async def _within(ctx: RequestContext, model: Model) -> dict[str, View]:
    found = components_within(model, ctx.project.schema).values()
    return await _shown_all(ctx, found) if found else {}


async def _shown(ctx: RequestContext, component: Component) -> View:
    return (await _shown_all(ctx, [component]))[component.uid]


async def _shown_all(ctx: RequestContext, asked: Iterable[Component]) -> dict[str, View]:
    models = {component.uid: component for component in asked}
    views = await views_of(ctx.session, models.values(), ctx.project.schema)
    return {uid: {"uid": uid, "category": models[uid].category, **view} for uid, view in views.items()}


def _content_type(ctx: RequestContext, uid: str) -> ContentType:
    found = ctx.project.schema.content_types.get(uid)
    if found is None:
        raise NotFoundError(_NO_TYPE)
    return found


def _component(ctx: RequestContext, uid: str) -> Component:
    found = ctx.project.schema.components.get(uid)
    if found is None:
        raise NotFoundError(_NO_COMPONENT)
    return found


def _require(ctx: RequestContext, action: str) -> None:
    if not ctx.admin.ability.grant(action, None):
        raise ForbiddenError
