"""How commands get at a project: its folder, opened for one piece of work."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tessera.app import Tessera, open_project
from tessera.authz.ability import Ability
from tessera.authz.grants import known_questions
from tessera.authz.rules import NO_RULES, SUPER_ADMIN
from tessera.cli.folders import require_project
from tessera.errors import ForbiddenError, NotFoundError
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.context import Project, RequestContext
from tessera.identity.principal import AdminUser, SignedIn

T = TypeVar("T")


@contextmanager
def opened(folder: Path) -> Iterator[Tessera]:
    """Open a project for a command, and close it whatever happens."""
    project = open_project(require_project(folder), os.environ, "production")
    try:
        yield project
    finally:
        project.close()


def work_in(folder: Path, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Open a project, do some work as the server itself, and close it again."""
    with opened(folder) as project:
        return project.run(work)


async def find_administrator(ctx: RequestContext, email: str) -> Administrator:
    """Return the administrator with an address, or refuse."""
    found = await administrator(ctx.session, "email", email.lower())
    if found is None:
        raise NotFoundError(f"There is no administrator with the address {email}")
    return found


def acting_as(ctx: RequestContext, user: Administrator) -> RequestContext:
    """
    Return the same work as an administrator's; whoever may read the database needs no password.

    Nobody acts for an administrator who could not sign in.
    """
    if user.blocked or not user.is_active:
        raise ForbiddenError(f"{user.email} is deactivated or blocked, and so are its keys")
    return replace(ctx, principal=_signed_in(ctx.project, user))


def _signed_in(project: Project, user: Administrator) -> SignedIn:
    known = known_questions(project.catalogue, project.schema.content_types)
    rules = SUPER_ADMIN if user.is_super_admin else NO_RULES
    asking = AdminUser(
        id=user.id,
        document_id=user.document_id,
        email=user.email,
        firstname=user.firstname,
        lastname=user.lastname,
        username=user.username,
        role_ids=tuple(sorted(user.role_ids)),
        is_super_admin=user.is_super_admin,
    )
    return SignedIn(user=asking, session_id="", ability=Ability(rules, known))
