"""Which page was asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import PaginationError, ValidationError, Violation
from tessera.query.conversions import text_of
from tessera.query.plan import Paging

MOST_MANAGED: Final = 1000  # entries on a page of the content manager
_USUAL: Final = 10
_PAGE: Final = ("page", "pageSize")  # `start` and `limit` beside `pagination` mean nothing
_MOST_RELATED: Final = 100
_MOST_PAGES: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, and in which words the answer tells of it."""

    start: int
    size: int
    paging: Paging = Paging.PAGES


def managed_page(params: Mapping[str, Any]) -> Page:
    """Return the page that the content manager is asked for, as leniently as in content_manager_queries.pages."""
    by_page = params.get("page") is not None or params.get("pageSize") is not None
    by_offset = params.get("start") is not None or params.get("limit") is not None
    if by_page and by_offset:
        raise PaginationError("Cannot use both page & offset pagination in the same query")
    if not by_offset:
        size = _size(as_number(params.get("pageSize", _USUAL)))
        page = as_number(params.get("page", 1))
        return Page(_start((page - 1) * size), size)
    return Page(_start(as_number(params.get("start", 0))), _size(as_number(params.get("limit", _USUAL))))


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the lists of the Content API are, and whether they are counted."""

    usual: int = 25
    most: int = 100
    counted: bool = True


LIMITS: Final = Limits()


def api_page(params: Mapping[str, Any], limits: Limits) -> Page:
    """Return the page that the Content API is asked for, as leniently as in content_api_read."""
    if any(params.get(name) is not None for name in _PAGE):
        raise PaginationError(
            "Invalid pagination attributes. The page parameters are incorrect and must be in the pagination object"
        )
    asked = params.get("pagination")
    asked = asked if isinstance(asked, Mapping) else {}
    by_page, by_offset = "page" in asked or "pageSize" in asked, "start" in asked or "limit" in asked
    if by_page and by_offset:
        raise PaginationError("Cannot use both page & offset pagination in the same query")
    counted = _counted(asked, limits)
    if by_offset:
        start, size = as_number(asked.get("start", 0)), _size(as_number(asked.get("limit", limits.usual)), limits.most)
        return Page(_start(start), size, Paging.OFFSET if counted else Paging.OFFSET_UNCOUNTED)
    size = _size(as_number(asked.get("pageSize", limits.usual)), limits.most)
    page = as_number(asked.get("page", 1))
    return Page(_start((page - 1) * size), size, Paging.PAGES if counted else Paging.PAGES_UNCOUNTED)


def _counted(asked: Mapping[str, Any], limits: Limits) -> bool:
    if "withCount" not in asked:
        return limits.counted
    word = asked["withCount"]
    if isinstance(word, bool):
        return word
    if word in ("true", "t", "1", 1):
        return True
    if word in ("false", "f", "0", 0):
        return False
    raise ValidationError('Invalid withCount parameter. Expected "t","1","true","false","0","f"')


def relation_page(params: Mapping[str, Any]) -> Page:
    """Return the page of a relation that is asked for; refuses one that cannot be (content_manager_relations)."""
    violations: list[Violation] = []
    page = _whole(params.get("page"), "page", violations, default=1)
    size = _whole(params.get("pageSize"), "pageSize", violations, default=_USUAL, most=_MOST_RELATED)
    if violations:
        raise ValidationError.of(violations)
    return Page((page - 1) * size, size)


def _whole(raw: Any, name: str, violations: list[Violation], *, default: int, most: int | None = None) -> int:  # noqa: ANN401 - any JSON
    if raw is None:
        return default
    number = as_number(raw)
    if math.isnan(number) or math.isinf(number):
        message = f"Invalid input: expected number, received {'NaN' if math.isnan(number) else 'number'}"
    elif not number.is_integer():
        message = "Invalid input: expected int, received number"
    elif number < 1:
        message = "Too small: expected number to be >=1"
    elif most is not None and number > most:
        message = f"Too big: expected number to be <={most}"
    elif number > _MOST_PAGES:
        message = f"Too big: expected int to be <{_MOST_PAGES}"
    else:
        return int(number)
    violations.append(Violation((name,), message))
    return default


def as_number(raw: Any) -> float:  # noqa: ANN401 - any JSON
    """Return a value as JavaScript makes a number of it; NaN when it is none."""
    if isinstance(raw, list) and len(raw) != 1:
        return math.nan if raw else 0.0
    text = text_of(raw[0] if isinstance(raw, list) else raw).strip()
    try:
        return float(text) if text else 0.0
    except ValueError:
        return math.nan


def _size(size: float, most: int = MOST_MANAGED) -> int:
    """Return the size of a page; what is no number counts as no limit."""
    if math.isnan(size) or size >= most:
        return most
    size = max(size, 1.0)
    if not size.is_integer():
        raise ValidationError(f"convertLimitQueryParams expected a positive integer got {text_of(size)}")
    return int(size)


def _start(start: float) -> int:
    if math.isnan(start) or math.isinf(start) or not start.is_integer():
        shown = "NaN" if math.isnan(start) else text_of(start)
        raise ValidationError(f"convertStartQueryParams expected a positive integer got {shown}")
    return int(min(max(start, 0.0), 2.0**53))
