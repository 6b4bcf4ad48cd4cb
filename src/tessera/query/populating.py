"""What the Content API shows of an entry: its scalars and, as far as they are populated, what it leads to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.query import budgets
from tessera.query.conditions import EVERY, NO, Condition, OfVersion, Version, all_of
from tessera.query.fields import chosen_fields
from tessera.query.filtering import Filtering
from tessera.query.plan import Entry, Field, Form, Morphed, Parts, Related, Rows, Selection, SortKey, StatusKey, Zone
from tessera.query.question import Branch, Items, Leaf, Node
from tessera.query.refusals import Refusals, content_api
from tessera.query.sight import Part, Sight
from tessera.query.sorting import sort_keys
from tessera.query.wanted import STAR, Wanted, Wants, truth, wants
from tessera.schema.model import (
    Attribute,
    Component,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    RelationKind,
    Scalar,
)
from tessera.schema.naming import FILE

POPULATE: Final = "populate"
_OPTIONS: Final = ("sort", "filters", "fields", POPULATE, "count", "on", "ordering", "true")
_ZONE_OPTIONS: Final = (POPULATE, "on", "count")
_REFUSALS: Final = content_api(POPULATE)

SortKeys = tuple[SortKey | StatusKey, ...]
VersionOf = Callable[[Model], Version]


@dataclass(slots=True)
class Populating:
    """
    Builds entries for a reader of the Content API.

    A type that the reader may not list is left out silently wherever it is populated. `version_of` says which version
    of a type's documents the reader is shown.
    """

    sight: Sight
    root: Sight  # with the right to the type that is asked for
    version_of: VersionOf
    values: tuple[Any, ...] = ()  # of the question, which refusals repeat
    parts: int = 0  # how many selections there are so far

    @property
    def filtering(self) -> Filtering:
        """Return how filters and sorts inside of populate are planned."""
        return Filtering(self.sight, _REFUSALS, self.visible, strict=True)

    def visible(self, model: Model) -> Condition | None:
        """Return which rows of a content type the reader is shown, or None when it may not list them."""
        rows = self.sight.rows(model.uid)
        return None if rows is None else all_of(rows, self._of_version(model))

    def entry(self, model: Model, fields: Node, populate: Wants, place: Place, refusals: Refusals) -> Entry:
        """Return the entry of a model with the fields and what is wanted below it."""
        chosen = chosen_fields(self._sight(place), model, fields, refusals, place.part)
        selections = [*self._scalars(model, chosen, place), *self._populated(model, populate, place)]
        self.parts += len(selections)
        budgets.hold(self.parts, budgets.PARTS, "selected attributes")
        version = self.version_of(model) if isinstance(model, ContentType) else Version.ANY
        return Entry(model.uid, tuple(selections), version)

    def _sight(self, place: Place) -> Sight:
        return self.root if place.root else self.sight

    def _of_version(self, model: Model) -> Condition:
        if not isinstance(model, ContentType) or not model.draft_and_publish:
            return EVERY
        return OfVersion(self.version_of(model))

    def _scalars(self, model: Model, chosen: frozenset[str] | None, place: Place) -> Iterator[Selection]:
        yield Field("id")
        if isinstance(model, ContentType) and model.standard_columns:
            yield Field("documentId")
        for attribute in model.attributes.values():
            if isinstance(attribute, Scalar) and (chosen is None or attribute.name in chosen):
                guard = self._sight(place).guard(model, attribute.name, place.part)
                if guard != NO:
                    yield Field(attribute.name, guard)

    def _populated(self, model: Model, populate: Wants, place: Place) -> Iterator[Selection]:
        budgets.hold_depth(place.depth, POPULATE)
        names = _leading(model) if populate.every else populate.attributes
        for name in names:
            wanted = populate.attributes.get(name) or Wanted()
            at = replace(place, path=(*place.path, name))
            attribute = model.attributes.get(name)
            if attribute is None or isinstance(attribute, Scalar):
                raise self._unknown(name, place, populate, attribute)
            guard = self._sight(place).guard(model, name, place.part)
            if guard == NO:
                if populate.every:
                    continue
                raise _REFUSALS.invalid_key(name, at.path)
            selection = self._selection(model, attribute, _checked(wanted, at), at, guard)
            if selection is not None:
                yield selection

    def _unknown(self, name: str, place: Place, populate: Wants, attribute: Attribute | None) -> ValidationError:
        if populate.named or attribute is not None:
            return _REFUSALS.invalid_key(name, (*place.relative, name))
        return _REFUSALS.invalid_key(name, place.path)

    def _selection(
        self, model: Model, attribute: Attribute, wanted: Wanted, place: Place, guard: Condition
    ) -> Selection | None:
        inside = place.into(model, attribute)
        match attribute:
            case DynamicZone():
                return self._zone(model, attribute, wanted, inside, guard)
            case ComponentField():
                return self._component(model, attribute, wanted, inside, guard)
            case Relation() if attribute.relation.is_polymorphic and attribute.morph_by is None:
                return self._morphed(attribute, inside, guard)
            case Relation(target=str()):
                return self._related(model, attribute, wanted, inside, guard)
            case Media():
                return self._related(model, attribute, wanted, inside, guard)
        return None

    def _related(
        self, model: Model, attribute: Relation | Media, wanted: Wanted, place: Place, guard: Condition
    ) -> Selection | None:
        uid = FILE if isinstance(attribute, Media) else attribute.target or ""
        target = self.sight.schema.content_types[uid]
        many = attribute.multiple if isinstance(attribute, Media) else attribute.lists_many
        _refuse_fragments(model, attribute.name, wanted)
        visible = self.visible(target)
        if visible is None:
            return None
        rows = Rows(
            model=uid,
            where=all_of(visible, self.filtering.planned(wanted.options.get("filters"), target)),
            sort=(sort := sort_keys(self.filtering, wanted.options.get("sort"), target)),
            version=self.version_of(target),
        )
        if truth(wanted.options.get("count")) and isinstance(attribute, Relation):
            return Related(name=attribute.name, form=Form.COUNT, rows=rows, guard=guard)
        entry = self._below(target, wanted, place, sort)
        form = Form.MANY if many else Form.ONE
        return Related(name=attribute.name, form=form, rows=rows, entry=entry, guard=guard)

    def _component(
        self, model: Model, attribute: ComponentField, wanted: Wanted, place: Place, guard: Condition
    ) -> Selection | None:
        component = self.sight.schema.components.get(attribute.component)
        if component is None:
            return None
        _refuse_fragments(model, attribute.name, wanted)
        rows = Rows(
            model=component.uid,
            where=self.filtering.planned(wanted.options.get("filters"), component, place.part),
            sort=(sort := sort_keys(self.filtering, wanted.options.get("sort"), component, part=place.part)),
        )
        entry = self._below(component, wanted, place, sort)
        return Parts(name=attribute.name, many=attribute.repeatable, rows=rows, entry=entry, guard=guard)

    def _below(self, model: Model, wanted: Wanted, place: Place, sort: SortKeys = ()) -> Entry:
        if wanted.spelt is not None:
            raise self._spelt(model, wanted.spelt, place)
        populate = wanted.below or wants(wanted.options.get(POPULATE))
        inside = place if wanted.below else replace(place, relative=())
        entry = self.entry(model, wanted.options.get("fields"), populate, inside, _REFUSALS)
        # What is sorted by is shown, too (content_api_populate.with_options).
        names = {part.name for part in entry.selections}
        sorted_by = (key.path[0] for key in sort if isinstance(key, SortKey) and len(key.path) == 1)
        added = (Field(name, self.sight.guard(model, name, place.part)) for name in sorted_by if name not in names)
        return replace(entry, selections=(*entry.selections, *added))

    def _spelt(self, model: Model, word: str, place: Place) -> ValidationError:
        """Return the refusal of a word in place of options (content_api_populate.ways_to_ask)."""
        leading = _leading(model)
        if word == STAR and leading:
            return Refusals().invalid_key(leading[0], (*place.path, leading[0]))
        return _REFUSALS.invalid_key(word, place.path)

    def _zone(
        self, model: Model, attribute: DynamicZone, wanted: Wanted, place: Place, guard: Condition
    ) -> Selection | None:
        self._refuse_zone_options(model, attribute.name, wanted)
        asked = self._fragments(attribute, wanted, place)
        for name in wanted.below.attributes if wanted.below else ():
            known = (self.sight.schema.components.get(uid) for uid in attribute.components)
            if not any(component is not None and name in component.attributes for component in known):
                raise _REFUSALS.invalid_key(name, (*place.path, name))
        entries = tuple(
            self._fragment(component, asked[uid], place)
            for uid in attribute.components
            if uid in asked and (component := self.sight.schema.components.get(uid)) is not None
        )
        return Zone(name=attribute.name, entries=entries, guard=guard)

    def _refuse_zone_options(self, model: Model, name: str, wanted: Wanted) -> None:
        if wanted.spelt is None and all(key in _ZONE_OPTIONS for key in wanted.options):
            return
        sent: Any = {key: _as_sent(node, self.values) for key, node in wanted.options.items()}
        if wanted.spelt is not None:
            sent = wanted.spelt
        raise ValidationError(
            f"Invalid nested populate for {model.singular_name}.{name} ({model.uid})."
            f' Expected a fragment ("on") or "count" but found {json.dumps(sent, separators=(",", ":"))}'
        )

    def _fragments(self, attribute: DynamicZone, wanted: Wanted, place: Place) -> dict[str, Wanted]:
        """Return what is wanted of each kind of component."""
        on, populate = wanted.options.get("on"), wanted.options.get(POPULATE)
        if isinstance(on, Branch):
            asked = wants(on).attributes
            for uid in asked:
                if uid not in self.sight.schema.components:
                    raise _REFUSALS.invalid_key(uid, (*place.path, "on", uid))
            return asked
        if on is not None:
            raise _REFUSALS.invalid_key("on", (*place.path, "on"))
        if populate is not None and populate != STAR:
            raise _REFUSALS.invalid_key(POPULATE, place.path)
        below = Wants(every=True) if populate == STAR else wanted.below
        return dict.fromkeys(attribute.components, Wanted(below=below))

    def _fragment(self, component: Component, wanted: Wanted, place: Place) -> Entry:
        below = wanted.below
        if below is not None and below.named:
            # A path through a zone leads on in those components that have such an attribute.
            kept = {name: held for name, held in below.attributes.items() if name in component.attributes}
            wanted = replace(wanted, below=Wants(kept, named=True))
        return self._below(component, wanted, place)

    def _morphed(self, attribute: Relation, place: Place, guard: Condition) -> Selection:
        """Show the entries that a file belongs to, with their scalars."""
        many = attribute.relation is RelationKind.MORPH_TO_MANY
        branches = tuple(self._branches(place)) if many else ()
        return Morphed(name=attribute.name, many=many, branches=branches, guard=guard)

    def _branches(self, place: Place) -> Iterator[tuple[Rows, Entry]]:
        for model in self.sight.schema.content_types.values():
            visible = self.visible(model)
            if visible is not None and any(isinstance(item, Media) for item in model.attributes.values()):
                entry = self.entry(model, None, Wants(), replace(place, part=None), _REFUSALS)
                yield Rows(model=model.uid, where=visible), entry


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model stands in an answer; `relative` is the part of the path that one word spelt."""

    path: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    part: Part | None = None
    depth: int = 0
    root: bool = False  # still of the type that is asked for

    def into(self, model: Model, attribute: Attribute) -> Place:
        """Return where the models in an attribute stand; the path is there already."""
        part, is_part = None, isinstance(attribute, ComponentField | DynamicZone)
        if is_part:
            part = self.part.within(attribute.name) if self.part else Part(model, f"{attribute.name}.")
        relative = (*self.relative, attribute.name)
        return replace(self, part=part, depth=self.depth + 1, relative=relative, root=self.root and is_part)


def _leading(model: Model) -> list[str]:
    """Return the attributes that lead elsewhere."""
    return [item.name for item in model.attributes.values() if not isinstance(item, Scalar)]


def _checked(wanted: Wanted, place: Place) -> Wanted:
    for key in wanted.options:
        if key not in _OPTIONS:
            raise _REFUSALS.invalid_key(key, place.path)
    return wanted


def _refuse_fragments(model: Model, name: str, wanted: Wanted) -> None:
    if wanted.options.get("on") is not None:
        raise ValidationError(f'Using fragments is not permitted to populate "{name}" in "{model.uid}"')


def _as_sent(node: Node, values: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any JSON
    match node:
        case Branch(pairs):
            return {key: _as_sent(held, values) for key, held in pairs}
        case Items(nodes):
            return [_as_sent(held, values) for held in nodes]
        case Leaf(index):
            return values[index]
    return node
