"""What commands print: values on standard output, words for people on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from tessera.errors import TesseraError

AsJSON = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def say(words: str) -> None:
    """Tell a person something; standard output stays free for values."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(words)


def complain(error: TesseraError) -> None:
    """Say what went wrong, with every detail there is."""
    say(f"Error: {error.message}")
    for fault in error.details.get("errors", ()):
        say(f"  {'.'.join(fault['path'])}: {fault['message']}")


def show_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print a value for programs."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def show_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Print rows, as a table for people or as JSON for programs."""
    if as_json:
        show_json(list(rows))
        return
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if row.get(column) is None else str(row[column]) for column in columns))
    Console(highlight=False, markup=False).print(table)
