"""What is said of a key that a question may not have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tessera.errors import ValidationError


@dataclass(frozen=True, slots=True)
class Refusals:
    """
    Words the refusals of one parameter.

    The Content API adds in `details` where the key stood; the content manager does not.
    """

    details: dict[str, Any] = field(default_factory=dict)

    def invalid_key(self, key: str, path: tuple[str, ...], *, own: bool = False) -> ValidationError:
        """Return the refusal of a key below a path; `own` says that the key is the end of the path itself."""
        where = ".".join(path)
        message = f"Invalid key {key}" + (f" at {where}" if where and not own and where != key else "")
        return ValidationError(message, {**self.details, "key": key, "path": where or None})


CONTENT_MANAGER = Refusals()


def content_api(param: str) -> Refusals:
    """Return the wording of the Content API for a parameter."""
    return Refusals({"source": "query", "param": param})
