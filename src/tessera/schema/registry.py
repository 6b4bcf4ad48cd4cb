"""The schema of a project: the server's own types and the project's, in the order of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tessera.schema import links
from tessera.schema.model import JSON, Component, ContentType, Schema
from tessera.schema.parse import Origin, parse_component, parse_content_type, parse_core_table
from tessera.schema.reading import Place
from tessera.schema.source import ProjectFiles, SchemaError, SchemaFile, SystemFile

_LAST: Final = "admin"  # administrators' types are registered after the project's
_IN_INFO: Final = ("singularName", "pluralName")


def build_schema(system: Iterable[SystemFile], project: ProjectFiles) -> Schema | list[SchemaError]:
    """Return the schema of a project, or every fault of its files."""
    builder = _Builder(list(project.errors))
    own = {uid: _Source(entry.file, raw) for entry in system for uid, raw in entry.types.items()}
    sources = _extended(own, project.extensions)
    schema = Schema(
        content_types=builder.content_types(sources, project.content_types),
        components=builder.components(project.components),
        core_tables=builder.core_tables(sources),
    )
    faults = builder.faults or list(_link_faults(schema, builder.files))
    return faults or schema


class _Source:
    """A type's schema before it is parsed, and the file that its faults are told of."""

    def __init__(self, file: str, raw: JSON) -> None:
        self.file = file
        self.raw = raw

    @property
    def is_core_table(self) -> bool:
        return isinstance(self.raw, Mapping) and self.raw.get("modelType") == "model"


class _Builder:
    """Parses sources, noting faults and which file each model came from."""

    def __init__(self, faults: list[SchemaError]) -> None:
        self.faults = faults
        self.files: dict[str, str] = {}

    def content_types(self, sources: Mapping[str, _Source], files: Iterable[SchemaFile]) -> dict[str, ContentType]:
        own = {uid: source for uid, source in sources.items() if not source.is_core_table}
        found: dict[str, ContentType] = {}
        for uid, source in own.items():
            if not uid.startswith(_LAST):
                self._add(found, source.file, source.raw, _origin(uid))
        for file in sorted(files, key=lambda file: (file.folder, file.name)):
            self._add(found, file.file, file.content, Origin(name=file.name, api=file.folder))
        for uid, source in own.items():
            if uid.startswith(_LAST):
                self._add(found, source.file, source.raw, _origin(uid))
        return found

    def components(self, files: Iterable[SchemaFile]) -> dict[str, Component]:
        found: dict[str, Component] = {}
        for file in sorted(files, key=lambda file: (file.folder, file.name)):
            place = Place(file.content, file.file, self.faults)
            component = parse_component(place, file.folder, file.name)
            if component is not None:
                found[component.uid] = component
                self.files[component.uid] = file.file
        return found

    def core_tables(self, sources: Mapping[str, _Source]) -> dict[str, ContentType]:
        tables = {uid: source for uid, source in sources.items() if source.is_core_table}
        return {uid: parse_core_table(Place(s.raw, s.file, self.faults), uid) for uid, s in tables.items()}

    def _add(self, found: dict[str, ContentType], file: str, raw: JSON, origin: Origin) -> None:
        content_type = parse_content_type(Place(raw, file, self.faults), origin)
        if content_type is not None:
            found[content_type.uid] = content_type
            self.files[content_type.uid] = file


def _origin(uid: str) -> Origin:
    namespace, _, name = uid.partition("::")
    if namespace == "admin":
        return Origin(name=name, plugin="admin")
    plugin, _, singular = name.partition(".")
    return Origin(name=singular, plugin=plugin)


def _extended(own: Mapping[str, _Source], extensions: Iterable[SchemaFile]) -> dict[str, _Source]:
    """
    Return the server's types with the project's extensions laid over, key by key of a schema, as the reference does.

    An extension of a plugin that there is not is left alone: its types are not served, and its tables are kept.
    """
    sources = dict(own)
    plugins = {_origin(uid).plugin for uid in own if uid.startswith("plugin::")}
    for file in extensions:
        if file.folder in plugins:
            uid = Origin(name=file.name, plugin=file.folder).uid
            sources[uid] = _Source(file.file, _laid_over(own.get(uid), file.content))
    return sources


def _laid_over(source: _Source | None, content: JSON) -> JSON:
    if source is None or not isinstance(content, Mapping) or not isinstance(source.raw, Mapping):
        return content
    return {**source.raw, **content}


def _link_faults(schema: Schema, files: Mapping[str, str]) -> Iterator[SchemaError]:
    for model, attribute, key, expected in links.faults(schema):
        inner = ("attributes", attribute) if attribute else ("info",) if key in _IN_INFO else ()
        yield SchemaError(files.get(model.uid, model.uid), (*inner, *([key] if key else [])), expected)
