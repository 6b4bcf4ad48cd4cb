"""A place in a schema file, read with its expectations; every fault is noted and reading goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tessera.errors import ABSENT
from tessera.schema.model import JSON
from tessera.schema.source import SchemaError


@dataclass(frozen=True, slots=True)
class Place:
    """A value within a schema file, where it stands, and the list that its faults are noted in."""

    value: JSON
    file: str
    faults: list[SchemaError]
    path: tuple[str, ...] = ()

    def refuse(self, expected: str) -> None:
        """Note that something else was expected here."""
        self.faults.append(SchemaError(self.file, self.path, expected))

    def at(self, key: str) -> Place:
        """Return the place of a key; its value is ABSENT when there is none."""
        value = self.value.get(key, ABSENT) if isinstance(self.value, Mapping) else ABSENT
        return Place(value, self.file, self.faults, (*self.path, key))

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing here; null counts as nothing."""
        return self.value is ABSENT or self.value is None

    def object(self) -> Mapping[str, JSON]:
        """Return the object here, an empty one when there is none."""
        if isinstance(self.value, Mapping):
            return self.value
        if not self.is_missing:
            self.refuse("expected an object")
        return {}

    def entries(self) -> Iterator[tuple[str, Place]]:
        """Yield every key of the object here with its place."""
        return ((key, self.at(key)) for key in self.object())

    def flag(self, *, default: bool = False) -> bool:
        """Return the truth value here."""
        if isinstance(self.value, bool):
            return self.value
        if not self.is_missing:
            self.refuse("expected true or false")
        return default

    def text(self, *, required: bool = False) -> str | None:
        """Return the text here, None when there is none."""
        if isinstance(self.value, str) and (self.value or not required):
            return self.value
        if required or not self.is_missing:
            self.refuse("expected a text")
        return None

    def whole(self) -> int | None:
        """Return the whole number here, not below zero."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.value >= 0:
            return self.value
        if not self.is_missing:
            self.refuse("expected a whole number that is not below zero")
        return None

    def texts(self) -> tuple[str, ...]:
        """Return the list of texts here, an empty one when there is none."""
        if isinstance(self.value, list) and all(isinstance(item, str) for item in self.value):
            return tuple(self.value)
        if not self.is_missing:
            self.refuse("expected a list of texts")
        return ()
