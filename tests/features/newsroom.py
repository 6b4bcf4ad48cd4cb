"""A server with content types, and the permissions that tests give out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).parents[1] / "conformance" / "project"
ARTICLE: Final = "api::article.article"
AUTHOR: Final = "api::author.author"
EVENT: Final = "api::event.event"
_EXPLORER: Final = "plugin::content-manager.explorer"
READ, CREATE, UPDATE, DELETE = (f"{_EXPLORER}.{verb}" for verb in ("read", "create", "update", "delete"))
TOKEN_ACTIONS: Final = ("access", "create", "read", "update", "regenerate", "delete")


def may(
    action: str, subject: str | None = None, *, conditions: tuple[str, ...] = (), **properties: object
) -> dict[str, Any]:
    """Return a permission as the Admin API takes it."""
    return {"action": action, "subject": subject, "properties": properties, "conditions": list(conditions)}


def may_manage_tokens() -> list[dict[str, Any]]:
    """Return the permissions to do everything with one's admin tokens."""
    return [may(f"admin::admin-tokens.{verb}") for verb in TOKEN_ACTIONS]
