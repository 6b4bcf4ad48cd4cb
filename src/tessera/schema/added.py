"""The attributes that the server itself adds to every content type, as the reference spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.schema.model import JSON

USER: Final = "admin::user"


def added_attributes(uid: str, *, localized: bool, creators_shown: bool) -> dict[str, Mapping[str, JSON]]:
    """Return the server's attributes in their order; one that a schema file declares too is overridden in its place."""
    return {
        "createdAt": {"type": "datetime"},
        "updatedAt": {"type": "datetime"},
        "publishedAt": {"type": "datetime", "configurable": False, "writable": True, "visible": True},
        "createdBy": _creator(private=not creators_shown),
        "updatedBy": _creator(private=not creators_shown),
        "locale": {
            "writable": True,
            "private": not localized,
            "configurable": False,
            "visible": False,
            "type": "string",
        },
        "localizations": {
            "type": "relation",
            "relation": "oneToMany",
            "target": uid,
            "writable": False,
            "private": not localized,
            "configurable": False,
            "visible": False,
            "unstable_virtual": True,
        },
    }


def _creator(*, private: bool) -> dict[str, Any]:
    return {
        "type": "relation",
        "relation": "oneToOne",
        "target": USER,
        "configurable": False,
        "writable": False,
        "visible": False,
        "useJoinTable": False,
        "private": private,
    }
