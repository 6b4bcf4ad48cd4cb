"""What agents may write of a content type: one shape for each attribute type, narrowed by a right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tessera.authz.reach import ALL, Fields, touches
from tessera.features.documents.tools.blocks import BLOCKS
from tessera.features.documents.tools.links import TO_MANY, TO_ONE
from tessera.mcp.shapes import (
    JSON,
    Anything,
    Choice,
    Definitions,
    Flaw,
    Group,
    JSONSchema,
    Listing,
    Number,
    OneOf,
    Path,
    Shape,
    Tagged,
    Text,
    Truth,
)
from tessera.mcp.tool import Scope
from tessera.schema.attributes.email import is_address
from tessera.schema.model import (
    Attribute,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    Scalar,
    Schema,
)

ZONE_TAG: Final = "__component"
_BOUNDED_TEXTS: Final = frozenset({"string", "text", "richtext", "password"})
_DECIMALS: Final = frozenset({"decimal", "float"})
_OPEN: Final = Group(members={}, closed=False)
_FILE: Final = OneOf((Number(whole=True, least=1), Group(members={"id": Number(whole=True, least=1)}, closed=False)))


def data_shape(scope: Scope, content_type: ContentType, fields: Fields, *, creating: bool) -> Group:
    """Return what may be written; what is required has to be there only when a document begins."""
    return _Writer(scope.schema, scope.typed, fields).group(content_type, "", required=creating)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Describes values as they are written; `typed` says more than the reference does."""

    schema: Schema
    typed: bool
    fields: Fields

    def group(self, model: Model, prefix: str, *, required: bool = True, above: frozenset[str] = frozenset()) -> Group:
        """Return the shape of an object: a document, or a component within others."""
        within = prefix != ""
        # A part of a component that may not be written is overlooked (mcp_server.schemas_follow_the_fields).
        every = within and not self.typed
        members = {
            item.name: self._value(item, prefix, above)
            for item in model.attributes.values()
            if not item.system and item.writable and (within or not item.private)
            if every or touches(self.fields, f"{prefix}{item.name}")
        }
        needed = frozenset(name for name in members if required and model.attributes[name].required)
        return Group(members=members, required=needed)

    def _value(self, attribute: Attribute, prefix: str, above: frozenset[str]) -> Shape:
        shape = self._shape(attribute, f"{prefix}{attribute.name}.", above)
        # What is not required can be cleared; the reference does not say so.
        return shape if attribute.required else Clearable(shape, told=self.typed)

    def _shape(self, attribute: Attribute, prefix: str, above: frozenset[str]) -> Shape:
        match attribute:
            case Scalar():
                return _scalar(attribute)
            case Relation():
                return TO_MANY if attribute.relation.value.endswith("ToMany") else TO_ONE
            case Media():
                file: Shape = _FILE if self.typed else Anything()
                return Listing(items=file) if attribute.multiple else file
            case ComponentField():
                return self._component(attribute, prefix, above)
            case DynamicZone():
                return self._zone(attribute, prefix, above)
        return Anything()

    def _component(self, attribute: ComponentField, prefix: str, above: frozenset[str]) -> Shape:
        component = self.schema.components.get(attribute.component)
        if component is None or component.uid in above:  # one that holds itself is not described for ever
            shape = _OPEN
        else:
            shape = self.group(component, prefix, above=above | {component.uid})
        if not attribute.repeatable:
            return shape
        return Listing(items=shape, least=attribute.minimum, most=attribute.maximum)

    def _zone(self, attribute: DynamicZone, prefix: str, above: frozenset[str]) -> Shape:
        everything = _Writer(self.schema, self.typed, ALL)  # a zone is written as a whole or not at all
        options = {
            uid: everything.group(component, prefix, above=above | {uid}) if uid not in above else _OPEN
            for uid in attribute.components
            if (component := self.schema.components.get(uid)) is not None
        }
        items = Tagged(tag=ZONE_TAG, options=options)
        return Listing(items=items, least=attribute.minimum, most=attribute.maximum)


@dataclass(frozen=True, slots=True)
class Clearable(Shape):
    """A value that may also be null, whether or not its schema tells."""

    shape: Shape
    told: bool

    def schema(self, definitions: Definitions) -> JSONSchema:
        described = self.shape.schema(definitions)
        return {"anyOf": [described, {"type": "null"}]} if self.told else described

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        if value is not None:
            yield from self.shape.flaws(value, path)


def _scalar(attribute: Scalar) -> Shape:
    match attribute.type:
        case name if name in _BOUNDED_TEXTS:
            return Text(least=attribute.min_length, most=attribute.max_length)
        case "email":
            return Text(format="email", accepts=is_address, refusal="Invalid email address")
        case "integer":
            return Number(whole=True, least=attribute.minimum, most=attribute.maximum)
        case name if name in _DECIMALS:
            return Number(least=attribute.minimum, most=attribute.maximum)
        case "boolean":
            return Truth()
        case "enumeration" if attribute.enum:
            return Choice(options=attribute.enum)
        case "blocks":
            return BLOCKS
        case "json":
            return Anything()
    return Text()  # dates, times, big numbers and unique names
