"""
The signed tokens of end users who have no sign-in sessions: nothing of them is stored (database.md §12.2).

A new password ends them all the same. The header of a token bears a mark of the password that it was issued under; the
reference makes tokens without one, which are good only as long as nothing about the account has changed since.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any, Final

from tessera.identity.jwt import is_over, sign, verified
from tessera.settings import EndUserSettings, Secret

_SECOND: Final = 1000  # milliseconds
_MARK: Final = "pwd"
_LENGTH: Final = 24  # hexadecimal digits of a mark
_GREATEST_ID: Final = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class UserClaims:
    """Whose token it is, when it was issued, and under which password."""

    user_id: int
    issued_at: int  # seconds since 1970
    mark: str | None

    def is_current(self, password: str | None, changed_at: int, secret: Secret) -> bool:
        """Tell whether the account has the password still that the token was issued under."""
        if self.mark is None:
            return changed_at // _SECOND <= self.issued_at
        return hmac.compare_digest(self.mark.encode(), _mark(password, secret).encode())


def sign_user(user_id: int, password: str | None, settings: EndUserSettings, now: int) -> str:
    """Return a token of an end user, who has that hashed password."""
    issued = now // _SECOND
    payload = {"id": user_id, "iat": issued, "exp": issued + settings.jwt_seconds}
    return sign(payload, settings.jwt_secret, header={_MARK: _mark(password, settings.jwt_secret)})


def read_user(text: str, settings: EndUserSettings, now: int) -> UserClaims | None:
    """Return the claims of a token, if it is signed by us and not over."""
    found = verified(text, settings.jwt_secret)
    if found is None or is_over(found.payload, now):
        return None
    user_id, issued = _whole(found.payload.get("id")), _whole(found.payload.get("iat"))
    mark = found.header.get(_MARK)
    if user_id is None or issued is None or not (mark is None or isinstance(mark, str)):
        return None
    return UserClaims(user_id=user_id, issued_at=issued, mark=mark)


def _mark(password: str | None, secret: Secret) -> str:
    text = f"password {password or ''}"
    return hmac.new(secret.reveal().encode(), text.encode(), "sha256").hexdigest()[:_LENGTH]


def _whole(value: Any) -> int | None:  # noqa: ANN401 - any JSON
    is_whole = isinstance(value, int) and not isinstance(value, bool) and 0 < value < _GREATEST_ID
    return value if is_whole else None
