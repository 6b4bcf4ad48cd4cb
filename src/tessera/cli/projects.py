"""Commands about project folders: a new one, its health, its description."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tessera.cli.opening import HERE, Folder
from tessera.cli.output import AsJSON, say, show_json
from tessera.errors import ConfigurationError

_FILES: Final = ("src/api", "src/components", "config")


def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")], as_json: AsJSON = False) -> None:
    """Make a project folder with one content type to begin with."""
    from tessera.runtime import SystemRandomness  # noqa: PLC0415 - loaded when it is needed
    from tessera.settings import missing_secrets, write_generated_secrets  # noqa: PLC0415

    if folder.exists() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is there already and is not empty")
    _copy(resources.files("tessera.cli") / "template", folder)
    write_generated_secrets(folder, missing_secrets(folder, {}), SystemRandomness())
    if as_json:
        show_json({"folder": str(folder)})
        return
    say(f"Made {folder}. Next:\n  tessera develop {folder}\nand create the first administrator:")
    say(f"  tessera admin create-user --project {folder}")


def doctor(folder: Folder = HERE, as_json: AsJSON = False) -> None:
    """Check the project, its settings and its database, and say what to do about what is wrong."""
    findings = _examine(folder)
    if as_json:
        show_json([{"part": each.part, "ok": each.ok, "words": each.words} for each in findings])
    else:
        for each in findings:
            say(f"{'ok     ' if each.ok else 'PROBLEM'}  {each.part}: {each.words}")
    if not all(each.ok for each in findings):
        raise typer.Exit(1)


def openapi(folder: Folder = HERE) -> None:
    """Print the OpenAPI document of the Admin API."""
    from tessera.app import VERSION, all_routes  # noqa: PLC0415
    from tessera.web.openapi import document  # noqa: PLC0415

    show_json(document(all_routes(), f"Tessera Admin API of {folder.resolve().name}", VERSION))


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor says of one part of a project."""

    part: str
    ok: bool
    words: str


def _examine(folder: Path) -> list[Finding]:
    from tessera.app import read_schema  # noqa: PLC0415
    from tessera.settings import load  # noqa: PLC0415

    findings = [_tried("content types", lambda: _described(read_schema(folder)))]
    settings = _tried("settings", lambda: _noted(load(folder, os.environ, "production").notes))
    findings.append(settings)
    if all(each.ok for each in findings):
        findings.append(_tried("database", lambda: _opened(folder)))
    return findings


def _tried(part: str, look: Any) -> Finding:  # noqa: ANN401 - a callable without arguments
    try:
        return Finding(part, ok=True, words=look())
    except ConfigurationError as error:
        return Finding(part, ok=False, words=error.message)


def _described(schema: Any) -> str:  # noqa: ANN401 - a Schema, imported late
    own = [each.uid for each in schema.content_types.values() if each.api]
    return f"{len(own)} content types and {len(schema.components)} components: {', '.join(own) or 'none yet'}"


def _noted(notes: tuple[str, ...]) -> str:
    return "; ".join(notes) or "complete"


def _opened(folder: Path) -> str:
    from tessera.app import open_project  # noqa: PLC0415
    from tessera.sql.statement import Statement  # noqa: PLC0415

    opened = open_project(folder, os.environ, "production")
    try:
        admins = opened.driver.run_now(lambda session: session.scalar(Statement("SELECT count(*) FROM admin_users")))
    finally:
        opened.close()
    lines = "; ".join(opened.report.lines()) or "the tables fit the content types"
    hint = "" if admins else "; nobody can sign in yet: run `tessera admin create-user`"
    return f"{lines}; {admins} administrators{hint}"


def _copy(source: Any, target: Path) -> None:  # noqa: ANN401 - a Traversable
    target.mkdir(parents=True, exist_ok=True)
    for item in source.iterdir():
        if item.is_dir():
            _copy(item, target / item.name)
        elif item.name != "__init__.py":
            name = item.name.removeprefix("dot-")
            (target / (f".{name}" if name != item.name else name)).write_bytes(item.read_bytes())
