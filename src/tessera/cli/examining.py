"""What the doctor looks at: each part of a project by itself, without changing any."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tessera.app import read_schema
from tessera.cli.folders import require_project
from tessera.cli.report import foretold
from tessera.engine.drivers import open_database
from tessera.engine.migrate import foresee
from tessera.engine.session import Session
from tessera.errors import ConfigurationError, TesseraError, UnavailableError
from tessera.schema.model import Schema
from tessera.settings import Settings, load
from tessera.sql.differences import Change, CreateTable
from tessera.sql.statement import Statement

_OTHERS: Final = (".js", ".ts")  # configuration files of the reference
_ANOTHER: Final = "Put back a copy of it, let this user write there, or set DATABASE_FILENAME to another file."
_SAMPLE: Final = "tobemodified"  # what the reference's own examples have for secrets
_LEAST: Final = 16  # characters
_ADMINS: Final = Statement("SELECT count(*) FROM admin_users WHERE is_active AND blocked IS NOT 1")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor says of one part of a project."""

    part: str
    ok: bool
    words: str

    def shown(self) -> dict[str, Any]:
        """Return the finding for programs."""
        return {"part": self.part, "ok": self.ok, "words": self.words}

    def line(self) -> str:
        """Return the finding for people."""
        first, *rest = self.words.splitlines()
        mark = "ok     " if self.ok else "PROBLEM"
        return "\n".join((f"{mark}  {self.part}: {first}", *(f"           {line}" for line in rest)))


def examine(folder: Path) -> list[Finding]:
    """Return what there is to say of a project; the database is looked at when everything else is well."""
    require_project(folder)
    schema, types = _tried("content types", lambda: read_schema(folder), _described)
    settings, found = _tried("settings", lambda: load(folder, os.environ, "production"), lambda it: _noted(folder, it))
    findings = [types, found]
    if schema is not None and settings is not None:
        findings += _database(schema, settings)
    return findings


def _tried(part: str, look: Callable[[], Any], words: Callable[[Any], str]) -> tuple[Any, Finding]:
    try:
        found = look()
        return found, Finding(part, ok=True, words=words(found))
    except ConfigurationError as error:
        return None, Finding(part, ok=False, words=error.message)


def _described(schema: Schema) -> str:
    own = [each for each in schema.content_types.values() if each.api]
    return f"{_count(len(own), 'content type')}, {_count(len(schema.components), 'component')}"


def _noted(folder: Path, settings: Settings) -> str:
    return "\n".join(("complete", *settings.notes, *_unread(folder), *_open_secrets(folder), *_weak_secrets(settings)))


def _unread(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "config").glob("*")):
        if path.suffix in _OTHERS and not path.with_suffix(".toml").exists():
            yield f"config/{path.name} is not read; write what it says into config/{path.stem}.toml"


def _open_secrets(folder: Path) -> Iterator[str]:
    path = folder / ".env"
    if path.exists() and path.stat().st_mode & 0o077:
        yield "other users of this machine can read .env; run `chmod 600 .env`"


def _weak_secrets(settings: Settings) -> Iterator[str]:
    admin = settings.admin
    secrets = {
        "APP_KEYS": settings.server.keys,
        "ADMIN_JWT_SECRET": (admin.auth_secret,),
        "API_TOKEN_SALT": (admin.api_token_salt,),
        "TRANSFER_TOKEN_SALT": (admin.transfer_token_salt,),
        "JWT_SECRET": (settings.plugins.end_users.jwt_secret,),
    }
    for name, texts in secrets.items():
        if any(len(text.reveal()) < _LEAST or _SAMPLE in text.reveal().lower() for text in texts):
            yield f"{name} can be guessed; make it {_LEAST} random characters or more"


def _database(schema: Schema, settings: Settings) -> list[Finding]:
    path = settings.database.filename
    if settings.database.client == "sqlite" and not path.exists():
        return [Finding("database", ok=True, words=f"{path} is not there yet; the first start makes it")]
    try:
        driver = open_database(settings.database)
    except ConfigurationError as error:
        return [Finding("database", ok=False, words=f"{error.message}\n{_ANOTHER}")]
    try:
        return driver.run_now(lambda session: _looked_at(session, schema, settings))
    finally:
        driver.close()


async def _looked_at(session: Session, schema: Schema, settings: Settings) -> list[Finding]:
    try:
        changes = await foresee(session, schema, drops=settings.database.force_migration)
        async with session.transaction():  # nothing is written; this tells whether it could be
            pass
    except UnavailableError as error:
        words = f"{settings.database.filename}: {error.message}\nIf another program keeps it open, end that one."
        return [Finding("database", ok=False, words=words)]
    except TesseraError as error:
        return [Finding("database", ok=False, words=error.message)]
    at_start = "; ".join(foretold(changes))
    words = f"at the next start {at_start}" if at_start else "the tables fit the content types"
    return [Finding("database", ok=True, words=words), await _administrators(session, changes)]


async def _administrators(session: Session, changes: tuple[Change, ...]) -> Finding:
    is_missing = any(isinstance(change, CreateTable) and change.table.name == "admin_users" for change in changes)
    number = 0 if is_missing else await session.scalar(_ADMINS)
    if not number:
        return Finding("administrators", ok=True, words="nobody can sign in yet; run `tessera admin create-user`")
    return Finding("administrators", ok=True, words=f"{number} can sign in")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
