"""Folders of the media library as rows; a path names the folders from the top by their numbers (database.md §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.engine.versions import raise_versions
from tessera.identity.context import Project
from tessera.schema.naming import FILE
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, select, update

_TABLE: Final = "upload_folders"
_UID: Final = "plugin::upload.folder"
_PARENTS: Final = "upload_folders_parent_lnk"
_COLUMNS: Final = ("id", "name", "path_id", "path")
_TREE: Final = Statement(
    f"SELECT f.id, f.name, p.inv_folder_id FROM {_TABLE} f LEFT JOIN {_PARENTS} p ON p.folder_id = f.id ORDER BY f.id"
)
TOP: Final = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRow:
    """A folder's row."""

    id: int
    name: str
    path_id: int
    path: str

    def holds(self, path: str) -> bool:
        """Tell whether a path is that of the folder, or of something below it."""
        return path == self.path or path.startswith(f"{self.path}/")


async def folders_of(session: Session, ids: Sequence[int]) -> list[FolderRow]:
    """Return those of some folders that there are."""
    if not ids:
        return []
    rows = await session.rows(select(_TABLE, _COLUMNS, {"id": tuple(ids)}))
    return [FolderRow(id=row[0], name=row[1] or "", path_id=row[2] or 0, path=row[3] or TOP) for row in rows]


async def folder_of(session: Session, folder_id: int) -> FolderRow | None:
    """Return a folder by its id."""
    return next(iter(await folders_of(session, [folder_id])), None)


async def parent_of(session: Session, folder_id: int) -> int | None:
    """Return the id of the folder that a folder is in."""
    parent: int | None = await session.scalar(
        Statement(f"SELECT inv_folder_id FROM {_PARENTS} WHERE folder_id = ?1", (folder_id,))
    )
    return parent


async def names_in(session: Session, parent: int | None, *, but: int | None = None) -> set[str]:
    """Return the names of the folders in a folder, or at the top; of one of them it is not told."""
    text = (
        f"SELECT f.name FROM {_TABLE} f LEFT JOIN {_PARENTS} p ON p.folder_id = f.id"
        " WHERE coalesce(p.inv_folder_id, 0) = ?1 AND f.id <> ?2"
    )
    return {row[0] for row in await session.rows(Statement(text, (parent or 0, but or 0)))}


async def all_folders(session: Session) -> list[tuple[int, str, int | None]]:
    """Return every folder: its id, its name, and the folder that it is in."""
    return [(row[0], row[1] or "", row[2]) for row in await session.rows(_TREE)]


async def add_folder(
    session: Session, project: Project, name: str, parent: FolderRow | None, author: int | None
) -> int:
    """Insert a folder under the next free number and return its id."""
    number = int(await session.scalar(Statement(f"SELECT max(path_id) FROM {_TABLE}")) or 0) + 1
    values: dict[str, Value] = {"name": name, "path_id": number, "path": below(parent, number)}
    standard = standard_values(project.clock.now(), project.randomness, author)
    folder_id = await session.insert(insert(_TABLE, {**values, **standard}))
    if parent is not None:
        await put_into(session, folder_id, parent.id)
    return folder_id


async def put_into(session: Session, folder_id: int, parent: int | None) -> None:
    """Put a folder into another one after those that are there, or at the top."""
    await session.execute(delete(_PARENTS, {"folder_id": folder_id}))
    if parent is None:
        return
    text = f"SELECT max(folder_ord) FROM {_PARENTS} WHERE inv_folder_id = ?1"
    last = await session.scalar(Statement(text, (parent,)))
    order = float(last or 0) + 1
    await session.insert(insert(_PARENTS, {"folder_id": folder_id, "inv_folder_id": parent, "folder_ord": order}))


async def change_folder(session: Session, folder_id: int, values: Mapping[str, Value]) -> None:
    """Write some columns of a folder."""
    await session.execute(update(_TABLE, values, {"id": folder_id}))


async def move_paths(session: Session, old: str, new: str) -> None:
    """Let a path begin differently wherever it stands: of the folder, and of folders and files below it."""
    for table, column in ((_TABLE, "path"), ("files", "folder_path")):
        text = (
            f"UPDATE {table} SET {column} = ?2 || substr({column}, ?3) WHERE {column} = ?1 OR {column} LIKE ?1 || '/%'"
        )
        await session.execute(Statement(text, (old, new, len(old) + 1)))


async def count_below(session: Session, paths: Sequence[str]) -> int:
    """Return how many folders there are with these paths and below them."""
    where = " OR ".join(f"path = ?{at} OR path LIKE ?{at} || '/%'" for at in range(1, len(paths) + 1))
    return int(await session.scalar(Statement(f"SELECT count(*) FROM {_TABLE} WHERE {where}", tuple(paths))))


async def remove_folders(session: Session, paths: Sequence[str]) -> None:
    """Delete folders and those below them."""
    for path in paths:
        text = f"DELETE FROM {_TABLE} WHERE path = ?1 OR path LIKE ?1 || '/%'"
        await session.execute(Statement(text, (path,)))


async def raise_versions_of_folders(session: Session) -> None:
    """Tell that folders, and files with them, are different from before."""
    await raise_versions(session, (_UID, FILE))


def below(parent: FolderRow | None, number: int) -> str:
    """Return the path of a folder by the one that it is in and its number."""
    return f"{parent.path if parent else ''}/{number}"
