"""What somebody asks the audit log: which entries, in which order, which page of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.sql.statement import Value

MOST: Final = 100  # entries on a page
_USUAL: Final = 10
_LARGEST: Final = 2**31
_TESTS: Final = 100  # comparisons in one filter
_DEPTH: Final = 10  # of groups of filters
_SORTS: Final = {
    "date:DESC": "a.at DESC, a.id DESC",
    "date:ASC": "a.at, a.id",
    "action:ASC": "a.action, a.id",
    "action:DESC": "a.action DESC, a.id DESC",
}
_TEXTS: Final = {
    "action": "a.action",
    "origin": "a.origin",
    "outcome": "a.outcome",
    "subject": "a.subject",
    "target": "a.target",
    "locale": "a.locale",
}
_NESTED: Final[Mapping[str, Mapping[str, str]]] = {
    "user": {"id": "u.id", "email": "u.email"},
    "actor": {"type": "a.actor", "id": "a.actor_id", "name": "a.actor_name"},
    "credential": {"type": "a.credential", "id": "a.credential_id", "name": "a.credential_name"},
}
_COMPARED: Final = {"$eq": "=", "$ne": "<>", "$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
_LISTED: Final = {"$in": "IN", "$notIn": "NOT IN"}
_NULL: Final = {"$null": ("IS NULL", "IS NOT NULL"), "$notNull": ("IS NOT NULL", "IS NULL")}
_NUMBERS: Final = ("u.id", "a.id", "a.actor_id", "a.credential_id")
_DATE: Final = "a.at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as SQL: a condition with its values, an order, and a page."""

    where: str
    values: Sequence[Value]
    order: str
    page: int
    size: int


def asked(params: Mapping[str, Any]) -> Asked:
    """Return what parameters ask for, or refuse what is not understood."""
    sort = params.get("sort", "date:DESC")
    if not isinstance(sort, str) or sort not in _SORTS:
        raise ValidationError(f"sort must be one of the following values: {', '.join(sorted(_SORTS))}")
    condition = _Condition()
    where = condition.group(params.get("filters") or {}, 0)
    return Asked(
        where=where,
        values=condition.values,
        order=_SORTS[sort],
        page=_counting(params, "page", 1, _LARGEST),
        size=_counting(params, "pageSize", _USUAL, MOST),
    )


def _counting(params: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    given = params.get(name)
    if given is None:
        return usual
    if not isinstance(given, str) or not given.isascii() or not given.isdecimal():
        raise ValidationError(f"{name} must be a whole number")
    number = int(given) if len(given) < len(str(_LARGEST)) else _LARGEST + 1
    if number < 1:
        raise ValidationError(f"{name} must be greater than or equal to 1")
    if number > most:
        raise ValidationError(f"{name} must be less than or equal to {most}")
    return number


@dataclass(slots=True)
class _Condition:
    """A condition under construction."""

    values: list[Value] = field(default_factory=list)
    tests: int = 0

    def group(self, filters: Any, depth: int) -> str:  # noqa: ANN401 - any JSON
        if not isinstance(filters, dict) or depth > _DEPTH:
            raise ValidationError("The filters parameter must be an object, nested at most ten times")
        parts = [self._part(key, value, depth) for key, value in filters.items()]
        return " AND ".join(parts) or "1 = 1"

    def _part(self, key: str, value: Any, depth: int) -> str:  # noqa: ANN401 - any JSON
        if key in ("$and", "$or"):
            inner = value if isinstance(value, list) else [value]
            parts = [f"({self.group(item, depth + 1)})" for item in inner]
            return f"({f' {key[1:].upper()} '.join(parts) or '1 = 1'})"
        if key == "$not":
            return f"NOT coalesce(({self.group(value, depth + 1)}), 0)"
        if key == "date":
            return self._tests(_DATE, key, value)
        if key in _TEXTS:
            return self._tests(_TEXTS[key], key, value)
        columns = _NESTED.get(key)
        if columns is None or not isinstance(value, dict):
            raise _unknown(key)
        parts = []
        for name, test in value.items():
            if name not in columns:
                raise _unknown(f"{key}.{name}")
            parts.append(self._tests(columns[name], f"{key}.{name}", test))
        return " AND ".join(parts) or "1 = 1"

    def _tests(self, column: str, key: str, asked: Any) -> str:  # noqa: ANN401 - any JSON
        tests = asked if isinstance(asked, dict) else {"$eq": asked}
        return " AND ".join(self._test(column, key, operator, value) for operator, value in tests.items()) or "1 = 1"

    def _test(self, column: str, key: str, operator: str, value: Any) -> str:  # noqa: ANN401 - any JSON
        if operator in _COMPARED:
            return f"{column} {_COMPARED[operator]} {self._bound(column, key, value)}"
        if operator in _LISTED:
            listed = value if isinstance(value, list) else [value]
            marks = ", ".join(self._bound(column, key, item) for item in listed)
            return f"{column} {_LISTED[operator]} ({marks})"
        if operator in _NULL:
            return f"{column} {_NULL[operator][value in ('false', '0')]}"
        if operator in ("$contains", "$startsWith") and column not in (*_NUMBERS, _DATE):
            place = self._bound(column, key, value)
            return f"instr({column}, {place}) {'= 1' if operator == '$startsWith' else '> 0'}"
        raise _unknown(f"{key}.{operator}")

    def _bound(self, column: str, key: str, value: Any) -> str:  # noqa: ANN401 - any JSON
        self.tests += 1
        if self.tests > _TESTS:
            raise ValidationError(f"Too many filters. The maximum is {_TESTS} comparisons.")
        if not isinstance(value, str):
            raise ValidationError(f"The filter on {key} must be a text")
        self.values.append(_value(column, key, value))
        return f"?{len(self.values)}"


def _value(column: str, key: str, text: str) -> Value:
    if column == _DATE:
        return _milliseconds(key, text)
    if column not in _NUMBERS:
        return text
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(_LARGEST)):
        raise ValidationError(f"The filter on {key} must be a number")
    return int(text)


def _milliseconds(key: str, text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValidationError(f"The filter on {key} must be a date") from None
    whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(whole.timestamp() * 1000)


def _unknown(key: str) -> ValidationError:
    return ValidationError(f"Invalid key {key}")
