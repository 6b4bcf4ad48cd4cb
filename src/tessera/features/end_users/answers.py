"""What is answered about end users and their roles."""

from __future__ import annotations

from typing import Any, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from tessera.web.envelopes import Moment, Row
from tessera.web.granted import ContentRoute


class EndUserRole(Row):
    """A role, as one of an end user."""

    name: str
    description: str | None
    type: str | None


@with_config(ConfigDict(extra="allow"))
class EndUser(TypedDict, total=False):
    """An end user with the fields that a project has added, as far as is asked for."""

    id: int
    documentId: str
    username: str
    email: str
    provider: str | None
    confirmed: bool | None
    blocked: bool | None
    createdAt: Moment
    updatedAt: Moment
    publishedAt: Moment | None
    role: EndUserRole | None


class SignedUpUser(TypedDict):
    """An end user, signed in where there is a token."""

    user: EndUser
    jwt: NotRequired[str]
    refreshToken: NotRequired[str]


class IssuedTokens(TypedDict):
    """New tokens."""

    jwt: str
    refreshToken: NotRequired[str]


class SentConfirmation(TypedDict):
    """Where a link was sent to."""

    email: str
    sent: bool


class EndUserSession(TypedDict):
    """A device on which an end user is signed in."""

    id: str
    deviceId: NotRequired[str | None]
    deviceName: NotRequired[str | None]
    current: bool
    loginAt: NotRequired[Moment | None]
    lastActiveAt: NotRequired[Moment | None]


class EndUserRoleShown(EndUserRole):
    """A role, and how many have it."""

    nb_users: int


class RoleToChoose(EndUserRoleShown):
    """A role that new accounts may be given."""

    locale: str | None


class SwitchedAction(TypedDict):
    """Whether an action is allowed."""

    enabled: bool
    policy: str


class SwitchedActions(TypedDict):
    """The actions of a type or a plugin, by their controllers."""

    controllers: dict[str, dict[str, SwitchedAction]]


class RoleWithActions(EndUserRole):
    """A role and all that it may do."""

    permissions: dict[str, SwitchedActions]


class RolesListed(TypedDict):
    """All roles."""

    roles: list[EndUserRoleShown]


class OneRole(TypedDict):
    """One role."""

    role: RoleWithActions


class ActionsListed(TypedDict):
    """All actions."""

    permissions: dict[str, SwitchedActions]


class PoliciesListed(TypedDict):
    """The policies that a project adds, which are none."""

    policies: list[Any]


class RegistrationRules(TypedDict, total=False):
    """Who may register, and how."""

    unique_email: bool
    allow_register: bool
    email_confirmation: bool
    email_reset_password: str | None
    email_confirmation_redirection: str | None
    default_role: str


class RegistrationRulesShown(TypedDict):
    """Who may register, and how, with the roles to choose from."""

    settings: RegistrationRules
    roles: list[RoleToChoose]


class Provider(TypedDict):
    """A way of signing in."""

    icon: NotRequired[str]
    enabled: bool


class Sender(TypedDict):
    """Whom a message is from."""

    name: str
    email: str


class TemplateOptions(TypedDict):
    """The words of a message."""

    object: str
    message: str
    response_email: NotRequired[str]


TemplateOptionsFrom = TypedDict("TemplateOptionsFrom", {"from": NotRequired[Sender]})


class TemplateText(TemplateOptions, TemplateOptionsFrom):
    """The words of a message, and whom it is from."""


class Template(TypedDict):
    """A message to end users."""

    options: TemplateText
    display: NotRequired[str]
    icon: NotRequired[str]


TemplatesBody = TypedDict("TemplatesBody", {"email-templates": dict[str, Template]})


class ProvidersBody(TypedDict):
    """The ways of signing in, switched on or off."""

    providers: dict[str, Provider]


class EndUserListing(TypedDict, total=False):
    """Which end users are asked for, and what of them."""

    filters: dict[str, Any]
    populate: dict[str, Any] | list[str] | str
    fields: list[str] | str
    sort: str | list[str]
    start: int
    limit: int
    _q: str


class RefreshBody(TypedDict, total=False):
    """The refresh token, where no cookie holds it."""

    refreshToken: str


class EndUserSignOut(TypedDict, total=False):
    """Where to sign out: here, on a device, or with `all` everywhere."""

    scope: str
    deviceId: str
    refreshToken: str


class EndUserAsked(TypedDict, total=False):
    """What is shown of an end user."""

    populate: dict[str, Any] | list[str] | str
    fields: list[str] | str


class RoutesListed(TypedDict):
    """The routes of the Content API by what they belong to."""

    routes: dict[str, list[ContentRoute]]
