"""
Moments as ISO 8601 writes them, in the many spellings that the reference reads.

A moment without a zone is one of UTC. Years run from 1 to 9999, which every database can hold and print.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

EARLIEST: Final = -62_135_596_800_000  # the first millisecond of the year 1
LATEST: Final = 253_402_300_799_999  # the last millisecond of the year 9999
_HOUR: Final = 3_600_000
_MINUTE: Final = 60_000
_DAY: Final = 24 * _HOUR
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS: Final = re.compile(r"-?[0-9]{1,20}")
_SPLIT: Final = re.compile(r"[T ]")
_ZONED: Final = re.compile(r"([^Z+-]*)([Z+-].*)?", re.DOTALL)
_YEAR: Final = re.compile(r"([0-9]{4}|[+-][0-9]{6})(.*)", re.DOTALL)
_CENTURY: Final = re.compile(r"[0-9]{2}")
_MONTH_DAY: Final = re.compile(r"-?([0-9]{2})(?:-?([0-9]{2}))?")
_WEEK_DAY: Final = re.compile(r"-?W([0-9]{2})(?:-?([0-9]))?")
_DAY_OF_YEAR: Final = re.compile(r"-?([0-9]{3})")
_UNIT: Final = r"([0-9]{2}(?:[.,][0-9]*)?)"
_CLOCK: Final = re.compile(rf"{_UNIT}(?::?{_UNIT})?(?::?{_UNIT})?")
_OFFSET: Final = re.compile(r"([+-])([0-9]{2})(?::?([0-9]{2}))?")


def milliseconds_of(text: str) -> int | None:
    """Return the milliseconds since 1970 that an ISO date or a numeral stands for, or None."""
    moment = _iso(text)
    if moment is None and _MILLISECONDS.fullmatch(text):
        moment = int(text)
    return moment if moment is not None and EARLIEST <= moment <= LATEST else None


def iso_text(milliseconds: int) -> str:
    """Return a moment as clients see it."""
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return moment.strftime("%m-%dT%H:%M:%S").join((f"{moment.year:04d}-", f".{moment.microsecond // 1000:03d}Z"))


def _iso(text: str) -> int | None:
    day_text, *rest = _SPLIT.split(text, maxsplit=2)
    if len(rest) > 1:
        return None
    day = _day(day_text)
    if day is None or not rest:
        return day
    time_and_zone = _ZONED.fullmatch(rest[0])
    clock = _clock(time_and_zone[1]) if time_and_zone else None
    offset = _offset(time_and_zone[2]) if time_and_zone else None
    # The reference adds up doubles and cuts off what is less than a millisecond.
    return None if clock is None or offset is None else math.trunc(day + clock - offset)


def _day(text: str) -> int | None:
    """Return the first millisecond of a day: of the calendar, of a week, or counted through the year."""
    if _CENTURY.fullmatch(text):
        return _first(int(text) * 100, 1, 1)
    parts = _YEAR.fullmatch(text)
    if parts is None:
        return None
    year, rest = int(parts[1]), parts[2]
    if not rest:
        return _first(year, 1, 1)
    if found := _DAY_OF_YEAR.fullmatch(rest):
        return _numbered(year, int(found[1]))
    if found := _MONTH_DAY.fullmatch(rest):
        return _first(year, int(found[1]), int(found[2] or 1))
    if found := _WEEK_DAY.fullmatch(rest):
        return _of_week(year, int(found[1]), int(found[2] or 1))
    return None


def _first(year: int, month: int, day: int) -> int | None:
    try:
        return (date(year, month, day) - _EPOCH.date()).days * _DAY
    except ValueError:  # not in the calendar
        return None


def _numbered(year: int, number: int) -> int | None:
    first, next_first = _first(year, 1, 1), _first(year, 12, 31)
    if first is None or next_first is None:
        return None
    moment = first + (number - 1) * _DAY
    return moment if first <= moment <= next_first else None


def _of_week(year: int, week: int, day: int) -> int | None:
    """Return a day of a week; the first week is the one with the fourth of January."""
    fourth = _first(year, 1, 4)
    if fourth is None or not 1 <= week <= 53 or not 1 <= day <= 7:  # noqa: PLR2004 - weeks of a year, days of a week
        return None
    monday = fourth - date(year, 1, 4).weekday() * _DAY
    return monday + ((week - 1) * 7 + day - 1) * _DAY


def _clock(text: str) -> float | None:
    """Return the milliseconds since midnight."""
    if not text:
        return 0
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (float(f"0{unit or ''}".replace(",", ".")) for unit in found.groups())
    is_midnight_after = hours == 24 and not minutes and not seconds  # noqa: PLR2004 - the end of the day
    if not is_midnight_after and not (hours < 24 and minutes < 60 and seconds < 60):  # noqa: PLR2004 - clock faces
        return None
    return hours * _HOUR + minutes * _MINUTE + seconds * 1000


def _offset(text: str | None) -> int | None:
    """Return the offset of a zone; what follows a Z or is no offset counts as none, as in the reference."""
    found = _OFFSET.fullmatch(text or "")
    if found is None:
        return 0
    minutes = int(found[3] or 0)
    if minutes > 59:  # noqa: PLR2004 - minutes of an hour
        return None
    return (1 if found[1] == "+" else -1) * (int(found[2]) * _HOUR + minutes * _MINUTE)
