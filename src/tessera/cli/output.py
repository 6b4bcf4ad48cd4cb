"""What commands print: values on standard output, words for people on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tessera.errors import ConfigurationError, TesseraError


def say(words: str) -> None:
    """Tell a person something; standard output stays free for values."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def show(words: str) -> None:
    """Print a value, at once, also where the output is a pipe."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def show_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print a value for programs."""
    show(json.dumps(value, indent=2, ensure_ascii=False))


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows below their headings; nothing is cut off, so that programs can read it too."""
    cells = [list(columns), *([_cell(row.get(column)) for column in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        show("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def complain(error: TesseraError) -> None:
    """Say what went wrong, with every detail there is."""
    say(f"Error: {error.message}")
    for line in _details(error):
        say(f"  {line}")


def _details(error: TesseraError) -> Iterator[str]:
    """Yield each fault with its place, unless the message has told them all."""
    faults: Iterable[Mapping[str, Any]] = error.details.get("errors", ())
    if isinstance(error, ConfigurationError):
        return
    for fault in faults:
        place = ".".join(map(str, fault["path"]))
        if fault["message"] != error.message or place not in error.message:
            yield f"{place}: {fault['message']}" if place else fault["message"]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
