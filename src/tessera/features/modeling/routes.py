"""The HTTP doors of content types: read by whoever may, changed only under `tessera develop`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Unpack

import orjson

from tessera.errors import ApplicationError, ValidationError, Violation
from tessera.features.modeling import actions, combined, service, single
from tessera.features.modeling.answers import (
    CategoryBody,
    CategoryName,
    ComponentBody,
    ComponentShown,
    Confirmation,
    ContentTypeShown,
    Editable,
    KindWanted,
    ModelingRefusal,
    ReservedNames,
    TypeBody,
    Uid,
    Update,
    Updating,
)
from tessera.features.modeling.editing import COMPONENT_MISSING, TYPE_MISSING
from tessera.features.modeling.edits import CategoryRemoval, ComponentRemoval, Edit, TypeRemoval
from tessera.features.modeling.names import RESERVED_ATTRIBUTES, RESERVED_MODELS, slug
from tessera.features.modeling.reading import KINDS
from tessera.features.modeling.shown import shown_component, shown_content_type, shown_schema
from tessera.features.modeling.wishes import confirmed
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.envelopes import Data, Empty
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, CONTENT, Details, Handler, Route, Shape, route

_BASE: Final = "/content-type-builder"
_TYPE: Final = f"{_BASE}/content-types/{{uid}}"
_COMPONENT: Final = f"{_BASE}/components/{{uid}}"
_CATEGORY: Final = f"{_BASE}/component-categories/{{name}}"

# In more than one form, as the reference has them; 404 where there is no such type.
_REFUSALS: Final = {400: ModelingRefusal, 404: ModelingRefusal}

Answer = Callable[[service.Plan], Response]


def _read(path: str, **told: Unpack[Details]) -> Callable[[Handler], Route]:
    return route("GET", f"{_BASE}{path}", audience=ADMIN, action=actions.READ, **told)


def _write(
    method: str, path: str, *, answer: Shape, body: Shape = None, query: Shape = None, status: int = 200
) -> Callable[[Handler], Route]:
    return route(
        method,
        path,
        audience=ADMIN,
        action=actions.READ,
        alone=True,
        body=body,
        query=query,
        answer=answer,
        status=status,
        besides=_REFUSALS,
    )


@_read("/content-types", query=KindWanted, answer=Data[list[ContentTypeShown]], besides=_REFUSALS)
async def list_content_types(request: Request, ctx: RequestContext) -> Response:
    """List the content types, of one kind or of both."""
    kind = request.query.get("kind")
    if kind and kind not in KINDS:
        words = f"this must be one of the following values: {', '.join(KINDS)}"
        return _refused(ValidationError.of([Violation((), words, kind)]))
    types = ctx.project.schema.content_types.values()
    return _data([shown_content_type(each) for each in types if not kind or each.kind.value == kind])


@_read("/content-types/{uid}", answer=Data[ContentTypeShown], besides=_REFUSALS)
async def read_content_type(request: Request, ctx: RequestContext) -> Response:
    """Show one content type."""
    found = ctx.project.schema.content_types.get(request.params["uid"])
    if found is None or not found.visible_in_builder:
        return _error(404, TYPE_MISSING)
    return _data(shown_content_type(found))


@_read("/components", answer=Data[list[ComponentShown]])
async def list_components(_: Request, ctx: RequestContext) -> Response:
    """List the components."""
    return _data([shown_component(each) for each in ctx.project.schema.components.values()])


@_read("/components/{uid}", answer=Data[ComponentShown], besides=_REFUSALS)
async def read_component(request: Request, ctx: RequestContext) -> Response:
    """Show one component."""
    found = ctx.project.schema.components.get(request.params["uid"])
    return _error(404, COMPONENT_MISSING) if found is None else _data(shown_component(found))


@_read("/reserved-names", answer=ReservedNames)
async def reserved_names(_: Request, __: RequestContext) -> Response:
    """List the names that content types and attributes may not have."""
    return ok({"models": list(RESERVED_MODELS), "attributes": list(RESERVED_ATTRIBUTES)})


@_read("/schema", answer=Data[Editable])
async def read_schema(_: Request, ctx: RequestContext) -> Response:
    """Show all content types and components at once."""
    return _data(shown_schema(ctx.project.schema))


@_read("/update-schema-status", answer=Data[Updating])
async def update_status(_: Request, __: RequestContext) -> Response:
    """Say whether an update is going on; this waits for one, so there never is."""
    return _data({"isUpdating": False})


@_write("POST", f"{_BASE}/update-schema", body=Update, answer=Empty)
async def update_schema(request: Request, ctx: RequestContext) -> Response:
    """Change content types and components, all of it or nothing."""
    service.require_development(ctx)
    edits, faults = combined.read_update(request.json(), ctx.project.schema)
    if not edits and not faults:
        return ok({})
    try:
        await service.change_model(ctx, edits, faults, confirmed(_confirm(request)))
    except (ValidationError, ApplicationError) as error:
        told = error.details.get("errors", [])
        return _error(400, told[0]["message"] if told else error.message, {"details": error.details} if told else None)
    return ok({})


@_write("POST", f"{_BASE}/content-types", body=TypeBody, answer=Data[Uid], status=201)
async def create_content_type(request: Request, ctx: RequestContext) -> Response:
    """Make a content type, with the components that come with it."""
    service.require_development(ctx)
    edits, faults = single.read_new_type(request.json(), ctx.project.schema)
    return await _changed(request, ctx, edits, faults, lambda plan: _uid(plan.made[0], 201))


@_write("PUT", _TYPE, body=TypeBody, answer=Data[Uid], status=201)
async def change_content_type(request: Request, ctx: RequestContext) -> Response:
    """Change a content type; what is not sent of its attributes goes."""
    service.require_development(ctx)
    uid = request.params["uid"]
    if uid not in ctx.project.schema.content_types:
        return _error(404, TYPE_MISSING)
    edits, faults = single.read_changed_type(request.json(), uid, ctx.project.schema)
    return await _changed(request, ctx, edits, faults, lambda _: _uid(uid, 201))


@_write("DELETE", _TYPE, query=Confirmation, answer=Data[Uid])
async def delete_content_type(request: Request, ctx: RequestContext) -> Response:
    """Delete a content type."""
    service.require_development(ctx)
    uid = request.params["uid"]
    if uid not in ctx.project.schema.content_types:
        return _error(404, TYPE_MISSING)
    return await _changed(request, ctx, [TypeRemoval(uid)], [], lambda _: _uid(uid))


@_write("POST", f"{_BASE}/components", body=ComponentBody, answer=Data[Uid], status=201)
async def create_component(request: Request, ctx: RequestContext) -> Response:
    """Make a component, with the components that come with it."""
    service.require_development(ctx)
    edits, faults = single.read_new_component(request.json(), ctx.project.schema)
    return await _changed(request, ctx, edits, faults, lambda plan: _uid(plan.made[0], 201))


@_write("PUT", _COMPONENT, body=ComponentBody, answer=Data[Uid])
async def change_component(request: Request, ctx: RequestContext) -> Response:
    """Change a component, or put it into another category; what is not sent of its attributes goes."""
    service.require_development(ctx)
    uid = request.params["uid"]
    if uid not in ctx.project.schema.components:
        return _error(404, COMPONENT_MISSING)
    edits, faults = single.read_changed_component(request.json(), uid, ctx.project.schema)
    return await _changed(request, ctx, edits, faults, lambda plan: _uid(plan.uid(uid)))


@_write("DELETE", _COMPONENT, query=Confirmation, answer=Data[Uid])
async def delete_component(request: Request, ctx: RequestContext) -> Response:
    """Delete a component, also from what holds it."""
    service.require_development(ctx)
    uid = request.params["uid"]
    if uid not in ctx.project.schema.components:
        return _error(404, COMPONENT_MISSING)
    return await _changed(request, ctx, [ComponentRemoval(uid)], [], lambda _: _uid(uid))


@_write("PUT", _CATEGORY, body=CategoryBody, answer=CategoryName)
async def rename_category(request: Request, ctx: RequestContext) -> Response:
    """Call a category of components otherwise."""
    service.require_development(ctx)
    body, name = request.json(), request.params["name"]
    edits, faults = single.read_category(body, name)
    if faults:
        return _refused(ValidationError.of(faults))
    await service.change_model(ctx, edits, [], confirmed(_confirm(request)))
    wanted = slug(body["name"])
    return ok({"name": wanted} if wanted != name else {})


@_write("DELETE", _CATEGORY, query=Confirmation, answer=CategoryName)
async def delete_category(request: Request, ctx: RequestContext) -> Response:
    """Delete a category with all its components."""
    service.require_development(ctx)
    name = request.params["name"]
    await service.change_model(ctx, [CategoryRemoval(name)], [], confirmed(_confirm(request)))
    return ok({"name": name})


async def _changed(
    request: Request, ctx: RequestContext, edits: list[Edit], faults: list[Violation], answer: Answer
) -> Response:
    """Carry out edits and answer; refusals look as the reference's older routes have them."""
    try:
        plan = await service.change_model(ctx, edits, faults, confirmed(_confirm(request)))
    except ValidationError as error:
        return _refused(error)
    except ApplicationError as error:
        return _error(400, error.message)
    return answer(plan)


def _confirm(request: Request) -> JSON:
    """Return what the client knows will be lost: from the body, or from the query where there is none."""
    body = request.json()
    sent = body.get("confirm") if isinstance(body, dict) else None
    return sent if sent is not None else request.query.get("confirm")


def _data(content: JSON) -> Response:
    return ok({"data": content})


def _uid(uid: str, status: int = 200) -> Response:
    return Response(status, orjson.dumps({"data": {"uid": uid}}))


def _refused(error: ValidationError) -> Response:
    return _error(400, {"name": error.name, "message": error.message, "details": dict(error.details)})


def _error(status: int, error: JSON, more: dict[str, Any] | None = None) -> Response:
    return Response(status, orjson.dumps({"error": error, **(more or {})}))


def _for_content(admin: Route, action: str) -> Route:
    """Return the same route at the door of the Content API, for those who hold an action of it."""
    return replace(
        admin, path=f"/api{admin.path}", audience=CONTENT, access=(f"plugin::content-type-builder.{action}",)
    )


ROUTES: Final = (
    _for_content(list_content_types, "content-types.getContentTypes"),
    _for_content(read_content_type, "content-types.getContentType"),
    _for_content(list_components, "components.getComponents"),
    _for_content(read_component, "components.getComponent"),
    reserved_names,
    list_content_types,
    read_content_type,
    create_content_type,
    change_content_type,
    delete_content_type,
    list_components,
    read_component,
    create_component,
    change_component,
    delete_component,
    rename_category,
    delete_category,
    read_schema,
    update_schema,
    update_status,
)
