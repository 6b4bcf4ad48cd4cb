"""A project that `tessera new` made, with one administrator, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Command

PASSWORD = "Passw0rd!"
NORA = "nora@example.com"


@pytest.fixture
def tessera(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return the command line."""
    monkeypatch.setenv("TESSERA_PASSWORD", PASSWORD)
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="session")
def _sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sites")


@pytest.fixture
def site(tessera: Command, _sites: Path, tmp_path: Path) -> Path:
    """Return a project with a super admin, Nora."""
    made = _sites / "site"
    if not made.exists():
        tessera("new", made)
        tessera("admin", "create-user", "--email", NORA, "--project", made)
    return Path(shutil.copytree(made, tmp_path / "site"))
