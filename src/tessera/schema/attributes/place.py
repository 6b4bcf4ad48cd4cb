"""Where in a body a value stands: as clients see the path, and as messages spell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A path into a body; `label` is its spelling within messages, such as `sources[0].label`."""

    path: tuple[str, ...] = ()
    label: str = ""

    def key(self, name: str) -> Place:
        """Return the place of an object's member."""
        return Place((*self.path, name), f"{self.label}.{name}" if self.label else name)

    def item(self, index: int) -> Place:
        """Return the place of a list's item."""
        return Place((*self.path, str(index)), f"{self.label}[{index}]")


ROOT = Place()
