"""What is said of a key that a question may not have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tessera.errors import ValidationError


@dataclass(frozen=True, slots=True)
class Refusals:
    """
    Words the refusals of one parameter.

    The Content API adds in `details` which parameter it was; the content manager does not.
    """

    details: dict[str, Any] = field(default_factory=dict)

    def invalid_key(self, key: str, path: tuple[str, ...]) -> ValidationError:
        """Return the refusal of a key: of a known one at its own path, of an unknown one at what it stands in."""
        where = ".".join(path)
        message = f"Invalid key {key}" + (f" at {where}" if where and where != key else "")
        return ValidationError(message, {**self.details, "key": key, "path": where or None})


CONTENT_MANAGER = Refusals()


def content_api(param: str) -> Refusals:
    """Return the wording of the Content API for a parameter."""
    return Refusals({"source": "query", "param": param})
