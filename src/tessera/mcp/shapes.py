"""
What a tool takes, as a tree: each shape describes itself as JSON Schema and says what is wrong with a value.

Refusals have the reference's words (mcp_server.refused_arguments), since agents read them.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.errors import ABSENT
from tessera.mcp.kinds import kind_of

JSON = Any  # any JSON value, or ABSENT
JSONSchema = dict[str, Any]  # a JSON Schema of draft 2020-12
Definitions = dict[str, JSONSchema]
Path = tuple[str, ...]
Bounds = tuple[int | None, int | None]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SAFE: Final = 2**53 - 1  # JavaScript knows no whole number beyond


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason why a value is refused; a minor one leaves no doubt which alternative was meant."""

    path: Path
    message: str
    minor: bool = False


class Shape(ABC):
    """What values are taken."""

    @abstractmethod
    def schema(self, definitions: Definitions) -> JSONSchema:
        """Return the JSON Schema of the values; what it refers to is put among the definitions."""

    @abstractmethod
    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        """Yield what is wrong with a value."""


@dataclass(frozen=True, slots=True)
class Anything(Shape):
    """Any value at all."""

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if value is ABSENT:
            yield _expected("nonoptional", value, path)


@dataclass(frozen=True, slots=True)
class Never(Shape):
    """No value at all: there is nothing that could be said."""

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"not": {}}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        yield _expected("never", value, path)


@dataclass(frozen=True, slots=True)
class Null(Shape):
    """Nothing, said explicitly."""

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"type": "null"}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if value is not None:
            yield _expected("null", value, path)


@dataclass(frozen=True, slots=True)
class Maybe(Shape):
    """A value of a shape, or null."""

    shape: Shape

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"anyOf": [self.shape.schema(definitions), {"type": "null"}]}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if value is not None:
            yield from self.shape.flaws(value, path)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a whole text has to look like, and what is said of one that does not."""

    regex: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Shape):
    """A text; `accepts` looks at one whose length is right, and `refusal` is what is said of one it refuses."""

    least: int | None = None
    most: int | None = None
    format: str | None = None
    accepts: Callable[[str], bool] | None = None
    refusal: str = "Invalid string"
    patterns: tuple[Pattern, ...] = ()

    def schema(self, definitions: Definitions) -> JSONSchema:
        described: JSONSchema = {"type": "string"}
        if self.patterns:
            described["allOf"] = [{"pattern": f"^{pattern.regex}$"} for pattern in self.patterns]
        bounds = (("minLength", self.least), ("maxLength", self.most), ("format", self.format))
        return described | {key: bound for key, bound in bounds if bound is not None}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, str):
            yield _expected("string", value, path)
            return
        yield from _length_flaws(len(value), (self.least, self.most), "string characters", path)
        if self.accepts is not None and not self.accepts(value):
            yield Flaw(path, self.refusal, minor=True)
        for pattern in self.patterns:
            if not re.fullmatch(pattern.regex, value):
                yield Flaw(path, pattern.refusal, minor=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Shape):
    """A number, perhaps a whole one."""

    whole: bool = False
    least: float | None = None
    most: float | None = None

    def schema(self, definitions: Definitions) -> JSONSchema:
        least, most = self.least, self.most
        if self.whole:
            least, most = -SAFE if least is None else least, SAFE if most is None else most
        described: JSONSchema = {"type": "integer" if self.whole else "number"}
        return described | {key: bound for key, bound in (("minimum", least), ("maximum", most)) if bound is not None}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _expected("number", value, path)
            return
        if self.whole and value != value // 1:
            yield _expected("int", value, path)
        if self.least is not None and value < self.least:
            yield Flaw(path, f"Too small: expected number to be >={self.least}")
        if self.most is not None and value > self.most:
            yield Flaw(path, f"Too big: expected number to be <={self.most}")


@dataclass(frozen=True, slots=True)
class Truth(Shape):
    """True or false."""

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"type": "boolean"}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, bool):
            yield _expected("boolean", value, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Shape):
    """One of some texts, or numbers."""

    options: tuple[str | int, ...]
    default: str | None = None

    def schema(self, definitions: Definitions) -> JSONSchema:
        kind = "string" if isinstance(self.options[0], str) else "integer"
        described: JSONSchema = {"type": kind, "enum": list(self.options)}
        return described if self.default is None else described | {"default": self.default}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, bool) and value in self.options:
            return
        written = [f'"{option}"' if isinstance(option, str) else str(option) for option in self.options]
        if len(written) == 1:
            yield Flaw(path, f"Invalid input: expected {written[0]}")
        else:
            yield Flaw(path, f"Invalid option: expected one of {'|'.join(written)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Shape):
    """A list of values of one shape."""

    items: Shape
    least: int | None = None
    most: int | None = None

    def schema(self, definitions: Definitions) -> JSONSchema:
        described: JSONSchema = {"type": "array", "items": self.items.schema(definitions)}
        bounds = (("minItems", self.least), ("maxItems", self.most))
        return described | {key: bound for key, bound in bounds if bound is not None}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, list):
            yield _expected("array", value, path)
            return
        for index, item in enumerate(value):
            yield from self.items.flaws(item, (*path, str(index)))
        yield from _length_flaws(len(value), (self.least, self.most), "array items", path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Shape):
    """An object; a closed one refuses members that it does not know, others are overlooked."""

    members: Mapping[str, Shape]
    required: frozenset[str] = frozenset()
    closed: bool = True
    notes: Mapping[str, str] = field(default_factory=dict)  # what is told of members
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # what is said of members that another tool takes

    def schema(self, definitions: Definitions) -> JSONSchema:
        properties = {name: self._told(name, shape.schema(definitions)) for name, shape in self.members.items()}
        described: JSONSchema = {"type": "object", "properties": properties}
        if required := [name for name in self.members if name in self.required]:
            described["required"] = required
        return described | {"additionalProperties": False} if self.closed else described

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield _expected("object", value, path)
            return
        for name, shape in self.members.items():
            if name in value or name in self.required:
                yield from shape.flaws(value.get(name, ABSENT), (*path, name))
        yield from (Flaw(path, words, minor=True) for name, words in self.elsewhere.items() if name in value)
        known = {*self.members, *self.elsewhere}
        unknown = [f'"{name}"' for name in value if name not in known] if self.closed else []
        if unknown:
            yield Flaw(path, f"Unrecognized key{'s' if len(unknown) > 1 else ''}: {', '.join(unknown)}", minor=True)

    def _told(self, name: str, described: JSONSchema) -> JSONSchema:
        return described | {"description": self.notes[name]} if name in self.notes else described


@dataclass(frozen=True, slots=True)
class OneOf(Shape):
    """Any of several shapes."""

    options: tuple[Shape, ...]

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"anyOf": [option.schema(definitions) for option in self.options]}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if value is ABSENT:
            yield from self.options[0].flaws(value, path)
            return
        meant: list[list[Flaw]] = []
        for option in self.options:
            found = list(option.flaws(value, path))
            if not found:
                return
            if all(flaw.minor for flaw in found):
                meant.append(found)
        yield from meant[0] if len(meant) == 1 else [Flaw(path, "Invalid input")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(Shape):
    """One of several objects, told apart by what one of their members says."""

    tag: str
    options: Mapping[str, Group]

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"oneOf": [self._option(name, group).schema(definitions) for name, group in self.options.items()]}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield _expected("object", value, path)
            return
        named = value.get(self.tag, ABSENT)
        if not isinstance(named, str) or named not in self.options:
            allowed = "|".join(f'"{name}"' for name in self.options)
            yield Flaw((*path, self.tag), f"Invalid option: expected one of {allowed}")
            return
        yield from self._option(named, self.options[named]).flaws(value, path)

    def _option(self, name: str, group: Group) -> Group:
        members = {self.tag: Choice(options=(name,)), **group.members}
        return Group(members=members, required=group.required | {self.tag}, notes=group.notes)


@dataclass(frozen=True, slots=True, eq=False)
class Named(Shape):
    """A shape that may stand within itself; it is described once, under its name."""

    name: str
    make: Callable[[], Shape]
    _made: list[Shape] = field(default_factory=list)

    def schema(self, definitions: Definitions) -> JSONSchema:
        if self.name not in definitions:
            definitions[self.name] = {}
            definitions[self.name] = self._shape.schema(definitions)
        return {"$ref": f"#/$defs/{self.name}"}

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        yield from self._shape.flaws(value, path)

    @property
    def _shape(self) -> Shape:
        if not self._made:
            self._made.append(self.make())
        return self._made[0]


def whole_schema(shape: Shape) -> JSONSchema:
    """Return a JSON Schema that stands on its own."""
    definitions: Definitions = {}
    described = {"$schema": DIALECT, **shape.schema(definitions)}
    return described | {"$defs": definitions} if definitions else described


def written(flaws: Sequence[Flaw]) -> str:
    """Return flaws as one text."""
    return ", ".join(f"{'.'.join(flaw.path)}: {flaw.message}" if flaw.path else flaw.message for flaw in flaws)


def _expected(kind: str, value: JSON, path: Path) -> Flaw:
    return Flaw(path, f"Invalid input: expected {kind}, received {kind_of(value)}")


def _length_flaws(length: int, bounds: Bounds, what: str, path: Path) -> Iterator[Flaw]:
    least, most = bounds
    kind, units = what.split()
    if least is not None and length < least:
        yield Flaw(path, f"Too small: expected {kind} to have >={least} {units}")
    if most is not None and length > most:
        yield Flaw(path, f"Too big: expected {kind} to have <={most} {units}")
