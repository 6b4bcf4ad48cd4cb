from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import NORA, PASSWORD

SCHEMA = "src/api/article/content-types/article/schema.json"
PATIENCE = 180.0  # seconds, for machines that are busy with other tests


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Serving:
    """A command that serves, as a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, output: Path) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self._output = output

    @property
    def said(self) -> str:
        return self._output.read_text("utf-8")

    def answers(self) -> bool:
        assert self.process.poll() is None, self.said
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/admin/init").status_code == 200
        return False

    def sign_in(self) -> dict[str, str]:
        """Return the header of a session of Nora's."""
        body = {"email": NORA, "password": PASSWORD}
        answer = httpx.post(f"{self.url}/admin/login", json=body, timeout=PATIENCE)
        return {"Authorization": f"Bearer {answer.json()['data']['accessToken']}"}

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in found.split()]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(command: str, site: Path, **variables: str) -> Iterator[Serving]:
    """Serve a project until the end of the block."""
    port, output = free_port(), site.parent / f"{command}.log"
    environment = os.environ | {"PORT": str(port)} | variables
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tessera", command, str(site)], env=environment, stdout=log, stderr=log
        )
    try:
        yield Serving(process, port, output)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_start_serves_and_ends_cleanly(number: signal.Signals, site: Path) -> None:
    """
    `tessera start` says where it listens, answers, and ends with 0 on SIGTERM and Ctrl-C.
    """
    with serving("start", site) as server:
        wait_for(server.answers)
        code = server.end(number)

    assert code == 0
    assert f"Listening on {server.url}" in server.said


def test_start_refuses_without_secrets_and_names_each(site: Path) -> None:
    """
    `tessera start` never makes secrets: it names each one that is missing, and ends with 2.
    """
    (site / ".env").unlink()
    with serving("start", site) as server:
        code = server.process.wait(PATIENCE)

    assert code == 2
    assert "API_TOKEN_SALT" in server.said
    assert not (site / ".env").exists()


def test_an_address_that_is_taken_is_named(site: Path) -> None:
    """
    When another program has the port, the command names the address and ends with 2.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with serving("develop", site, PORT=port) as server:
            code = server.process.wait(PATIENCE)

    assert code == 2
    assert f"127.0.0.1:{port}" in server.said


def test_develop_makes_the_secrets_that_are_missing(site: Path) -> None:
    """
    `tessera develop` writes missing secrets into `.env` and names them, without their values.
    """
    kept = (site / ".env").read_text().splitlines()
    (site / ".env").write_text("\n".join(line for line in kept if not line.startswith("JWT_SECRET")))
    with serving("develop", site) as server:
        wait_for(server.answers)

    assert "Made JWT_SECRET" in server.said
    assert (site / ".env").read_text().rpartition("JWT_SECRET=")[2].strip() not in server.said


def test_develop_follows_changes(site: Path) -> None:
    """
    A field that is added to a content type is there after a moment, without a command.
    """
    with serving("develop", site) as server:
        wait_for(server.answers)
        schema = json.loads((site / SCHEMA).read_text())
        schema["attributes"]["subtitle"] = {"type": "string"}
        (site / SCHEMA).write_text(json.dumps(schema))
        wait_for(lambda: "added subtitle" in server.said)
        wait_for(server.answers)

    assert "Starting again, since schema.json changed." in server.said


def test_what_the_server_changes_itself_starts_nothing(site: Path) -> None:
    """
    A content type that is made over HTTP is served at once, by the same process.
    """
    draft = {"displayName": "Note", "singularName": "note", "pluralName": "notes", "kind": "collectionType"}
    body = {"contentType": {**draft, "attributes": {"text": {"type": "string"}}}, "components": []}
    with serving("develop", site) as server:
        wait_for(server.answers)
        process = server.children()
        key = server.sign_in()
        made = httpx.post(f"{server.url}/content-type-builder/content-types", json=body, headers=key, timeout=PATIENCE)
        time.sleep(2)  # eight looks of the one that watches
        read = httpx.get(f"{server.url}/content-manager/collection-types/api::note.note", headers=key, timeout=PATIENCE)

        assert process == server.children()

    assert 201 == made.status_code, made.text
    assert 200 == read.status_code, read.text
    assert (site / "src/api/note/content-types/note/schema.json").is_file()
    assert "Starting again" not in server.said


def test_develop_waits_for_a_fault_to_be_mended(site: Path) -> None:
    """
    A fault that is made while working is told, and the server is back once it is mended.
    """
    good = (site / SCHEMA).read_text()
    with serving("develop", site) as server:
        wait_for(server.answers)
        (site / SCHEMA).write_text(good.replace('"string"', '"strnig"'))
        wait_for(lambda: "Waiting for a change." in server.said)
        (site / SCHEMA).write_text(good)
        wait_for(server.answers)

    assert f"{SCHEMA}: attributes.title.type" in server.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_develop_leaves_no_process_behind(number: signal.Signals, site: Path) -> None:
    """
    However `tessera develop` ends, the server below it ends too; on SIGTERM and Ctrl-C with 0.
    """
    with serving("develop", site) as server:
        wait_for(server.answers)
        children = server.children()
        code = server.end(number)
        wait_for(lambda: not any(map(is_alive, children)))

    assert len(children) == 1
    assert code == (-signal.SIGKILL if number is signal.SIGKILL else 0)


def test_develop_ends_with_a_first_start_that_fails(site: Path) -> None:
    """
    A project that cannot be opened ends `tessera develop` with 2, and every fault is told.
    """
    (site / SCHEMA).write_text("{")
    with serving("develop", site) as server:
        code = server.process.wait(PATIENCE)

    assert code == 2
    assert SCHEMA in server.said
