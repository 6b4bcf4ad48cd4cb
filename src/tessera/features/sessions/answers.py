"""What is answered about sign-in sessions."""

from __future__ import annotations

from typing import Generic, Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

from tessera.web.envelopes import Moment

U = TypeVar("U")


class SignedIn(TypedDict, Generic[U]):
    """An access token and whose it is; `accessToken` is the same token."""

    token: str
    accessToken: str
    user: U


class SignedInAnew(TypedDict, Generic[U]):
    """An access token and whose it is."""

    token: str
    user: U


class AccessToken(TypedDict):
    """An access token."""

    token: str


class Invited(TypedDict):
    """Whom an invitation is for."""

    email: str
    firstname: str | None
    lastname: str | None


class SignInSession(TypedDict):
    """A device on which somebody is signed in."""

    id: str
    deviceId: str
    deviceName: NotRequired[str]
    current: bool
    loginAt: Moment
    lastActiveAt: Moment


class CredentialsBody(TypedDict):
    """Who signs in, and where."""

    email: str
    password: str
    deviceId: NotRequired[str]
    rememberMe: NotRequired[bool]


class SignOutBody(TypedDict, total=False):
    """The device to sign out on; without it, everywhere."""

    deviceId: str


class SessionsToEnd(TypedDict, total=False):
    """Whether the current session stays."""

    keepCurrent: Literal["true", "1", "false"]
