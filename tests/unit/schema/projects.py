"""Schemas for tests: small types as schema files spell them, built together with the server's own."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tessera.schema.model import Schema
from tessera.schema.registry import build_schema
from tessera.schema.source import ProjectFiles, SchemaError, SchemaFile
from tessera.storage.project import read_project, read_system

CONFORMANCE = Path(__file__).parents[2] / "conformance" / "project"


def content_type(name: str, attributes: dict[str, Any], **more: Any) -> SchemaFile:  # noqa: ANN401 - any JSON
    """Return the schema file of a content type of that singular name."""
    info = {"singularName": name, "pluralName": f"{name}s", "displayName": name.title()}
    content = {"collectionName": f"{name}s".replace("-", "_"), "info": info, "attributes": attributes, **more}
    return SchemaFile(f"src/api/{name}/content-types/{name}/schema.json", name, name, content)


def component(category: str, name: str, attributes: dict[str, Any], **more: Any) -> SchemaFile:  # noqa: ANN401
    """Return the schema file of a component."""
    table = f"components_{category}_{name}s".replace("-", "_")
    content = {"collectionName": table, "info": {"displayName": name.title()}, "attributes": attributes, **more}
    return SchemaFile(f"src/components/{category}/{name}.json", category, name, content)


def project(*files: SchemaFile) -> ProjectFiles:
    """Return the files as a project; those of components are told by their path."""
    components = tuple(file for file in files if file.file.startswith("src/components"))
    extensions = tuple(file for file in files if file.file.startswith("src/extensions"))
    others = tuple(file for file in files if file not in components and file not in extensions)
    return ProjectFiles(content_types=others, components=components, extensions=extensions)


def built(*files: SchemaFile) -> Schema:
    """Return the schema of files that are right."""
    return expect_schema(build_schema(read_system(), project(*files)))


def faults(*files: SchemaFile) -> list[str]:
    """Return the faults of files that are wrong, as `path: what was expected`."""
    result = build_schema(read_system(), project(*files))
    assert isinstance(result, list), "no fault was found"
    return [f"{'.'.join(error.path)}: {error.expected}" for error in result]


def write(files: Iterable[SchemaFile], folder: Path) -> None:
    """Write schema files into a project folder."""
    for file in files:
        path = folder / file.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(file.content), encoding="utf-8")


def conformance_schema() -> Schema:
    """Return the schema of the conformance project."""
    return expect_schema(build_schema(read_system(), read_project(CONFORMANCE)))


def expect_schema(result: Schema | list[SchemaError]) -> Schema:
    """Return the schema; a list of faults fails the test with its lines."""
    assert isinstance(result, Schema), "\n".join(map(str, result))
    return result
