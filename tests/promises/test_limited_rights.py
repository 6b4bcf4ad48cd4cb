"""What a key may not see, it cannot find out: the same data is closed on every road that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.features.backend import PASSWORD, Backend
from tests.features.newsroom import ARTICLE, AUTHOR, CREATE, READ, SOURCE, UPDATE, may
from tests.mcp.agent import ACCEPT, request

JSON = Any  # any JSON value
CM = "/content-manager/collection-types"
NAME = "Zebedee-0123"  # of the author; nobody else is called so
NOTE = "note-4567"  # in a private attribute
CANARY = "canary-89ab"


class Office:
    """A server with an article by an author, and keys of all kinds."""

    def __init__(self, folder: Path) -> None:
        (folder / "config").mkdir()
        (folder / "config" / "server.toml").write_text("[mcp]\nenabled = true\n")
        self.backend = Backend(folder, source=SOURCE)
        self.root = self.backend.first_admin()
        self.author = self.made(AUTHOR, {"name": NAME, "bio": "Writes"})
        body = {"title": "First", "author": {"connect": [self.author["documentId"]]}, "internalNote": NOTE}
        self.article = self.made(ARTICLE, body)

    def made(self, uid: str, body: JSON) -> JSON:
        """Create a document as the super admin."""
        return self.ask("POST", f"{CM}/{uid}", body)["data"]

    def ask(self, method: str, path: str, body: JSON = None, key: str | None = None) -> JSON:
        """Send a request that has to succeed."""
        answer = self.backend.call(method, path, body, key=key or self.root)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def token(self, *permissions: JSON) -> str:
        """Return the key of an admin token of the super admin."""
        body = {"name": f"T{self.backend.now}", "description": "", "adminPermissions": permissions, "lifespan": None}
        return str(self.ask("POST", "/admin/admin-tokens", body)["data"]["accessKey"])

    def keeper(self, *permissions: JSON) -> str:
        """Return the session of an administrator with one role of these permissions."""
        role = self.backend.role(f"R{self.backend.now}")
        self.ask("PUT", f"/admin/roles/{role}/permissions", {"permissions": list(permissions)})
        return self.backend.admin(self.root, f"k{self.backend.now}", role)[1]

    def site(self, kind: str, *actions: str) -> str:
        """Return the key of an API token."""
        given = list(actions) if kind == "custom" else None
        body = {"name": f"S{self.backend.now}", "description": "", "type": kind, "lifespan": None, "permissions": given}
        return str(self.ask("POST", "/admin/api-tokens", body)["data"]["accessKey"])

    def bytes_of(self, path: str, key: str | None) -> bytes:
        """Return what is answered to a question, whatever it is."""
        answer = self.backend.call("GET", path, key=key)
        assert answer.status_code < 500, answer.text
        return answer.content

    def told(self, key: str, tool: str, **given: JSON) -> bytes:
        """Return what a tool answers an agent."""
        message = request("tools/call", name=tool, arguments=given)
        headers = {"accept": ACCEPT, "host": "localhost"}
        return self.backend.call("POST", "/mcp", message, key=key, headers=headers).content


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return the server that all tests of this module share."""
    made = Office(tmp_path_factory.mktemp("limited"))
    yield made
    made.backend.close()


def of_articles(*fields: str) -> JSON:
    """Return the right to read some fields of articles."""
    return may(READ, ARTICLE, fields=list(fields), locales=["en"])


def of_authors(*fields: str, conditions: tuple[str, ...] = ()) -> JSON:
    """Return the right to read some fields of authors."""
    return may(READ, AUTHOR, fields=list(fields), conditions=conditions)


def roads_to_the_author(office: Office) -> list[str]:
    """Return every question whose answer could tell what the author of the article is called."""
    article, author = office.article["documentId"], office.author["documentId"]
    relation = f"/content-manager/relations/{ARTICLE}"
    return [
        f"{CM}/{ARTICLE}",
        f"{CM}/{ARTICLE}?populate=*",
        f"{CM}/{ARTICLE}?populate[author][fields][0]=name",
        f"{CM}/{ARTICLE}?sort=author.name:asc",
        f"{CM}/{ARTICLE}/{article}",
        f"{relation}/{article}/author",
        f"{relation}/author",
        f"{relation}/author?_q={NAME}",
        f"{relation}/author?_filter=$startsWith&_q={NAME[:3]}",
        f"/content-manager/relations/{AUTHOR}/{author}/articles",
        f"{CM}/{AUTHOR}",
        f"{CM}/{AUTHOR}/{author}",
        f"{CM}/{AUTHOR}?_q={NAME}",
        f"{CM}/{AUTHOR}?fields[0]=name",
        f"/content-manager/history-versions?contentType={AUTHOR}&documentId={author}",
        f"/content-manager/history-versions?contentType={ARTICLE}&documentId={article}&locale=en",
        "/content-manager/homepage/recent-documents?action=update",
        "/admin/audit-logs",
    ]


def test_f5_a_title_of_what_may_not_be_read_is_not_shown(office: Office) -> None:
    """
    The main field of authors is their name: where it may not be read, lists, pickers, history and agents show none.
    """
    office.ask("PUT", f"{CM}/{AUTHOR}/{office.author['documentId']}", {"bio": "Writes much"})
    rights = (of_articles("title", "author"), of_authors("bio"))
    keys = (office.token(*rights), office.keeper(*rights))
    shown = {(key, road): office.bytes_of(road, key) for key in keys for road in roads_to_the_author(office)}
    article, author = office.article["documentId"], office.author["documentId"]
    agent = keys[0]
    tools = [
        office.told(agent, "list_article"),
        office.told(agent, "get_article", documentId=article),
        office.told(agent, "list_author"),
        office.told(agent, "get_author", documentId=author),
    ]

    assert [] == [road for (_, road), body in shown.items() if NAME.encode() in body]
    assert [] == [body for body in tools if NAME.encode() in body]
    picker = office.ask("GET", f"/content-manager/relations/{ARTICLE}/{article}/author", key=agent)
    assert [office.author["id"]] == [entry["id"] for entry in picker["results"]]
    assert NAME in office.backend.call("GET", f"{CM}/{AUTHOR}", key=office.root).text


@pytest.mark.parametrize("fields", [("bio",), ("bio", "email")])
def test_f6_counts_and_checks_tell_nothing_of_hidden_fields(office: Office, fields: tuple[str, ...]) -> None:
    """
    The number of rows, pages and relations, and whether a slug is free, are the same whatever a hidden field holds.
    """
    key = office.token(
        of_articles("title"), of_authors(*fields), may(CREATE, ARTICLE, fields=["title"], locales=["en"])
    )
    roads = [
        f"{CM}/{AUTHOR}?filters[name]={NAME}",
        f"{CM}/{AUTHOR}?filters[name][$ne]={NAME}",
        f"{CM}/{AUTHOR}?filters[name][$startsWith]={NAME[:4]}&pageSize=1",
        f"{CM}/{ARTICLE}?filters[author][name]={NAME}",
        f"{CM}/{ARTICLE}?filters[author][id][$notNull]=true",
    ]
    slug = {"contentTypeUID": ARTICLE, "field": "slug", "value": "first"}
    check = "/content-manager/uid/check-availability"

    def seen() -> list[bytes]:
        return [office.bytes_of(road, key) for road in roads] + [
            office.backend.call("POST", check, slug, key=key).content
        ]

    before = seen()
    office.backend.execute("UPDATE authors SET name = 'Somebody else'")
    office.backend.execute("UPDATE articles SET slug = 'elsewhere' WHERE slug = 'first'")
    after = seen()
    office.backend.execute("UPDATE authors SET name = ?1", NAME)
    office.backend.execute("UPDATE articles SET slug = 'first' WHERE slug = 'elsewhere'")

    assert before == after


def test_f7_search_finds_nothing_by_a_field_that_may_not_be_read(office: Office) -> None:
    """
    A word that only a hidden, private or secret field holds is not found, by nobody who may not read it.
    """
    admin = office.token(of_articles("title", "summary"), of_authors("bio"))
    sites = [office.site(kind) for kind in ("read-only", "full-access")]
    empty = [
        *(office.ask("GET", f"{CM}/{uid}?_q={word}", key=admin) for uid, word in ((AUTHOR, NAME), (ARTICLE, NOTE))),
        *(office.ask("GET", f"/api/articles?status=draft&_q={NOTE}", key=site) for site in sites),
        office.ask("GET", f"{CM}/{AUTHOR}?_q=accessCode", key=admin),
    ]

    assert [[]] * len(empty) == [answer.get("results", answer.get("data")) for answer in empty]
    assert 1 == office.ask("GET", f"{CM}/{ARTICLE}?_q={NOTE}")["pagination"]["total"]


def test_f8_a_related_row_that_is_hidden_might_as_well_not_exist(office: Office) -> None:
    """
    Asking for articles by an author who is hidden by a condition answers as asking by one who does not exist.
    """
    rights = (of_articles("title", "author"), of_authors("name", conditions=("admin::is-creator",)))
    key = office.keeper(*rights)
    custom = office.site("custom", "api::article.article.find")
    pairs = [
        (road.format(NAME), road.format("Nobody"), asking)
        for asking, roads in (
            (key, (f"{CM}/{ARTICLE}?filters[author][name]={{}}", f"{CM}/{ARTICLE}?filters[author][name][$ne]={{}}")),
            (custom, ("/api/articles?status=published&filters[author][name]={}",)),
        )
        for road in roads
    ]

    assert [] == [one for one, other, who in pairs if office.bytes_of(one, who) != office.bytes_of(other, who)]


def test_f10_what_is_closed_at_one_door_is_closed_at_its_twins(office: Office) -> None:
    """
    The private note of an article shows nowhere to a key without the right to it, under whatever prefix or document.
    """
    key = office.token(of_articles("title"))
    site = office.site("full-access")
    article = office.article["documentId"]
    roads = [
        *(f"{prefix}{CM}/{ARTICLE}{rest}" for prefix in ("", "/admin") for rest in ("", f"/{article}", "?populate=*")),
        f"{CM}/{ARTICLE}?fields[0]=internalNote",
        f"/content-manager/history-versions?contentType={ARTICLE}&documentId={article}&locale=en",
        "/admin/audit-logs",
        "/admin/openapi.json",
    ]
    seen = [office.bytes_of(road, key) for road in roads]
    seen += [office.told(key, "list_article"), office.told(key, "get_article", documentId=article)]
    seen += [office.bytes_of(f"/api/articles{rest}", site) for rest in ("?status=draft", "?status=draft&populate=*")]
    seen += [office.bytes_of(f"/api/articles/{article}?status=draft&fields[0]=internalNote", site)]
    described = office.backend.call(
        "POST", "/mcp", request("tools/list"), key=key, headers={"accept": ACCEPT, "host": "localhost"}
    ).content

    assert not any(NOTE.encode() in body for body in seen)
    assert b"internalNote" not in described


@pytest.mark.parametrize(
    ("kind", "actions", "sees"),
    [
        ("read-only", (), True),
        ("full-access", (), True),
        ("custom", ("api::article.article.find", "api::article.article.findOne"), False),
    ],
)
def test_f11_drafts_take_a_right_of_their_own(office: Office, kind: str, actions: tuple[str, ...], sees: bool) -> None:
    """
    A site shows drafts only to tokens of which the reference says so; a custom one that may find sees none.
    """
    site = office.site(kind, *actions)
    article = office.article["documentId"]
    asked = [f"/api/articles{rest}status=draft" for rest in ("?", f"/{article}?", "?populate=*&", "?locale=*&")]
    shown = [b"First" in office.bytes_of(road, site) for road in asked]
    published = [office.bytes_of(road.replace("status=draft", "status=published"), site) for road in asked]
    visitor = [office.backend.call("GET", road).status_code for road in asked]

    assert [sees] * len(asked) == shown
    assert not any(b"First" in body for body in published)
    assert {401, 403} >= set(visitor)


def test_f11_a_plain_right_to_read_shows_drafts_where_the_office_works(office: Office) -> None:
    """
    The content manager and its agents work on drafts: the right to read is one to read them, and no public one.
    """
    key = office.token(of_articles("title"))
    article = office.article["documentId"]

    assert b"First" in office.bytes_of(f"{CM}/{ARTICLE}", key)
    assert b"First" in office.told(key, "get_article", documentId=article)
    assert b"First" not in office.told(key, "get_article", documentId=article, status="published")
    assert 401 == office.backend.call("GET", "/api/articles", key=key).status_code


def test_f12_private_stays_private_when_a_type_is_changed(tmp_path: Path) -> None:
    """
    A field that is added in the builder opens nothing, and neither does a list of private attributes that goes.
    """
    backend = Backend(tmp_path, develop=True, source=SOURCE)
    root = backend.first_admin()
    made = backend.call("POST", f"{CM}/{ARTICLE}", {"title": "First", "internalNote": NOTE}, key=root).json()["data"]
    body = {"name": "Site", "description": "", "type": "full-access", "lifespan": None, "permissions": None}
    site = str(backend.call("POST", "/admin/api-tokens", body, key=root).json()["data"]["accessKey"])
    found = backend.call("GET", f"/content-type-builder/content-types/{ARTICLE}", key=root).json()["data"]["schema"]
    found["attributes"]["colour"] = {"type": "string"}
    changed = backend.call(
        "PUT", f"/content-type-builder/content-types/{ARTICLE}", {"contentType": found, "components": []}, key=root
    )
    shown = backend.call("GET", f"/api/articles/{made['documentId']}?status=draft&populate=*", key=site)
    backend.close()

    assert 201 == changed.status_code, changed.text
    assert "colour" in shown.json()["data"]
    assert NOTE not in shown.text


def test_f13_no_answer_of_the_office_holds_a_hidden_column(office: Office) -> None:
    """
    Whatever route is read by whoever may the most: hashes, tokens and keys are in none of the answers.
    """
    backend = office.backend
    columns = {
        "admin_users": ("password", "reset_password_token", "registration_token"),
        "strapi_api_tokens": ("encrypted_key",),
        "strapi_transfer_tokens": ("access_key",),
        "strapi_sessions": ("child_id",),
        "up_users": ("password", "reset_password_token", "confirmation_token"),
        "authors": ("access_code",),
    }
    roles = office.ask("GET", "/users-permissions/roles")["roles"]
    role = {"connect": [{"id": role["id"]} for role in roles if role["type"] == "authenticated"]}
    user = {"username": "reader", "email": "reader@example.com", "password": PASSWORD, "role": role}
    office.made("plugin::users-permissions.user", user)
    for table, names in columns.items():
        for name in names:
            backend.execute(f"UPDATE {table} SET {name} = ?1", CANARY)  # noqa: S608 - names of this test
    params = {"uid": AUTHOR, "id": "1", "model": ARTICLE, "field": "author", "name": "author", "documentId": "x"}
    routes = [route for route in backend.application.router.routes if route.method == "GET"]
    paths = [route.path.format_map(_Sample(params)) for route in routes if "*}" not in route.path]
    asked = [
        path for path in paths for path in (path, f"{path}?populate=*", f"{path}?populate=deep&fields[0]=password")
    ]
    seen = {path: backend.call("GET", path, key=office.root) for path in asked}

    assert len(routes) > 60
    assert [] == [path for path, answer in seen.items() if CANARY in answer.text]
    assert [] == [path for path, answer in seen.items() if answer.status_code >= 500]


class _Sample(dict[str, str]):
    """Values for the parameters of paths."""

    def __missing__(self, name: str) -> str:
        return "1"


def test_f27_what_describes_a_type_never_becomes_sql(tmp_path: Path) -> None:
    """
    Objects and lists where plain values belong are refused by the builder, or not taken over; none reaches a table.
    """
    backend = Backend(tmp_path, develop=True, source=SOURCE)
    root = backend.first_admin()
    tables = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    before = backend.read(tables)
    raw = ["x'; DROP TABLE articles; --", {"isRaw": True}]
    odd: list[JSON] = [
        {"type": "string", "default": raw},
        {"type": "integer", "min": {"isRaw": True}},
        {"type": "enumeration", "enum": [{"isRaw": True}]},
        {"type": ["string"]},
    ]
    path = f"/content-type-builder/content-types/{AUTHOR}"
    found = backend.call("GET", path, key=root).json()["data"]["schema"]

    def added(attribute: JSON) -> int:
        attributes = {**found["attributes"], "odd": attribute}
        body = {"contentType": {**found, "attributes": attributes}, "components": []}
        return backend.call("PUT", path, body, key=root).status_code

    refused = [added(attribute) for attribute in odd]
    after = backend.read(tables)
    added({"type": "string", "column": {"defaultTo": raw, "type": "json); DROP TABLE articles; --"}})
    files = "".join(file.read_text("utf-8") for file in tmp_path.glob("src/**/schema.json"))
    kept = str(backend.read(tables))
    backend.close()

    assert [400] * len(odd) == refused
    assert before == after
    assert not any(word in text for text in (files, kept) for word in ("DROP", "isRaw", "defaultTo"))


def test_f21_a_change_is_judged_by_the_row_that_it_makes(office: Office) -> None:
    """
    Who may change their own articles cannot give one away and go on changing it, nor take another's.
    """
    own = ("admin::is-creator",)
    rights = [may(verb, ARTICLE, fields=["title"], locales=["en"], conditions=own) for verb in (READ, CREATE, UPDATE)]
    key = office.keeper(*rights)
    mine = office.ask("POST", f"{CM}/{ARTICLE}", {"title": "Mine"}, key=key)["data"]["documentId"]
    body = {"title": "Yours", "createdBy": 1, "updatedBy": 1, "created_by_id": 1, "documentId": "other", "id": 1}
    office.ask("PUT", f"{CM}/{ARTICLE}/{mine}", body, key=key)
    theirs = office.backend.call("PUT", f"{CM}/{ARTICLE}/{office.article['documentId']}", {"title": "x"}, key=key)

    shown = office.ask("GET", f"{CM}/{ARTICLE}/{mine}")["data"]
    assert ("Yours", "User") == (shown["title"], shown["createdBy"]["lastname"])
    assert 403 == theirs.status_code
