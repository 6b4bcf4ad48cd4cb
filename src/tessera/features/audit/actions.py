"""The action of the audit log, which the reference's free edition does not list."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tessera.authz.actions import settings

READ: Final = "admin::audit-logs.read"
ACTIONS: Final = tuple(
    replace(action, offered=False)
    for action in settings("admin::audit-logs", "audit logs", "general", [("read", "Read")])
)
