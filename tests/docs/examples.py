"""Examples of the documentation, run as a reader runs them: those of one page in one shell and an empty folder."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BLOCK: Final = re.compile(r"<!-- run -->\n```console\n(.*?)```", re.DOTALL)
_ADDRESS: Final = "127.0.0.1:1337"
_SERVES: Final = re.compile(r"tessera (develop|start)\b")
_CURL: Final = Path(__file__).with_name("curl.py")
_READY: Final = "http://127.0.0.1:{}/admin/init"
_COMPARED: Final = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Example:
    """A command, and what the page says that it prints; nothing where the page says nothing."""

    command: str
    printed: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A command that did not do as the page says."""

    command: str
    expected: str
    got: str


def examples_of(page: str) -> list[Example]:
    """Return the examples that a page marks with `<!-- run -->`, in order."""
    return [example for block in _BLOCK.findall(page) for example in _examples(block)]


def run_examples(examples: list[Example], folder: Path) -> list[Difference]:
    """Run examples in a folder; servers end with the last one."""
    port = _free_port()
    (folder / "script.sh").write_text(_script(examples, folder, port), "utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["bash", "script.sh"],  # noqa: S607 - the reader's shell
            cwd=folder,
            env=_environment(port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        code = process.wait()
        with suppress(ProcessLookupError):  # there was no server, or it has ended
            os.killpg(process.pid, signal.SIGTERM)
    found = [_judged(folder, number, example, port) for number, example in enumerate(examples)]
    return [each for each in found if each] or ([] if code == 0 else [Difference("all", "0", f"{code}")])


def _examples(block: str) -> Iterator[Example]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        end = next(number for number in range(1, len(lines) + 1) if _is_whole("".join(lines[:number])))
        yield Example("".join(lines[:end]).strip(), "".join(lines[end:]))


def _is_whole(command: str) -> bool:
    """Whether a shell would run this and not wait for more."""
    try:
        shlex.split(command)
    except ValueError:  # a quotation is open
        return False
    return not command.endswith("\\\n")


def _script(examples: list[Example], folder: Path, port: int) -> str:
    curl = f'curl() {{ {shlex.join((sys.executable, str(_CURL)))} "$@"; }}'
    lines = ["set -e", curl]
    for number, example in enumerate(examples):
        command = example.command.replace(_ADDRESS, f"127.0.0.1:{port}")
        if _SERVES.match(command):
            lines.append(f"{{ {command}; }} > {folder}/out.{number} 2>&1 &")
            lines.append(
                f"for i in $(seq 300); do curl {_READY.format(port)} >/dev/null 2>&1 && break; sleep 0.2; done"
            )
        else:
            lines.append(f"{{ {command}\n}} > {folder}/out.{number}")
    return "\n".join((*lines, ""))


def _environment(port: int) -> dict[str, str]:
    tools = str(Path(sys.executable).parent)
    path = os.pathsep.join((tools, os.environ["PATH"]))
    return os.environ | {"PATH": path, "PORT": str(port), "TESSERA_PASSWORD": "Passw0rd!"}


def _judged(folder: Path, number: int, example: Example, port: int) -> Difference | None:
    file = folder / f"out.{number}"
    if not file.exists():
        return Difference(example.command, "to be run", (folder / "log").read_text("utf-8"))
    got = file.read_text("utf-8").replace(f"127.0.0.1:{port}", _ADDRESS)
    wanted = example.printed.replace("…", "...")
    if not wanted or doctest.OutputChecker().check_output(wanted, f"{got.rstrip()}\n", _COMPARED):
        return None
    return Difference(example.command, example.printed, got)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
