"""What a project folder says about its types, as read from its files, and the faults found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tessera.errors import ConfigurationError
from tessera.schema.model import JSON


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One fault of a schema file: where it is, and what was expected there."""

    file: str
    path: tuple[str, ...]
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(self.path) or 'the file'}: {self.expected}"


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One schema file: its path within the project, the folder and name that make its uid, and its content."""

    file: str
    folder: str  # the API, the category of a component, or the plugin that is extended
    name: str
    content: JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """Every schema file of a project; `errors` tells of those that could not be read."""

    content_types: tuple[SchemaFile, ...] = ()
    components: tuple[SchemaFile, ...] = ()
    extensions: tuple[SchemaFile, ...] = ()
    errors: tuple[SchemaError, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemFile:
    """The types of one owner that every project has: uid to schema."""

    file: str
    types: Mapping[str, JSON] = field(default_factory=dict)


def refusal(errors: Sequence[SchemaError]) -> ConfigurationError:
    """Return the error that stops a start, with every fault in its message and details."""
    lines = "\n".join(f"  {error}" for error in errors)
    details = [{"file": e.file, "path": list(e.path), "message": e.expected} for e in errors]
    return ConfigurationError(f"The content types of the project cannot be used:\n{lines}", {"errors": details})
