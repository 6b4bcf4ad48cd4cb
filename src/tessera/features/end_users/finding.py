"""What is asked of end users through the Content API, and the plan of the answer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.authz.ability import Ability, Grant
from tessera.errors import ValidationError
from tessera.filters import ALWAYS, Filter
from tessera.identity.content_actions import FIND, action_on
from tessera.query.conditions import EVERY, Condition, Operator, Slot, Test, all_of
from tessera.query.conversions import Conversion, text_of
from tessera.query.filtering import Filtering
from tessera.query.paging import as_number
from tessera.query.plan import Entry, Envelope, Field, Form, ListPlan, Paging, Related, Rows
from tessera.query.planner import START
from tessera.query.question import FILTERS, SEARCH, Leaf, Question, question
from tessera.query.refusals import content_api
from tessera.query.searching import is_number, searched
from tessera.query.sight import Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import ContentType, Scalar, Schema

USER: Final = "plugin::users-permissions.user"
ROLE: Final = "plugin::users-permissions.role"
PERMISSION: Final = "plugin::users-permissions.permission"
EVERY_FIELD: Final = "*"

_SORT: Final = "sort"
_LIMIT: Final = Slot("limit")
_ONE: Final = Slot("user", Conversion.ID)
_IN_ROLE: Final = "role"
_MOST: Final = 2**53

JSON = Any  # any JSON value
Fields = frozenset[str] | None  # None: all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What parameters ask for, checked as far as it can be without the schema's rows."""

    question: Question
    fields: Fields = None
    role: Fields | bool = False  # the fields of the role, True for all of them, or not to show it
    for_number: bool = False
    start: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Everything:
    """The right to read what the route has admitted to."""

    filter: Filter = ALWAYS

    def guard(self, field: str) -> Filter:
        """Return what holds for rows of which a field may be read."""
        return ALWAYS


NOTHING_ASKED: Final = Asked(question=question({}))
WITH_ROLE: Final = replace(NOTHING_ASKED, role=True)


def asked_of(params: Mapping[str, JSON], schema: Schema, ability: Ability) -> Asked:
    """Return what parameters ask for; refuses what may not be asked."""
    wanted = {key: params[key] for key in (FILTERS, _SORT, SEARCH) if key in params}
    if FILTERS in wanted and not isinstance(wanted[FILTERS], dict | list):
        raise ValidationError("The filters parameter must be an object or an array")
    text = wanted.get(SEARCH)
    if not isinstance(text, str) or not text:
        wanted.pop(SEARCH, None)
    return Asked(
        question=question(wanted, *wanted),
        fields=_fields(params.get("fields"), schema.content_types[USER]),
        role=_role(params.get("populate"), schema) if reads_roles(ability) else False,
        for_number=is_number(text),
        start=_whole(params, "start", "Start") or 0,
        limit=_whole(params, "limit", "Limit") or None,
    )


def plan(schema: Schema, ability: Ability, asked: Asked, *, one: bool = False) -> ListPlan:
    """Return the plan of a list of end users, or of `one` whose id is bound."""
    model, sight = schema.content_types[USER], _sight(schema, ability)
    rows = Rows(
        model=USER,
        where=all_of(_named() if one else EVERY, *_conditions(sight, model, asked)),
        sort=sort_keys(_filtering(sight, _SORT), asked.question.get(_SORT), model),
        start=None if one else START,
        limit=1 if one else _LIMIT,
    )
    entry = Entry(USER, (*_selected(sight, model, asked.fields), *_role_of(sight, schema, asked)))
    return ListPlan(rows=rows, entry=entry, envelope=Envelope.CONTENT_API, paging=Paging.OFFSET_UNCOUNTED, size=0)


def counted(schema: Schema, ability: Ability, asked: Asked) -> Rows:
    """Return the end users that are counted; how they would be sorted is refused as for a list."""
    model, sight = schema.content_types[USER], _sight(schema, ability)
    sort_keys(_filtering(sight, _SORT), asked.question.get(_SORT), model)
    return Rows(model=USER, where=all_of(*_conditions(sight, model, asked)))


def named(asked: Asked, user_id: int | None = None) -> dict[str, int]:
    """Return the values of a plan's own places."""
    most = _MOST if asked.limit is None else asked.limit
    return {"start": asked.start, "limit": most, "user": user_id or 0}


def _sight(schema: Schema, ability: Ability) -> Sight:
    def grants(uid: str) -> Grant | _Everything | None:
        if uid == USER:
            return _Everything()
        found = ability.grant(action_on(uid, FIND))
        return found if isinstance(found, Grant) else None

    return Sight(schema, Reader(grants, ability.key), private_shown=False)


def _filtering(sight: Sight, param: str) -> Filtering:
    return Filtering(sight, content_api(param), lambda target: sight.rows(target.uid), strict=True)


def _named() -> Condition:
    return Test("id", Operator.EQUAL, (_ONE,))


def _conditions(sight: Sight, model: ContentType, asked: Asked) -> Iterator[Condition]:
    text = asked.question.get(SEARCH)
    yield _filtering(sight, FILTERS).planned(asked.question.get(FILTERS), model)
    if isinstance(text, Leaf):
        yield searched(sight, model, text.index, for_number=asked.for_number)


def _selected(sight: Sight, model: ContentType, fields: Fields) -> Iterator[Field]:
    yield Field("id")
    yield Field("documentId")
    for name in _scalars(model):
        if sight.is_shown(model, name) and (fields is None or name in fields):
            yield Field(name)


def _role_of(sight: Sight, schema: Schema, asked: Asked) -> Iterator[Related]:
    if asked.role is False:
        return
    model, fields = schema.content_types[ROLE], None if asked.role is True else asked.role
    entry = Entry(ROLE, tuple(_selected(sight, model, fields or None)))
    yield Related(name=_IN_ROLE, form=Form.ONE, rows=Rows(model=ROLE), entry=entry)


def _scalars(model: ContentType) -> Iterator[str]:
    for name, attribute in model.attributes.items():
        if isinstance(attribute, Scalar) and (name != "locale" or model.localized):
            yield name


def reads_roles(ability: Ability) -> bool:
    """Tell whether roles of end users may be read."""
    return ability.allows(action_on(ROLE, FIND))


def _fields(value: JSON, model: ContentType, param: str = "fields") -> Fields:
    """Return the fields that are asked for, as in content_api_read.field_selection."""
    if value is None:
        return None
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise ValidationError("Invalid fields parameter. Expected a string or an array of strings")
    asked = {part.strip() for name in names for part in name.split(",")}
    refusals = content_api(param)
    for name in sorted(asked - {EVERY_FIELD, "id", "documentId"}):
        attribute = model.attributes.get(name)
        if attribute is None:
            raise refusals.invalid_key(name, ())
        if not isinstance(attribute, Scalar) or attribute.private or attribute.type == "password":
            raise refusals.invalid_key(name, (name,))
    return None if EVERY_FIELD in asked else frozenset(asked)


def _role(populate: JSON, schema: Schema) -> Fields | bool:
    """Return what is asked of the role, the only relation of an end user that is shown."""
    if populate in (None, "", False, "false"):
        return False
    if populate in (EVERY_FIELD, True):
        return True
    if isinstance(populate, Mapping):
        return _role_in(populate, schema)
    names = populate if isinstance(populate, list) else [populate]
    if not all(isinstance(name, str) for name in names):
        raise ValidationError("Invalid populate parameter. Expected a string, an array of strings, a populate object")
    asked = {part.strip() for name in names for part in name.split(",")}
    for name in sorted(asked - {_IN_ROLE}):
        raise content_api("populate").invalid_key(name, (name,))
    return True


def _role_in(populate: Mapping[str, JSON], schema: Schema) -> Fields | bool:
    for name in populate:
        if name != _IN_ROLE:
            raise content_api("populate").invalid_key(name, ())
    wanted = populate.get(_IN_ROLE)
    if isinstance(wanted, Mapping):
        return _fields(wanted.get("fields"), schema.content_types[ROLE], "populate") or True
    return wanted not in (None, "", False, "false")


def _whole(params: Mapping[str, JSON], key: str, word: str) -> int | None:
    value = params.get(key)
    if value is None:
        return None
    number = as_number(value)
    if key == "limit" and number == -1:
        return None
    if math.isnan(number) or not number.is_integer() or not 0 <= number < _MOST:
        shown = "NaN" if math.isnan(number) else text_of(value)
        raise ValidationError(f"convert{word}QueryParams expected a positive integer got {shown}")
    return int(number)
