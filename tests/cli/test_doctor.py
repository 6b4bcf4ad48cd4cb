from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import Command

SCHEMA = "src/api/article/content-types/article/schema.json"
HOLD = """
import apsw, sys
connection = apsw.Connection(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Keep another process writing to a database."""
    command = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.communicate()


def test_a_healthy_project_has_no_problem(tessera: Command, site: Path) -> None:
    """
    The doctor says of each part that it is well, in few words, and ends with 0.
    """
    examined = tessera("doctor", site)

    assert examined.code == 0
    assert examined.out.splitlines() == [
        "ok       content types: 1 content type, 0 components",
        "ok       settings: complete",
        "ok       database: the tables fit the content types",
        "ok       administrators: 1 can sign in",
    ]


def test_findings_can_be_read_by_programs(tessera: Command, site: Path) -> None:
    """
    `doctor --json` prints each finding with its part, its verdict and its words.
    """
    findings = tessera("doctor", site, "--json").json

    assert [{"part", "ok", "words"}] * 4 == [set(finding) for finding in findings]


def test_the_doctor_changes_nothing(tessera: Command, site: Path) -> None:
    """
    A database that is not there yet is not made, and one that differs stays as it is; both are told.
    """
    (site / ".tmp/data.db").unlink()
    fresh = tessera("doctor", site)

    assert "the first start makes it" in fresh.out
    assert not (site / ".tmp/data.db").exists()


def test_what_the_next_start_will_do_is_told(tessera: Command, site: Path) -> None:
    """
    New columns, and columns that will be dropped with their data, are named before a start does it.
    """
    schema = json.loads((site / SCHEMA).read_text())
    schema["attributes"] = {"title": schema["attributes"]["title"], "subtitle": {"type": "string"}}
    (site / SCHEMA).write_text(json.dumps(schema))
    told = tessera("doctor", site)

    assert told.code == 0
    assert "table articles: added subtitle" in told.out
    assert "table articles: dropped body" in told.out
    assert told.out == tessera("doctor", site).out


def test_every_missing_secret_is_named(tessera: Command, site: Path) -> None:
    """
    A project without secrets cannot be started, and the doctor names each one.
    """
    (site / ".env").unlink()
    examined = tessera("doctor", site)

    assert examined.code == 2
    for name in ("APP_KEYS", "ADMIN_JWT_SECRET", "API_TOKEN_SALT", "TRANSFER_TOKEN_SALT", "JWT_SECRET"):
        assert name in examined.out


def test_every_schema_fault_is_named(tessera: Command, site: Path) -> None:
    """
    Faults of content types are told with their file and place.
    """
    (site / SCHEMA).write_text('{"kind": "collectionType", "attributes": {"title": {"type": "strnig"}}}')
    examined = tessera("doctor", site)

    assert examined.code == 2
    assert f"{SCHEMA}: attributes.title.type" in examined.out


def test_secrets_that_others_can_read_are_noted(tessera: Command, site: Path) -> None:
    """
    A `.env` that other users can read is told with the command that closes it.
    """
    (site / ".env").chmod(0o644)

    assert "chmod 600 .env" in tessera("doctor", site).out


def test_secrets_that_can_be_guessed_are_noted(tessera: Command, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A secret that is short, or a sample of the reference's, is told by its variable and never by its value.
    """
    monkeypatch.setenv("JWT_SECRET", "short")
    monkeypatch.setenv("APP_KEYS", "toBeModified1,toBeModified2")
    examined = tessera("doctor", site)

    assert "JWT_SECRET can be guessed" in examined.out
    assert "APP_KEYS can be guessed" in examined.out
    assert "ADMIN_JWT_SECRET" not in examined.out
    assert "toBeModified1" not in examined.out


def test_configuration_in_javascript_is_noted(tessera: Command, site: Path) -> None:
    """
    A configuration file of the reference that has no counterpart is told, since it has no effect.
    """
    (site / "config/plugins.ts").write_text("export default {};")

    assert "config/plugins.ts is not read; write what it says into config/plugins.toml" in tessera("doctor", site).out


def test_a_file_that_is_no_database_is_a_problem(tessera: Command, site: Path) -> None:
    """
    A database that cannot be opened is a problem with its path and the reason.
    """
    for path in (site / ".tmp").iterdir():
        path.unlink()
    (site / ".tmp/data.db").write_text("This is no database, however long it may be. " * 50)
    examined = tessera("doctor", site)

    assert examined.code == 2
    assert "PROBLEM  database: The database" in examined.out


def test_a_busy_database_is_a_problem(tessera: Command, site: Path) -> None:
    """
    When another program keeps the database for itself, the doctor says that it is busy.
    """
    with held(site / ".tmp/data.db"):
        examined = tessera("doctor", site)

    assert examined.code == 2
    assert "The database is busy" in examined.out


def test_nobody_to_sign_in_is_told(tessera: Command, site: Path) -> None:
    """
    A project without administrators is well, and the doctor says how to create one.
    """
    (site / ".tmp/data.db").unlink()
    tessera("admin", "list", "--project", site)

    assert "tessera admin create-user" in tessera("doctor", site).out
