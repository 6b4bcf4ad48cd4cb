"""The files of a project folder that describe its types, and those of the server's own types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from tessera.schema import system
from tessera.schema.model import JSON
from tessera.schema.naming import kebab
from tessera.schema.source import ProjectFiles, SchemaError, SchemaFile, SystemFile

_CONTENT_TYPES = "src/api/*/content-types/*/schema.json"
_COMPONENTS = "src/components/*/*.json"
_EXTENSIONS = "src/extensions/*/content-types/*/schema.json"


def read_project(folder: Path) -> ProjectFiles:
    """Return every schema file of a project folder, and every file that is no JSON with the line that breaks it."""
    errors: list[SchemaError] = []
    return ProjectFiles(
        content_types=tuple(_read(folder, _CONTENT_TYPES, errors)),
        components=tuple(_read(folder, _COMPONENTS, errors)),
        extensions=tuple(_read(folder, _EXTENSIONS, errors)),
        errors=tuple(errors),
    )


def read_system() -> tuple[SystemFile, ...]:
    """Return the types that every project has."""
    files = resources.files(system)
    return tuple(SystemFile(name, json.loads((files / name).read_bytes())) for name in system.SYSTEM_FILES)


def _read(folder: Path, pattern: str, errors: list[SchemaError]) -> Iterator[SchemaFile]:
    for path in _visible(folder.glob(pattern), folder):
        file = path.relative_to(folder).as_posix()
        try:
            content: JSON = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            errors.append(SchemaError(file, (), _explain(error)))
            continue
        except OSError as error:
            errors.append(SchemaError(file, (), f"cannot be read: {error.strerror}"))
            continue
        parts = path.relative_to(folder / "src").parts
        name = path.stem if pattern == _COMPONENTS else kebab(parts[-2])
        yield SchemaFile(file, parts[1] if pattern != _CONTENT_TYPES else kebab(parts[1]), name, content)


def _visible(paths: Iterable[Path], folder: Path) -> list[Path]:
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _refuse_constant(name: str) -> JSON:
    raise ValueError(f"{name} is no JSON")


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "expected JSON"
