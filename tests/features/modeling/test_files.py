import json
from typing import Any

from tests.features.modeling.studio import Studio, attribute, changed_component, changed_type, new_type

BOOK = "src/api/book/content-types/book/schema.json"
AUTHOR = "src/api/author/content-types/author/schema.json"
SEO = "src/components/shared/seo.json"


def relation(kind: str, target: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Return a relation as it is sent."""
    return {"type": "relation", "relation": kind, "target": target, **more}


def test_a_new_content_type_is_written_as_the_reference_writes_it(studio: Studio) -> None:
    """
    Keys stand in the reference's order, two blanks deep; what a file takes for granted or is not known is left out.
    """
    title = {"required": True, "default": "x", "maxLength": 9, "type": "string", "private": False, "odd": [1]}
    secret = {"type": "string", "private": True, "configurable": False}
    sent = new_type(
        "book",
        attribute("create", "title", **title),
        attribute("create", "secret", **secret),
        attribute("create", "kind", type="enumeration", enum=["a", "b"], default="a"),
        description="Bücher",
        options={"comment": "x"},
        draftAndPublish=True,
        pluginOptions={"i18n": {"localized": True}},
    )
    studio.updated(sent)
    expected = {
        "kind": "collectionType",
        "collectionName": "books",
        "info": {"singularName": "book", "pluralName": "books", "displayName": "Book", "description": "Bücher"},
        "options": {"comment": "x", "draftAndPublish": True},
        "pluginOptions": {"i18n": {"localized": True}},
        "attributes": {
            "title": {"type": "string", "default": "x", "maxLength": 9, "required": True},
            "secret": {"type": "string", "configurable": False, "private": True},
            "kind": {"type": "enumeration", "default": "a", "enum": ["a", "b"]},
        },
    }

    assert json.dumps(expected, indent=2, ensure_ascii=False) + "\n" == studio.files()[BOOK]


def test_a_relation_is_written_on_both_sides(studio: Studio) -> None:
    """
    The side that is sent owns the links, but for oneToMany; the other type gets an attribute that points back.
    """
    studio.updated(
        new_type(
            "book",
            attribute("create", "writer", **relation("manyToOne", "api::author.author", targetAttribute="books")),
            attribute("create", "twin", **relation("oneToOne", "api::author.author", targetAttribute="book")),
            attribute("create", "parts", **relation("oneToMany", "api::book.book", targetAttribute="whole")),
            attribute("create", "fans", **relation("oneToMany", "api::author.author")),
        )
    )
    book, author = studio.file(BOOK)["attributes"], studio.file(AUTHOR)["attributes"]

    assert relation("manyToOne", "api::author.author", inversedBy="books") == book["writer"]
    assert relation("oneToMany", "api::book.book", mappedBy="writer") == author["books"]
    assert relation("oneToOne", "api::author.author", inversedBy="book") == book["twin"]
    assert relation("oneToOne", "api::book.book", mappedBy="twin") == author["book"]
    assert relation("oneToMany", "api::book.book", mappedBy="whole") == book["parts"]
    assert relation("manyToOne", "api::book.book", inversedBy="parts") == book["whole"]
    assert relation("oneToMany", "api::author.author") == book["fans"]


def test_the_other_side_of_a_relation_follows(studio: Studio) -> None:
    """
    Under another name it is called so there too, without a name it is gone, and the side that owns the links stays.
    """
    category, article = "api::category.category", "src/api/article/content-types/article/schema.json"
    kept = studio.unchanged(category, "articles")
    again = attribute("update", "articles", **relation("manyToMany", "api::article.article", targetAttribute="topics"))
    studio.updated(changed_type(category, [*kept[:-1], again]))
    renamed = studio.file(article)["attributes"]
    studio.updated(changed_type(category, kept))
    gone = studio.file(article)["attributes"]

    assert relation("manyToMany", category, inversedBy="articles") == renamed["topics"]
    assert "categories" not in renamed
    assert "topics" not in gone


def test_an_edit_from_the_panel_changes_nothing_that_was_not_touched(studio: Studio) -> None:
    """
    The panel sends every attribute of a type whenever one changes; only the order of keys may become the usual one.
    """
    before = {name: json.loads(text) for name, text in studio.files().items()}
    for uid in ("api::category.category", "api::author.author"):
        studio.updated(changed_type(uid, studio.unchanged(uid)))

    assert before == {name: json.loads(text) for name, text in studio.files().items()}


def test_what_a_request_does_not_say_stays(studio: Studio) -> None:
    """
    The reference forgets options and keys that its panel does not send, after which private attributes are public.
    """
    path = studio.folder / "src/api/setting/content-types/setting/schema.json"
    content = json.loads(path.read_text())
    content["options"]["privateAttributes"] = ["siteName"]
    content["attributes"]["siteName"]["column"] = {"unique": True}
    path.write_text(json.dumps(content))
    sent = [attribute("update", "siteName", type="string", default="")]
    studio.updated(changed_type("api::setting.setting", sent, kind="singleType"))
    written = json.loads(path.read_text())

    assert {"privateAttributes": ["siteName"], "draftAndPublish": False} == written["options"]
    assert {"siteName": {"type": "string", "column": {"unique": True}}} == written["attributes"]
    assert content["pluginOptions"] == written["pluginOptions"]


def test_attributes_that_cannot_be_changed_stay_first(studio: Studio) -> None:
    """
    Neither another description nor their removal is taken for an attribute that is not configurable.
    """
    fixed = attribute("create", "fixed", type="string", configurable=False)
    studio.updated(new_type("book", attribute("create", "title", type="string"), fixed))
    sent = [attribute("update", "title", type="text"), attribute("update", "fixed", type="json")]
    studio.updated(changed_type("api::book.book", sent))
    expected = {"fixed": {"type": "string", "configurable": False}, "title": {"type": "text"}}

    assert list(expected.items()) == list(studio.file(BOOK)["attributes"].items())


def test_a_content_type_takes_with_it_what_points_to_it(studio: Studio) -> None:
    """
    Its folder goes when nothing else is left in it; code of the reference that carries its name goes as well.
    """
    studio.updated(
        new_type("book", attribute("create", "writer", **relation("manyToOne", "api::author.author")), options={}),
        changed_type(
            "api::author.author",
            [
                *studio.unchanged("api::author.author"),
                attribute("create", "favourite", **relation("oneToOne", "api::book.book")),
            ],
        ),
    )
    home = studio.folder / "src/api/book"
    for name in ("controllers/book.js", "controllers/other.js"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text("module.exports = {}")
    studio.updated({"action": "delete", "uid": "api::book.book"})
    left = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]

    assert ["controllers/other.js"] == left
    assert "favourite" not in studio.file(AUTHOR)["attributes"]
    assert 404 == studio.call("GET", "/content-types/api::book.book").status_code


def test_a_new_component_is_called_after_its_category_and_name(studio: Studio) -> None:
    """
    The table has the plural of its name, as the reference makes it.
    """
    made = {
        "action": "create",
        "uid": "toys.categories-2-html-body",
        "displayName": "Categories 2 HTMLBody",
        "category": "toys",
        "icon": "cube",
        "attributes": [attribute("create", "text", type="string")],
    }
    studio.updated(components=(made,))
    written = studio.file("src/components/toys/categories-2-html-body.json")

    assert {
        "collectionName": "components_toys_categories_2_html_bodies",
        "info": {"displayName": "Categories 2 HTMLBody", "icon": "cube"},
        "options": {},
        "attributes": {"text": {"type": "string"}},
        "config": {},
    } == written
    assert ["collectionName", "info", "options", "attributes", "config"] == list(written)


def test_a_component_in_another_category_is_another_file(studio: Studio) -> None:
    """
    Its table stays, and everything that holds it is written with its new uid.
    """
    before = studio.file(SEO)
    studio.updated(components=(changed_component("shared.seo", studio.unchanged("shared.seo"), category="meta"),))
    article = studio.file("src/api/article/content-types/article/schema.json")

    assert SEO not in studio.files()
    assert before["collectionName"] == studio.file("src/components/meta/seo.json")["collectionName"]
    assert "meta.seo" == article["attributes"]["seo"]["component"]


def test_a_component_goes_out_of_what_holds_it(studio: Studio) -> None:
    """
    An attribute that holds nothing else goes, a zone goes on without it.
    """
    studio.updated(components=({"action": "delete", "uid": "shared.quote"},))
    article = studio.file("src/api/article/content-types/article/schema.json")["attributes"]

    assert ["shared.rich-text", "shared.link"] == article["blocks"]["components"]
    assert "src/components/shared/quote.json" not in studio.files()


def test_a_type_of_a_plugin_is_written_beside_the_plugin(studio: Studio) -> None:
    """
    All of its attributes are in the file, as the reference has it.
    """
    uid, file = "plugin::users-permissions.user", "src/extensions/users-permissions/content-types/user/schema.json"
    studio.updated(changed_type(uid, [*studio.unchanged(uid), attribute("create", "nick", type="string")]))
    written = studio.file(file)

    assert "up_users" == written["collectionName"]
    assert {"username", "email", "role", "nick"} <= written["attributes"].keys()
    assert "nick" in {each["name"] for each in studio.attributes(uid)}


def test_the_older_requests_do_the_same(studio: Studio) -> None:
    """
    A content type with a component that has a name for this request only, then a change, a move and two deletions.
    """
    body = {
        "contentType": {
            "displayName": "Game",
            "singularName": "game",
            "pluralName": "games",
            "draftAndPublish": True,
            "pluginOptions": {},
            "attributes": {"badge": {"type": "component", "component": "made-up", "repeatable": True}},
        },
        "components": [
            {
                "tmpUID": "made-up",
                "category": "games",
                "displayName": "Badge of honour",
                "attributes": {"game": relation("oneToOne", "__contentType__")},
            }
        ],
    }
    made = studio.call("POST", "/content-types", body)
    component = studio.file("src/components/games/badge-of-honour.json")
    moved = {"component": {"category": "toys", "displayName": "Badge", "attributes": {"text": {"type": "string"}}}}
    edited = studio.call("PUT", "/components/games.badge-of-honour", moved)
    renamed = studio.call("PUT", "/component-categories/toys", {"name": "BigToys"})
    game = studio.file("src/api/game/content-types/game/schema.json")
    deleted = studio.call("DELETE", "/component-categories/big-toys")
    gone = studio.call("DELETE", "/content-types/api::game.game")

    assert (201, {"data": {"uid": "api::game.game"}}) == (made.status_code, made.json())
    assert relation("oneToOne", "api::game.game") == component["attributes"]["game"]
    assert (200, {"data": {"uid": "toys.badge-of-honour"}}) == (edited.status_code, edited.json())
    assert {"name": "big-toys"} == renamed.json()
    assert "big-toys.badge-of-honour" == game["attributes"]["badge"]["component"]
    assert {"name": "big-toys"} == deleted.json()
    assert (200, {"data": {"uid": "api::game.game"}}) == (gone.status_code, gone.json())
    assert not (studio.folder / "src/api/game").exists()
