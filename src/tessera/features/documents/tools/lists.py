"""How agents ask for lists: what they may filter and sort by, within the right to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tessera.authz.reach import Fields, covers
from tessera.mcp.shapes import SAFE, Choice, Group, Listing, Named, Never, Null, Number, OneOf, Shape, Text, Truth
from tessera.mcp.tool import Scope
from tessera.schema.model import ContentType, Scalar

PAGE: Final = Number(whole=True, least=1, most=SAFE)
PAGE_SIZE: Final = Number(whole=True, least=1, most=100)
STAMPS: Final = ("createdAt", "updatedAt", "publishedAt")
_FILTERS: Final = "__schema0"  # the name that the reference gives it
_WITHOUT_ORDER: Final = frozenset({"json", "blocks", "password"})
_NUMBERS: Final = frozenset({"integer", "biginteger", "decimal", "float"})
_TEXT_OPERATORS: Final = tuple(
    f"${name}{case}" for name in ("contains", "notContains", "startsWith", "endsWith") for case in ("", "i")
)
OPERATORS: Final = (
    "$eq", "$eqi", "$ne", "$nei", "$in", "$notIn", "$lt", "$lte", "$gt", "$gte", "$between",
    *_TEXT_OPERATORS, "$null", "$notNull",
)  # fmt: skip
_DIRECTION: Final = Choice(options=("asc", "desc"))


def sortable(scope: Scope, content_type: ContentType, fields: Fields) -> tuple[Scalar, ...]:
    """Return the attributes that a list may be filtered and sorted by; secrets never are."""
    return tuple(_sortable(scope, content_type, fields))


def _sortable(scope: Scope, content_type: ContentType, fields: Fields) -> Iterator[Scalar]:
    for attribute in content_type.attributes.values():
        if not isinstance(attribute, Scalar) or attribute.private or attribute.type in _WITHOUT_ORDER:
            continue
        told = scope.typed and attribute.name in STAMPS
        if told or (covers(fields, attribute.name) and not attribute.system):
            yield attribute


def sort_shape(attributes: tuple[Scalar, ...]) -> Shape:
    """Return how the order of a list is asked for: as text, as an object, or several of either."""
    if not attributes:
        return Never()
    names = [attribute.name for attribute in attributes]

    def is_known(text: str) -> bool:
        return all(part.partition(":")[0].strip() in names for part in text.split(","))

    text = Text(accepts=is_known, refusal=f"Sort field must be one of: {', '.join(names)}")
    keys = Group(members=dict.fromkeys(names, _DIRECTION))
    return OneOf((text, Listing(items=text), keys, Listing(items=keys)))


def filters_shape(attributes: tuple[Scalar, ...], *, typed: bool) -> Shape:
    """Return how rows are filtered: by attributes and by conditions put together."""
    if not attributes:
        return Never()

    def make() -> Shape:
        either = Listing(items=shape)
        fields = {attribute.name: _condition(attribute, typed=typed) for attribute in attributes}
        return Group(members={"$and": either, "$or": either, "$not": shape, **fields})

    shape = Named(_FILTERS, make)
    return shape


def _condition(attribute: Scalar, *, typed: bool) -> Shape:
    """Return a value to be equal to, or operators with theirs; an unknown one is refused, not dropped."""
    value = _value(attribute)
    condition = OneOf((value, Group(members=dict.fromkeys(OPERATORS, value))))
    # The reference repeats itself for every field; said once, a list of tools is half as long.
    return Named(f"{_kind(attribute)}_filter", lambda: condition) if typed else condition


def _kind(attribute: Scalar) -> str:
    if attribute.type == "boolean":
        return "truth"
    if attribute.type in _NUMBERS:
        return "number"
    return attribute.name if attribute.type == "enumeration" and attribute.enum else "text"


def _value(attribute: Scalar) -> Shape:
    if attribute.type == "boolean":
        return Truth()
    if attribute.type in _NUMBERS:
        return OneOf((Number(), Listing(items=Number())))
    if attribute.type == "enumeration" and attribute.enum:
        choice = Choice(options=attribute.enum)
        return OneOf((choice, Listing(items=choice)))
    return OneOf((Text(), Listing(items=Text()), Null()))
