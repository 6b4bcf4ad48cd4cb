"""What a project is made of: content types, components and their attributes, as values without any database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from tessera.errors import ABSENT

JSON = Any  # any JSON value, as parsed from a schema file


class ColumnKind(Enum):
    """How a scalar is kept; dialects implement kinds, attribute types choose one."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "integer"
    BIGINT = "bigint"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    JSON = "json"


class ContentKind(Enum):
    """Whether a content type holds many documents or one."""

    COLLECTION = "collectionType"
    SINGLE = "singleType"


class RelationKind(Enum):
    """The kinds of relation of the reference; the last four are polymorphic."""

    ONE_TO_ONE = "oneToOne"
    ONE_TO_MANY = "oneToMany"
    MANY_TO_ONE = "manyToOne"
    MANY_TO_MANY = "manyToMany"
    MORPH_TO_ONE = "morphToOne"
    MORPH_TO_MANY = "morphToMany"
    MORPH_ONE = "morphOne"
    MORPH_MANY = "morphMany"

    @property
    def lists_many(self) -> bool:
        """Tell whether the attribute holds a list rather than one entry or null."""
        return self in _TO_MANY

    @property
    def is_polymorphic(self) -> bool:
        """Tell whether the other side may be of several types."""
        return self.value.startswith("morph")


_TO_MANY: Final = frozenset(
    {RelationKind.ONE_TO_MANY, RelationKind.MANY_TO_MANY, RelationKind.MORPH_TO_MANY, RelationKind.MORPH_MANY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What all attributes have in common. `options` is the attribute as its schema file spells it."""

    name: str
    type: str  # the reference's word: "string", "relation", "component", …
    required: bool = False
    unique: bool = False
    private: bool = False
    configurable: bool = True
    writable: bool = True
    visible: bool = True
    searchable: bool = True
    localized: bool = False
    default: JSON = ABSENT
    system: bool = False  # added by the server (createdAt, createdBy, locale, …), not declared by a schema file
    options: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Attribute):
    """An attribute kept in one column of its own."""

    kind: ColumnKind
    enum: tuple[str, ...] = ()
    minimum: JSON = None
    maximum: JSON = None
    min_length: int | None = None
    max_length: int | None = None
    regex: str | None = None
    target_field: str | None = None  # of a uid: the attribute that it is made from
    sort_index: bool = False  # lists are often sorted by it, and an index serves that


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Attribute):
    """A link to entries of another type, or of several."""

    relation: RelationKind
    target: str | None = None  # None when polymorphic
    inversed_by: str | None = None
    mapped_by: str | None = None
    morph_by: str | None = None
    use_join_table: bool = True
    join_column: str | None = None  # an explicitly named foreign key column
    virtual: bool = False  # `localizations`: told by the document id, kept nowhere

    @property
    def lists_many(self) -> bool:
        """Tell whether the attribute holds a list."""
        return self.relation.lists_many

    @property
    def is_owner(self) -> bool:
        """Tell whether this side owns the join table; the other side only reads it."""
        return self.mapped_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentField(Attribute):
    """One component, or a list of them, kept within its holder."""

    component: str
    repeatable: bool = False
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicZone(Attribute):
    """A list of components of several types."""

    components: tuple[str, ...]
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Attribute):
    """One file, or a list of them."""

    multiple: bool = False
    allowed_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A group of attributes that lives within entries; its uid is `category.name`."""

    uid: str
    category: str
    collection_name: str
    display_name: str
    attributes: Mapping[str, Attribute]
    options: Mapping[str, JSON] = field(default_factory=dict)
    source: Mapping[str, JSON] = field(default_factory=dict)  # the file as it was read

    @property
    def singular_name(self) -> str:
        """Return the file name, which join tables are named after."""
        return self.uid.partition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType:
    """
    A type of document.

    `attributes` holds all but `id` and `documentId`: the declared ones in their order, then the server's own
    (createdAt, updatedAt, publishedAt, createdBy, updatedBy, locale, localizations).
    """

    uid: str
    kind: ContentKind
    collection_name: str
    singular_name: str
    plural_name: str
    display_name: str
    attributes: Mapping[str, Attribute]
    draft_and_publish: bool = False
    localized: bool = False
    plugin: str | None = None  # "admin", "upload", …; None for the project's own types
    api: str | None = None
    visible_in_content_manager: bool = True
    visible_in_builder: bool = True
    standard_columns: bool = True  # False for the few core tables without documents
    indexes: tuple[Mapping[str, JSON], ...] = ()
    options: Mapping[str, JSON] = field(default_factory=dict)
    plugin_options: Mapping[str, JSON] = field(default_factory=dict)
    source: Mapping[str, JSON] = field(default_factory=dict)  # the file as it was read

    @property
    def is_single(self) -> bool:
        """Tell whether there is at most one document."""
        return self.kind is ContentKind.SINGLE

    def declared(self) -> Iterator[Attribute]:
        """Yield the attributes that the schema file declares, in its order."""
        return (attribute for attribute in self.attributes.values() if not attribute.system)


Model = ContentType | Component


@dataclass(frozen=True, slots=True)
class Schema:
    """Every content type and component of a project, the server's own included, by uid in a fixed order."""

    content_types: Mapping[str, ContentType]
    components: Mapping[str, Component]
    core_tables: Mapping[str, ContentType] = field(default_factory=dict)  # without documents: settings, webhooks, …

    def model(self, uid: str) -> Model | None:
        """Return the content type, component or core table of that uid."""
        return self.content_types.get(uid) or self.components.get(uid) or self.core_tables.get(uid)
