"""How commands get at a project: its folder, opened for one piece of work."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tessera.app import Tessera, open_project
from tessera.authz.ability import Ability
from tessera.authz.grants import known_questions
from tessera.authz.rules import NO_RULES, SUPER_ADMIN
from tessera.errors import NotFoundError
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.context import RequestContext
from tessera.identity.principal import AdminUser, SignedIn

T = TypeVar("T")

Folder = Annotated[Path, typer.Argument(help="The project folder.", exists=True, file_okay=False)]
FolderOption = Annotated[
    Path, typer.Option("--project", "-p", help="The project folder.", exists=True, file_okay=False)
]
HERE = Path()


def work_in(folder: Path, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Open a project, do some work as the server itself, and close it again."""
    opened = open_project(folder, os.environ, "production")
    try:
        return opened.run(work)
    finally:
        opened.close()


def work_as(folder: Path, email: str, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Open a project, do some work as one of its administrators, and close it again."""
    opened = open_project(folder, os.environ, "production")
    try:
        return run_as(opened, email, work)
    finally:
        opened.close()


def run_as(opened: Tessera, email: str, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Do some work as one of the administrators of an open project."""
    user = opened.run(lambda ctx: _find(ctx, email))
    return opened.run(work, _signed_in(opened, user))


async def _find(ctx: RequestContext, email: str) -> Administrator:
    found = await administrator(ctx.session, "email", email.lower())
    if found is None:
        raise NotFoundError(f"There is no administrator with the address {email}")
    return found


def _signed_in(opened: Tessera, user: Administrator) -> SignedIn:
    """Return the administrator as a principal; whoever may read the database needs no password."""
    known = known_questions(opened.project.catalogue, opened.project.schema.content_types)
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
