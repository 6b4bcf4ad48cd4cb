from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.schema.model import ContentKind, Relation, RelationKind, Scalar
from tessera.schema.registry import build_schema
from tessera.schema.source import ProjectFiles, SchemaError, SchemaFile
from tessera.storage.project import read_system
from tests.unit.schema.projects import built, component, content_type, faults, project

STRING = {"type": "string"}


def test_a_content_type_gets_the_attributes_of_the_server_after_its_own() -> None:
    """The order is that of the reference: declared ones first, `localizations` last."""
    thing = built(content_type("thing", {"title": STRING})).content_types["api::thing.thing"]

    assert list(thing.attributes) == [
        "title", "createdAt", "updatedAt", "publishedAt", "createdBy", "updatedBy", "locale", "localizations",
    ]  # fmt: skip
    assert [attribute.name for attribute in thing.declared()] == ["title"]


def test_a_declared_attribute_of_the_server_is_overridden_in_its_place() -> None:
    """A schema that declares `locale` keeps it where it stands, as the reference's release actions do."""
    action = built().content_types["plugin::content-releases.release-action"]

    names = list(action.attributes)
    assert names.index("locale") < names.index("createdAt")
    assert action.attributes["locale"].system


def test_what_a_schema_file_leaves_out_has_the_defaults_of_the_reference() -> None:
    """Collection type, no drafts, not localized, table named after the singular name."""
    file = content_type("thing", {"title": STRING})
    del file.content["collectionName"]
    thing = built(file).content_types["api::thing.thing"]

    assert thing.kind is ContentKind.COLLECTION
    assert (thing.draft_and_publish, thing.localized, thing.collection_name) == (False, False, "thing")
    assert thing.options == {"draftAndPublish": False}


def test_the_locale_is_private_unless_the_type_is_localized() -> None:
    """Nobody is shown a locale that is always null."""
    localized = {"i18n": {"localized": True}}
    schema = built(content_type("thing", {}), content_type("other", {}, pluginOptions=localized))

    assert schema.content_types["api::thing.thing"].attributes["locale"].private
    assert not schema.content_types["api::other.other"].attributes["locale"].private


def test_private_attributes_may_be_named_by_the_type() -> None:
    """`options.privateAttributes` hides as `private` does."""
    file = content_type("thing", {"title": STRING, "note": STRING}, options={"privateAttributes": ["note"]})
    thing = built(file).content_types["api::thing.thing"]

    assert [thing.attributes[name].private for name in ("title", "note")] == [False, True]


def test_an_extension_replaces_whole_keys_of_a_plugin_schema() -> None:
    """Attributes are taken from the extension, the collection name still from the plugin."""
    content = {"attributes": {"nickname": {**STRING, "private": True}}}
    path = "src/extensions/users-permissions/content-types/user/schema.json"
    result = build_schema(read_system(), project(SchemaFile(path, "users-permissions", "user", content)))

    assert isinstance(result, list)  # The roles still point to the relation that the extension has dropped.
    assert any('no relation "role"' in error.expected for error in result)


def test_an_extension_of_an_unknown_plugin_is_left_alone() -> None:
    """Its types belong to a plugin that is not here."""
    path = "src/extensions/comments/content-types/comment/schema.json"

    assert not [uid for uid in built(SchemaFile(path, "comments", "comment", {})).content_types if "comments" in uid]


def test_bounds_of_numbers_may_be_written_as_texts() -> None:
    """The reference's own builder writes bounds of a biginteger as text."""
    attributes = {"count": {"type": "biginteger", "min": "-9007199254740993", "max": 5}}
    count = built(content_type("thing", attributes)).content_types["api::thing.thing"].attributes["count"]

    assert isinstance(count, Scalar)
    assert (count.minimum, count.maximum) == (-9007199254740993, 5)


def test_a_custom_field_is_kept_as_its_base_type() -> None:
    """Only custom fields whose base type is known are accepted."""
    color = {"type": "customField", "customField": "plugin::color-picker.color"}
    attribute = built(content_type("thing", {"color": color})).content_types["api::thing.thing"].attributes["color"]

    assert attribute.type == "string"
    assert attribute.options["customField"] == "plugin::color-picker.color"


def test_a_polymorphic_relation_has_no_target() -> None:
    """A file lists its holders whatever their type."""
    related = built().content_types["plugin::upload.file"].attributes["related"]

    assert isinstance(related, Relation)
    assert (related.relation, related.target) == (RelationKind.MORPH_TO_MANY, None)


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("text", "attributes.it: expected an object"),
        ({}, "attributes.it.type: expected a text"),
        ({"type": "colour"}, 'attributes.it.type: there is no attribute type "colour"'),
        ({"type": ["string"]}, "attributes.it.type: expected a text"),
        ({"type": "string", "required": "yes"}, "attributes.it.required: expected true or false"),
        ({"type": "string", "minLength": "3"}, "attributes.it.minLength: expected a whole number"),
        ({"type": "string", "maxLength": -1}, "attributes.it.maxLength: expected a whole number"),
        ({"type": "string", "regex": {}}, "attributes.it.regex: expected a text"),
        ({"type": "string", "regex": "(unclosed"}, "attributes.it.regex: expected a regular expression"),
        ({"type": "uid", "regex": "(?<=a+)b"}, "attributes.it.regex: expected a regular expression"),
        ({"type": "string", "default": {"a": 1}}, "attributes.it.default: expected a text, a number"),
        ({"type": "integer", "default": [1, {"isRaw": True}]}, "attributes.it.default: expected a text, a number"),
        ({"type": "integer", "min": "few"}, "attributes.it.min: expected a number"),
        ({"type": "decimal", "max": True}, "attributes.it.max: expected a number"),
        ({"type": "enumeration"}, "attributes.it.enum: expected a list of values"),
        ({"type": "enumeration", "enum": []}, "attributes.it.enum: expected a list of values"),
        ({"type": "enumeration", "enum": ["a", "a"]}, "attributes.it.enum: expected values that differ"),
        ({"type": "enumeration", "enum": ["a b", "a-b"]}, "attributes.it.enum: expected values that differ in"),
        ({"type": "enumeration", "enum": ["1st"]}, "attributes.it.enum: expected values with a letter"),
        ({"type": "string", "column": {"defaultTo": ["x", {"isRaw": True}]}}, "attributes.it.column.defaultTo: "),
        ({"type": "string", "column": {"unique": "yes"}}, "attributes.it.column.unique: expected true or false"),
        ({"type": "string", "column": {"type": "json); --"}}, "attributes.it.column.type: expected one of unique"),
        (
            {"type": "string", "pluginOptions": {"tessera": {"sortIndex": 1}}},
            "attributes.it.pluginOptions.tessera.sortI",
        ),
        ({"type": "json", "pluginOptions": {"tessera": {"sortIndex": True}}}, "attributes.it.pluginOptions.tessera.so"),
        ({"type": "string", "columnName": "other"}, "attributes.it.columnName: is not supported"),
        ({"type": "customField", "customField": "plugin::a.b"}, "attributes.it.customField: expected one of"),
        ({"type": "relation", "relation": "many"}, "attributes.it.relation: expected one of oneToOne"),
        ({"type": "relation", "relation": "oneToOne"}, "attributes.it.target: expected a text"),
        ({"type": "relation", "relation": "morphOne", "target": "x"}, "attributes.it.morphBy: expected a text"),
        ({"type": "component"}, "attributes.it.component: expected a text"),
        ({"type": "dynamiczone", "components": "a.b"}, "attributes.it.components: expected a list of texts"),
        ({"type": "media", "allowedTypes": [1]}, "attributes.it.allowedTypes: expected a list of texts"),
    ],
)
def test_a_faulty_attribute_is_refused(attribute: Any, expected: str) -> None:  # noqa: ANN401 - any JSON
    """The fault names the place in the file and what was expected there (F27 among them)."""
    assert any(fault.startswith(expected) for fault in faults(content_type("thing", {"it": attribute})))


@pytest.mark.parametrize("name", ["id", "documentId", "document_id", "ID", "a.b", "a'b", "", "1a", "_"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    """The server's own keys, and what would not survive in a path of a query."""
    assert faults(content_type("thing", {name: STRING}))


def test_names_that_meet_in_one_column_are_refused() -> None:
    """Two attributes would overwrite each other."""
    assert faults(content_type("thing", {"fooBar": STRING, "foo_bar": STRING})) == [
        'attributes.foo_bar: expected a name that differs from "fooBar": both are "foo_bar"'
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"collectionName": 'a"; drop table x; --'}, "collectionName: expected a name of letters"),
        ({"collectionName": "sqlite_master"}, "collectionName: expected a name that the server does not use"),
        ({"collectionName": "Tessera_content_versions"}, "collectionName: expected a name that the server"),
        ({"kind": "listType"}, "kind: expected one of collectionType, singleType"),
        ({"info": {}}, "info.singularName: expected a text"),
        ({"options": {"draftAndPublish": "yes"}}, "options.draftAndPublish: expected true or false"),
        ({"attributes": []}, "attributes: expected an object"),
        ({"indexes": [{"name": "x", "columns": ["a) where 1"]}]}, "indexes: expected a list of indexes"),
    ],
)
def test_a_faulty_content_type_is_refused(changes: dict[str, Any], expected: str) -> None:
    """What becomes a table, a route or an option is checked before anything is done with it."""
    file = content_type("thing", {"title": STRING})
    file.content.update(changes)

    assert any(fault.startswith(expected) for fault in faults(file))


def test_every_fault_is_told_at_once() -> None:
    """Whoever repairs a project sees the whole list."""
    found = faults(
        content_type("thing", {"a": {"type": "nope"}, "b": {"type": "enumeration"}}),
        component("shared", "seo", {"c": {"type": "nope"}}),
    )

    assert [fault.partition(":")[0] for fault in found] == [
        "attributes.a.type",
        "attributes.b.enum",
        "attributes.c.type",
    ]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_words = st.sampled_from(
    ["string", "enumeration", "integer", "relation", "component", "dynamiczone", "media", "uid", "oneToMany",
     "manyToMany", "morphOne", "morphToMany", "api::thing.thing", "shared.seo", "thing", "plugin::upload.file"]
)  # fmt: skip
_keys = st.sampled_from(
    ["type", "relation", "target", "inversedBy", "mappedBy", "morphBy", "component", "components", "enum", "min", "max",
     "default", "column", "pluginOptions", "unique", "useJoinTable", "joinColumn", "regex", "allowedTypes"]
)  # fmt: skip
_attribute = _json | st.dictionaries(_keys, _words | _json, max_size=6)
_schemas = st.fixed_dictionaries(
    {},
    optional={
        "kind": _json | st.just("singleType"),
        "collectionName": _json | st.just("things"),
        "info": _json | st.just({"singularName": "thing", "pluralName": "things", "displayName": "Thing"}),
        "options": _json,
        "pluginOptions": _json | st.just({"i18n": {"localized": True}}),
        "indexes": _json,
        "attributes": _json | st.dictionaries(st.text(max_size=6) | _words, _attribute, max_size=4),
    },
)


@given(content=_json | _schemas, inner=_json | _schemas)
def test_any_json_makes_a_schema_or_a_list_of_faults(content: object, inner: object) -> None:
    """Nothing that a file can hold makes the reader fail."""
    files = ProjectFiles(
        content_types=(SchemaFile("src/api/thing/content-types/thing/schema.json", "thing", "thing", content),),
        components=(SchemaFile("src/components/shared/seo.json", "shared", "seo", inner),),
    )
    result = build_schema((), files)

    assert not isinstance(result, list) or all(isinstance(error, SchemaError) for error in result)
