"""Tokens, declared."""

from __future__ import annotations

from typing import Final

from tessera.events import RolePermissionsChanged, RolesOfUserChanged, UsersDeleted
from tessera.feature import Feature, on
from tessera.features.tokens import content_routes, routes, starting, subscribers, transfer_routes

FEATURE: Final = Feature(
    name="tokens",
    routes=(
        routes.list_tokens,
        routes.read_token,
        routes.owner_permissions,
        routes.create_token,
        routes.change_token,
        routes.regenerate_key,
        routes.delete_token,
        content_routes.list_tokens,
        content_routes.read_token,
        content_routes.create_token,
        content_routes.change_token,
        content_routes.regenerate_key,
        content_routes.delete_token,
        content_routes.list_actions,
        content_routes.list_routes,
        transfer_routes.list_tokens,
        transfer_routes.read_token,
        transfer_routes.create_token,
        transfer_routes.change_token,
        transfer_routes.regenerate_key,
        transfer_routes.delete_token,
    ),
    subscriptions=(
        on(UsersDeleted, subscribers.delete_tokens_of),
        on(RolesOfUserChanged, subscribers.clip_tokens_of_users),
        on(RolePermissionsChanged, subscribers.clip_tokens_of_roles),
    ),
    starters=(starting.start,),
)
