"""Every key that the settings read, found by letting them read tables that note what they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tessera.settings.admin import read_admin
from tessera.settings.api import read_api
from tessera.settings.database import read_database
from tessera.settings.middlewares import _BUILT_IN, read_middlewares
from tessera.settings.plugins import read_plugins
from tessera.settings.report import Report
from tessera.settings.server import read_server
from tessera.settings.table import Table

_FOLDER: Final = Path("project")
_READERS: Final[Mapping[str, Callable[[Table], object]]] = {
    "admin": read_admin,
    "api": read_api,
    "database": lambda table: read_database(table, _FOLDER),
    "middlewares": read_middlewares,
    "plugins": read_plugins,
    "server": lambda table: read_server(table, _FOLDER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A setting: its file, its path there, the variable that sets it too, and whether it changes anything."""

    file: str
    path: str
    variable: str | None = None
    has_effect: bool = True


def setting_keys() -> list[Key]:
    """Return every key of every file; where a table or something shorter may stand, both are read."""
    keys: dict[Key, None] = {}
    for name, read in _READERS.items():
        for nested in (False, True):
            read(_Noting(name, (), keys, nested=nested))
    return list(keys)


class _Noting(Table):
    """A table that is empty, and says of itself what makes the settings read as much as they can."""

    def __init__(self, file: str, path: tuple[str, ...], keys: dict[Key, None], *, nested: bool) -> None:
        super().__init__(file, path, {}, Report({}))
        self._keys = keys
        self._nested = nested

    def table(self, key: str) -> Table:
        return _Noting(self._file, (*self._path, key), self._keys, nested=self._nested)

    def at(self, key: str, content: Mapping[str, Any]) -> Table:
        return self.table(key)

    def tables(self, key: str) -> list[Any]:
        self._note(key)
        return sorted(_BUILT_IN)

    def holds(self, key: str) -> bool:
        return self._nested

    def holds_table(self, key: str) -> bool:
        return self._nested

    def anything(self, key: str) -> dict[str, Any]:
        self._note(key)
        return {}

    def without_effect(self, *keys: str) -> None:
        for key in keys:
            self._note(key, has_effect=False)

    def _given(self, key: str, env: str | None) -> Any:  # noqa: ANN401 - any TOML
        self._note(key, variable=env)
        return super()._given(key, env)

    def _note(self, key: str, variable: str | None = None, *, has_effect: bool = True) -> None:
        path = ".".join((*self._path, key))
        self._keys[Key(file=self._file, path=path, variable=variable, has_effect=has_effect)] = None
