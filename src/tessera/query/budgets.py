"""How much one question may ask for; each refusal names its limit."""

from __future__ import annotations

from typing import Any, Final

from tessera.errors import ValidationError

DEPTH: Final = 10  # relations and components that a filter, sort or populate leads through
SPELT: Final = 40  # levels of a parameter as it is spelt
VALUES: Final = 1000  # values in all filters of a question
ENTRIES: Final = 100  # entries of a list in a query string
SORTS: Final = 20
PARTS: Final = 2000  # keys and relations that an answer may select
_ADVICE: Final = {
    "populate": " Consider using object notation (populate[field]=true), nested population, or reducing the number of"
    " fields."
}


def hold(count: int, most: int, what: str) -> None:
    """Refuse more than the limit."""
    if count > most:
        raise ValidationError(f"Too many {what} ({count}). The maximum is {most}.")


def hold_depth(depth: int, what: str, most: int = DEPTH) -> None:
    """Refuse what is nested too deeply."""
    if depth > most:
        raise ValidationError(f"The {what} parameter is nested too deeply. The maximum is {most} levels.")


def hold_list(value: dict[str, Any], what: str) -> None:
    """
    Refuse a list so long that its parser made it an object of numbers.

    Scenario: content_promises.a_filter_counts_or_is_refused.
    """
    if len(value) > ENTRIES and all(key == str(index) for index, key in enumerate(value)):
        message = (
            f"Too many {what} entries ({len(value)}). The maximum number of {what} entries when using array notation"
            f" is {ENTRIES}."
        )
        raise ValidationError(message + _ADVICE.get(what, ""), {"source": "query", "param": what})
