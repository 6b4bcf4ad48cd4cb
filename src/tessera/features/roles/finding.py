"""Lists of roles: which are asked for, and the locales that their permission matrix offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from tessera.authz.ability import Ability, Grant
from tessera.authz.standard_actions import READ_DOCUMENTS
from tessera.engine.locales import default_of
from tessera.identity.context import RequestContext
from tessera.query.conditions import EVERY, NO, Condition, all_of
from tessera.query.filtering import Filtering
from tessera.query.plan import Entry, Envelope, Field, Form, ListPlan, Related, Rows
from tessera.query.planner import START
from tessera.query.question import FILTERS, SEARCH, Leaf, Question, question
from tessera.query.refusals import Refusals
from tessera.query.searching import is_number, searched
from tessera.query.sight import USER, Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import Schema
from tessera.sql.default_locale import DEFAULT_KEY
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import compile_read
from tessera.sql.statement import Statement

_ROLE: Final = "admin::role"
_SORT: Final = "sort"
_LOCALES: Final = Statement(
    "SELECT name, code, (SELECT value FROM strapi_core_store_settings WHERE key = ?1) FROM i18n_locale ORDER BY id",
    (DEFAULT_KEY,),
)
_SHOWN: Final = (
    "id",
    "documentId",
    "name",
    "code",
    "description",
    "createdAt",
    "updatedAt",
    "publishedAt",
    "locale",
)
_MOST: Final = 1000  # roles in a list, which has no pages


async def find_roles(ctx: RequestContext, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the roles that parameters ask for as lists show them, in the order they ask for."""
    asked = question(params, *(key for key in (FILTERS, _SORT, SEARCH) if params.get(key)))
    compiled = compile_read(_plan(ctx.project.schema, ctx.admin.ability, asked), ctx.project.schema, SQLITE)
    body = orjson.loads(await ctx.session.scalar(compiled.statement(asked.values, {"start": 0})))
    return [_counted(role) for role in body["results"]]


async def locales_of_matrix(ctx: RequestContext) -> list[Mapping[str, Any]]:
    """Return the locales as the permission matrix shows them."""
    rows = await ctx.session.rows(_LOCALES)
    return [_shown(name, code, is_default=code == default_of(default)) for name, code, default in rows]


def _counted(role: dict[str, Any]) -> dict[str, Any]:
    shown = {name: role[name] for name in _SHOWN}
    return {**shown, "usersCount": role["users"]["count"]}


def _plan(schema: Schema, ability: Ability, asked: Question) -> ListPlan:
    model, sight = schema.content_types[_ROLE], Sight(schema, _reader(ability))
    filtering = Filtering(sight, Refusals(), lambda target: sight.rows(target.uid))
    text = asked.get(SEARCH)
    searching: Condition = EVERY
    if isinstance(text, Leaf):
        searching = searched(sight, model, text.index, for_number=is_number(asked.values[text.index]))
    rows = Rows(
        model=_ROLE,
        where=all_of(sight.rows(_ROLE) or NO, filtering.planned(asked.get(FILTERS), model), searching),
        sort=sort_keys(filtering, asked.get(_SORT), model),
        start=START,
        limit=_MOST,
    )
    users = Related(name="users", form=Form.COUNT, rows=Rows(model=USER))
    entry = Entry(_ROLE, (*(Field(name) for name in _SHOWN), users))
    return ListPlan(rows=rows, entry=entry, envelope=Envelope.CONTENT_MANAGER, size=_MOST)


def _reader(ability: Ability) -> Reader:
    def grants(uid: str) -> Grant | None:
        found = ability.grant(READ_DOCUMENTS, uid)
        return found if isinstance(found, Grant) else None

    return Reader(grants, ability.key)


def _shown(name: str | None, code: str, *, is_default: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": name, "value": code}
    return {**shown, "isDefault": True} if is_default else shown
