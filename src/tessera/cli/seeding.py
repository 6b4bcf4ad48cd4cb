"""What `tessera develop` puts into an empty database from the `seed` folder of its project: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tessera.app import Tessera
from tessera.cli.accounts import Account, create_account
from tessera.cli.keys import Wanted, create_key
from tessera.cli.opening import acting_as, find_administrator
from tessera.cli.seed_content import create_entries
from tessera.cli.seed_files import ACCESS, Access, Content, SeedRole, SeedToken, read_access, read_content, wishes_of
from tessera.cli.welcome import FirstWelcome, LaterWelcome, Welcome
from tessera.cli.wishes import permissions_of
from tessera.engine.joined import Joined
from tessera.errors import ConfigurationError, TesseraError
from tessera.features.roles import service as roles
from tessera.identity.administrators import administrators
from tessera.identity.context import RequestContext
from tessera.runtime import Randomness

_LETTERS: Final = "abcdefghijkmnopqrstuvwxyz"  # without those that are mistaken for another
_DIGITS: Final = "23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """What the seed folder of a project holds."""

    access: Access
    content: Content


def seed(opened: Tessera, folder: Path) -> Welcome:
    """Fill an empty project from its seed folder, if it has one; return what to say once it is served."""
    access = read_access(folder)
    admins = opened.run(lambda ctx: administrators(ctx.session, "1 = 1"))
    if access is not None and not admins:
        seeds = Seed(access=access, content=read_content(folder))
        return opened.run(lambda ctx: _fill(ctx, seeds))
    owners = [user.email for user in admins if user.is_super_admin]
    return LaterWelcome(
        folder=folder, owner=next(iter(owners), None), token=next(iter(access.tokens), None) if access else None
    )


async def _fill(ctx: RequestContext, seeds: Seed) -> FirstWelcome:
    """Do everything in one transaction, with one password for all."""
    password = _new_password(ctx.project.randomness)
    within = replace(ctx, session=Joined(ctx.session))
    with _nothing_kept():
        async with ctx.session.transaction():
            await _add_people(within, seeds.access, password)
            first = await find_administrator(within, seeds.access.administrators[0].email)
            entries = await create_entries(acting_as(within, first), seeds.content)
            keys = [await _add_token(within, index, token) for index, token in enumerate(seeds.access.tokens)]
    return FirstWelcome(
        email=first.email,
        password=password,
        entries=entries,
        token=next(iter(seeds.access.tokens), None),
        key=next(iter(keys), ""),
    )


async def _add_people(ctx: RequestContext, access: Access, password: str) -> None:
    for index, role in enumerate(access.roles):
        with _naming(f"roles.{index}"):
            await _add_role(ctx, index, role)
    for index, person in enumerate(access.administrators):
        with _naming(f"administrators.{index}"):
            account = Account(person.email, person.firstname, person.lastname, password, tuple(person.roles))
            await create_account(ctx, account.checked())


async def _add_role(ctx: RequestContext, index: int, role: SeedRole) -> None:
    made = await roles.create_role(ctx, role.name, role.description)
    wanted = permissions_of(ctx.project, wishes_of(f"roles.{index}", role.permissions), unique=True)
    await roles.give_permissions(ctx, made.id, wanted)


async def _add_token(ctx: RequestContext, index: int, token: SeedToken) -> str:
    with _naming(f"tokens.{index}"):
        wanted = Wanted(
            name=token.name,
            description=token.description,
            owner=token.owner,
            days=token.days,
            wishes=tuple(wishes_of(f"tokens.{index}", token.permissions)),
        )
        return (await create_key(ctx, wanted)).key


@contextmanager
def _naming(place: str) -> Iterator[None]:
    """Let what is refused name its place in the file, with every fault."""
    try:
        yield
    except TesseraError as error:
        told = [fault["message"] for fault in error.details.get("errors", ())] or [error.message]
        raise ConfigurationError(f"{ACCESS}: {place}: {'; '.join(told)}") from error


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Say of a seed that failed that nothing of it is there."""
    try:
        yield
    except TesseraError as error:
        raise ConfigurationError(
            f"The seed was not loaded, and the database is as empty as before.\n{error.message}"
        ) from error


def _new_password(randomness: Randomness) -> str:
    """Return a password that satisfies every rule and can be read aloud."""
    letters = randomness.digits(_LETTERS, 12)
    return f"{randomness.digits(_LETTERS.upper(), 1)}{letters}{randomness.digits(_DIGITS, 4)}"
