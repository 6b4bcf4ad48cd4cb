"""The signed tokens of sign-in sessions: short ones that open the API, and those that renew them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import jwt
import orjson
from jwt.algorithms import HMACAlgorithm

from tessera.settings import AdminSettings

_SECOND: Final = 1000  # milliseconds


class TokenType(Enum):
    """What a token is good for; one is never taken for the other."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Claims:
    """Whose sign-in session a token belongs to."""

    user_id: int
    session_id: str


def sign_access(claims: Claims, admin: AdminSettings, now: int) -> str:
    """Return a token that opens the API for a short time."""
    issued = now // _SECOND
    times = {"iat": issued, "exp": issued + admin.sessions.access}
    return _sign(claims, TokenType.ACCESS, times, admin)


def sign_refresh(claims: Claims, admin: AdminSettings, expires_at: int) -> str:
    """Return the token of the refresh cookie, which ends with its session."""
    return _sign(claims, TokenType.REFRESH, {"exp": expires_at // _SECOND}, admin)


def read_token(text: str, type_: TokenType, admin: AdminSettings, now: int) -> Claims | None:
    """Return the claims of a token of that type, if it is signed by us with the configured algorithm and not over."""
    try:
        payload = orjson.loads(_signer(admin).decode(text, admin.auth_secret.reveal(), algorithms=[admin.algorithm]))
    except (jwt.InvalidTokenError, ValueError):
        return None
    return _claims(payload, type_, now) if isinstance(payload, dict) else None


def _claims(payload: dict[str, Any], type_: TokenType, now: int) -> Claims | None:
    user, session, ends = payload.get("userId"), payload.get("sessionId"), payload.get("exp")
    if payload.get("type") != type_.value or not isinstance(session, str):
        return None
    if not isinstance(ends, int | float) or isinstance(ends, bool) or ends * _SECOND <= now:
        return None
    if not isinstance(user, str) or not user.isascii() or not user.isdigit() or str(int(user[:18])) != user:
        return None
    return Claims(int(user), session)


def _sign(claims: Claims, type_: TokenType, times: dict[str, int], admin: AdminSettings) -> str:
    payload = {"userId": str(claims.user_id), "sessionId": claims.session_id, "type": type_.value, **times}
    secret = admin.auth_secret.reveal()
    return _signer(admin).encode(orjson.dumps(payload), secret, algorithm=admin.algorithm, sort_headers=True)


def _signer(admin: AdminSettings) -> jwt.PyJWS:
    return _SIGNERS[admin.algorithm]


class _BySecret(HMACAlgorithm):
    """
    HMAC with a secret of any text and length, as the reference takes it.

    Each signer knows one algorithm of this family and no other, so no public key is ever taken for a secret.
    """

    def prepare_key(self, key: str | bytes) -> bytes:
        return key.encode() if isinstance(key, str) else key

    def check_key_length(self, key: bytes) -> str | None:
        return None


def _only(name: str, algorithm: HMACAlgorithm) -> jwt.PyJWS:
    signer = jwt.PyJWS(algorithms=[])
    signer.register_algorithm(name, algorithm)
    return signer


_SIGNERS: Final = {
    "HS256": _only("HS256", _BySecret(HMACAlgorithm.SHA256)),
    "HS384": _only("HS384", _BySecret(HMACAlgorithm.SHA384)),
    "HS512": _only("HS512", _BySecret(HMACAlgorithm.SHA512)),
}
