"""How a body is to be read, and what the reading gathers besides values."""

from __future__ import annotations

from dataclasses import dataclass, field

from tessera.errors import ABSENT, Violation
from tessera.schema.attributes import Mode, Place
from tessera.schema.content_shape import FileCheck, Limits, UniqueCheck
from tessera.schema.model import JSON, Attribute, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a body is to be read."""

    schema: Schema
    mode: Mode
    creating: bool
    limits: Limits
    stored: bool = False  # it is what the database holds: passwords are hashes, links are not looked at
    forgiving: bool = False  # blocks that are no list count as null

    @property
    def is_strict(self) -> bool:
        """Whether everything is checked, as for a publication."""
        return self.mode is Mode.PUBLISH

    @property
    def keeps_ids(self) -> bool:
        """Whether the ids of components mean something."""
        return self.stored or not self.creating


@dataclass(slots=True)
class Ledger:
    """What one reading finds: faults, and questions that only the database can answer."""

    terms: Terms
    violations: list[Violation] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    unique: list[UniqueCheck] = field(default_factory=list)
    files: list[FileCheck] = field(default_factory=list)
    fault: str | None = None  # what is wrong with the relations of the body as a whole
    is_flawed: bool = False  # some value cannot even be repeated
    parts: int = 0
    targets: int = 0

    def complain(self, at: Place, said: str, value: JSON = ABSENT) -> None:
        """Note a fault, with the value that it is about if there is one to show."""
        self.violations.append(Violation(at.path, f"{at.label} {said}", value))

    def require(self, attribute: Attribute, at: Place, *, in_drafts: bool = False) -> None:
        """Note that a required attribute is absent from what is created."""
        if attribute.required and self.terms.creating and (self.terms.is_strict or in_drafts):
            self.complain(at, "must be defined.")

    def blame(self, fault: str) -> None:
        """Note what is wrong with the relations; the first fault counts."""
        self.fault = self.fault or fault

    def take_targets(self, count: int, at: Place) -> None:
        """Count entries named in relations; say once when there are too many."""
        limit = self.terms.limits.targets
        if self.targets <= limit < self.targets + count:
            self.complain(at, f"exceeds the limit of {limit} related entries in one write")
        self.targets += count

    def take_parts(self, count: int, at: Place) -> bool:
        """Count components; say once when there are too many. Return whether they may be read."""
        limit = self.terms.limits.parts
        if self.parts <= limit < self.parts + count:
            self.complain(at, f"exceeds the limit of {limit} components in one write")
        self.parts += count
        return self.parts <= limit
