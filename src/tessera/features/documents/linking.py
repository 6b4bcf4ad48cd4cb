"""Writing relations and files: the links of many rows of one attribute together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tessera.engine.session import Session
from tessera.errors import ValidationError, Violation
from tessera.query.held import RowKey
from tessera.query.link_change import HeldLink, LinkChange, LinkEdits, edits
from tessera.schema import naming
from tessera.schema.model import Media, Model, Relation, RelationKind, Schema
from tessera.sql import link_rows
from tessera.sql.batches import delete_rows, update_rows
from tessera.sql.link_rows import Links, NewLink, links_of
from tessera.sql.shared_columns import emptied
from tessera.sql.statement import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkJob:
    """A change of one attribute of one row; a row that is new holds nothing yet."""

    attribute: Relation | Media
    own: int
    is_new: bool
    change: LinkChange


async def apply_links(session: Session, schema: Schema, holder: Model, jobs: Sequence[LinkJob]) -> None:
    """Make the changes of all attributes of rows of one model."""
    by_name: dict[str, list[LinkJob]] = {}
    for job in jobs:
        by_name.setdefault(job.attribute.name, []).append(job)
    for group in by_name.values():
        attribute = group[0].attribute
        if naming.has_link_table(schema, attribute):
            await _apply_group(session, links_of(schema, holder, attribute), group)
        elif isinstance(attribute, Relation):
            await _apply_columns(session, schema, holder, attribute, group)


async def _apply_group(session: Session, links: Links, jobs: Sequence[LinkJob]) -> None:
    held = await _held(session, links, [job for job in jobs if not job.is_new])
    made: list[tuple[LinkJob, LinkEdits]] = []
    for job in jobs:
        last = await _last(session, links, job)
        made.append((job, edits(held.get(job.own, ()), job.change, single=links.single, last=last)))
    gone = [link for _, edit in made for link in edit.gone]
    places = [place for _, edit in made for place in edit.places]
    added = [NewLink(own=job.own, other=key, order=order) for job, edit in made for key, order in edit.added]
    await session.execute_all(delete_rows(links.table.name, gone))
    if links.takes_over:
        for job, edit in made:
            if edit.added:
                others = [key.id for key, _ in edit.added]
                await session.execute(link_rows.take_over(links, job.own, others))
    await session.execute_all(link_rows.reorder(links, places))
    await session.execute_all(link_rows.add(links, added))


async def _held(session: Session, links: Links, jobs: Sequence[LinkJob]) -> dict[int, list[HeldLink]]:
    """Return the links that there are, as far as the changes are about them."""
    if not jobs:
        return {}
    whole = any(_needs_list(links, job) for job in jobs)
    others = None if whole else list({key.id for job in jobs for key in job.change.named()})
    held: dict[int, list[HeldLink]] = {}
    for link_id, own, kind, other, order in await session.rows(
        link_rows.current(links, [job.own for job in jobs], others)
    ):
        held.setdefault(own, []).append(HeldLink(link_id, RowKey(kind or links.target or "", other), order))
    return held


def _needs_list(links: Links, job: LinkJob) -> bool:
    return links.single or job.change.set is not None or job.change.is_placed


async def _last(session: Session, links: Links, job: LinkJob) -> float:
    if job.is_new or _needs_list(links, job) or not job.change.connect or links.table.order is None:
        return 0.0
    return float(await session.scalar(link_rows.last_order(links, job.own)) or 0)


async def _apply_columns(
    session: Session, schema: Schema, holder: Model, relation: Relation, jobs: Iterable[LinkJob]
) -> None:
    """Write relations that are kept in a column of either side."""
    for job in jobs:
        wanted = _only(job.change)
        if relation.morph_by is not None or relation.mapped_by is not None:
            await _apply_to_targets(session, schema, holder, relation, job)
        elif relation.relation is RelationKind.MORPH_TO_ONE:
            values: tuple[Value, Value] = (wanted.id, wanted.model) if wanted else (None, None)
            await session.execute_all(update_rows(naming.table(holder), naming.MORPH_COLUMNS, [(job.own, *values)]))
        else:
            row = (job.own, wanted.id if wanted else None)
            await session.execute_all(update_rows(naming.table(holder), (naming.foreign_key(relation),), [row]))


async def _apply_to_targets(session: Session, schema: Schema, holder: Model, relation: Relation, job: LinkJob) -> None:
    target = schema.model(relation.target or "")
    owning = target.attributes.get(relation.mapped_by or relation.morph_by or "") if target else None
    if target is None or not isinstance(owning, Relation):
        raise ValidationError.of([Violation((), "Invalid relations")])
    columns: tuple[str, ...] = (naming.foreign_key(owning),)
    own: tuple[Value, ...] = (job.own,)
    if owning.relation is RelationKind.MORPH_TO_ONE:
        columns, own = naming.MORPH_COLUMNS, (job.own, holder.uid)
    change = job.change
    wanted = [*(change.set or ()), *(key for link in change.connect for key in link.keys)]
    if change.set is not None or not relation.lists_many:
        await session.execute(emptied(naming.table(target), dict(zip(columns, own, strict=True))))
    gone = [(key.id, *(None for _ in columns)) for key in change.disconnect]
    await session.execute_all(update_rows(naming.table(target), columns, gone))
    await session.execute_all(update_rows(naming.table(target), columns, [(key.id, *own) for key in wanted]))


def _only(change: LinkChange) -> RowKey | None:
    if change.set is not None:
        return change.set[-1] if change.set else None
    return change.connect[-1].keys[-1] if change.connect else None
