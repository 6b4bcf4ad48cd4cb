"""What values of a question become before they are compared with a column."""

from typing import Any

import pytest

from tessera.errors import ValidationError
from tessera.query.conversions import Conversion, Pattern, converted


@pytest.mark.parametrize(
    ("conversion", "raw", "expected"),
    [
        (Conversion.NUMBER, "+0.5", 0.5),
        (Conversion.NUMBER, " 20 ", 20),
        (Conversion.NUMBER, 3.0, 3.0),
        (Conversion.BIGINT, "9007199254740993", 9007199254740993),
        (Conversion.BIGINT, "-9223372036854775808", -(2**63)),
        (Conversion.BOOLEAN, "false", 0),
        (Conversion.BOOLEAN, "t", 1),
        (Conversion.BOOLEAN, True, 1),
        (Conversion.DATE, "2024-02-29T10:00:00.000Z", "2024-02-29"),
        (Conversion.TIME, "12:00:00", "12:00:00.000"),
        (Conversion.TIME, "12:00:00.5", "12:00:00.500"),
        (Conversion.DATETIME, "2024-01-15T08:00:00.000Z", 1705305600000),
        (Conversion.DATETIME, "2024-01-15T09:00:00+01:00", 1705305600000),
        (Conversion.DATETIME, "2024-01-15", 1705276800000),
        (Conversion.DATETIME, "1705305600000", 1705305600000),
        (Conversion.DATETIME, "2020", 1577836800000),
        (Conversion.DATETIME, "1969-12-31T23:59:59.999Z", -1),
        (Conversion.ID, "7", 7),
        (Conversion.ID, "abc", -1),
        (Conversion.TEXT, 5, "5"),
        (Conversion.TEXT, None, None),
    ],
)
def test_a_value_becomes_what_its_column_holds(conversion: Conversion, raw: Any, expected: Any) -> None:  # noqa: ANN401
    """
    Numbers, truths, dates and moments are taken in every notation of the reference.
    """
    assert expected == converted(raw, conversion)


@pytest.mark.parametrize(
    ("conversion", "raw", "message"),
    [
        (Conversion.NUMBER, "many", "Expected a valid Number, got many"),
        (Conversion.NUMBER, "", "Expected a valid Number, got "),
        (Conversion.NUMBER, "nan", "Expected a valid Number, got nan"),
        (Conversion.BIGINT, "1.5", "Expected a valid BigInteger, got 1.5"),
        (Conversion.DATE, "yesterday", "Invalid format, expected yyyy-MM-dd"),
        (Conversion.DATE, "2023-02-29", "Invalid date"),
        (Conversion.TIME, "08:30", "Invalid time format, expected HH:mm:ss.SSS"),
        (Conversion.TIME, "25:00:00", "Invalid time format, expected HH:mm:ss.SSS"),
        (Conversion.DATETIME, "soon", "Invalid format, expected a timestamp or an ISO date"),
        (Conversion.DATETIME, "2024-13-01", "Invalid format, expected a timestamp or an ISO date"),
    ],
)
def test_a_value_that_a_column_never_holds_is_refused(conversion: Conversion, raw: str, message: str) -> None:
    """
    What is no number, date or moment is refused in the words of the reference.
    """
    with pytest.raises(ValidationError, match="^" + message.replace(".", r"\.") + "$"):
        converted(raw, conversion)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern.ANYWHERE, "%50\\%\\_\\\\%"),
        (Pattern.START, "50\\%\\_\\\\%"),
        (Pattern.END, "%50\\%\\_\\\\"),
        (Pattern.SEARCH, "%50\\%_\\\\%"),
    ],
)
def test_wildcards_are_taken_literally(pattern: Pattern, expected: str) -> None:
    """
    Signs with a meaning in patterns are escaped, but for the underscore of a search.
    """
    assert expected == converted("50%_\\", Conversion.TEXT, pattern)
