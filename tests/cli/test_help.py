from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer

from tessera.cli import app
from tests.cli.command import Command

HEAVY = "tessera.app", "pydantic", "starlette", "apsw", "rich"


def commands(group: typer.core.TyperGroup, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that name each command."""
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


def all_commands() -> list[tuple[str, ...]]:
    """Return the words of every command."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return list(commands(group))


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_helps_with_examples(words: tuple[str, ...], tessera: Command) -> None:
    """
    `--help` of every command shows what it does and an example of it.
    """
    helped = tessera(*words, "--help")

    assert helped.code == 0
    assert "Examples:" in helped.out
    assert f"tessera {' '.join(words)}" in helped.out.split("Examples:")[1]


def test_a_group_without_a_command_shows_its_commands(tessera: Command) -> None:
    """
    `tessera token` alone lists what can be done with tokens.
    """
    assert "regenerate" in tessera("token").out + tessera("token").err


def test_help_loads_nothing_that_serves() -> None:
    """
    The help starts fast: in less than half a second of work, without loading the application.
    """
    script = (
        "import sys; from tessera.cli import app; app(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    assert ran.stdout.endswith("[]\n")
    assert spent < 0.5


def test_the_version_is_printed(tessera: Command) -> None:
    """
    `--version` prints a version alone.
    """
    assert tessera("--version").out.strip().replace(".", "").isdigit()
