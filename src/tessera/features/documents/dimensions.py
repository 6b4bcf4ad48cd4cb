"""Which version of a document a request is about: its locale and status, as the query and the body say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.engine.locales import Locales
from tessera.errors import ApplicationError, ValidationError, Violation
from tessera.schema.model import ContentType

JSON = Any  # any JSON value

EVERY: Final = "*"
_STATUSES: Final = ("draft", "published")


def check_dimensions(params: JSON, *, many: bool = False) -> None:
    """Refuse a locale or status that is none; `many` lets several locales be named."""
    if not isinstance(params, Mapping):
        raise ValidationError.of([Violation((), f"Invalid input: expected object, received {kind_of(params)}")])
    faults = [*_locale_faults(params.get("locale"), many=many)]
    if "status" in params and params["status"] not in _STATUSES:
        faults.append(Violation(("status",), "Invalid status"))
    if faults:
        raise ValidationError.of(faults)


def locales_to_write(
    content_type: ContentType, query: Mapping[str, JSON], body: JSON, locales: Locales
) -> tuple[str | None, ...]:
    """
    Return the locales that a write is about; the query's word counts more than the body's, and the default is none.

    A locale that does not exist is refused. A type without locales has none.
    """
    if not content_type.localized:
        return (None,)
    asked = query.get("locale") or (body.get("locale") if isinstance(body, Mapping) else None) or locales.default
    named = asked if isinstance(asked, list) else [asked]
    if any(locale not in locales.codes for locale in named):
        raise ApplicationError("This locale doesn't exist")
    return tuple(dict.fromkeys(named))


def kind_of(value: JSON) -> str:
    """Return what JavaScript's checkers call the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def _locale_faults(locale: JSON, *, many: bool) -> list[Violation]:
    if locale is None or isinstance(locale, str):
        return []
    if many:
        is_list = isinstance(locale, list) and all(isinstance(code, str) for code in locale)
        return [] if is_list else [Violation(("locale",), "Invalid input")]
    return [Violation(("locale",), f"Invalid input: expected string, received {kind_of(locale)}")]
