"""Use cases of content types: reading them, and changing their files, their tables and what is served as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tessera.engine.locales import locales
from tessera.engine.migrate import Move, change_tables
from tessera.engine.session import Session
from tessera.errors import ApplicationError, ConflictError, PolicyError, ValidationError, Violation
from tessera.features.modeling import repository
from tessera.features.modeling.drafts import Changes, Drafts
from tessera.features.modeling.editing import Editor
from tessera.features.modeling.edits import Edit, NewComponent, NewType, TypeRemoval, uid_of
from tessera.features.modeling.losses import Change, Loss, Lost, renamed_path
from tessera.features.modeling.wishes import Confirmed
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.schema.model import Schema
from tessera.schema.registry import build_schema
from tessera.schema.source import ProjectFiles, SchemaError, SystemFile
from tessera.storage.project import read_project, read_system
from tessera.storage.schema_files import Replacement, companions, replace_files

IN_PRODUCTION: Final = (
    "Content-Type Builder modifications are disabled in production mode. Schema changes can only be made when running"
    " with autoReload enabled (strapi develop)."
)
_ASKED: Final = "Content would be lost: say which may go, or what it is called from now on."


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a request changes, once it is clear that all of it can be done."""

    change: Change
    files: Changes
    made: tuple[str, ...]  # the uids of what is new

    def uid(self, before: str) -> str:
        """Return the uid of something that was edited."""
        return self.change.moved.get(before, before)


def require_development(ctx: RequestContext) -> None:
    """Refuse to change anything while the project is served for good."""
    if not ctx.project.develop:
        raise PolicyError(IN_PRODUCTION)


async def change_model(ctx: RequestContext, edits: list[Edit], faults: list[Violation], asked: Confirmed) -> Plan:
    """Carry out some edits, all or none; refuses with every fault, and asks before anything stored is lost."""
    plan = _planned(ctx, edits, faults, asked)
    lost = await _agreed_losses(ctx, plan.change, asked)
    await _require_single(ctx, plan.change)
    if plan.files:
        await _carry_out(ctx, plan, lost)
    return plan


def _planned(ctx: RequestContext, edits: list[Edit], faults: list[Violation], asked: Confirmed) -> Plan:
    system, found = read_system(), read_project(ctx.project.settings.folder)
    _built(system, found)  # what is there already may be broken, and is told then before anything else
    if faults:
        raise ValidationError.of(faults)
    editor = Editor(Drafts(system, found))
    editor.carry_out(edits)
    if editor.faults:
        told = {"errors": [fault.as_dict() for fault in editor.faults]} if len(editor.faults) > 1 else {}
        raise ApplicationError(editor.faults[0].message, told)
    after = _built(system, editor.drafts.files())
    change = Change(ctx.project.schema, after, editor.moved, asked.renames)
    _check_renames(change)
    made = tuple(uid_of(edit) for edit in edits if isinstance(edit, NewType | NewComponent))
    return Plan(change, _with_companions(ctx.project.settings.folder, found, edits, editor), made)


def _check_renames(change: Change) -> None:
    """Refuse renames that cannot be: one attribute becomes one, and both hold the same."""
    sides = Counter((each.uid, name) for each in change.renames for name in {each.old, each.new})
    words = "{0.old} cannot go on as {0.new}: they do not hold the same, or one of them is there before and after"
    impossible = [
        each
        for each in change.renames
        if not change.is_possible(each) or sides[each.uid, each.old] > 1 or sides[each.uid, each.new] > 1
    ]
    if impossible:
        raise ValidationError.of([Violation(("confirm", "renames"), words.format(each)) for each in impossible])


def _built(system: tuple[SystemFile, ...], files: ProjectFiles) -> Schema:
    schema = build_schema(system, files)
    if isinstance(schema, list):
        raise ValidationError.of([_violation(error) for error in schema])
    return schema


def _violation(error: SchemaError) -> Violation:
    return Violation((error.file, *error.path), f"{'.'.join(error.path) or error.file}: {error.expected}")


def _with_companions(folder: Path, found: ProjectFiles, edits: list[Edit], editor: Editor) -> Changes:
    """Return the changes of files; the code of the reference for a content type goes with it."""
    changes = editor.drafts.changes()
    gone = {edit.uid for edit in edits if isinstance(edit, TypeRemoval)}
    homes = [
        (file.file.split("/")[2], file.name)
        for file in found.content_types
        if f"api::{file.folder}.{file.name}" in gone
    ]
    code = [name for home, type_name in homes for name in companions(folder, home, type_name)]
    return Changes(changes.writes, tuple(dict.fromkeys((*changes.removals, *code))))


async def _agreed_losses(ctx: RequestContext, change: Change, asked: Confirmed) -> list[Loss]:
    """Return what goes; asks when there is something that nobody has agreed to lose."""
    default = (await locales(ctx.session)).default
    keeps = not ctx.project.settings.database.force_migration
    lost = [loss for loss in change.losses() if not (keeps and loss.what in (Lost.MODEL, Lost.ATTRIBUTE))]
    counted = [(loss, await repository.count(ctx.session, change.before, loss, default)) for loss in lost]
    open_losses = [(loss, entries) for loss, entries in counted if entries and loss.name not in asked.drops]
    if open_losses:
        renames = change.candidates([loss for loss, _ in open_losses])
        details = {
            "drops": [loss.shown(entries) for loss, entries in open_losses],
            "renames": [{"uid": each.uid, "from": each.old, "to": each.new} for each in renames],
        }
        raise ConflictError(_ASKED, details)
    return lost


async def _require_single(ctx: RequestContext, change: Change) -> None:
    """Refuse to make one document of several."""
    for uid, before in change.before.content_types.items():
        now = change.after.content_types.get(uid)
        if now is None or before.is_single or not now.is_single:
            continue
        if await repository.document_count(ctx.session, before) > 1:
            raise ApplicationError(
                "You cannot convert a collectionType to a singleType when having multiple entries in DB"
            )


async def _carry_out(ctx: RequestContext, plan: Plan, lost: list[Loss]) -> None:
    """
    Change the tables and the files, and serve the result.

    The files are put in place last, within the transaction: whatever fails before it ends, both stay as they were.
    """
    put: list[Replacement] = []

    def put_files() -> None:
        folder = ctx.project.settings.folder
        put.append(replace_files(folder, plan.files.writes, plan.files.removals, ctx.host.announce))

    force = ctx.project.settings.database.force_migration

    async def before(session: Session) -> None:
        await _moved(plan.change, lost)(session)
        await _record(ctx, plan.change)

    move = Move(before=before, after=put_files)
    try:
        await change_tables(ctx.session, plan.change.after, ctx.project.clock, drops=force, move=move)
    except BaseException:
        for replacement in put:
            replacement.undo()
        raise
    for replacement in put:
        replacement.keep()
    await ctx.host.reload(ctx.session, plan.change.after)


async def _record(ctx: RequestContext, change: Change) -> None:
    """Tell the audit log which content types and components are new, gone or different."""
    sides = (
        ("content-type", change.before.content_types, change.after.content_types),
        ("component", change.before.components, change.after.components),
    )
    for word, old, new in sides:
        made = [uid for uid in new if uid not in old]
        gone = [uid for uid in old if uid not in new]
        changed = [uid for uid, model in new.items() if uid in old and model != old[uid]]
        for verb, uids in (("create", made), ("update", changed), ("delete", gone)):
            for uid in uids:
                await record(ctx, f"{word}.{verb}", uid)


def _moved(change: Change, lost: list[Loss]) -> Callable[[Session], Any]:
    async def moved(session: Session) -> None:
        for loss in lost:
            await session.execute_all(tuple(repository.emptied(change, loss)))
        for old, new in change.moved.items():
            await session.execute_all(tuple(repository.moved_component(change.before, old, new)))
        for rename in change.renames:
            model = change.before.model(rename.uid)
            if model is not None:
                await session.execute_all(tuple(repository.renamed(change, model, rename)))
                await repository.rename_in_views(session, model, change.names(model))
        if change.renames:
            await repository.rename_in_permissions(session, lambda subject, path: renamed_path(change, subject, path))

    return moved
