"""What an attribute type is: how it reads a value, keeps it, gives it back and describes itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar, Literal

from tessera.errors import ABSENT, Violation
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import value_text
from tessera.schema.model import JSON, ColumnKind, Scalar

Stored = Any  # what a driver binds: None, bool, int, float or str; a password not yet hashed is a PlainPassword
JSONSchema = dict[str, Any]  # a JSON Schema of draft 2020-12


class Mode(Enum):
    """How strictly content is checked: a draft may lack what a publication must have."""

    DRAFT = auto()
    PUBLISH = auto()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The value was understood; this is how it is kept."""

    stored: Stored


@dataclass(frozen=True, slots=True)
class Rejected:
    """The value was refused, for every reason given."""

    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """
    The value is no date or time.

    The reference finds this out while writing, after everything else has passed, and does not say where
    (content_manager_entries.dates_and_times_in_many_spellings).
    """

    message: str


Parsed = Accepted | Rejected | Unreadable


class AttributeType(ABC):
    """A scalar attribute type. Null and absent values are not its business but the content's."""

    name: ClassVar[str]
    kind: ClassVar[ColumnKind]
    cast: ClassVar[Literal["string", "number", "array"] | None] = None  # what a null is said not to be

    @abstractmethod
    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        """Return how a value other than null is kept, or why it is refused; never raise."""

    @abstractmethod
    def render(self, stored: Stored) -> JSON:
        """Return what clients see of a stored value other than null."""

    @abstractmethod
    def shape(self, attribute: Scalar) -> JSONSchema:
        """Return the JSON Schema of the values other than null."""

    def json_schema(self, attribute: Scalar) -> JSONSchema:
        """Return the JSON Schema of the attribute, which may be null unless it is required."""
        schema = self.shape(attribute)
        if not attribute.required:
            schema = _or_null(schema)
        if attribute.default is not ABSENT:
            schema["default"] = attribute.default
        return schema

    def missing(self, place: Place, *, creating: bool) -> Violation:
        """Return what is said of a required attribute that is null."""
        if self.cast is not None:
            shown = "NaN" if self.cast == "number" else "null"
            return Violation(
                place.path, f"{place.label} must be a `{self.cast}` type, but the final value was: `{shown}`.", None
            )
        return Violation(place.path, f"{place.label} {'must be defined' if creating else 'cannot be null'}.", None)


def _or_null(schema: JSONSchema) -> JSONSchema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return schema


def wrong_type(place: Place, expected: str, value: JSON) -> Violation:
    """Return what is said of a value that is of another type and stays as it is."""
    message = f"{place.label or 'this'} must be a `{expected}` type, but the final value was: `{value_text(value)}`."
    return Violation(place.path, message, value)


def not_castable(place: Place, expected: str, value: JSON) -> Violation:
    """Return what is said of a value that could not be turned into the expected type."""
    final = "NaN" if expected == "number" else "null"
    message = (
        f"{place.label or 'this'} must be a `{expected}` type, but the final value was: `{final}` "
        f"(cast from the value `{value_text(value)}`)."
    )
    return Violation(place.path, message, None)


def outcome(stored: Stored, violations: list[Violation]) -> Parsed:
    """Return the value when nothing speaks against it."""
    return Rejected(tuple(violations)) if violations else Accepted(stored)
