"""What the content manager shows of an entry: in a list, alone, and of its other versions."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from tessera.query import budgets
from tessera.query.conditions import EVERY, NO, Condition, OfVersion, Version, all_of
from tessera.query.plan import (
    Entry,
    Field,
    Fixed,
    Form,
    Parts,
    Related,
    Rows,
    Selection,
    Siblings,
    Status,
    Zone,
)
from tessera.query.sight import CREATOR_FIELDS, USER, Part, Sight
from tessera.schema.model import (
    Attribute,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    Scalar,
)
from tessera.schema.naming import FILE

CREATORS: Final = ("createdBy", "updatedBy")
LOCALIZATIONS: Final = "localizations"
_STAMPS: Final = ("id", "documentId", "createdAt", "updatedAt", "publishedAt", "locale")
_KNOWN_BY: Final = ("id", "documentId", "locale", "updatedAt", "publishedAt")
_IDENTITY: Final = ("documentId", "locale")
_PLAIN_CREATOR: Final = ("id", "firstname", "lastname", "email")


class Occasion(Enum):
    """What a document is shown for."""

    READ = "read"
    WRITTEN = "written"
    UNPUBLISHED = "unpublished"  # the row that is about to go


@dataclass(frozen=True, slots=True)
class Presentation:
    """Builds entries for a reader; `version` is which rows related entries are counted and shown of."""

    sight: Sight
    version: Version

    def listed(self, model: ContentType, fields: Container[str] | None) -> Entry:
        """Return the entry of a list: relations to one are shown, others counted, components shown without depth."""
        layout = _Layout(self, deep=False, fields=fields)
        known_by = _IDENTITY if self.sight.reader.by_id else _KNOWN_BY
        parts = [*layout.of(model), *self._versions(model, known_by), Status()]
        return Entry(model.uid, tuple(parts), self.version)

    def alone(self, model: ContentType, occasion: Occasion = Occasion.READ) -> Entry:
        """Return the entry of one document: relations are counted, components shown in full depth."""
        parts = _Layout(self, deep=True).of(model)
        if self.sight.reader.by_id:
            parts += self._versions(model, (*_IDENTITY, "status"))
        elif occasion is Occasion.READ:
            parts += self._versions(model, (*_KNOWN_BY, "status"))
        else:
            parts += self._localizations(model, drafts=occasion is Occasion.UNPUBLISHED)
        if model.draft_and_publish:
            parts.append(Status())
        return Entry(model.uid, tuple(parts), self.version)

    def other_locales(self, model: ContentType) -> Entry | None:
        """Return what is told of drafts in other locales: what they share with it, and who wrote them."""
        if not model.localized:
            return None
        shared = [
            part
            for part in _Layout(self, deep=True, always_guarded=True).of(model)
            if self._is_shared(model, part.name)
        ]
        stamps = [Field(name) for name in _STAMPS]
        creators = [creator(name, CREATOR_FIELDS) for name in CREATORS]
        status = [Status()] if model.draft_and_publish else []
        return Entry(model.uid, (*stamps, *shared, *creators, *status), Version.DRAFT)

    def other_version(self, model: ContentType) -> Entry | None:
        """Return what is told of the published version of a draft, or of the draft of a published version."""
        if not model.draft_and_publish:
            return None
        fields = CREATOR_FIELDS if model.localized else _PLAIN_CREATOR
        return Entry(model.uid, (*(Field(name) for name in _STAMPS), *(creator(name, fields) for name in CREATORS)))

    def _versions(self, model: ContentType, names: tuple[str, ...]) -> Iterator[Selection]:
        if LOCALIZATIONS not in model.attributes:
            return
        if not model.localized:
            yield Fixed(LOCALIZATIONS, "[]")
            return
        parts = [Status() if name == "status" else Field(name) for name in names]
        yield Siblings(name=LOCALIZATIONS, entry=Entry(model.uid, tuple(parts), self.version))

    def _localizations(self, model: ContentType, *, drafts: bool) -> Iterator[Selection]:
        """Yield the other locales as answers to writes tell of them: with what is checked when they are published."""
        if not model.localized and not drafts:
            yield from self._versions(model, ())
        elif LOCALIZATIONS in model.attributes:
            layout = _Layout(self, deep=True, always_guarded=True, checked_only=True)
            parts = [*layout.of(model), Status()]
            yield Siblings(name=LOCALIZATIONS, entry=Entry(model.uid, tuple(parts)), drafts=drafts)

    @staticmethod
    def _is_shared(model: ContentType, name: str) -> bool:
        attribute = model.attributes.get(name)
        return isinstance(attribute, Scalar | Media) and not attribute.localized and name not in _STAMPS


def creator(name: str, fields: tuple[str, ...] = CREATOR_FIELDS) -> Related:
    """Return the administrator who created or last changed an entry, by name; whoever may read the entry sees it."""
    entry = Entry(USER, tuple(Field(field) for field in fields))
    return Related(name=name, form=Form.ONE, rows=Rows(model=USER), entry=entry)


def _is_checked(attribute: Attribute) -> bool:
    """Tell whether a value is held against more than its type when an entry is published."""
    bounds = ("max", "min", "maxLength", "minLength")
    checked = attribute.required or attribute.unique or any(bound in attribute.options for bound in bounds)
    return checked and not attribute.private


@dataclass(frozen=True, slots=True)
class _Layout:
    """Selects the attributes of a model, and of the components in it."""

    presentation: Presentation
    deep: bool
    fields: Container[str] | None = None
    always_guarded: bool = False  # for rows that may be outside of what the reader may read
    checked_only: bool = False  # of components and files, only what is checked when an entry is published
    depth: int = field(default=0)

    def of(self, model: Model, part: Part | None = None) -> list[Selection]:
        budgets.hold_depth(self.depth, "populate")
        parts: list[Selection] = [Field("id")]
        if isinstance(model, ContentType):
            parts.append(Field("documentId"))
        for attribute in model.attributes.values():
            guard = self._guard(model, attribute, part)
            selection = None if guard == NO else self._selection(model, attribute, part, guard)
            if selection is not None:
                parts.append(selection)
        return parts

    def _guard(self, model: Model, attribute: Attribute, part: Part | None) -> Condition:
        sight = self.presentation.sight
        if attribute.system and attribute.name in CREATORS:
            return EVERY
        guard = sight.guard(model, attribute.name, part)
        if not self.always_guarded or attribute.name in _STAMPS or guard == NO:
            return guard
        return all_of(sight.rows((part.owner if part else model).uid) or NO, guard)

    def _selection(self, model: Model, attribute: Attribute, part: Part | None, guard: Condition) -> Selection | None:
        name = attribute.name
        inside = part.within(name) if part else Part(model, f"{name}.")
        match attribute:
            case Scalar():
                return Field(name, guard) if self._selects(attribute) else None
            case Relation():
                return None if self.checked_only else self._relation(attribute, guard)
            case Media():
                return self._files(attribute, guard) if not self.checked_only or _is_checked(attribute) else None
            case ComponentField(component=uid, repeatable=many) if self._goes_deeper():
                entry = self._component(uid, inside)
                if entry is not None:
                    return Parts(name=name, many=many, rows=Rows(model=uid), entry=entry, guard=guard)
            case DynamicZone(components=uids) if self._goes_deeper():
                found = tuple(entry for uid in uids if (entry := self._component(uid, inside)))
                return Zone(name=name, entries=found, guard=guard) if found or not self.checked_only else None
        return None

    def _selects(self, attribute: Scalar) -> bool:
        if self.depth:
            return not self.checked_only or _is_checked(attribute)
        return self.fields is None or attribute.name in self.fields

    def _goes_deeper(self) -> bool:
        return self.deep or self.depth == 0

    def _component(self, uid: str, part: Part) -> Entry | None:
        model = self.presentation.sight.schema.components.get(uid)
        if model is None:
            return None
        inner = replace(self, fields=None, depth=self.depth + 1)
        parts = inner.of(model, part)
        return None if self.checked_only and len(parts) == 1 else Entry(uid, tuple(parts))

    def _relation(self, attribute: Relation, guard: Condition) -> Selection | None:
        name = attribute.name
        if attribute.system and name in CREATORS:
            return creator(name)
        if attribute.target is None or name == LOCALIZATIONS or attribute.relation.is_polymorphic:
            return None
        if self.presentation.sight.reader.by_id:
            return self._identities(attribute, attribute.target, guard)
        if not self._goes_deeper():
            return None
        rows = Rows(model=attribute.target, where=self._rows_of(attribute.target))
        if self.deep or attribute.lists_many:
            return Related(name=name, form=Form.COUNT, rows=rows, guard=guard)
        return self._one(attribute, attribute.target, rows, guard)

    def _rows_of(self, uid: str) -> Condition:
        target = self.presentation.sight.schema.content_types.get(uid)
        if target is None or not target.draft_and_publish or self.presentation.version is Version.ANY:
            return EVERY
        return OfVersion(self.presentation.version)

    def _identities(self, attribute: Relation, uid: str, guard: Condition) -> Selection:
        """Tell by which ids related entries that may be read are known."""
        target, shown = self.presentation.sight.schema.content_types[uid], self.presentation.sight.rows(uid)
        names = _IDENTITY if target.localized else _IDENTITY[:1]
        return Related(
            name=attribute.name,
            form=Form.MANY if attribute.lists_many else Form.ONE,
            rows=Rows(model=uid, where=all_of(self._rows_of(uid), NO if shown is None else shown)),
            entry=Entry(uid, tuple(Field(name) for name in names)),
            guard=guard,
        )

    def _one(self, attribute: Relation, uid: str, rows: Rows, guard: Condition) -> Selection:
        """Show a related entry with what may be read of it, or only that it is there."""
        sight = self.presentation.sight
        shown = sight.rows(uid)
        target = sight.schema.content_types[uid]
        fields = _Layout(self.presentation, deep=False, depth=1).scalars(target) if shown is not None else ()
        return Related(
            name=attribute.name,
            form=Form.ONE,
            rows=rows,
            entry=Entry(uid, tuple(fields)),
            shown=NO if shown is None else shown,
            masked=shown != EVERY,
            guard=guard,
        )

    def scalars(self, model: ContentType) -> list[Selection]:
        """Return the scalars of a related entry."""
        names = ["id", "documentId", *(item.name for item in model.attributes.values() if isinstance(item, Scalar))]
        sight = self.presentation.sight
        return [Field(name, guard) for name in names if (guard := sight.asked(model, name)) != NO]

    def _files(self, attribute: Media, guard: Condition) -> Selection | None:
        if not self._goes_deeper():
            return None
        file = self.presentation.sight.schema.content_types[FILE]
        parts: list[Selection] = self.scalars(file)
        folder = file.attributes.get("folder")
        if isinstance(folder, Relation) and folder.target is not None:
            parts.append(self._folder(folder.target))
        form = Form.MANY if attribute.multiple else Form.ONE
        entry = Entry(FILE, tuple(parts))
        return Related(name=attribute.name, form=form, rows=Rows(model=FILE), entry=entry, guard=guard)

    def _folder(self, uid: str) -> Selection:
        model: Model = self.presentation.sight.schema.content_types[uid]
        names = ["id", "documentId", *(item.name for item in model.attributes.values() if isinstance(item, Scalar))]
        entry = Entry(uid, tuple(Field(name) for name in names))
        return Related(name="folder", form=Form.ONE, rows=Rows(model=uid), entry=entry)
