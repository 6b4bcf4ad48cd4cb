from typing import Any

import pytest

from tessera.schema import naming
from tessera.schema.model import Media, Relation
from tessera.schema.naming import LinkTable
from tessera.schema.source import SchemaFile
from tests.unit.schema.projects import built, component, conformance_schema, content_type, faults

STRING = {"type": "string"}


def relation(kind: str, target: str, **more: str) -> dict[str, Any]:
    """Return a relation as a schema file spells it."""
    return {"type": "relation", "relation": kind, "target": f"api::{target}.{target}", **more}


OWN = relation("oneToOne", "thing")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (relation("manyToOne", "nobody"), {}, 'attributes.it.target: there is no content type "api::nobody'),
        (
            relation("manyToOne", "other", inversedBy="things"),
            {},
            'attributes.it.inversedBy: "api::other.other" has no',
        ),
        (
            relation("manyToOne", "other", inversedBy="things"),
            {"things": relation("oneToMany", "thing", mappedBy="that")},
            "attributes.it.inversedBy: expected",
        ),
        (
            relation("manyToOne", "other", inversedBy="things"),
            {"things": relation("manyToMany", "thing", mappedBy="it")},
            "attributes.it.relation: a manyToOne cannot have a manyToMany",
        ),
        (
            relation("manyToMany", "other", inversedBy="things"),
            {"things": relation("manyToMany", "thing", inversedBy="it")},
            "attributes.it.inversedBy: expected",
        ),
        (
            relation("oneToMany", "other", inversedBy="thing"),
            {"thing": relation("manyToOne", "thing", mappedBy="it")},
            "attributes.it.relation: a oneToMany cannot have",
        ),
        (relation("manyToOne", "other", inversedBy="a", mappedBy="b"), {}, "attributes.it.mappedBy: expected either"),
        (relation("morphMany", "other", morphBy="name"), {"name": STRING}, "attributes.it.morphBy: expected a morph"),
        ({"type": "component", "component": "a.b"}, {}, 'attributes.it.component: there is no component "a.b"'),
        ({"type": "dynamiczone", "components": ["a.b"]}, {}, 'attributes.it.components: there is no component "a.b"'),
    ],
)
def test_what_does_not_fit_together_is_refused(ours: dict[str, Any], theirs: dict[str, Any], expected: str) -> None:
    """Each side of a relation has to answer the other one, and what is named has to exist."""
    found = faults(content_type("thing", {"it": ours}), content_type("other", theirs))

    assert any(fault.startswith(expected) for fault in found), found


def test_a_component_that_would_hold_itself_is_refused() -> None:
    """However many components lie between."""
    found = faults(
        component("a", "one", {"two": {"type": "component", "component": "a.two"}}),
        component("a", "two", {"rest": {"type": "dynamiczone", "components": ["a.three"]}}),
        component("a", "three", {"one": {"type": "component", "component": "a.one", "repeatable": True}}),
    )

    assert len(found) == 3
    assert all("without end" in fault for fault in found)


@pytest.mark.parametrize(
    ("files", "table"),
    [
        ((content_type("thing", {}), content_type("zebra", {}, collectionName="things")), "things"),
        (
            (content_type("thing", {"it": OWN}), content_type("a", {}, collectionName="things_it_lnk")),
            "things_it_lnk",
        ),
        ((content_type("thing", {"fooBar": OWN, "foo_bar": OWN}),), "things_foo_bar_lnk"),
    ],
)
def test_two_types_cannot_share_a_table(files: tuple[SchemaFile, ...], table: str) -> None:
    """Neither by their own names nor by the name of a table of links."""
    assert any(f'the table "{table}" is taken by' in fault for fault in faults(*files))


def test_two_types_cannot_share_a_route() -> None:
    """Singular and plural names are unique among the project's types."""
    file = content_type("other", {})
    file.content["info"]["pluralName"] = "things"

    assert faults(content_type("thing", {}), file) == [
        'info.pluralName: the name "things" is taken by "api::other.other"'
    ]


LINKS = {
    ("api::article.article", "author"): LinkTable(
        "articles_author_lnk", "article_id", "author_id", None, "article_ord"
    ),
    ("api::author.author", "articles"): LinkTable(
        "articles_author_lnk", "author_id", "article_id", "article_ord", None
    ),
    ("api::article.article", "categories"): LinkTable(
        "articles_categories_lnk", "article_id", "category_id", "category_ord", "article_ord"
    ),
    ("api::category.category", "articles"): LinkTable(
        "articles_categories_lnk", "category_id", "article_id", "article_ord", "category_ord"
    ),
    ("api::article.article", "related"): LinkTable(
        "articles_related_lnk", "article_id", "inv_article_id", "article_ord"
    ),
    ("api::category.category", "parent"): LinkTable(
        "categories_parent_lnk", "category_id", "inv_category_id", None, "category_ord"
    ),
    ("api::category.category", "children"): LinkTable(
        "categories_parent_lnk", "inv_category_id", "category_id", "category_ord", None
    ),
    ("api::event.event", "host"): LinkTable("events_host_lnk", "event_id", "author_id"),
    ("api::article.article", "cover"): LinkTable(
        "files_related_mph", "related_id", "file_id", "order", None, "related_type", "field", "cover"
    ),
    ("shared.seo", "shareImage"): LinkTable(
        "files_related_mph", "related_id", "file_id", "order", None, "related_type", "field", "shareImage"
    ),
    ("plugin::upload.file", "related"): LinkTable(
        "files_related_mph", "file_id", "related_id", "order", None, "related_type", "field", None
    ),
    ("admin::user", "roles"): LinkTable("admin_users_roles_lnk", "user_id", "role_id", "role_ord", "user_ord"),
    ("admin::role", "users"): LinkTable("admin_users_roles_lnk", "role_id", "user_id", "user_ord", "role_ord"),
}


@pytest.mark.parametrize(("place", "expected"), LINKS.items(), ids=lambda value: str(value) if value else "")
def test_a_table_of_links_is_seen_from_its_holder(place: tuple[str, str], expected: LinkTable) -> None:
    """`own` has the holder's row and `order` sorts what the attribute lists, whichever side owns the table."""
    schema = conformance_schema()
    holder = schema.model(place[0])
    assert holder is not None
    attribute = holder.attributes[place[1]]
    assert isinstance(attribute, Relation | Media)

    assert naming.link_table(schema, holder, attribute) == expected
    assert naming.has_link_table(schema, attribute)


def test_a_self_relation_of_many_to_many_marks_the_other_side() -> None:
    """Both its key and its order begin with `inv`."""
    many = relation("manyToMany", "thing", inversedBy="back")
    back = relation("manyToMany", "thing", mappedBy="many")
    schema = built(content_type("thing", {"many": many, "back": back}))
    thing = schema.content_types["api::thing.thing"]
    attribute = thing.attributes["many"]
    assert isinstance(attribute, Relation)

    assert naming.link_table(schema, thing, attribute) == LinkTable(
        "things_many_lnk", "thing_id", "inv_thing_id", "thing_ord", "inv_thing_ord"
    )


def test_some_links_have_no_table() -> None:
    """Creators are columns, and localizations are told by the document id."""
    schema = conformance_schema()
    article = schema.content_types["api::article.article"]
    creator, localizations = article.attributes["createdBy"], article.attributes["localizations"]
    assert isinstance(creator, Relation)
    assert isinstance(localizations, Relation)

    assert naming.foreign_key(creator) == "created_by_id"
    assert not naming.has_link_table(schema, creator)
    assert not naming.has_link_table(schema, localizations)
