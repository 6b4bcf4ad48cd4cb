"""Each start makes the database fit the project: tables, the reference's books, and rows of types that changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tessera.engine.locales import locales
from tessera.engine.session import Session
from tessera.engine.sync_report import SyncReport
from tessera.errors import ConfigurationError
from tessera.runtime import Clock
from tessera.schema.model import Schema
from tessera.schema.snapshot import Remembered, content_types_store_value, read_store_value
from tessera.sql import additions, drafts, flags, keeping, migrations
from tessera.sql.dialects import ddl_sqlite as ddl
from tessera.sql.differences import Change, Existing, differences, without_drops
from tessera.sql.flags import FlagChanges
from tessera.sql.statement import Statement
from tessera.sql.stored_schema import read_stored_schema, stored_schema_hash, stored_schema_json
from tessera.sql.tables import Tables, tables

CONTENT_TYPES_KEY: Final = "strapi_content_types_schema"
_PERSISTED_KEY: Final = "core_persisted_tables"
_STORE: Final = "strapi_core_store_settings"
_SCHEMAS: Final = "strapi_database_schema"
_NEWEST: Final = Statement("SELECT schema, hash FROM strapi_database_schema ORDER BY time DESC LIMIT 1")
_RECORDED: Final = Statement("SELECT name FROM strapi_migrations_internal")


@dataclass(frozen=True, slots=True)
class Move:
    """What happens along with a change of the tables, in its transaction: before it, and after it when it can fail."""

    before: Callable[[Session], Awaitable[None]]
    after: Callable[[], None]


async def synchronise(session: Session, schema: Schema, clock: Clock, *, drops: bool = True) -> SyncReport:
    """
    Make the database fit the schema; run at each start, before anything else uses the database.

    Nothing is compared when the stored hash is that of the project and no migration is missing, as in the reference.
    Without `drops` (the setting `forceMigration`) nothing is lost.
    """
    report = await change_tables(session, schema, clock, drops=drops)
    changed = await follow(session, schema)
    return SyncReport(changes=report.changes, kept=report.kept, migrations=report.migrations, flags=changed)


async def change_tables(
    session: Session, schema: Schema, clock: Clock, *, drops: bool = True, move: Move | None = None
) -> SyncReport:
    """Make the tables fit the schema, in one transaction; the first half of `synchronise`."""
    wanted = tables(schema)
    if move is None and await _is_current(session, wanted):
        return SyncReport()
    async with session.transaction(rebuilds=True):
        if move is not None:
            await move.before(session)
        report = await _Synchroniser(session, schema, wanted, clock.now()).run(drops=drops)
        if move is not None:
            move.after()
    return report


async def follow(session: Session, schema: Schema) -> FlagChanges:
    """Add our own indexes and convert the rows of types that changed; the second half of `synchronise`."""
    await _add_own(session, schema)
    return await _follow_flags(session, schema)


async def foresee(session: Session, schema: Schema, *, drops: bool = True) -> tuple[Change, ...]:
    """Return what a start would change about the tables; nothing is changed, and nothing has to be there yet."""
    wanted = tables(schema)
    if await _is_current(session, wanted):
        return ()
    return (await _Synchroniser(session, schema, wanted, 0).plan(drops=drops)).changes


async def _is_current(session: Session, wanted: Tables) -> bool:
    names = {row[0] for row in await session.rows(ddl.NAMES)}
    if not {_SCHEMAS, "strapi_migrations_internal"} <= names:
        return False
    stored = await session.row(_NEWEST)
    recorded = {row[0] for row in await session.rows(_RECORDED)}
    return stored is not None and stored[1] == stored_schema_hash(wanted) and recorded.issuperset(migrations.MIGRATIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What there is, and what has to change."""

    before: Existing
    foreign: Mapping[str, Remembered]
    kept: frozenset[str]
    changes: tuple[Change, ...]


class _Synchroniser:
    """One comparison, within the transaction that carries it out."""

    def __init__(self, session: Session, schema: Schema, wanted: Tables, now: int) -> None:
        self._session = session
        self._schema = schema
        self._wanted = wanted
        self._now = now

    async def plan(self, *, drops: bool) -> _Plan:
        """Compare the database with what is wanted."""
        before = await self._existing()
        if migrations.is_of_version_4(before):
            raise ConfigurationError(
                "The database was last used by Strapi 4. Start Strapi 5.54 on it once, so that it runs its migration"
                f' "{migrations.SHORT_NAMES}" and those that follow; then start Tessera.'
            )
        foreign = await self._foreign(before)
        kept = keeping.kept_tables(before, foreign, await self._setting(_PERSISTED_KEY, before))
        changes = await self._changes(before, kept, drops=drops)
        return _Plan(before=before, foreign=foreign, kept=kept, changes=changes)

    async def run(self, *, drops: bool) -> SyncReport:
        """Carry out the plan."""
        plan = await self.plan(drops=drops)
        is_new = migrations.is_new(plan.before)
        await self._session.execute_all(ddl.CREATE_BOOKS)
        await self._apply(plan.changes)
        missing = await self._missing_migrations()
        if not is_new:
            await self._catch_up(missing, plan.before)
        if plan.changes and not is_new:
            await self._session.execute_all(tuple(keeping.drop_orphans(self._schema, plan.foreign)))
        await self._write_books(missing)
        return SyncReport(changes=plan.changes, kept=plan.kept.intersection(plan.before), migrations=missing)

    async def _existing(self) -> Existing:
        return ddl.existing(await self._session.rows(ddl.COLUMNS), await self._session.rows(ddl.INDEXES))

    async def _foreign(self, before: Existing) -> dict[str, Remembered]:
        value = await self._setting(CONTENT_TYPES_KEY, before)
        return keeping.foreign_types(read_store_value(value), self._schema)

    async def _setting(self, key: str, before: Existing) -> str | None:
        if _STORE not in before:
            return None
        value: str | None = await self._session.scalar(_read_setting(key))
        return value

    async def _changes(self, before: Existing, kept: frozenset[str], *, drops: bool) -> tuple[Change, ...]:
        stored = await self._session.row(_NEWEST) if _SCHEMAS in before else None
        tracked = read_stored_schema(stored[0] if stored else None)
        changes = differences(before, tracked, self._wanted, declared=ddl.declared, kept=kept)
        return changes if drops else without_drops(changes)

    async def _apply(self, changes: tuple[Change, ...]) -> None:
        rebuilds = any(ddl.needs_rebuild(change) for change in changes)
        broken = set(await self._session.rows(ddl.BROKEN_KEYS)) if rebuilds else set()
        for change in changes:
            attached = await self._session.rows(ddl.attached(change.table.name)) if rebuilds else []
            await self._session.execute_all(ddl.change_statements(change, attached))
        if rebuilds and (newly := set(await self._session.rows(ddl.BROKEN_KEYS)) - broken):
            names = ", ".join(sorted(str(row[0]) for row in newly))
            raise ConfigurationError(f"The tables cannot be changed: rows of {names} would point to nothing.")

    async def _missing_migrations(self) -> tuple[str, ...]:
        recorded = {row[0] for row in await self._session.rows(_RECORDED)}
        return tuple(name for name in migrations.MIGRATIONS if name not in recorded)

    async def _catch_up(self, missing: Iterable[str], before: Existing) -> None:
        for name in missing:
            await self._session.execute_all(migrations.catch_up(name, self._schema, before, self._now))
            if name == migrations.DRAFTS:
                types = self._schema.content_types.values()
                await _make_drafts(self._session, self._schema, [c.uid for c in types if c.draft_and_publish])

    async def _write_books(self, missing: Iterable[str]) -> None:
        record = "INSERT INTO strapi_migrations_internal (name, time) VALUES (?1, ?2)"
        stored = (stored_schema_json(self._wanted), self._now, stored_schema_hash(self._wanted))
        await self._session.execute_all(
            (
                *(Statement(record, (name, self._now)) for name in missing),
                Statement("DELETE FROM strapi_database_schema"),
                Statement("INSERT INTO strapi_database_schema (schema, time, hash) VALUES (?1, ?2, ?3)", stored),
            )
        )


async def _add_own(session: Session, schema: Schema) -> None:
    """Make what is missing of our own tables and indexes, and drop the indexes that nothing asks for any more."""
    names = {str(row[0]) for row in await session.rows(ddl.NAMES)}
    wanted = {own.index.name: own for own in additions.own_indexes(schema)}
    missing = [own for name, own in wanted.items() if name not in names]
    surplus = sorted(name for name in names if name.startswith(f"{additions.PREFIX}_") and name not in wanted)
    tables = [made for table, made in additions.OWN_TABLES.items() if table not in names]
    if missing or surplus or tables:
        async with session.transaction():
            for made in tables:
                await session.execute_all(made)
            await session.execute_all(tuple(ddl.drop_index(name) for name in surplus))
            await session.execute_all(tuple(ddl.create_index(own.table, own.index, own.where) for own in missing))


async def _follow_flags(session: Session, schema: Schema) -> FlagChanges:
    """Convert the rows of types whose flags have changed since the last start, and remember the types as they are."""
    text: str | None = await session.scalar(_read_setting(CONTENT_TYPES_KEY))
    value = content_types_store_value(schema)
    if text == value:
        return FlagChanges()
    changed = flags.flag_changes(read_store_value(text), schema)
    async with session.transaction():
        await _convert(session, schema, changed)
        await session.execute_all(tuple(_write_setting(CONTENT_TYPES_KEY, value, exists=text is not None)))
    return changed


async def _convert(session: Session, schema: Schema, changed: FlagChanges) -> None:
    types = schema.content_types
    default = (await locales(session)).default if changed else ""
    await session.execute_all(tuple(flags.drop_drafts(types[uid]) for uid in changed.drafts_off))
    for uid in changed.locales_off:
        await session.execute_all(flags.drop_locales(types[uid], default))
    await session.execute_all(tuple(flags.set_default_locale(types[uid], default) for uid in changed.locales_on))
    await _make_drafts(session, schema, changed.drafts_on)


async def _make_drafts(session: Session, schema: Schema, uids: Iterable[str]) -> None:
    uids = tuple(uids)
    last_ids = {table: await session.scalar(ddl.last_id(table)) for table in drafts.copied_tables(schema, uids)}
    await session.execute_all(drafts.make_drafts(schema, uids, last_ids))


def _read_setting(key: str) -> Statement:
    return Statement(f"SELECT value FROM {_STORE} WHERE key = ?1 AND environment IS NULL AND tag IS NULL", (key,))


def _write_setting(key: str, value: str, *, exists: bool) -> Iterator[Statement]:
    if exists:
        yield Statement(f"UPDATE {_STORE} SET value = ?2 WHERE key = ?1", (key, value))
    else:
        yield Statement(f"INSERT INTO {_STORE} (key, value, type) VALUES (?1, ?2, 'object')", (key, value))
