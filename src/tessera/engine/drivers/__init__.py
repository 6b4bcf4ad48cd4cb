"""Drivers: one module for each kind of database, all behind the same session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tessera.engine.drivers.driver import Driver
from tessera.engine.drivers.sqlite import SQLite
from tessera.errors import ConfigurationError
from tessera.settings import DatabaseSettings

DRIVERS: Final[Mapping[str, Callable[[DatabaseSettings], Driver]]] = {"sqlite": SQLite.open}
_COMING: Final = ("postgres", "mysql")  # the reference's names


def open_database(settings: DatabaseSettings) -> Driver:
    """Open the configured database; what cannot be opened stops the start."""
    if settings.client in DRIVERS:
        return DRIVERS[settings.client](settings)
    if settings.client in _COMING:
        raise ConfigurationError(
            f'The database client "{settings.client}" comes with a later version; set DATABASE_CLIENT to "sqlite".'
        )
    raise ConfigurationError(f'Unknown database client "{settings.client}"; set DATABASE_CLIENT to "sqlite".')
