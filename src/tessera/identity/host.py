"""What serves a project, as a use case that changes the project's content types sees it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tessera.engine.session import Session
from tessera.errors import UnavailableError
from tessera.schema.model import Schema


class Host(Protocol):
    """The running server. Only a request that runs alone may ask it for anything."""

    def announce(self, files: Mapping[Path, tuple[int, int] | None]) -> None:
        """Say which files are about to be changed and what tells their new state, so that nobody starts again."""
        ...

    async def reload(self, session: Session, schema: Schema) -> None:
        """Serve these content types from the next request on; the tables fit them already."""
        ...


class NoHost:
    """Nobody serves: a command is at work."""

    def announce(self, files: Mapping[Path, tuple[int, int] | None]) -> None:
        """Nobody watches."""

    async def reload(self, session: Session, schema: Schema) -> None:
        """Refuse: what a command has opened stays as it is."""
        raise UnavailableError("Content types can only be changed while the project is served.")
