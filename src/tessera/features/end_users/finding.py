"""What is asked of end users through the Content API, and the statements that answer it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.authz.ability import Ability, Grant
from tessera.authz.reach import ALL
from tessera.authz.rules import Rule
from tessera.errors import ValidationError
from tessera.filters import ALWAYS
from tessera.identity.content_actions import FIND, READ_DRAFT, action_on
from tessera.query.conditions import Operator, Slot, Test, all_of
from tessera.query.content_api import ASKED, Scope, plan_api_list
from tessera.query.conversions import Conversion, text_of
from tessera.query.paging import Page, as_number
from tessera.query.plan import ListPlan, Paging
from tessera.query.question import SEARCH, Question, question
from tessera.query.searching import is_number
from tessera.query.sight import Reader
from tessera.schema.model import Schema
from tessera.shelf import Shelf
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import CompiledRead, compile_count, compile_read
from tessera.sql.statement import Statement

USER: Final = "plugin::users-permissions.user"
ROLE: Final = "plugin::users-permissions.role"
PERMISSION: Final = "plugin::users-permissions.permission"

_ONE: Final = Slot("user", Conversion.ID)
_MOST: Final = 2**31 - 1  # users in an answer, where the question sets no limit
_SHAPES: Final = 500
# The route has asked for the right to what it shows; this is no right to users anywhere else in an answer.
_ADMITTED: Final = Grant(rules=(Rule(ALL),), filter=ALWAYS, fields=ALL, locales=ALL, key="admitted")

JSON = Any  # any JSON value
Params = Mapping[str, JSON]
_shelf: Final[Shelf[tuple[Schema, CompiledRead]]] = Shelf(_SHAPES)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks about the end users of a project, with which rights."""

    schema: Schema
    ability: Ability

    def users(self, params: Params) -> Statement:
        """Return what finds end users; without a limit all of them, as the reference does."""
        found, start, size = question(params, *ASKED), _start(params), _size(params)
        number = is_number(params.get(SEARCH))
        compiled = self._compiled(("list", found.shape, size, number), lambda: self._plan(found, size, number=number))
        return compiled.statement(found.values, {"start": start})

    def user(self, user_id: int, params: Params) -> Statement:
        """Return what finds one end user."""
        found, number = question(params, *ASKED), is_number(params.get(SEARCH))

        def plan() -> ListPlan:
            several = self._plan(found, 1, number=number)
            named = all_of(Test("id", Operator.EQUAL, (_ONE,)), several.rows.where)
            return replace(several, rows=replace(several.rows, where=named, start=None))

        compiled = self._compiled(("one", found.shape, number), plan)
        return compiled.statement(found.values, {"user": user_id})

    def count(self, params: Params) -> Statement:
        """Return what counts end users; what a list of them would refuse is refused."""
        found, number = question(params, *ASKED), is_number(params.get(SEARCH))

        def make() -> CompiledRead:
            return compile_count(self._plan(found, 1, number=number).rows, self.schema, SQLITE)

        return self._kept(("count", found.shape, number), make).statement(found.values, {})

    def reads_roles(self) -> bool:
        """Tell whether roles of end users may be read."""
        return self.ability.allows(action_on(ROLE, FIND))

    def _plan(self, found: Question, size: int, *, number: bool) -> ListPlan:
        scope = Scope(locales=None, for_number=number, root=_ADMITTED)
        page = Page(0, size, Paging.OFFSET_UNCOUNTED)
        return plan_api_list(self.schema, self._reader(), self.schema.content_types[USER], found, scope, page=page)

    def _reader(self) -> Reader:
        def grants(uid: str) -> Grant | None:
            found = self.ability.grant(action_on(uid, FIND))
            return found if isinstance(found, Grant) else None

        return Reader(grants, self.ability.key, lambda uid: self.ability.allows(action_on(uid, READ_DRAFT)))

    def _compiled(self, key: tuple[object, ...], plan: Callable[[], ListPlan]) -> CompiledRead:
        return self._kept(key, lambda: compile_read(plan(), self.schema, SQLITE))

    def _kept(self, key: tuple[object, ...], make: Callable[[], CompiledRead]) -> CompiledRead:
        """Return a compiled statement; it is kept with its schema, whose identity is part of the key."""
        return _shelf.get((id(self.schema), self.ability.key, *key), lambda: (self.schema, make()))[1]


def _start(params: Params) -> int:
    return _whole(params.get("start"), "Start") or 0


def _size(params: Params) -> int:
    """Return how many are asked for; nought and one below it mean all of them, as in the reference."""
    limit = params.get("limit")
    if limit is not None and as_number(limit) == -1:
        return _MOST
    return min(_whole(limit, "Limit") or _MOST, _MOST)


def _whole(value: JSON, word: str) -> int | None:
    if value is None:
        return None
    number = as_number(value)
    if math.isnan(number) or not number.is_integer() or not 0 <= number <= _MOST:
        shown = "NaN" if math.isnan(number) else text_of(value)
        raise ValidationError(f"convert{word}QueryParams expected a positive integer got {shown}")
    return int(number)
