"""What is said about a file besides its content: its name, its texts and its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from tessera.features.media.names import shown_name
from tessera.sql.statement import Value

_TEXTS: Final = ("alternative_text", "caption")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What was said; what was left out leaves things as they are."""

    given: Mapping[str, Any] = field(default_factory=dict)  # by the names of columns, and `folder`

    @property
    def name(self) -> str | None:
        """Return the name to show, if one was given."""
        name = self.given.get("name")
        return shown_name(name) if name else None

    @property
    def moves(self) -> bool:
        """Tell whether a folder was named, or none was by null."""
        return "folder" in self.given

    @property
    def folder(self) -> Any:  # noqa: ANN401 - a number or a text
        """Return the id of the folder as it was given; None is the top."""
        return self.given.get("folder")

    def columns(self) -> dict[str, Value]:
        """Return the columns that were spoken of."""
        columns: dict[str, Value] = {name: self.given[name] for name in _TEXTS if name in self.given}
        if self.name is not None:
            columns["name"] = self.name
        if "focal_point" in self.given:
            point = self.given["focal_point"]
            columns["focal_point"] = None if point is None else orjson.dumps(point).decode()
        return columns

    def changes(self) -> dict[str, Value]:
        """Return the columns that are to hold something else; null changes nothing, as in the reference."""
        return {name: value for name, value in self.columns().items() if value is not None}
