"""A project with one attribute of each type and one relation of each kind, and with names that are far too long."""

from typing import Any, Final

from tessera.schema.source import SchemaFile
from tests.unit.schema.projects import component, content_type

_SCALARS: Final = (
    "string", "text", "richtext", "blocks", "email", "password", "uid", "integer", "biginteger", "float", "decimal",
    "boolean", "date", "time", "datetime", "timestamp", "json",
)  # fmt: skip
LONG: Final = "very_long_named_things_that_exceed_the_identifier_limit_of_the_database"


def link(kind: str, name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return a relation to a type of the project as a schema file spells it."""
    return {"type": "relation", "relation": kind, "target": f"api::{name}.{name}", **more}


def extended_project() -> tuple[SchemaFile, ...]:
    """Return the schema files of the project."""
    return (
        content_type("probe-item", _probe(), options={"draftAndPublish": True}, collectionName="ProbeItems"),
        content_type("target", _target()),
        content_type("very-long-named-thing", _long(), collectionName=LONG, options={"draftAndPublish": True}),
        content_type("place", {"HTMLBody2": {"type": "text"}}, pluginOptions={"i18n": {"localized": True}}),
        content_type("shop-window", {"motto": {"type": "string"}}, kind="singleType"),
        component("probe", "label", {"word": {"type": "string"}, "icon": {"type": "media"}}),
        component("probe", "outer", _outer()),
    )


def _probe() -> dict[str, Any]:
    scalars = {f"a{name.title()}": {"type": name} for name in _SCALARS}
    return {
        **scalars,
        "aUnique": {"type": "string", "column": {"unique": True}},
        "anEnumeration": {"type": "enumeration", "enum": ["one", "two"]},
        "line2Of3": {"type": "string", "required": True, "unique": True},
        "oneToOne": link("oneToOne", "target"),
        "manyToOne": link("manyToOne", "target"),
        "oneToMany": link("oneToMany", "target"),
        "manyToMany": link("manyToMany", "target"),
        "oneInverse": link("oneToOne", "target", inversedBy="oneProbe"),
        "manyInverse": link("manyToMany", "target", inversedBy="manyProbes"),
        "parent": link("manyToOne", "probe-item", inversedBy="children"),
        "children": link("oneToMany", "probe-item", mappedBy="parent"),
        "selfOne": link("oneToOne", "probe-item"),
        "selfList": link("oneToMany", "probe-item"),
        "selfMany": link("manyToMany", "probe-item", inversedBy="selfManyBack"),
        "selfManyBack": link("manyToMany", "probe-item", mappedBy="selfMany"),
        "direct": link("oneToOne", "target", useJoinTable=False),
        "anything": {"type": "relation", "relation": "morphToOne"},
        "manyThings": {"type": "relation", "relation": "morphToMany"},
        "cover": {"type": "media"},
        "outer": {"type": "component", "component": "probe.outer"},
        "labels": {"type": "component", "component": "probe.label", "repeatable": True},
        "zone": {"type": "dynamiczone", "components": ["probe.label", "probe.outer"]},
    }


def _target() -> dict[str, Any]:
    return {
        "oneProbe": link("oneToOne", "probe-item", mappedBy="oneInverse"),
        "manyProbes": link("manyToMany", "probe-item", mappedBy="manyInverse"),
        "morphedOne": link("morphOne", "probe-item", morphBy="anything"),
        "morphedMany": link("morphMany", "probe-item", morphBy="manyThings"),
    }


def _long() -> dict[str, Any]:
    return {
        "aFieldWhoseNameIsMuchLongerThanTheIdentifierLimitOfFiftyFive": {"type": "string", "column": {"unique": True}},
        "partnersOfTheVeryLongNamedThing": link("manyToMany", "very-long-named-thing"),
        "thePlaceWhereThisVeryLongNamedThingUsedToBeInTheOldDays": link("manyToOne", "place"),
        "direct": link("oneToOne", "place", useJoinTable=False),
        "labels": {"type": "component", "component": "probe.label", "repeatable": True},
    }


def _outer() -> dict[str, Any]:
    return {
        "label": {"type": "component", "component": "probe.label"},
        "target": link("oneToOne", "target"),
        "targets": link("manyToMany", "target"),
    }
