"""What `tessera develop` creates when it opens a project with a `seed` folder for the first time."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from tessera.app import Tessera
from tessera.cli.admins import create_account
from tessera.cli.opening import run_as
from tessera.cli.tokens import checked
from tessera.features.roles import service as roles
from tessera.features.tokens import service as tokens
from tessera.features.tokens.service import Draft
from tessera.features.tokens.shapes import DAY
from tessera.identity.context import RequestContext
from tessera.identity.requested import Requests
from tessera.sql.statement import Statement

_ACCESS: Final = "seed/access.toml"
_LIST: Final = "/admin/content-manager/collection-types/"
_IS_EMPTY: Final = Statement("SELECT NOT EXISTS (SELECT 1 FROM admin_users)")

Welcome = Callable[[str], str]  # from the address that is served to what is said about it


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seed made that a person has to be told, since nobody sees it again."""

    email: str
    password: str
    key: str
    subject: str


def seed(opened: Tessera, folder: Path) -> Welcome:
    """Fill an empty project from its seed folder, if it has one; return what to say once it is served."""
    file = folder / _ACCESS
    is_empty = opened.driver.run_now(lambda session: session.scalar(_IS_EMPTY))
    if not file.exists() or not is_empty:
        return lambda address: _words(address, folder, None)
    seeded = _fill(opened, tomllib.loads(file.read_text(encoding="utf-8")))
    return lambda address: _words(address, folder, seeded)


def _fill(opened: Tessera, wanted: Mapping[str, Any]) -> Seeded:
    password = _new_password(opened)
    for role in wanted.get("roles", ()):
        opened.run(partial(_create_role, role))
    for person in wanted.get("administrators", ()):
        opened.run(partial(_create_person, person, password))
    key, subject = "", ""
    for token in wanted.get("tokens", ()):
        key = run_as(opened, token["owner"], partial(_create_token, token))
        subject = token["permissions"][0]["subject"]
    return Seeded(wanted["administrators"][0]["email"], password, key, subject)


async def _create_person(person: Mapping[str, Any], password: str, ctx: RequestContext) -> None:
    names = (person["firstname"], person.get("lastname"))
    await create_account(ctx, person["email"], password, names, person["roles"])


async def _create_role(role: Mapping[str, Any], ctx: RequestContext) -> None:
    made = await roles.create_role(ctx, role["name"], role.get("description"))
    requests = Requests(project=ctx.project, place="permissions", unique=True)
    await roles.give_permissions(ctx, made.id, requests.read([_permission(each) for each in role["permissions"]]))


async def _create_token(token: Mapping[str, Any], ctx: RequestContext) -> str:
    permissions = checked(ctx.project, [_permission(each) for each in token["permissions"]])
    draft = Draft(
        name=token["name"],
        description=token.get("description", ""),
        lifespan=token["days"] * DAY,
        permissions=permissions,
    )
    return (await tokens.create_token(ctx, draft))[1]


def _permission(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a permission of a seed file as a request would send it."""
    properties = {key: written[key] for key in ("fields", "locales") if key in written}
    return {"action": written["action"], "subject": written.get("subject"), "properties": properties}


def _new_password(opened: Tessera) -> str:
    letters = "abcdefghijkmnopqrstuvwxyz"
    digits = opened.project.randomness.digits
    return f"{digits(letters.upper(), 1)}{digits(letters, 11)}{digits('23456789', 4)}"


def _words(address: str, folder: Path, seeded: Seeded | None) -> str:
    panel = f"The panel: {address}/admin"
    if seeded is None:
        hint = f"tessera token create NAME --owner EMAIL --permission ACTION@SUBJECT --project {folder}"
        return f"{panel}\nA key is shown only when it is made; make a new one with:\n  {hint}"
    curl = f'curl -X GET {address}{_LIST}{seeded.subject} -H "Authorization: Bearer {seeded.key}"'
    return (
        f"{panel}\nSign in as {seeded.email} with the password {seeded.password}\n"
        f"Both are shown this once. Try the admin token:\n  {curl}"
    )
