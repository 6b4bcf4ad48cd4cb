"""What would be lost when one schema takes the place of another, and which attributes may only be called otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from tessera.features.modeling.edits import Rename
from tessera.schema import naming
from tessera.schema.links import owns_link_table
from tessera.schema.model import (
    Attribute,
    ColumnKind,
    ComponentField,
    ContentType,
    DynamicZone,
    Model,
    Relation,
    Scalar,
    Schema,
)


class Lost(Enum):
    """What kind of thing is lost."""

    MODEL = "type"
    ATTRIBUTE = "attribute"
    VALUES = "values"  # of an attribute that changes what it holds
    DRAFTS = "drafts"
    LOCALES = "locales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something stored that would go; a component of a zone is told by `part`."""

    what: Lost
    model: Model
    attribute: Attribute | None = None
    part: str | None = None

    @property
    def name(self) -> str:
        """Return the word by which a client lets it go."""
        uid = self.model.uid
        if self.what in (Lost.DRAFTS, Lost.LOCALES):
            return f"{uid}:{self.what.value}"
        words = filter(None, (uid, self.attribute.name if self.attribute else None))
        return ".".join(words) + (f":{self.part}" if self.part else "")

    def shown(self, entries: int) -> dict[str, Any]:
        """Return the loss as clients see it."""
        attribute = {"attribute": self.attribute.name} if self.attribute else {}
        part = {"component": self.part} if self.part else {}
        told = {"what": self.what.value, "uid": self.model.uid, **attribute, **part}
        return {"drop": self.name, **told, "entries": entries}


# A value of the first kind is one of the others too.
_WIDER: Final[Mapping[ColumnKind, tuple[ColumnKind, ...]]] = {
    ColumnKind.STRING: (ColumnKind.TEXT,),
    ColumnKind.INTEGER: (ColumnKind.BIGINT, ColumnKind.FLOAT, ColumnKind.DECIMAL),
    ColumnKind.FLOAT: (ColumnKind.DECIMAL,),
    ColumnKind.DECIMAL: (ColumnKind.FLOAT,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One schema in the place of another; `moved` has components by their uid before."""

    before: Schema
    after: Schema
    moved: Mapping[str, str] = field(default_factory=dict)
    renames: tuple[Rename, ...] = ()

    def successor(self, model: Model) -> Model | None:
        """Return what a model becomes."""
        return self.after.model(self.moved.get(model.uid, model.uid))

    def names(self, model: Model) -> dict[str, str]:
        """Return the attributes of a model that are called otherwise, by their names before."""
        return {rename.old: rename.new for rename in self.renames if rename.uid == model.uid}

    def losses(self) -> list[Loss]:
        """Return what the first schema keeps and the second one does not."""
        found: list[Loss] = []
        models: list[Model] = [*self.before.content_types.values(), *self.before.components.values()]
        for model in models:
            now, names = self.successor(model), self.names(model)
            if now is None or naming.table(now) != naming.table(model):
                found.append(Loss(what=Lost.MODEL, model=model))
                continue
            found += _of_flags(model, now)
            for attribute in model.attributes.values():
                successor = now.attributes.get(names.get(attribute.name, attribute.name))
                found += self._of_attribute(model, attribute, successor)
        return found

    def candidates(self, lost: Collection[Loss]) -> list[Rename]:
        """Return which of the lost attributes could go on under the name of a new one that holds the same."""
        return [
            rename
            for loss in lost
            if loss.what is Lost.ATTRIBUTE and loss.attribute and (now := self.successor(loss.model))
            for name in now.attributes
            if self.is_possible(rename := Rename(loss.model.uid, loss.attribute.name, name))
        ]

    def is_possible(self, rename: Rename) -> bool:
        """Whether an attribute that goes may go on as one that comes."""
        model = self.before.model(rename.uid)
        now = self.successor(model) if model else None
        if model is None or now is None or rename.old in now.attributes or rename.new in model.attributes:
            return False
        gone, come = model.attributes.get(rename.old), now.attributes.get(rename.new)
        if gone is None or come is None or not keeps_something(gone) or not keeps_something(come):
            return False
        return not list(self._of_attribute(model, gone, come))

    def _of_attribute(self, model: Model, old: Attribute, new: Attribute | None) -> Iterator[Loss]:
        if not keeps_something(old):
            return
        if new is None or type(new) is not type(old):
            yield Loss(what=Lost.ATTRIBUTE, model=model, attribute=old)
        elif isinstance(old, Scalar) and isinstance(new, Scalar):
            if old.kind is not new.kind and new.kind not in _WIDER.get(old.kind, ()):
                yield Loss(what=Lost.VALUES, model=model, attribute=old)
        elif isinstance(old, Relation) and isinstance(new, Relation):
            if not _are_kept_alike(old, new):
                yield Loss(what=Lost.ATTRIBUTE, model=model, attribute=old)
        elif isinstance(old, ComponentField) and isinstance(new, ComponentField):
            if self.moved.get(old.component, old.component) != new.component:
                yield Loss(what=Lost.ATTRIBUTE, model=model, attribute=old)
        elif isinstance(old, DynamicZone) and isinstance(new, DynamicZone):
            gone = (uid for uid in old.components if self.moved.get(uid, uid) not in new.components)
            yield from (Loss(what=Lost.VALUES, model=model, attribute=old, part=uid) for uid in gone)


def keeps_something(attribute: Attribute) -> bool:
    """Whether something is stored for an attribute; nothing is for the side of a relation that only reads."""
    if isinstance(attribute, Relation):
        return not attribute.virtual and attribute.mapped_by is None
    return True


def renamed_path(change: Change, subject: str, path: str) -> str:
    """Return the path of a field within a content type as it is called from now on."""
    model: Model | None = change.before.content_types.get(subject)
    steps: list[str] = []
    for step in path.split("."):
        attribute = model.attributes.get(step) if model else None
        steps.append(change.names(model).get(step, step) if model else step)
        model = change.before.components.get(attribute.component) if isinstance(attribute, ComponentField) else None
    return ".".join(steps)


def _of_flags(old: Model, new: Model) -> Iterator[Loss]:
    if isinstance(old, ContentType) and isinstance(new, ContentType):
        if old.draft_and_publish and not new.draft_and_publish:
            yield Loss(what=Lost.DRAFTS, model=old)
        if old.localized and not new.localized:
            yield Loss(what=Lost.LOCALES, model=old)


def _are_kept_alike(old: Relation, new: Relation) -> bool:
    """Whether the links of a relation stay where they are; what its table is called follows from the attribute."""
    if old.target != new.target or new.mapped_by is not None:
        return False
    if old.relation.is_polymorphic or new.relation.is_polymorphic:
        return old.relation is new.relation
    return owns_link_table(old) == owns_link_table(new)
