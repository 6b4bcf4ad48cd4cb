"""The rules of OAuth, as Authlib judges them over what was loaded; nobody else knows that library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from authlib.oauth2 import OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Payload
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge

from tessera.features.tokens.oauth.redirects import is_one_of
from tessera.features.tokens.oauth.repository import Client, Code, Grant

_ADDRESS: Final = "https://localhost/"  # Authlib asks how a request came; whoever serves it has seen to that
_GRANT_TYPES: Final = ("authorization_code", "refresh_token")
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a request is refused, in the words of the standard."""

    error: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the database says of a request for tokens."""

    client: Client | None
    code: Code | None = None
    grant: Grant | None = None
    now: int = 0


def fault_of_request(pairs: Pairs, client: Client, resource: str) -> Fault | None:
    """Return why a request for consent is refused; its client and redirect are already known to be right."""
    data = dict(pairs)
    if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
        return Fault(error="invalid_request", description="A code_challenge with the method S256 is required")
    if foreign := _fault_of_resource(pairs, resource):
        return foreign
    try:
        _server(Loaded(client=client)).get_consent_grant(_Request(pairs))
    except OAuth2Error as error:
        return _fault(error)
    return None


def fault_of_exchange(pairs: Pairs, loaded: Loaded, resource: str) -> Fault | None:
    """Return why a request for tokens is refused; None when its code or refresh token is good."""
    if len({name for name, _ in pairs}) < len(pairs):
        return Fault(error="invalid_request", description="A parameter stands twice")
    if foreign := _fault_of_resource(pairs, resource):
        return foreign
    request = _Request(pairs)
    try:
        grant = _server(loaded).get_token_grant(request)
        grant.validate_token_request()
    except OAuth2Error as error:
        return _fault(error)
    return None


def _fault_of_resource(pairs: Pairs, resource: str) -> Fault | None:
    """Tokens are for this server's endpoint alone (RFC 8707); a client that names none can mean no other."""
    if all(value == resource for name, value in pairs if name == "resource"):
        return None
    return Fault(error="invalid_target", description="The resource is not one of this server")


def _fault(error: OAuth2Error) -> Fault:
    return Fault(error=str(error.error), description=str(error.description or ""))


class _Payload(OAuth2Payload):  # type: ignore[misc]
    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    @property
    def data(self) -> dict[str, str]:
        return dict(self._pairs)

    @property
    def datalist(self) -> dict[str, list[str]]:
        return {name: [value for other, value in self._pairs if other == name] for name, _ in self._pairs}


class _Request(OAuth2Request):  # type: ignore[misc]
    def __init__(self, pairs: Pairs) -> None:
        super().__init__("POST", _ADDRESS)
        self.payload = _Payload(pairs)

    @property
    def form(self) -> dict[str, str]:
        return dict(self.payload.data)

    @property
    def args(self) -> dict[str, str]:
        return dict(self.payload.data)


class _Client(ClientMixin):  # type: ignore[misc]
    """A client without a secret, as Authlib asks about it."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get_client_id(self) -> str:
        return self.client.id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, _: str | None) -> str:
        return ""  # the person who consents chooses permissions; scopes say nothing here

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return is_one_of(redirect_uri, self.client.redirects)

    def check_client_secret(self, _: str) -> bool:
        return False

    def check_endpoint_auth_method(self, method: str, _: str) -> bool:
        return method == "none"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in _GRANT_TYPES


class _Code:
    def __init__(self, code: Code) -> None:
        self.code_challenge = code.challenge
        self.code_challenge_method = "S256"
        self.redirect = code.redirect

    def get_redirect_uri(self) -> str:
        return self.redirect

    def get_scope(self) -> str:
        return ""


class _Refresh:
    def __init__(self, grant: Grant) -> None:
        self.grant = grant

    def check_client(self, client: _Client) -> bool:
        return self.grant.client_id == client.client.id

    def get_scope(self) -> str:
        return ""


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ["none"]  # noqa: RUF012 - of the library

    def query_authorization_code(self, _: str, client: _Client) -> _Code | None:
        code, now = self.server.loaded.code, self.server.loaded.now
        good = code is not None and not code.used and code.expires_at > now and code.client_id == client.client.id
        return _Code(code) if good else None


class _RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ["none"]  # noqa: RUF012 - of the library

    def authenticate_refresh_token(self, _: str) -> _Refresh | None:
        grant, now = self.server.loaded.grant, self.server.loaded.now
        over = grant is not None and grant.expires_at is not None and grant.expires_at <= now
        return None if grant is None or over else _Refresh(grant)


class _Challenge(CodeChallenge):  # type: ignore[misc]
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012 - of the library


class _Server(AuthorizationServer):  # type: ignore[misc]
    """Authlib's server over what was loaded; what it would write, the use cases write."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded

    def query_client(self, client_id: str) -> _Client | None:
        client = self.loaded.client
        return _Client(client) if client is not None and client.id == client_id else None

    def create_oauth2_request(self, request: _Request) -> _Request:
        return request

    def save_token(self, *_: Any) -> NoReturn:  # noqa: ANN401
        raise NotImplementedError  # never asked for: the use case issues tokens, in its own transaction

    def send_signal(self, name: str, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Nobody listens."""


def _server(loaded: Loaded) -> _Server:
    server = _Server(loaded)
    server.register_grant(_CodeGrant, [_Challenge(required=True)])
    server.register_grant(_RefreshGrant)
    return server
