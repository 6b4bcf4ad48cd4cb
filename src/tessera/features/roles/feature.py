"""Roles, declared."""

from __future__ import annotations

from typing import Final

from tessera.events import LocalesChanged
from tessera.feature import Feature, on
from tessera.features.roles import routes, starting

FEATURE: Final = Feature(
    name="roles",
    routes=(
        routes.list_roles,
        routes.read_role,
        routes.create_role,
        routes.change_role,
        routes.delete_role,
        routes.delete_roles,
        routes.list_permissions,
        routes.set_permissions,
        routes.show_catalogue,
        routes.check_permissions,
    ),
    subscriptions=(on(LocalesChanged, starting.follow_locales),),
    starters=(starting.start,),
)
