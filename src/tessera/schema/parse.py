"""Schema files to content types and components, all faults at once; links between types are the registry's business."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tessera.schema import naming
from tessera.schema.added import added_attributes
from tessera.schema.declared import parse_attribute
from tessera.schema.model import JSON, Attribute, Component, ContentKind, ContentType, Relation, RelationKind, Scalar
from tessera.schema.reading import Place

_TABLE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# Tables that the server keeps for itself, and what SQLite refuses.
_RESERVED_TABLES: Final = ("sqlite", "tessera_", "strapi_migrations", "strapi_database_schema")
_NOT_OF_A_NAME: Final = re.compile(r"[^A-Za-z0-9]+")
_GRAPHQL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INDEX_KINDS: Final = (None, "unique")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a content type comes from, which makes its uid."""

    name: str
    api: str | None = None
    plugin: str | None = None

    @property
    def uid(self) -> str:
        """Return the uid, such as `api::article.article` or `admin::user`."""
        if self.api is not None:
            return f"api::{self.api}.{self.name}"
        return f"admin::{self.name}" if self.plugin == "admin" else f"plugin::{self.plugin}.{self.name}"


def parse_content_type(place: Place, origin: Origin) -> ContentType | None:
    """Return the content type of a schema file, None when there is nothing to return; faults are noted in the place."""
    if not isinstance(place.value, Mapping):
        place.refuse("expected an object that describes the content type")
        return None
    info = place.at("info")
    singular, plural = _name(info.at("singularName")), _name(info.at("pluralName"))
    if singular and plural and singular == plural:
        info.at("pluralName").refuse("expected a name that is not the singular name too")
    if singular and singular != origin.name:
        info.at("singularName").refuse(f'expected "{origin.name}", the name of the folder')
    localized = _option(place, "i18n", "localized", default=False)
    options = {"draftAndPublish": False, **place.at("options").object()}
    creators_shown = place.at("options").at("populateCreatorFields").value is True
    added = added_attributes(origin.uid, localized=localized, creators_shown=creators_shown)
    attributes = parse_attributes(place, added)
    _check_enums(attributes.values(), place.at("attributes"))
    return ContentType(
        uid=origin.uid,
        kind=_kind(place.at("kind")),
        collection_name=_collection_name(place, _default_table(origin)),
        singular_name=singular or origin.name,
        plural_name=plural or origin.name,
        display_name=info.at("displayName").text(required=True) or origin.name,
        attributes=_with_private(attributes, place.at("options").at("privateAttributes").texts()),
        draft_and_publish=place.at("options").at("draftAndPublish").flag(),
        localized=localized,
        plugin=origin.plugin,
        api=origin.api,
        visible_in_content_manager=_option(place, "content-manager", "visible", default=True),
        visible_in_builder=_option(place, "content-type-builder", "visible", default=True),
        indexes=_indexes(place.at("indexes")),
        options=options,
        plugin_options=place.at("pluginOptions").object(),
        source=place.object(),
    )


def parse_component(place: Place, category: str, name: str) -> Component | None:
    """Return the component of a schema file, None when there is nothing to return; faults are noted in the place."""
    if not isinstance(place.value, Mapping):
        place.refuse("expected an object that describes the component")
        return None
    options = place.at("options")
    attributes = parse_attributes(place, {})
    return Component(
        uid=f"{category}.{name}",
        category=category,
        collection_name=_collection_name(place, None),
        display_name=place.at("info").at("displayName").text() or name,
        attributes=_with_private(attributes, options.at("privateAttributes").texts()),
        options=options.object(),
        source=place.object(),
    )


def parse_core_table(place: Place, uid: str) -> ContentType:
    """Return a table of the server that holds no documents, only rows."""
    name = place.at("info").at("singularName").text(required=True) or uid
    return ContentType(
        uid=uid,
        kind=ContentKind.COLLECTION,
        collection_name=_collection_name(place, None),
        singular_name=name,
        plural_name=name,
        display_name=name,
        attributes=parse_attributes(place, {}),
        plugin=uid.removeprefix("plugin::").partition(".")[0] if uid.startswith("plugin::") else None,
        visible_in_content_manager=False,
        visible_in_builder=False,
        standard_columns=False,
        source=place.object(),
    )


def parse_attributes(place: Place, added: Mapping[str, JSON]) -> dict[str, Attribute]:
    """Return the declared attributes in their order, then the added ones; names that meet in one column are refused."""
    declared = place.at("attributes")
    found: list[Attribute | None] = []
    for name, spot in declared.entries():
        found.append(_added(name, added[name], place) if name in added else parse_attribute(name, spot))
    missing = (name for name in added if name not in declared.object())
    found.extend(_added(name, added[name], place) for name in missing)
    attributes = {attribute.name: attribute for attribute in found if attribute is not None}
    _check_columns(attributes.values(), declared)
    return attributes


def _added(name: str, value: JSON, place: Place) -> Attribute | None:
    return parse_attribute(name, Place(value, place.file, place.faults, ("attributes", name)), system=True)


def _check_columns(attributes: Iterable[Attribute], place: Place) -> None:
    owners: dict[str, str] = {}
    for attribute in attributes:
        for column in _columns(attribute):
            other = owners.setdefault(column, attribute.name)
            if other != attribute.name:
                place.at(attribute.name).refuse(f'expected a name that differs from "{other}": both are "{column}"')


def _columns(attribute: Attribute) -> tuple[str, ...]:
    if isinstance(attribute, Scalar):
        return (naming.column(attribute.name),)
    if not isinstance(attribute, Relation):
        return ()
    if attribute.relation is RelationKind.MORPH_TO_ONE:
        return naming.MORPH_COLUMNS
    return () if attribute.use_join_table else (naming.foreign_key(attribute),)


def _check_enums(attributes: Iterable[Attribute], place: Place) -> None:
    """
    Refuse values that the reference refuses to start with: they have to be names in GraphQL, and differ as such.

    It writes other alphabets in Latin letters first; such values are left to it.
    """
    for attribute in attributes:
        values = [value for value in getattr(attribute, "enum", ()) if value.isascii()]
        names = [_NOT_OF_A_NAME.sub("_", value).strip("_") for value in values]
        if not all(_GRAPHQL_NAME.fullmatch(name) for name in names):
            place.at(attribute.name).at("enum").refuse("expected values with a letter before the first digit")
        if len(set(names)) < len(set(values)):
            place.at(attribute.name).at("enum").refuse("expected values that differ in letters and digits")


def _with_private(attributes: dict[str, Attribute], names: tuple[str, ...]) -> dict[str, Attribute]:
    """Hide what the type's own list of private attributes names."""
    hidden = {name: replace(attributes[name], private=True) for name in names if name in attributes}
    return {**attributes, **hidden}


def _name(place: Place) -> str | None:
    name = place.text(required=True)
    if name is not None and not naming.is_kebab(name):
        place.refuse("expected a name in lower case, its words joined by -")
    return name


def _kind(place: Place) -> ContentKind:
    if place.is_missing:
        return ContentKind.COLLECTION
    kinds = {kind.value: kind for kind in ContentKind}
    if not isinstance(place.value, str) or place.value not in kinds:
        place.refuse(f"expected one of {', '.join(kinds)}")
        return ContentKind.COLLECTION
    return kinds[place.value]


def _default_table(origin: Origin) -> str:
    return origin.name if origin.plugin is None else f"{origin.plugin}_{origin.name}".lower()


def _collection_name(place: Place, default: str | None) -> str:
    """Return the table's name as it is written; it must be safe to write into a statement."""
    spot = place.at("collectionName")
    name = spot.text(required=default is None) or default or "unnamed"
    if not _TABLE.fullmatch(name):
        spot.refuse("expected a name of letters, digits, _ and -")
    elif name.lower().startswith(_RESERVED_TABLES):
        spot.refuse("expected a name that the server does not use itself")
    return name


def _option(place: Place, plugin: str, key: str, *, default: bool) -> bool:
    return place.at("pluginOptions").at(plugin).at(key).flag(default=default)


def _indexes(place: Place) -> tuple[Mapping[str, JSON], ...]:
    """Return the indexes that a type declares itself; only the server's own types do so in practice."""
    if place.is_missing:
        return ()
    items = place.value if isinstance(place.value, list) else [place.value]
    if not all(_is_index(item) for item in items):
        place.refuse("expected a list of indexes, each with a name, columns and perhaps the type unique")
        return ()
    return tuple(items)


def _is_index(item: JSON) -> bool:
    if not isinstance(item, Mapping) or not item.keys() <= {"name", "columns", "type"}:
        return False
    columns = item.get("columns")
    names = [item.get("name"), *(columns if isinstance(columns, list) else [None])]
    return all(isinstance(name, str) and _TABLE.fullmatch(name) for name in names) and item.get("type") in _INDEX_KINDS
