"""Which columns the search `_q` looks into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tessera.query.conditions import NO, Condition, Searched, Slot
from tessera.query.conversions import Conversion, Pattern, text_of
from tessera.query.sight import Sight
from tessera.schema.model import Model, Scalar

_TEXTS: Final = frozenset({"string", "text", "uid", "email", "enumeration", "richtext"})
_NUMBERS: Final = frozenset({"biginteger", "integer", "decimal", "float"})


def is_number(raw: Any) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether a search is for a number, as JavaScript takes it; an empty text is nought."""
    text = text_of(raw).strip()
    try:
        return not text or float(text) == float(text)
    except ValueError:
        return False


def searched(sight: Sight, model: Model, source: int, *, for_number: bool) -> Condition:
    """Return the condition that the text is in one of the attributes that the reader may see."""
    guards = ((name, sight.asked(model, name)) for name in _names(model, for_number=for_number))
    columns = tuple((name, guard) for name, guard in guards if guard != NO)
    return Searched(columns, Slot(source, Conversion.TEXT, Pattern.SEARCH))


def _names(model: Model, *, for_number: bool) -> Iterator[str]:
    yield from ("id", "documentId")
    for attribute in model.attributes.values():
        wanted = attribute.type in _TEXTS or (for_number and attribute.type in _NUMBERS)
        if wanted and isinstance(attribute, Scalar) and attribute.searchable:
            yield attribute.name
