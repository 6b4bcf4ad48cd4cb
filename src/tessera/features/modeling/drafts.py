"""The schema files of a project as they will be: read once, edited in memory, and compared with what was read."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from tessera.schema.model import JSON
from tessera.schema.source import ProjectFiles, SchemaFile, SystemFile

_WRITTEN: Final = (
    "kind",
    "collectionName",
    "info",
    "options",
    "pluginOptions",
    "attributes",
    "config",
    "indexes",
    "foreignKeys",
)
_MODEL: Final = "model"  # of a plain table, which nobody edits


class Where(Enum):
    """What kind of file a draft is."""

    CONTENT_TYPE = "content type"
    COMPONENT = "component"
    EXTENSION = "extension"  # of a content type of a plugin
    FIXED = "fixed"  # a content type of the server that no file can change


@dataclass(slots=True, kw_only=True)
class Draft:
    """One content type or component; `content` is free to be edited."""

    uid: str
    where: Where
    folder: str  # the API, the plugin or the category
    name: str
    file: str
    content: dict[str, Any]

    @property
    def attributes(self) -> dict[str, Any]:
        """Return the attributes, free to be edited; a file that has none gets some."""
        found: dict[str, Any] = self.content.setdefault("attributes", {})
        return found

    @property
    def kind(self) -> str:
        """Return whether there is one document or many."""
        return str(self.content.get("kind") or "collectionType")

    @property
    def info(self) -> dict[str, Any]:
        """Return what it is called, free to be edited."""
        found: dict[str, Any] = self.content.setdefault("info", {})
        return found

    def text(self) -> str:
        """Return the file as the reference writes it."""
        known = {key: self.content[key] for key in _WRITTEN if self.content.get(key) is not None}
        others = {key: value for key, value in self.content.items() if key not in _WRITTEN}
        kept = others if self.where in (Where.CONTENT_TYPE, Where.COMPONENT) else {}
        return json.dumps(_plain({**known, **kept}), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to happen to the files of a project: texts to write and files to remove, by their paths in it."""

    writes: Mapping[str, str] = field(default_factory=dict)
    removals: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.writes or self.removals)


class Drafts:
    """All content types and components by uid, those of the server included."""

    def __init__(self, system: Iterable[SystemFile], files: ProjectFiles) -> None:
        found = {draft.uid: draft for draft in (*_of_server(system, files), *_of_project(files))}
        self.by_uid: Final = found
        self.plugins: Final = frozenset(d.folder for d in found.values() if d.where is Where.EXTENSION)
        self._before: Final = _texts(found.values())
        self._files: Final = files

    def __iter__(self) -> Iterator[Draft]:
        return iter(tuple(self.by_uid.values()))

    def content_type(self, uid: str) -> Draft | None:
        """Return a content type."""
        found = self.by_uid.get(uid)
        return found if found and found.where is not Where.COMPONENT else None

    def component(self, uid: str) -> Draft | None:
        """Return a component."""
        found = self.by_uid.get(uid)
        return found if found and found.where is Where.COMPONENT else None

    def content_types(self) -> list[Draft]:
        """Return the content types."""
        return [draft for draft in self if draft.where is not Where.COMPONENT]

    def components(self) -> list[Draft]:
        """Return the components."""
        return [draft for draft in self if draft.where is Where.COMPONENT]

    def add(self, draft: Draft) -> None:
        """Add one that is new."""
        self.by_uid[draft.uid] = draft

    def move(self, draft: Draft, uid: str, category: str) -> None:
        """Give a component another category, and so another uid and file; what holds it is another matter."""
        del self.by_uid[draft.uid]
        draft.uid, draft.folder, draft.file = uid, category, component_file(category, draft.name)
        self.by_uid[uid] = draft

    def remove(self, draft: Draft) -> None:
        """Take one away."""
        del self.by_uid[draft.uid]

    def changes(self) -> Changes:
        """Return what differs from what was read."""
        now = _texts(self)
        writes = {file: text for file, text in now.items() if self._before.get(file) != text}
        return Changes(writes, tuple(file for file in self._before if file not in now))

    def files(self) -> ProjectFiles:
        """Return the files of the project as they will be."""
        changed = self.changes().writes
        extended = {file.file for file in self._files.extensions}
        return ProjectFiles(
            content_types=_files(self, Where.CONTENT_TYPE),
            components=_files(self, Where.COMPONENT),
            extensions=tuple(
                file for file in _files(self, Where.EXTENSION) if file.file in changed or file.file in extended
            ),
            errors=self._files.errors,
        )


def content_type_file(api: str, name: str) -> str:
    """Return the path of a content type of the project."""
    return f"src/api/{api}/content-types/{name}/schema.json"


def extension_file(plugin: str, name: str) -> str:
    """Return the path of what a project says about a content type of a plugin."""
    return f"src/extensions/{plugin}/content-types/{name}/schema.json"


def component_file(category: str, name: str) -> str:
    """Return the path of a component."""
    return f"src/components/{category}/{name}.json"


def _texts(drafts: Iterable[Draft]) -> dict[str, str]:
    return {draft.file: draft.text() for draft in drafts if draft.where is not Where.FIXED}


def _files(drafts: Iterable[Draft], where: Where) -> tuple[SchemaFile, ...]:
    found = (draft for draft in drafts if draft.where is where)
    return tuple(SchemaFile(draft.file, draft.folder, draft.name, json.loads(draft.text())) for draft in found)


def _of_project(files: ProjectFiles) -> Iterator[Draft]:
    for file in files.content_types:
        yield _draft(f"api::{file.folder}.{file.name}", Where.CONTENT_TYPE, file)
    for file in files.components:
        yield _draft(f"{file.folder}.{file.name}", Where.COMPONENT, file)


def _of_server(system: Iterable[SystemFile], files: ProjectFiles) -> Iterator[Draft]:
    """Yield the types of plugins with what the project says about them, and those that nobody can change."""
    laid_over = {f"plugin::{file.folder}.{file.name}": file for file in files.extensions}
    own = {uid: raw for file in system for uid, raw in file.types.items() if raw.get("modelType") != _MODEL}
    for uid, raw in own.items():
        yield _of_plugin(uid, raw, laid_over.get(uid))
    plugins = {uid.removeprefix("plugin::").partition(".")[0] for uid in own if uid.startswith("plugin::")}
    for uid, file in laid_over.items():
        if uid not in own and file.folder in plugins:
            yield _draft(uid, Where.EXTENSION, file)


def _of_plugin(uid: str, raw: Mapping[str, JSON], extension: SchemaFile | None) -> Draft:
    namespace, _, rest = uid.partition("::")
    plugin, _, name = rest.partition(".") if namespace == "plugin" else (namespace, ".", rest)
    said = extension.content if extension and isinstance(extension.content, dict) else {}
    return Draft(
        uid=uid,
        where=Where.EXTENSION if namespace == "plugin" else Where.FIXED,
        folder=plugin,
        name=name,
        file=extension.file if extension else extension_file(plugin, name),
        content=copy.deepcopy({**raw, **said}),
    )


def _draft(uid: str, where: Where, file: SchemaFile) -> Draft:
    content = copy.deepcopy(file.content) if isinstance(file.content, dict) else {}
    return Draft(uid=uid, where=where, folder=file.folder, name=file.name, file=file.file, content=content)


def _plain(value: JSON) -> JSON:
    """Return a value with whole numbers as JavaScript writes them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
