"""The audit log as tests read it."""

from __future__ import annotations

from typing import Any

from tests.features.documents.desk import Desk

JSON = Any  # any JSON value


def entries(desk: Desk, query: str = "") -> list[dict[str, JSON]]:
    """Return the log, the newest entry first."""
    return list(desk.done("GET", f"/admin/audit-logs?pageSize=100{query}")["results"])


def newest(desk: Desk, query: str = "") -> dict[str, JSON]:
    """Return the newest entry of the log."""
    return entries(desk, query)[0]


def actions(desk: Desk, query: str = "") -> list[str]:
    """Return the actions in the log, the oldest first."""
    return [entry["action"] for entry in reversed(entries(desk, query))]
