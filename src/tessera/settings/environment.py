"""The environment of a project: what its `.env` file says, overruled by the process's own variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ENV_FILE: Final = ".env"

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.]*"
_LINE: Final = re.compile(
    rf"""
    ^[ \t]* (?:export[ \t]+)? (?P<name>{_NAME}) [ \t]* = [ \t]*
    (?: '(?P<plain>[^']*)' | "(?P<escaped>(?:[^"\\]|\\.)*)" | (?P<bare>[^\n#]*?) )
    [ \t]* (?:\#[^\n]*)? $
    """,
    re.VERBOSE | re.MULTILINE,
)
_IGNORED: Final = re.compile(r"^[ \t]*(?:#.*)?$")
_REFERENCE: Final = re.compile(rf"\$\{{({_NAME})(?::([^}}]*))?\}}")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}


class UnsetVariableError(Exception):
    """A setting names an environment variable that has no value; the argument is its name."""


def read_environment(folder: Path, process: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the variables of a project folder, where empty ones of the process count for nothing, and problems."""
    path = folder / ENV_FILE
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        return dict(process), [f"{ENV_FILE}: cannot be read: {error}"]
    values, problems = parse_environment(text)
    return {**values, **{name: value for name, value in process.items() if value}}, problems


def parse_environment(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the variables that the text of a `.env` file sets, and the lines that set nothing."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values = {found["name"]: _value(found) for found in _LINE.finditer(text)}
    rest = _LINE.sub(lambda found: "\n" * found[0].count("\n"), text)
    problems = [
        f"{ENV_FILE}: line {number} is neither NAME=value nor a comment"
        for number, line in enumerate(rest.split("\n"), 1)
        if not _IGNORED.match(line)
    ]
    return values, problems


def interpolate(text: str, environment: Mapping[str, str]) -> str:
    """Return the text with `${NAME}` and `${NAME:default}` replaced; an empty variable counts as not set."""

    def value(found: re.Match[str]) -> str:
        name, default = found[1], found[2]
        if given := environment.get(name):
            return given
        if default is None:
            raise UnsetVariableError(name)
        return default

    return _REFERENCE.sub(value, text)


def _value(found: re.Match[str]) -> str:
    if found["plain"] is not None:
        return found["plain"]
    if found["escaped"] is not None:
        return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), found["escaped"], flags=re.DOTALL)
    return found["bare"] or ""
