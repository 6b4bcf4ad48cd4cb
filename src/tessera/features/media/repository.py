"""Files as rows, and where they are linked (database.md §6.1, §9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.engine.versions import raise_versions
from tessera.features.media.configuration import LOCAL
from tessera.identity.context import Project
from tessera.schema.naming import FILE
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, marks, quote, select, update

TABLE: Final = "files"
_LINKS: Final = "files_related_mph"
_IN_FOLDER: Final = "files_folder_lnk"
_COLUMNS: Final = ("id", "name", "hash", "ext", "provider", "formats", "folder_path")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file's row, as far as the file itself is found by it."""

    id: int
    name: str
    hash: str
    ending: str
    provider: str
    folder_path: str
    formats: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def stored_names(self) -> list[str]:
        """Return the names of all that is kept of it on this machine."""
        return [f"{self.hash}{self.ending}", *self.smaller_names.values()] if self.provider == LOCAL else []

    @property
    def smaller_names(self) -> dict[str, str]:
        """Return the names of the smaller pictures by their sizes."""
        return {size: f"{each.get('hash', '')}{each.get('ext', '')}" for size, each in self.formats.items()}


async def files_of(session: Session, ids: Sequence[int]) -> list[FileRow]:
    """Return those of some files that there are."""
    if not ids:
        return []
    return [_file(row) for row in await session.rows(select(TABLE, _COLUMNS, {"id": tuple(ids)}))]


async def files_below(session: Session, paths: Sequence[str]) -> list[FileRow]:
    """Return the files in some folders and in those below them."""
    if not paths:
        return []
    where = " OR ".join(f"folder_path = ?{at} OR folder_path LIKE ?{at} || '/%'" for at in range(1, len(paths) + 1))
    columns = ", ".join(quote(column) for column in _COLUMNS)
    text = f"SELECT {columns} FROM {TABLE} WHERE {where} ORDER BY id"
    return [_file(row) for row in await session.rows(Statement(text, tuple(paths)))]


async def add_file(session: Session, project: Project, values: Mapping[str, Value], author: int | None) -> int:
    """Insert a file and return its id."""
    standard = standard_values(project.clock.now(), project.randomness, author)
    return await session.insert(insert(TABLE, {**values, **standard}))


async def change_file(session: Session, file_id: int, values: Mapping[str, Value]) -> None:
    """Write some columns of a file."""
    await session.execute(update(TABLE, values, {"id": file_id}))


async def put_into_folder(session: Session, file_ids: Sequence[int], folder_id: int | None) -> None:
    """Put files into a folder after those that are there, or into none."""
    if not file_ids:
        return
    await session.execute(delete(_IN_FOLDER, {"file_id": tuple(file_ids)}))
    if folder_id is None:
        return
    last = await session.scalar(Statement(f"SELECT max(file_ord) FROM {_IN_FOLDER} WHERE folder_id = ?1", (folder_id,)))
    for order, file_id in enumerate(file_ids, int(last or 0) + 1):
        values = {"file_id": file_id, "folder_id": folder_id, "file_ord": float(order)}
        await session.insert(insert(_IN_FOLDER, values))


async def set_folder_path(session: Session, file_ids: Sequence[int], path: str) -> None:
    """Note in which folder files are."""
    if file_ids:
        await session.execute(update(TABLE, {"folder_path": path}, {"id": tuple(file_ids)}))


async def link_files(session: Session, file_ids: Sequence[int], holder: tuple[str, int, str], *, alone: bool) -> None:
    """Link files to an attribute of a row, after those that it lists, or in the place of the one that it holds."""
    uid, row_id, attribute = holder
    where: dict[str, Value] = {"related_type": uid, "related_id": row_id, "field": attribute}
    if alone:
        await session.execute(delete(_LINKS, where))
    text = f'SELECT max("order") FROM {_LINKS} WHERE related_type = ?1 AND related_id = ?2 AND field = ?3'
    last = await session.scalar(Statement(text, holder))
    for order, file_id in enumerate(file_ids, int(last or 0) + 1):
        await session.insert(insert(_LINKS, {**where, "file_id": file_id, "order": float(order)}))


async def remove_files(session: Session, ids: Sequence[int]) -> None:
    """Delete files; their links go with them."""
    if ids:
        await session.execute(delete(TABLE, {"id": tuple(ids)}))


async def holders_of(session: Session, ids: Sequence[int]) -> list[str]:
    """Return the types of which entries list some files."""
    text = f"SELECT DISTINCT related_type FROM {_LINKS} WHERE file_id IN ({marks(ids)}) ORDER BY related_type"
    return [row[0] for row in await session.rows(Statement(text, tuple(ids)))] if ids else []


async def raise_version(session: Session, *others: str) -> None:
    """Tell that files are different from before, and entries of other types with them."""
    await raise_versions(session, (FILE, *others))


def _file(row: Row) -> FileRow:
    row_id, name, hash_, ending, provider, formats, folder_path = row
    known = orjson.loads(formats) if formats else None
    return FileRow(
        id=row_id,
        name=name or "",
        hash=hash_ or "",
        ending=ending or "",
        provider=provider or "",
        folder_path=folder_path or "/",
        formats=_formats(known),
    )


def _formats(known: Any) -> dict[str, Mapping[str, Any]]:  # noqa: ANN401 - any JSON value
    named = known.items() if isinstance(known, dict) else ()
    return {name: each for name, each in named if isinstance(each, dict)}


def names_of(files: Sequence[FileRow]) -> Iterator[str]:
    """Yield the names of all that is kept of some files on this machine."""
    for file in files:
        yield from file.stored_names
