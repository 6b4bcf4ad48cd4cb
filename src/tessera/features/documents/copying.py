"""Copies of rows with everything in them: what publishing, discarding and cloning make (database.md §6.2, §7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tessera.engine.session import Session
from tessera.features.documents.removal import remove_rows
from tessera.features.documents.storing import PART_LINK
from tessera.query.held import Holdings, RowKey
from tessera.schema import naming
from tessera.schema.model import ComponentField, ContentType, DynamicZone, Model, Schema
from tessera.sql import copies
from tessera.sql.batches import copy_rows, insert_rows
from tessera.sql.copies import Site
from tessera.sql.link_rows import Links, taken_over
from tessera.sql.part_rows import holdings, holdings_of
from tessera.sql.row_columns import columns_of
from tessera.sql.statement import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Used:
    """Where rows that are copied have something to copy."""

    sites: Sequence[Site] = ()
    leading: Sequence[Links] = ()
    with_files: frozenset[str] = frozenset()  # models


@dataclass(frozen=True, slots=True, kw_only=True)
class Copier:
    """Copies rows of one content type within the open transaction."""

    session: Session
    schema: Schema
    content_type: ContentType
    published: bool | None = None  # the status of the copy, where it differs from the original's
    left_out: frozenset[str] = frozenset()  # relations of the type that the copy does not have

    async def copy(self, row_id: int, fixed: Mapping[str, Value]) -> int:
        """Copy a row, with its components, files and relations, and return the id of the copy."""
        held = await self.holdings(row_id)
        used = await self._used(self._with_parts(row_id, held))
        new_id = await self.copy_row(row_id, fixed)
        await self._copy_contents(row_id, new_id, held, used)
        return new_id

    async def replace(self, row_id: int, old: int | None, held: Holdings, fixed: Mapping[str, Value]) -> int:
        """
        Copy a row over the one in the status of the copy, if there is one, and return the id of the copy.

        Whoever led to the old row, or to the original alone until now, leads to the copy (database.md §5.6).
        """
        used = await self._used(self._with_parts(row_id, held), self._leading_to(row_id, old))
        new_id = await self.copy_row(row_id, fixed)
        if old is not None:
            await self.session.execute_all(tuple(copies.redirected(links, old, new_id) for links in used.leading))
            await remove_rows(self.session, self.schema, self.content_type, [old])
        await self._copy_contents(row_id, new_id, held, used)
        for links in used.leading:
            await self._settle(links, row_id, new_id)
        return new_id

    async def copy_row(self, row_id: int, fixed: Mapping[str, Value]) -> int:
        """Copy the columns of a row and return the id of the copy."""
        table = naming.table(self.content_type)
        (new_id,) = await self._copied(table, columns_of(self.content_type), [row_id], fixed)
        return new_id

    async def holdings(self, row_id: int) -> Holdings:
        """Return the components that a row holds."""
        statement = holdings_of(self.schema, self.content_type, [row_id])
        return Holdings() if statement is None else holdings(await self.session.rows(statement))

    async def copy_parts(self, held: Holdings, holders: Mapping[RowKey, int]) -> dict[RowKey, int]:
        """Copy components into the copies of their holders; return the ids of the copies."""
        by_type: dict[str, list[int]] = {}
        for part in held.parts:
            if part.part.model in self.schema.components:
                by_type.setdefault(part.part.model, []).append(part.part.id)
        moved: dict[RowKey, int] = {}
        for uid, ids in by_type.items():
            component, unique = self.schema.components[uid], sorted(set(ids))
            copied = await self._copied(naming.table(component), columns_of(component), unique, {})
            if len(copied) != len(unique):
                raise LookupError(f"components of {uid} are listed and not there")
            moved.update({RowKey(uid, old): new for old, new in zip(unique, copied, strict=True)})
        await self._list_parts(held, {**holders, **moved})
        return moved

    async def copy_links(self, moved: Mapping[RowKey, int]) -> None:
        """Give copies the files and relations of their originals."""
        await self._copy_used(await self._used(moved), moved)

    async def _copy_contents(self, row_id: int, new_id: int, held: Holdings, used: _Used) -> None:
        """Give a copy what the original holds and leads to."""
        original = RowKey(self.content_type.uid, row_id)
        moved = {original: new_id, **await self.copy_parts(held, {original: new_id})}
        await self._copy_used(used, moved)

    async def _copy_used(self, used: _Used, moved: Mapping[RowKey, int]) -> None:
        with_files = [(key.model, key.id, new) for key, new in moved.items() if key.model in used.with_files]
        await self.session.execute_all(copies.copied_files(self.schema, with_files))
        for site in used.sites:
            pairs = [(old, moved[RowKey(site.links.holder.uid, old)]) for old in site.holders]
            await self.session.execute_all(
                copies.copied_links(self.schema, site.links, pairs, published=self.published)
            )
            if site.links.takes_over:
                await self.session.execute_all(tuple(taken_over(site.links, new) for _, new in pairs))

    async def _used(self, rows: Iterable[RowKey], leading: Sequence[Site] = ()) -> _Used:
        """Return where rows have files and links, and which relations lead to them: one question for all of it."""
        by_model = _by_model(rows)
        sites = [site for uid, ids in by_model.items() for site in self._sites(uid, ids)]
        filed = {uid: ids for uid, ids in by_model.items() if copies.holds_files(self._model(uid))}
        if not sites and not filed and not leading:
            return _Used()
        asked = copies.used(self.schema, (*sites, *leading), tuple(filed.items()))
        flags = iter(await self.session.row(asked) or ())
        return _Used(
            sites=[site for site in sites if next(flags)],
            leading=[site.links for site in leading if next(flags)],
            with_files=frozenset(uid for uid in filed if next(flags)),
        )

    def _sites(self, uid: str, ids: Sequence[int]) -> list[Site]:
        found = copies.sites_of(self.schema, self._model(uid), ids)
        return [site for site in found if uid != self.content_type.uid or site.name not in self.left_out]

    def _with_parts(self, row_id: int, held: Holdings) -> list[RowKey]:
        parts = [part.part for part in held.parts if part.part.model in self.schema.components]
        return list(dict.fromkeys([RowKey(self.content_type.uid, row_id), *parts]))

    async def _copied(
        self, table: str, columns: Sequence[str], ids: Sequence[int], fixed: Mapping[str, Value]
    ) -> list[int]:
        found: list[int] = []
        for statement in copy_rows(table, columns, ids, fixed):
            found += sorted(row[0] for row in await self.session.rows(statement))
        return found

    async def _list_parts(self, held: Holdings, moved: Mapping[RowKey, int]) -> None:
        rows: dict[str, list[tuple[Value, ...]]] = {}
        places: dict[tuple[RowKey, str], int] = {}
        for part in held.parts:
            if part.holder not in moved or part.part not in moved:
                continue
            holder = self._model(part.holder.model)
            place = places[part.holder, part.name] = places.get((part.holder, part.name), 0) + 1
            order = float(place) if is_list(holder, part.name) else None
            row = (moved[part.holder], moved[part.part], part.part.model, part.name, order)
            rows.setdefault(naming.components_table(holder), []).append(row)
        for table, values in rows.items():
            await self.session.execute_all(insert_rows(table, PART_LINK, values))

    def _leading_to(self, original: int, old: int | None) -> list[Site]:
        """Return the relations, unseen from this side, that may lead to the original or to the row that it replaces."""
        holders = (original, *([old] if old is not None else []))
        return [Site(links=links, holders=holders) for links in copies.incoming(self.schema, self.content_type)]

    async def _settle(self, links: Links, original: int, new_id: int) -> None:
        if links.target == self.content_type.uid:
            statements = copies.copied_links(self.schema, links, [(original, new_id)], published=self.published)
            await self.session.execute_all(statements)
        elif not self._has_drafts(links):
            await self.session.execute(copies.settled(self.schema, links, original, new_id))

    def _has_drafts(self, links: Links) -> bool:
        source = self.schema.content_types.get(links.target or "")
        return source is not None and source.draft_and_publish

    def _model(self, uid: str) -> Model:
        model = self.schema.model(uid)
        if model is None:
            raise KeyError(uid)
        return model


def is_list(holder: Model, name: str) -> bool:
    """Tell whether an attribute keeps the order of its components; a single one has none."""
    attribute = holder.attributes.get(name)
    return isinstance(attribute, DynamicZone) or (isinstance(attribute, ComponentField) and attribute.repeatable)


def of_attributes(held: Holdings, root: RowKey, names: Collection[str]) -> Holdings:
    """Return the components in some attributes of a row, with those in them."""
    first = [part for part in held.parts if part.holder == root and part.name in names]
    inside = {part.part for part in first}
    inside |= set(held.beneath(inside))
    return Holdings(tuple(part for part in held.parts if part in first or part.holder in inside))


def _by_model(rows: Iterable[RowKey]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key in rows:
        found.setdefault(key.model, []).append(key.id)
    return found
