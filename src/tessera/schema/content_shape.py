"""What a body holds once it has been checked: values as they are kept, parts, relations, and what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tessera.errors import ValidationError, Violation
from tessera.schema.attributes import Place, Stored
from tessera.schema.content_relations import RelationChange, Target
from tessera.schema.model import JSON, Media, Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The attributes that a write gives a value to; those that are not named stay as they are."""

    scalars: Mapping[str, Stored] = field(default_factory=dict)
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)  # components and zones, as lists
    relations: Mapping[str, RelationChange] = field(default_factory=dict)
    media: Mapping[str, RelationChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A component within an entry: a new one, or one that is there and keeps its id."""

    uid: str
    id: int | None
    fields: Fields


@dataclass(frozen=True, slots=True)
class UniqueCheck:
    """A value that no other entry, or component of that type, may have."""

    place: Place
    model: str  # the uid of the content type or component
    attribute: Scalar
    stored: Stored
    sent: JSON

    def violation(self) -> Violation:
        """Return what is said when there is another one."""
        return Violation(self.place.path, "This attribute must be unique", self.sent)


@dataclass(frozen=True, slots=True)
class FileCheck:
    """Files that have to be of certain kinds."""

    place: Place
    attribute: Media
    files: tuple[Target, ...]

    def violation(self) -> Violation:
        """Return what is said when one of them is of another kind."""
        kinds = ", ".join(self.attribute.allowed_types)
        return Violation(self.place.path, f"{self.place.label} must be one of the following types: {kinds}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A body that can be written once its checks have passed."""

    uid: str
    fields: Fields
    unique: tuple[UniqueCheck, ...] = ()
    files: tuple[FileCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """
    A body that cannot be written.

    `unique` are the checks of the values that were understood, so that all faults can be reported at once;
    `unreadable` is said when there is nothing else.
    """

    violations: tuple[Violation, ...] = ()
    unreadable: str | None = None
    unique: tuple[UniqueCheck, ...] = ()
    order: tuple[str, ...] = ()  # the attributes' names

    def error(self, more: Sequence[Violation] = ()) -> ValidationError:
        """Return the error that clients see, with the violations that the database told of."""
        violations = in_order([*self.violations, *more], self.order)
        return ValidationError.of(violations) if violations else ValidationError(self.unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one write may hold, in drafts too."""

    parts: int = 1_000  # components and entries of zones, at all levels
    targets: int = 5_000  # entries and files named in relations


DEFAULT_LIMITS: Final = Limits()


def in_order(violations: Sequence[Violation], names: Sequence[str]) -> list[Violation]:
    """Return violations in the order of the attributes; what concerns the whole body comes last."""
    rank = {name: index for index, name in enumerate(names)}
    return sorted(violations, key=lambda violation: rank.get(violation.path[0] if violation.path else "", len(rank)))
