"""How the values of a question become what columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Final

import orjson

from tessera.errors import ValidationError
from tessera.schema.model import ColumnKind

Stored = str | int | float | None

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DATE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_TIME: Final = re.compile(r"((?:2[0-3]|[01]\d):[0-5]\d:[0-5]\d)(?:\.(\d{1,3}))?", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?"
    r"(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_TRUE: Final = frozenset({"true", "t", "1"})
_FALSE: Final = frozenset({"false", "f", "0", ""})
_GREATEST: Final = 2**63 - 1
_NO_ID: Final = -1


class Conversion(Enum):
    """What a value has to become before it can be compared with a column."""

    AS_IS = "as is"
    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    BIGINT = "bigint"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    JSON = "json"


class Pattern(Enum):
    """Where in a text a value is looked for."""

    WHOLE = "whole"
    ANYWHERE = "anywhere"
    START = "start"
    END = "end"
    SEARCH = "search"  # anywhere, with the wildcards of the reference's search


_KINDS: Final[Mapping[ColumnKind, Conversion]] = {
    ColumnKind.STRING: Conversion.TEXT,
    ColumnKind.TEXT: Conversion.TEXT,
    ColumnKind.INTEGER: Conversion.NUMBER,
    ColumnKind.FLOAT: Conversion.NUMBER,
    ColumnKind.DECIMAL: Conversion.NUMBER,
    ColumnKind.BIGINT: Conversion.BIGINT,
    ColumnKind.BOOLEAN: Conversion.BOOLEAN,
    ColumnKind.DATE: Conversion.DATE,
    ColumnKind.TIME: Conversion.TIME,
    ColumnKind.DATETIME: Conversion.DATETIME,
    ColumnKind.JSON: Conversion.JSON,
}


def conversion_for(kind: ColumnKind) -> Conversion:
    """Return how values become what a column of that kind holds."""
    return _KINDS[kind]


def converted(raw: Any, conversion: Conversion, pattern: Pattern = Pattern.WHOLE) -> Stored:  # noqa: ANN401 - any JSON
    """Return what is bound for a raw value; refuses what the column could never hold."""
    if pattern is Pattern.WHOLE:
        return None if raw is None else _CONVERTERS[conversion](raw)
    return _PATTERNS[pattern](text_of(raw))


def text_of(raw: Any) -> str:  # noqa: ANN401 - any JSON
    """Return a value as JavaScript prints it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return "" if raw is None else str(raw)


def truth_of(raw: Any) -> bool:  # noqa: ANN401 - any JSON
    """Return whether a value means yes where the reference forces it into yes or no."""
    if isinstance(raw, str):
        return raw not in _FALSE
    return bool(raw)


def _as_is(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    return raw if isinstance(raw, str | int | float) else text_of(raw)


def _id(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    text = text_of(raw).strip()
    return int(text) if _INTEGER.fullmatch(text) and abs(int(text)) <= _GREATEST else _NO_ID


def _number(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return raw
    text = raw.strip() if isinstance(raw, str) else ""
    if not _NUMBER.fullmatch(text):
        raise ValidationError(f"Expected a valid Number, got {text_of(raw)}")
    return int(text) if _INTEGER.fullmatch(text) and abs(int(text)) <= _GREATEST else float(text)


def _bigint(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    text = text_of(raw).strip()
    if isinstance(raw, bool) or not _INTEGER.fullmatch(text):
        raise ValidationError(f"Expected a valid BigInteger, got {text_of(raw)}")
    # Beyond 64 bits no row is equal; a float keeps the order.
    return int(text) if -_GREATEST - 1 <= int(text) <= _GREATEST else float(text)


def _boolean(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    if raw in (0, 1):
        return int(raw)
    return 1 if raw in _TRUE else int(truth_of(raw))


def _date(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    found = _DATE.search(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValidationError("Invalid format, expected yyyy-MM-dd")
    try:
        datetime.strptime(found[0], "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ValidationError("Invalid date") from None
    return found[0]


def _time(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    found = _TIME.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValidationError("Invalid time format, expected HH:mm:ss.SSS")
    return f"{found[1]}.{(found[2] or '').ljust(3, '0')}"


def _datetime(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    text = text_of(raw).strip()
    found = _MOMENT.fullmatch(text)
    moment = _moment(found) if found else None
    if moment is not None:
        return moment
    if _INTEGER.fullmatch(text) and abs(int(text)) <= _GREATEST:
        return int(text)
    raise ValidationError("Invalid format, expected a timestamp or an ISO date")


def _moment(found: re.Match[str]) -> int | None:
    """Return the milliseconds since 1970 of an ISO text; without an offset it is in UTC."""
    year, month, day, hour, minute, second = (int(found[group] or default) for group, default in _PARTS)
    try:
        base = datetime(year, month, day, hour % 24, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    extra = timedelta(days=hour // 24) - _offset(found[8])
    fraction = int((found[7] or "0")[:3].ljust(3, "0"))
    return (base + extra - _EPOCH) // timedelta(milliseconds=1) + fraction


_PARTS: Final = ((1, 0), (2, 1), (3, 1), (4, 0), (5, 0), (6, 0))


def _offset(text: str | None) -> timedelta:
    if text is None or text == "Z":
        return timedelta()
    minutes = int(text[1:3]) * 60 + int(text[3:].lstrip(":") or 0)
    return timedelta(minutes=-minutes if text[0] == "-" else minutes)


def _json(raw: Any) -> Stored:  # noqa: ANN401 - any JSON
    """Return a value as the text of JSON, which a text may be already (content_api_filters.json_and_rich_text)."""
    text = text_of(raw)
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return orjson.dumps(text).decode()
    return text


def _escaped(text: str, signs: str) -> str:
    return "".join("\\" + character if character in signs else character for character in text)


_CONVERTERS: Final[Mapping[Conversion, Callable[[Any], Stored]]] = {
    Conversion.AS_IS: _as_is,
    Conversion.ID: _id,
    Conversion.TEXT: text_of,
    Conversion.NUMBER: _number,
    Conversion.BIGINT: _bigint,
    Conversion.BOOLEAN: _boolean,
    Conversion.DATE: _date,
    Conversion.TIME: _time,
    Conversion.DATETIME: _datetime,
    Conversion.JSON: _json,
}
# The reference's search takes an underscore for any character (content_manager_queries.words_searched_for).
_PATTERNS: Final[Mapping[Pattern, Callable[[str], str]]] = {
    Pattern.ANYWHERE: lambda text: f"%{_escaped(text, '%_' + chr(92))}%",
    Pattern.START: lambda text: f"{_escaped(text, '%_' + chr(92))}%",
    Pattern.END: lambda text: f"%{_escaped(text, '%_' + chr(92))}",
    Pattern.SEARCH: lambda text: f"%{_escaped(text, '*%' + chr(92))}%",
}
