"""The signed tokens of sign-in sessions: short ones that open the API, and those that renew them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any, Final, Protocol

import jwt
import orjson
from jwt.algorithms import HMACAlgorithm

from tessera.settings import Secret, SessionLifespans
from tessera.shelf import Shelf

_SECOND: Final = 1000  # milliseconds
_KNOWN: Final = 1024  # tokens


class TokenType(Enum):
    """What a token is good for; one is never taken for the other."""

    ACCESS = "access"
    REFRESH = "refresh"


class Signing(Protocol):
    """What a family of sessions signs its tokens with, and how long they live; `AdminSettings` is one."""

    @property
    def auth_secret(self) -> Secret:
        """Return the secret of the family."""
        ...

    @property
    def algorithm(self) -> str:
        """Return the only algorithm that counts."""
        ...

    @property
    def sessions(self) -> SessionLifespans:
        """Return the lives of tokens and sessions."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token says, after its signature has been found good."""

    header: dict[str, Any]
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claims:
    """Whose sign-in session a token belongs to."""

    user_id: int
    session_id: str


def sign_access(claims: Claims, signing: Signing, now: int) -> str:
    """Return a token that opens the API for a short time."""
    issued = now // _SECOND
    times = {"iat": issued, "exp": issued + signing.sessions.access}
    return _sign(claims, TokenType.ACCESS, times, signing)


def sign_refresh(claims: Claims, signing: Signing, expires_at: int) -> str:
    """Return the token of the refresh cookie, which ends with its session."""
    return _sign(claims, TokenType.REFRESH, {"exp": expires_at // _SECOND}, signing)


def read_token(text: str, type_: TokenType, signing: Signing, now: int) -> Claims | None:
    """Return the claims of a token of that type, if it is signed by us with the configured algorithm and not over."""
    found = verified(text, signing.auth_secret, signing.algorithm)
    return None if found is None else _claims(found.payload, type_, now)


def sign(
    payload: dict[str, Any], secret: Secret, algorithm: str = "HS256", header: dict[str, Any] | None = None
) -> str:
    """Return the token that says this."""
    signer, key = _SIGNERS[algorithm], secret.reveal()
    return signer.encode(orjson.dumps(payload), key, algorithm=algorithm, headers=header, sort_headers=True)


def verified(text: str, secret: Secret, algorithm: str = "HS256") -> Verified | None:
    """
    Return what a token says, if it was signed with that secret and algorithm; when it ends is not looked at.

    A signature that was found good stays good, so it is not worked out again at each request of a session.
    """
    known = _fingerprint(text, secret, algorithm)
    found = _VERIFIED.find(known)
    if found is None:
        found = _verified(text, secret, algorithm)
        if found is not None:
            _VERIFIED.put(known, found)
    return found


def _fingerprint(text: str, secret: Secret, algorithm: str) -> bytes:
    """Return what stands for a token and how it was signed, and gives away neither."""
    key = blake2b(secret.reveal().encode(), digest_size=32).digest()
    return blake2b(f"{algorithm} {text}".encode("utf-8", "surrogatepass"), key=key, digest_size=32).digest()


def _verified(text: str, secret: Secret, algorithm: str) -> Verified | None:
    try:
        found = _SIGNERS[algorithm].decode_complete(text, secret.reveal(), algorithms=[algorithm])
        payload = orjson.loads(found["payload"])
    except (jwt.InvalidTokenError, ValueError):
        return None
    return Verified(found["header"], payload) if isinstance(payload, dict) else None


def is_over(payload: dict[str, Any], now: int) -> bool:
    """Tell whether the end of a token has come; one without an end is over already."""
    ends = payload.get("exp")
    return not isinstance(ends, int | float) or isinstance(ends, bool) or ends * _SECOND <= now


def _claims(payload: dict[str, Any], type_: TokenType, now: int) -> Claims | None:
    user, session = payload.get("userId"), payload.get("sessionId")
    if payload.get("type") != type_.value or not isinstance(session, str) or is_over(payload, now):
        return None
    if not isinstance(user, str) or not user.isascii() or not user.isdigit() or str(int(user[:18])) != user:
        return None
    return Claims(int(user), session)


def _sign(claims: Claims, type_: TokenType, times: dict[str, int], signing: Signing) -> str:
    payload = {"userId": str(claims.user_id), "sessionId": claims.session_id, "type": type_.value, **times}
    return sign(payload, signing.auth_secret, signing.algorithm)


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


_VERIFIED: Final[Shelf[Verified]] = Shelf(_KNOWN)
_SIGNERS: Final = {
    "HS256": _only("HS256", _BySecret(HMACAlgorithm.SHA256)),
    "HS384": _only("HS384", _BySecret(HMACAlgorithm.SHA384)),
    "HS512": _only("HS512", _BySecret(HMACAlgorithm.SHA512)),
}
