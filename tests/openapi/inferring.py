"""From answers that were seen to the JSON Schema that describes them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

JSON = Any  # any JSON value
JSONSchema = dict[str, Any]

_DEEPEST: Final = 6  # beyond it anything may stand
_NAMES: Final = 40  # an object with more keys than that maps names to values
# Keys that nobody declares: uids, ids, locales, codes of languages.
_KEY: Final = re.compile(r".*::.*|[a-z-]+\.[a-z-]+|\d+|[a-z]{2}(-[A-Z]{2})?|[a-z0-9]{24}")
_SCALARS: Final = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}


@dataclass(slots=True)
class Seen:
    """What was seen at one place."""

    kinds: set[str] = field(default_factory=set)
    objects: int = 0
    members: dict[str, Seen] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # in how many objects each member was
    items: Seen | None = None

    def note(self, value: JSON, depth: int = 0) -> None:
        """Take in another value."""
        if depth > _DEEPEST:
            return
        if isinstance(value, Mapping):
            self.kinds.add("object")
            self.objects += 1
            for name, held in value.items():
                self.members.setdefault(name, Seen()).note(held, depth + 1)
                self.counts[name] = self.counts.get(name, 0) + 1
        elif isinstance(value, list):
            self.kinds.add("array")
            self.items = self.items or Seen()
            for item in value:
                self.items.note(item, depth + 1)
        else:
            self.kinds.add(_SCALARS[type(value)])

    def take(self, other: Seen) -> None:
        """Take in all that was seen at another place."""
        self.kinds |= other.kinds
        self.objects += other.objects
        for name, seen in other.members.items():
            self.members.setdefault(name, Seen()).take(seen)
            self.counts[name] = self.counts.get(name, 0) + other.counts[name]
        if other.items is not None:
            self.items = self.items or Seen()
            self.items.take(other.items)

    def schema(self, depth: int = 0) -> JSONSchema:
        """Return the schema of everything that was seen."""
        if depth > _DEEPEST or not self.kinds:
            return {}
        if self.kinds == {"null"}:
            return {}  # of what it is when it is something, nothing is known
        plain = sorted(self.kinds - {"object", "array"})
        options = [self._object(depth)] if "object" in self.kinds else []
        options += [self._array(depth)] if "array" in self.kinds else []
        if plain and not options:
            return {"type": plain[0] if len(plain) == 1 else plain}
        options += [{"type": kind} for kind in plain]
        return options[0] if len(options) == 1 else {"anyOf": options}

    def _array(self, depth: int) -> JSONSchema:
        items = self.items.schema(depth + 1) if self.items else {}
        return {"type": "array", "items": items} if items else {"type": "array"}

    def _object(self, depth: int) -> JSONSchema:
        if self._is_map():
            held = Seen()
            for seen in self.members.values():
                held.take(seen)
            return {"type": "object", "additionalProperties": held.schema(depth + 1)}
        described: JSONSchema = {"type": "object"}
        if self.members:
            described["properties"] = {name: self.members[name].schema(depth + 1) for name in sorted(self.members)}
        required = sorted(name for name, count in self.counts.items() if count == self.objects)
        return described | {"required": required} if required else described

    def _is_map(self) -> bool:
        named = [name for name in self.members if _KEY.fullmatch(name)]
        return len(self.members) > _NAMES or bool(named and len(named) * 2 > len(self.members))
