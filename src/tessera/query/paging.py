"""Which page was asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import PaginationError, ValidationError
from tessera.query.conversions import text_of
from tessera.query.plan import Paging

MOST_MANAGED: Final = 1000  # entries on a page of the content manager
_USUAL: Final = 10


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


def as_number(raw: Any) -> float:  # noqa: ANN401 - any JSON
    """Return a value as JavaScript makes a number of it; NaN when it is none."""
    if isinstance(raw, list) and len(raw) != 1:
        return math.nan if raw else 0.0
    text = text_of(raw[0] if isinstance(raw, list) else raw).strip()
    try:
        return float(text) if text else 0.0
    except ValueError:
        return math.nan


def _size(size: float) -> int:
    """Return the size of a page; what is no number counts as no limit."""
    if math.isnan(size) or size >= MOST_MANAGED:
        return MOST_MANAGED
    size = max(size, 1.0)
    if not size.is_integer():
        raise ValidationError(f"convertLimitQueryParams expected a positive integer got {text_of(size)}")
    return int(size)


def _start(start: float) -> int:
    if math.isnan(start) or math.isinf(start) or not start.is_integer():
        shown = "NaN" if math.isnan(start) else text_of(start)
        raise ValidationError(f"convertStartQueryParams expected a positive integer got {shown}")
    return int(min(max(start, 0.0), 2.0**53))
