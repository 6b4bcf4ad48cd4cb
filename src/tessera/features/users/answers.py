"""What is answered about administrators."""

from __future__ import annotations

from tessera.web.account import AccountWithRoles


class InvitedAccount(AccountWithRoles):
    """An administrator who is invited, with the token to register with."""

    registrationToken: str
