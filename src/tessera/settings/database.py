"""Settings of the database: which kind, where it is, and how careful writes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tessera.settings.secret import Secret
from tessera.settings.table import Table

_FILE: Final = ".tmp/data.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """What `config/database.toml` says."""

    client: str = "sqlite"
    filename: Path  # of SQLite, absolute
    synchronous: str = "full"  # of SQLite: "normal" may lose the last writes when the machine loses power
    host: str = "localhost"
    port: int | None = None
    name: str = "strapi"
    user: str = "strapi"
    password: Secret | None = None
    schema: str | None = None
    force_migration: bool = True  # drop what the project no longer has and this server or the reference made


def read_database(table: Table, folder: Path) -> DatabaseSettings:
    """Return what the file says, and the reference's defaults where it says nothing."""
    outer, settings = table.table("connection"), table.table("settings")
    inner = outer.table("connection")
    database = DatabaseSettings(
        client=outer.text("client", "sqlite", env="DATABASE_CLIENT"),
        filename=(folder / inner.text("filename", _FILE, env="DATABASE_FILENAME")).absolute(),
        synchronous=settings.text("synchronous", "full", among=("full", "normal")),
        host=inner.text("host", "localhost", env="DATABASE_HOST"),
        port=inner.integer("port", 0, env="DATABASE_PORT", most=65_535) or None,
        name=inner.text("database", "strapi", env="DATABASE_NAME"),
        user=inner.text("user", "strapi", env="DATABASE_USERNAME"),
        password=_password(inner),
        schema=inner.optional("schema", env="DATABASE_SCHEMA"),
        force_migration=settings.boolean("forceMigration", default=True),
    )
    inner.without_effect("connectionString", "ssl")
    outer.without_effect("acquireConnectionTimeout", "debug", "pool", "useNullAsDefault")
    settings.without_effect("runMigrations", "useTypescriptMigrations")
    for each in (table, outer, inner, settings):
        each.close()
    return database


def _password(table: Table) -> Secret | None:
    text = table.optional("password", env="DATABASE_PASSWORD")
    return None if text is None else Secret(text)
