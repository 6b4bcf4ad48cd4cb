"""Permissions as they are stored: what a role or an admin token was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.authz.reach import ALL, Fields, Locales

JSON = Any  # any JSON value
_UNREADABLE: Final = "unreadable"  # a condition that nobody registers, so it never holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """
    An action on a subject, limited to fields and locales, under conditions of which one must hold.

    The properties stay as they were given, so that what is read is what was written.
    """

    action: str
    subject: str | None
    properties: Mapping[str, JSON] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()

    @classmethod
    def of_row(cls, action: str, subject: str | None, properties: str | None, conditions: str | None) -> Permission:
        """
        Return the permission of a row, whose last two columns are JSON.

        What is no object, or no list of texts, limits the permission to nothing instead of not limiting it.
        """
        limits, names = _read(properties, {}), _read(conditions, [])
        return cls(
            action=action,
            subject=subject,
            properties=limits if isinstance(limits, dict) else {"fields": [], "locales": []},
            conditions=tuple(map(str, names)) if isinstance(names, list) else (_UNREADABLE,),
        )

    def stored(self) -> dict[str, JSON]:
        """Return the permission as rows and clients have it."""
        return {
            "action": self.action,
            "subject": self.subject,
            "properties": dict(self.properties),
            "conditions": list(self.conditions),
        }

    def row(self) -> dict[str, str | None]:
        """Return the columns of its row, JSON as text in the way of the reference."""
        return {
            "action": self.action,
            "action_parameters": "{}",
            "subject": self.subject,
            "properties": _compact(dict(self.properties)),
            "conditions": _compact(list(self.conditions)),
        }

    @property
    def fields(self) -> Fields:
        """Return the fields it is limited to; without a list, every field."""
        given = self.properties.get("fields")
        if given is None:
            return ALL
        return frozenset(map(str, given)) if isinstance(given, list) else frozenset()

    def locales(self, *, localized: bool) -> Locales:
        """
        Return the locales it is limited to: null means all, a missing list none.

        The reference reads it so (admin_tokens.tokens_survive_a_restart); a subject that is not localized has no bound.
        """
        if not localized:
            return ALL
        given = self.properties.get("locales", ())
        if given is None:
            return ALL
        return frozenset(str(code) for code in given) if isinstance(given, list) else frozenset()


def _compact(value: JSON) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _read(text: str | None, missing: JSON) -> JSON:
    """Return what a column holds; what is no JSON is None."""
    if text is None:
        return missing
    try:
        return json.loads(text)
    except ValueError:
        return None
