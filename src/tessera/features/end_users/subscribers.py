"""Accounts that are written in the content manager: they keep to the rules of accounts, or are refused."""

from __future__ import annotations

from typing import Final

from tessera.errors import ApplicationError, ValidationError, Violation
from tessera.events import DocumentsChanged
from tessera.features.end_users import account_repository as accounts
from tessera.features.end_users.advanced import read_advanced
from tessera.features.end_users.finding import USER
from tessera.identity.context import RequestContext

_CREATED: Final = "entry.create"
_WRITTEN: Final = (_CREATED, "entry.update")


async def documents_changed(ctx: RequestContext, event: DocumentsChanged) -> None:
    """Make an account that was added one that may sign in; an address is kept in lower case, and nobody else's."""
    if event.uid != USER or event.action not in _WRITTEN:
        return
    for version in event.versions:
        found = await accounts.account_written(ctx.session, version.document_id)
        if found is not None:
            await _fit(ctx, found, is_new=event.action == _CREATED)


async def _fit(ctx: RequestContext, found: accounts.WrittenAccount, *, is_new: bool) -> None:
    if is_new and not found.has_role:
        raise ValidationError.of([Violation(("role",), "role is a required field")])
    email = found.email.lower()
    if (await read_advanced(ctx.session)).unique_email and await accounts.is_taken(
        ctx.session, "email", email, found.id
    ):
        raise ApplicationError("Email already taken")
    provider = accounts.LOCAL if is_new else found.provider
    if (email, provider) != (found.email, found.provider):
        await accounts.fit_account(ctx.session, found.id, email, provider)
