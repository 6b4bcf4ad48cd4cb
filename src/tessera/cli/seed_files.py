"""The files of a project's `seed` folder: who is to have access, and the first entries."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tessera.cli.wishes import Wish
from tessera.errors import ConfigurationError

ACCESS: Final = "seed/access.toml"
CONTENT: Final = "seed/content.json"
T = TypeVar("T")


class _Part(BaseModel):
    """A table of a seed file; a key that means nothing is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedPermission(_Part):
    """What somebody may do; without fields or locales, all of them."""

    action: str
    subject: str | None = None
    fields: list[str] | None = None
    locales: list[str] | None = None

    def written(self) -> str:
        """Return the permission as commands take it."""
        target = f"@{self.subject}" if self.subject else ""
        return f"{self.action}{target}" + (f":{','.join(self.fields)}" if self.fields else "")


class SeedRole(_Part):
    """A role and what it holds."""

    name: str
    description: str = ""
    permissions: list[SeedPermission]


class SeedAdministrator(_Part):
    """An administrator with the names or codes of its roles; the password is made up."""

    email: str
    firstname: str
    lastname: str = ""
    roles: list[str]


class SeedToken(_Part):
    """An admin token of one of the administrators."""

    name: str
    description: str = ""
    owner: str
    days: Literal[7, 30, 90] | None = 30
    permissions: list[SeedPermission]


class Access(_Part):
    """What `access.toml` says; entries are made in the name of the first administrator."""

    administrators: list[SeedAdministrator] = Field(min_length=1)
    roles: list[SeedRole] = []
    tokens: list[SeedToken] = []


class Entry(_Part):
    """An entry: its content, the keys of the entries it is related to, and whether it is published."""

    key: str
    data: dict[str, Any]  # as a body of the content manager
    relations: dict[str, list[str]] = {}
    publish: bool = False


Content = Mapping[str, Sequence[Entry]]  # by content type; an entry names only what stands before it
_CONTENT: Final = TypeAdapter(dict[str, list[Entry]])


def read_access(folder: Path) -> Access | None:
    """Return who is to have access, or None if the project has no seed."""
    return _read(folder / ACCESS, ACCESS, lambda text: Access.model_validate(tomllib.loads(text)))


def read_content(folder: Path) -> Content:
    """Return the entries; there may be none."""
    return _read(folder / CONTENT, CONTENT, lambda text: _CONTENT.validate_python(json.loads(text))) or {}


def wishes_of(place: str, permissions: Sequence[SeedPermission]) -> list[Wish]:
    """Return permissions with the place to name when one is refused."""
    return [
        Wish.of(f"{place}.permissions.{index}", each.action, each.subject, fields=each.fields, locales=each.locales)
        for index, each in enumerate(permissions)
    ]


def _read(path: Path, name: str, parse: Callable[[str], T]) -> T | None:
    if not path.is_file():
        return None
    try:
        return parse(path.read_text("utf-8"))
    except pydantic.ValidationError as error:
        faults = (f"  {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ConfigurationError(f"{name} cannot be used:\n" + "\n".join(faults)) from error
    except (OSError, ValueError) as error:  # JSON and TOML that cannot be read are ValueErrors
        raise ConfigurationError(f"{name} cannot be read: {error}") from error
