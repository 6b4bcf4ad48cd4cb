"""Writing the content of one version of a document: its row, its components, its relations and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tessera.engine.session import Session
from tessera.errors import ApplicationError, UnrelatedPartError
from tessera.features.documents.linking import LinkJob, apply_links
from tessera.features.documents.removal import remove_parts
from tessera.features.documents.targets import Source, Targets, find_targets, refuse_missing
from tessera.query.held import Holdings
from tessera.query.part_plan import Node, PartPlan, Unrelated, plan_parts
from tessera.schema import naming
from tessera.schema.content import Fields, RelationChange
from tessera.schema.model import Media, Model, Relation, Scalar, Schema
from tessera.sql.batches import delete_tuples, insert_rows, update_rows
from tessera.sql.part_rows import holdings, holdings_of
from tessera.sql.statement import Value

Change = tuple[Relation | Media, RelationChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Writes versions of one document within the open transaction."""

    session: Session
    schema: Schema
    source: Source
    sent: object = None  # the body, as errors about the whole of it repeat it

    async def insert(self, columns: Mapping[str, Value], fields: Fields) -> int:
        """Add a row with its content and return its id."""
        plan = self._planned(None, fields, Holdings())
        targets = await self._targets(plan)
        row = {**_columns(fields), **columns}
        (row_id,) = await _inserted(
            self.session, naming.table(self.source.content_type), list(row), [list(row.values())]
        )
        await self._write_contents(plan, row_id, targets)
        return row_id

    async def update(self, row_id: int, columns: Mapping[str, Value], fields: Fields) -> None:
        """Change a row and its content; what the content does not name stays."""
        held = await self.holdings(row_id) if fields.parts else Holdings()
        plan = self._planned(row_id, fields, held)
        targets = await self._targets(plan)
        row = {**_columns(fields), **columns}
        table = naming.table(self.source.content_type)
        if row:
            await self.session.execute_all(update_rows(table, list(row), [[row_id, *row.values()]]))
        await self._write_contents(plan, row_id, targets)

    async def holdings(self, row_id: int) -> Holdings:
        """Return the components that a row holds."""
        statement = holdings_of(self.schema, self.source.content_type, [row_id])
        return Holdings() if statement is None else holdings(await self.session.rows(statement))

    def _planned(self, row_id: int | None, fields: Fields, held: Holdings) -> PartPlan:
        plan = plan_parts(self.schema, self.source.content_type.uid, row_id, fields, held)
        if isinstance(plan, Unrelated):
            message = f"Some of the provided components in {plan.name} are not related to the entity"
            raise UnrelatedPartError(message) if plan.in_zone else ApplicationError(message)
        return plan

    async def _targets(self, plan: PartPlan) -> Targets:
        changes = [change for node in plan.nodes for change in _changes(self.schema, node)]
        targets = await find_targets(self.session, self.schema, self.source, changes)
        refuse_missing(targets, changes, self.sent)
        return targets

    async def _write_contents(self, plan: PartPlan, row_id: int, targets: Targets) -> None:
        ids = await self._write_parts(plan, row_id)
        await self._write_lists(plan, ids)
        await remove_parts(self.session, self.schema, plan.gone)
        await self._write_links(plan, ids, targets)

    async def _write_parts(self, plan: PartPlan, row_id: int) -> list[int]:
        """Add new components and change those that stay; return the ids of all nodes."""
        ids = [row_id, *(node.id or 0 for node in plan.nodes[1:])]
        batch = _Batch(self.schema)
        for number, node in enumerate(plan.nodes):
            if number:
                batch.take(number, node)
        for uid, numbers in batch.new.items():
            table, columns = naming.table(self.schema.components[uid]), _scalar_columns(self.schema.components[uid])
            rows = [_row(self.schema.components[uid], plan.nodes[number].fields) for number in numbers]
            for number, part_id in zip(numbers, await _inserted(self.session, table, columns, rows), strict=True):
                ids[number] = part_id
        for (uid, names), rows in batch.changed.items():
            columns = [naming.column(name) for name in names]
            await self.session.execute_all(update_rows(naming.table(self.schema.components[uid]), columns, rows))
        return ids

    async def _write_lists(self, plan: PartPlan, ids: Sequence[int]) -> None:
        """Write anew the rows that list the components of an attribute, where something about the list changed."""
        gone: dict[str, list[tuple[Value, ...]]] = {}
        made: dict[str, list[tuple[Value, ...]]] = {}
        for each in plan.lists:
            holder = plan.nodes[each.holder]
            table = naming.components_table(self._model(holder.model))
            if each.moved and holder.id is not None:
                gone.setdefault(table, []).append((holder.id, each.name))
            if each.moved:
                made.setdefault(table, []).extend(
                    (
                        ids[each.holder],
                        ids[item],
                        plan.nodes[item].model,
                        each.name,
                        float(order) if each.ordered else None,
                    )
                    for order, item in enumerate(each.items, 1)
                )
        for table, pairs in gone.items():
            await self.session.execute_all(delete_tuples(table, ("entity_id", "field"), pairs))
        for table, rows in made.items():
            await self.session.execute_all(insert_rows(table, PART_LINK, rows))

    async def _write_links(self, plan: PartPlan, ids: Sequence[int], targets: Targets) -> None:
        jobs: dict[str, list[LinkJob]] = {}
        for number, node in enumerate(plan.nodes):
            for attribute, change in _changes(self.schema, node):
                job = LinkJob(
                    attribute=attribute,
                    own=ids[number],
                    is_new=node.id is None,
                    change=targets.resolved(attribute, change),
                )
                jobs.setdefault(node.model, []).append(job)
        for uid, group in jobs.items():
            await apply_links(self.session, self.schema, self._model(uid), group)

    def _model(self, uid: str) -> Model:
        model = self.schema.model(uid)
        if model is None:
            raise KeyError(uid)
        return model


PART_LINK = ("entity_id", "cmp_id", "component_type", "field", "order")


@dataclass(slots=True)
class _Batch:
    """Components sorted by what has to be done with them."""

    schema: Schema
    new: dict[str, list[int]] = field(default_factory=dict)
    changed: dict[tuple[str, tuple[str, ...]], list[list[Value]]] = field(default_factory=dict)

    def take(self, number: int, node: Node) -> None:
        if node.id is None:
            self.new.setdefault(node.model, []).append(number)
        elif node.fields.scalars:
            names = tuple(node.fields.scalars)
            self.changed.setdefault((node.model, names), []).append([node.id, *node.fields.scalars.values()])


def _changes(schema: Schema, node: Node) -> Iterator[Change]:
    model = schema.model(node.model)
    for name, change in (*node.fields.relations.items(), *node.fields.media.items()):
        attribute = model.attributes[name] if model else None
        if isinstance(attribute, Relation | Media):
            yield attribute, change


def _columns(fields: Fields) -> dict[str, Value]:
    return {naming.column(name): value for name, value in fields.scalars.items()}


def _scalar_columns(model: Model) -> list[str]:
    return [naming.column(item.name) for item in model.attributes.values() if isinstance(item, Scalar)]


def _row(model: Model, fields: Fields) -> list[Value]:
    return [fields.scalars.get(item.name) for item in model.attributes.values() if isinstance(item, Scalar)]


async def _inserted(session: Session, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    """Add rows and return their ids in the order of the rows."""
    found: list[int] = []
    if not columns:  # a component of nothing but relations
        columns, rows = ["id"], [[None] for _ in rows]
    for statement in insert_rows(table, columns, rows):
        found += sorted(row[0] for row in await session.rows(statement))
    return found
