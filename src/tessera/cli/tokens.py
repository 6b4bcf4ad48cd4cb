"""Commands about admin tokens; a new key is the only thing on standard output, so that `TOKEN=$(…)` works."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tessera.authz.permission import Permission
from tessera.cli.opening import HERE, FolderOption, work_as, work_in
from tessera.cli.output import AsJSON, say, show_json, show_rows
from tessera.errors import NotFoundError, ValidationError
from tessera.features.tokens import service
from tessera.features.tokens.repository import ADMIN, Token, token_of_kind, tokens_of_kind
from tessera.features.tokens.service import Draft, Held
from tessera.features.tokens.shapes import DAY
from tessera.identity.context import Project, RequestContext
from tessera.identity.requested import Requests

app = typer.Typer(help="Admin tokens: keys to the Admin API for machines.", no_args_is_help=True)

_COLUMNS: Final = ("id", "name", "owner", "expiresAt", "lastUsedAt", "permissions")
_DURATIONS: Final = {"7": 7 * DAY, "30": 30 * DAY, "90": 90 * DAY, "unlimited": None}
_PLACE: Final = "permissions"

TokenId = Annotated[int, typer.Argument(help="The id of the token, as `tessera token list` shows it.")]


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the token is called.")],
    owner: Annotated[str, typer.Option(help="The address of the administrator that the token belongs to.")],
    permission: Annotated[
        list[str] | None,
        typer.Option(
            "--permission",
            help="An action, with its subject and fields: `ACTION`, `ACTION@SUBJECT` or `ACTION@SUBJECT:field,field`.",
        ),
    ] = None,
    permissions: Annotated[
        Path | None, typer.Option("--permissions", help="A JSON file with a list of permissions.", dir_okay=False)
    ] = None,
    duration: Annotated[str, typer.Option("--days", help="7, 30, 90 or unlimited.")] = "30",
    description: Annotated[str, typer.Option(help="What the token is for.")] = "",
    project: FolderOption = HERE,
    as_json: AsJSON = False,
) -> None:
    """Create an admin token and print its key, which nobody can see again."""
    if duration not in _DURATIONS:
        raise ValidationError(f"A token lasts {', '.join(_DURATIONS)} days, not {duration}")
    asked = [*(_parsed(text) for text in permission or ()), *(_read(permissions) if permissions else ())]

    async def make(ctx: RequestContext) -> tuple[Held, str]:
        draft = Draft(
            name=name, description=description, lifespan=_DURATIONS[duration], permissions=checked(ctx.project, asked)
        )
        return await service.create_token(ctx, draft)

    held, key = work_as(project, owner, make)
    _show_key(held.token, key, as_json=as_json)


@app.command("list")
def list_tokens(project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """List the admin tokens of everybody."""
    held = work_in(project, _all)
    rows = [_row(each) for each in held]
    show_rows([each.shown() for each in held] if as_json else rows, _COLUMNS, as_json=as_json)


@app.command("revoke")
def revoke(token_id: TokenId, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Delete an admin token; its key stops working at once."""
    token = work_in(project, lambda ctx: _delete(ctx, token_id))
    if as_json:
        show_json({"id": token.id, "name": token.name, "revoked": True})
    else:
        say(f"{token.name} is revoked.")


@app.command("regenerate")
def regenerate(token_id: TokenId, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Give an admin token a new key and print it; the old key stops working at once."""
    found = work_in(project, lambda ctx: _find(ctx, token_id))
    if found.owner is None:
        raise NotFoundError(f"The token {found.name} has no owner; revoke it")
    token, key = work_as(project, found.owner.email, lambda ctx: service.regenerate_key(ctx, token_id))
    _show_key(token, key, as_json=as_json)


def checked(project: Project, asked: list[dict[str, Any]]) -> tuple[Permission, ...]:
    """Return permissions that are well formed and known, or refuse them with every reason."""
    return Requests(project=project, place=_PLACE).read(asked)


def _parsed(text: str) -> dict[str, Any]:
    action, _, target = text.partition("@")
    subject, _, fields = _split_fields(target)
    permission: dict[str, Any] = {"action": action, "subject": subject or None, "properties": {"locales": None}}
    if fields:
        permission["properties"]["fields"] = [field.strip() for field in fields.split(",")]
    if not subject:
        permission["properties"] = {}
    return permission


def _split_fields(target: str) -> tuple[str, str, str]:
    """Split at the colon before the fields; a subject has two colons of its own."""
    head, marks, rest = target.partition("::")
    subject, mark, fields = rest.partition(":")
    return f"{head}{marks}{subject}", mark, fields


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ValidationError(f"{path} holds no list of permissions: {error}") from None
    if not isinstance(content, list):
        raise ValidationError(f"{path} holds no list of permissions")
    return content


async def _all(ctx: RequestContext) -> list[Held]:
    return await service.with_permissions(ctx, await tokens_of_kind(ctx.session, ADMIN))


async def _find(ctx: RequestContext, token_id: int) -> Token:
    token = await token_of_kind(ctx.session, ADMIN, token_id)
    if token is None:
        raise NotFoundError(f"There is no admin token with the id {token_id}")
    return token


async def _delete(ctx: RequestContext, token_id: int) -> Token:
    async with ctx.session.transaction():
        token = await _find(ctx, token_id)
        await service.remove_with_permissions(ctx, [token_id])
        return token


def _row(held: Held) -> dict[str, Any]:
    owner = held.token.owner
    return {
        **held.token.shown(),
        "owner": owner.email if owner else "",
        "permissions": ", ".join(
            stored.permission.action + (f"@{stored.permission.subject}" if stored.permission.subject else "")
            for stored in held.permissions
        ),
    }


def _show_key(token: Token, key: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": token.id, "name": token.name, "accessKey": key})
        return
    say(f"The key of {token.name} (token {token.id}); it is shown this once:")
    sys.stdout.write(f"{key}\n")
