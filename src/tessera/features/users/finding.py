"""Lists of administrators: what may be asked of them, and the plan of the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.authz.ability import Ability, Grant
from tessera.authz.standard_actions import READ_DOCUMENTS
from tessera.errors import PaginationError, ValidationError
from tessera.query.conditions import EVERY, NO, all_of
from tessera.query.conversions import text_of
from tessera.query.filtering import GROUPS, Filtering
from tessera.query.paging import Page, as_number
from tessera.query.plan import Entry, Envelope, Field, Form, ListPlan, Related, Rows
from tessera.query.planner import START
from tessera.query.question import FILTERS, SEARCH, Leaf, Question, question
from tessera.query.refusals import Refusals
from tessera.query.searching import is_number, searched
from tessera.query.sight import USER, Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import ContentType, Schema

_ROLE: Final = "admin::role"
_SORT: Final = "sort"
_USUAL: Final = 10
_MOST: Final = 1000  # administrators on a page
_SHOWN: Final = (
    "id",
    "documentId",
    "firstname",
    "lastname",
    "username",
    "email",
    "isActive",
    "blocked",
    "preferedLanguage",
    "createdAt",
    "updatedAt",
    "publishedAt",
    "locale",
)
_SHOWN_OF_ROLES: Final = ("id", "name", "description", "code")


class _PlainRefusals(Refusals):
    """The refusals of this list, which have no details (admin_users.finding)."""

    def invalid_key(self, key: str, path: tuple[str, ...]) -> ValidationError:
        """Return the refusal of a key."""
        return ValidationError(super().invalid_key(key, path).message)


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, ready to be planned and read."""

    question: Question
    page: Page
    for_number: bool


def search_of(params: Mapping[str, Any], schema: Schema) -> Search:
    """Return what parameters ask for; filters by what no administrator has are overlooked (admin_users.finding)."""
    wanted = {key: params[key] for key in (FILTERS, _SORT, SEARCH) if key in params}
    if FILTERS in wanted:
        if not isinstance(wanted[FILTERS], dict | list):
            raise ValidationError("The filters parameter must be an object or an array")
        wanted[FILTERS] = _known(wanted[FILTERS], schema.content_types[USER])
    text = wanted.get(SEARCH)
    if not isinstance(text, str) or not text:
        wanted.pop(SEARCH, None)
    return Search(question(wanted, *wanted), _page(params), is_number(text))


def plan(schema: Schema, ability: Ability, search: Search) -> ListPlan:
    """Return the plan of a list of administrators with their roles."""
    model = schema.content_types[USER]
    sight = Sight(schema, reader_of(ability))
    filtering = Filtering(sight, _PlainRefusals(), lambda target: sight.rows(target.uid), strict=True)
    text = search.question.get(SEARCH)
    rows = Rows(
        model=USER,
        where=all_of(
            sight.rows(USER) or NO,
            filtering.planned(search.question.get(FILTERS), model),
            searched(sight, model, text.index, for_number=search.for_number) if isinstance(text, Leaf) else EVERY,
        ),
        sort=sort_keys(filtering, search.question.get(_SORT), model),
        start=START,
        limit=search.page.size,
    )
    return ListPlan(rows=rows, entry=_entry(), envelope=Envelope.CONTENT_MANAGER, size=search.page.size)


def reader_of(ability: Ability) -> Reader:
    """Return an ability as the right to read administrators, which comes with the action on them."""

    def grants(uid: str) -> Grant | None:
        found = ability.grant(READ_DOCUMENTS, uid)
        return found if isinstance(found, Grant) else None

    return Reader(grants, ability.key)


def _entry() -> Entry:
    role = Entry(_ROLE, tuple(Field(name) for name in _SHOWN_OF_ROLES))
    roles = Related(name="roles", form=Form.MANY, rows=Rows(model=_ROLE), entry=role)
    return Entry(USER, (*(Field(name) for name in _SHOWN), roles))


def _known(filters: Any, model: ContentType) -> Any:  # noqa: ANN401 - any JSON
    """Return filters without the keys that are no attributes."""
    if isinstance(filters, list):
        return [_known(item, model) for item in filters]
    if not isinstance(filters, dict):
        return filters
    kept = {}
    for key, value in filters.items():
        if key in GROUPS or key == "$not":
            kept[key] = _known(value, model)
        elif key in model.attributes or key in ("id", "documentId"):
            kept[key] = value
    return kept


def _page(params: Mapping[str, Any]) -> Page:
    size = min(_counting_number(params, "pageSize", _USUAL), _MOST)
    page = _counting_number(params, "page", 1)
    return Page((page - 1) * size, size)


def _counting_number(params: Mapping[str, Any], name: str, usual: int) -> int:
    given = params.get(name, usual)
    number = as_number(given)
    if math.isnan(number) or number < 1 or not number.is_integer() or number >= 2**31:
        raise PaginationError(f"Invalid '{name}' parameter. Expected an integer > 0, received: {text_of(given)}")
    return int(number)
