"""What is answered about tokens; a key stands only in the answers that say so."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Moment, Person, Row
from tessera.web.granted import KeptPermission


class Token(TypedDict):
    """What all tokens have in common."""

    id: int
    name: str
    description: str | None
    lastUsedAt: Moment | None
    expiresAt: Moment | None
    lifespan: str | None
    createdAt: Moment
    updatedAt: Moment


class AdminToken(Token):
    """An admin token."""

    kind: Literal["admin"]
    type: NotRequired[str]
    adminPermissions: list[KeptPermission]
    adminUserOwner: Person | None


class DeletedAdminToken(AdminToken):
    """An admin token that is gone."""

    permissions: list[Any]


class AdminTokenWithKey(AdminToken):
    """An admin token and its key."""

    accessKey: str


class APITokenAlone(Token):
    """An API token without its key."""

    kind: Literal["content-api"]
    type: Literal["read-only", "full-access", "custom"]
    permissions: list[str]


class APIToken(APITokenAlone):
    """An API token, with its key where an encryption key keeps it readable."""

    accessKey: NotRequired[str]


class APITokenWithKey(APITokenAlone):
    """An API token and its key."""

    accessKey: str


class TransferToken(Token):
    """A transfer token."""

    permissions: list[str]


class TransferTokenWithKey(TransferToken):
    """A transfer token and its key."""

    accessKey: str


class KeptDirection(Row):
    """A direction of transfer, as it is kept."""

    action: str
    locale: str | None


class DeletedTransferToken(Token):
    """A transfer token that is gone."""

    permissions: list[KeptDirection]


class NewKey(TypedDict):
    """The new key of a token."""

    id: int
    accessKey: str


class NewKeyOfKind(NewKey):
    """The new key of a token of a kind."""

    kind: Literal["admin", "content-api"]


class ActionsOfGroup(TypedDict):
    """The actions of a type or a plugin, by their controllers."""

    controllers: dict[str, list[str]]
