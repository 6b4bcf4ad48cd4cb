"""The tools of the media library (mcp_server.media_tools)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tessera.features.media import actions, tool_actions
from tessera.features.media import tool_shapes as shapes
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import Group, JSONSchema
from tessera.mcp.tool import Arguments, Effect, Scope, Tool
from tessera.schema.model import Schema
from tessera.settings.server import Catalogue

_FILE: Final = "Media asset"
_FOLDER: Final = "Media folder"
_do = tool_actions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A use case as a tool."""

    name: str
    title: str
    effect: Effect
    action: str
    takes: Group
    gives: JSONSchema
    run: Callable[[RequestContext, Scope, Arguments], Awaitable[bytes]]
    noun: str = _FILE

    def tool(self) -> Tool:
        """Return the tool, which is the same whatever the content types are."""
        return Tool(
            name=f"media_{self.name}",
            title=self.title,
            description=self.run.__doc__ or "",
            effect=self.effect,
            offered=lambda ability: ability.allows(self.action),
            takes=lambda _: self.takes,
            gives=lambda _: self.gives,
            run=self.run,
            noun=self.noun,
            tries=shapes.DRY_RUN in self.takes.members,
        )


_ENTRIES: Final = (
    _Entry(
        name="list_assets",
        title="List files",
        effect=Effect.READS,
        action=actions.READ,
        takes=shapes.FILES,
        gives=shapes.FILES_ANSWER,
        run=_do.list_files,
    ),
    _Entry(
        name="get_asset",
        title="Read about a file",
        effect=Effect.READS,
        action=actions.READ,
        takes=shapes.FILE,
        gives=shapes.FILE_ANSWER,
        run=_do.read_file,
    ),
    _Entry(
        name="update_asset",
        title="Describe a file",
        effect=Effect.CHANGES,
        action=actions.UPDATE,
        takes=shapes.FILE_CHANGES,
        gives=shapes.FILE_ANSWER,
        run=_do.change_file,
    ),
    _Entry(
        name="move_assets",
        title="Move files",
        effect=Effect.CHANGES,
        action=actions.UPDATE,
        takes=shapes.FILE_MOVES,
        gives=shapes.MOVES_ANSWER,
        run=_do.move_files,
    ),
    _Entry(
        name="delete_assets",
        title="Delete files",
        effect=Effect.DESTROYS,
        action=actions.UPDATE,
        takes=shapes.FILE_DELETION,
        gives=shapes.FILE_DELETION_ANSWER,
        run=_do.delete_files,
    ),
    _Entry(
        name="list_folders",
        title="List folders",
        effect=Effect.READS,
        action=actions.READ,
        takes=shapes.NOTHING,
        gives=shapes.FOLDERS_ANSWER,
        run=_do.list_folders,
        noun=_FOLDER,
    ),
    _Entry(
        name="create_folder",
        title="Make a folder",
        effect=Effect.ADDS,
        action=actions.CREATE,
        takes=shapes.NEW_FOLDER,
        gives=shapes.FOLDER_ANSWER,
        run=_do.create_folder,
        noun=_FOLDER,
    ),
    _Entry(
        name="rename_folder",
        title="Rename a folder",
        effect=Effect.CHANGES,
        action=actions.UPDATE,
        takes=shapes.FOLDER_NAME,
        gives=shapes.FOLDER_ANSWER,
        run=_do.rename_folder,
        noun=_FOLDER,
    ),
    _Entry(
        name="move_folder",
        title="Move a folder",
        effect=Effect.CHANGES,
        action=actions.UPDATE,
        takes=shapes.FOLDER_MOVE,
        gives=shapes.FOLDER_ANSWER,
        run=_do.move_folder,
        noun=_FOLDER,
    ),
    _Entry(
        name="delete_folder",
        title="Delete folders",
        effect=Effect.DESTROYS,
        action=actions.UPDATE,
        takes=shapes.FOLDER_DELETION,
        gives=shapes.FOLDER_DELETION_ANSWER,
        run=_do.delete_folders,
        noun=_FOLDER,
    ),
)
TOOLS: Final = tuple(entry.tool() for entry in _ENTRIES)


def tools_of(_: Schema, __: Catalogue) -> tuple[Tool, ...]:
    """Return the tools; they are the same whatever the content types are."""
    return TOOLS
