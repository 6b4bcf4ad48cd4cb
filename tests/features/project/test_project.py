import pytest

from tests.features.backend import JSON, Backend


def data(backend: Backend, path: str, key: str | None = None) -> JSON:
    """Return what an answer holds."""
    answer = backend.call("GET", path, key=key)
    assert 200 == answer.status_code, answer.text
    return answer.json()["data"]


def test_everybody_may_know_whether_somebody_has_registered(backend: Backend) -> None:
    """
    As settings_misc.the_project: what the panel asks before anybody signs in.
    """
    before = data(backend, "/admin/init")
    backend.first_admin()

    assert {"uuid": False, "hasAdmin": False, "menuLogo": None, "authLogo": None} == before
    assert {**before, "hasAdmin": True} == data(backend, "/admin/init")


def test_this_is_the_edition_without_paid_features(backend: Backend) -> None:
    """
    And it praises no other.
    """
    flags = {"nps": False, "promoteEE": False}

    assert {"isEE": False, "features": [], "flags": flags, "ai": {"enabled": False}} == data(
        backend, "/admin/project-type"
    )


def test_administrators_may_know_what_the_server_is(backend: Backend, root: str) -> None:
    """
    With the keys of the reference, and the version whose clients it answers.
    """
    told = data(backend, "/admin/information", root)

    assert told.pop("nodeVersion").startswith("Python 3.")
    assert {
        "currentEnvironment": "production",
        "autoReload": False,
        "strapiVersion": "5.54.0",
        "dependencies": {},
        "projectId": None,
        "communityEdition": True,
        "useYarn": False,
    } == told
    assert 401 == backend.call("GET", "/admin/information").status_code


def test_nothing_is_reported_to_anybody(backend: Backend, root: str) -> None:
    """
    The panel asks what to report, and is told that there is nothing.
    """
    answer = backend.call("GET", "/admin/telemetry-properties", key=root)

    assert (204, b"") == (answer.status_code, answer.content)


def test_the_server_says_that_it_answers(backend: Backend) -> None:
    """
    Without a body, to anybody, and no cache keeps it.
    """
    answer = backend.call("GET", "/_health")

    assert (204, b"", "no-store") == (answer.status_code, answer.content, answer.headers["cache-control"])


def test_the_address_without_a_path_leads_to_the_panel(backend: Backend) -> None:
    """
    As in the reference.
    """
    answer = backend.call("GET", "/")

    assert (302, "/admin") == (answer.status_code, answer.headers["location"])


def test_the_first_super_admin_alone_is_shown_around(backend: Backend, root: str) -> None:
    """
    With the content types, so that the panel knows whether there are any of the project's own.
    """
    _, second = backend.admin(root, "ana", backend.super_admin_role)
    tours = [data(backend, "/admin/guided-tour-meta", key) for key in (root, second)]

    assert [True, False] == [tour["isFirstSuperAdminUser"] for tour in tours]
    assert "plugin::upload.file" in tours[0]["schemas"]


def test_the_first_page_counts_what_there_is(backend: Backend, root: str) -> None:
    """
    Under the reference's names: API tokens of both kinds, and the two that come with a project.
    """
    expected = {
        "assets": 0,
        "contentTypes": 1,
        "components": 0,
        "locales": 1,
        "admins": 1,
        "webhooks": 0,
        "apiTokens": 2,
    }

    assert expected == data(backend, "/admin/homepage/key-statistics", root)


def test_everybody_arranges_a_first_page_of_their_own(backend: Backend, root: str) -> None:
    """
    What one arranges, another does not see.
    """
    _, ana = backend.admin(root, "ana", backend.role("Guest"))
    layout = {"widgets": [{"uid": "a", "width": 6}]}
    answer = backend.call("PUT", "/admin/homepage/layout", layout, key=root).json()["data"]

    assert {"version": 1, **layout, "updatedAt": answer["updatedAt"]} == answer
    assert answer == data(backend, "/admin/homepage/layout", root)
    assert data(backend, "/admin/homepage/layout", ana) is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"widgets": [{"uid": "a", "width": 5}]},
        {"widgets": [{"uid": "", "width": 6}]},
        {"widgets": [{"uid": "a"}]},
        {"widgets": [], "version": 0},
        {"widgets": [], "updatedAt": "yesterday"},
        {"widgets": [], "zz": 1},
        {"widgets": [{"uid": "a", "width": 6}] * 101},
    ],
)
def test_a_first_page_that_cannot_be_is_refused(backend: Backend, root: str, body: JSON) -> None:
    """
    The reference answers 500 to these; nothing is kept.
    """
    answer = backend.call("PUT", "/admin/homepage/layout", body, key=root)

    assert (400, "ValidationError") == (answer.status_code, answer.json()["error"]["name"])
    assert data(backend, "/admin/homepage/layout", root) is None


def test_an_admin_token_does_not_arrange_its_owner_s_first_page(backend: Backend, root: str) -> None:
    """
    A token never acts as its owner's account.
    """
    key = backend.admin_token(1)

    assert 403 == backend.call("GET", "/admin/homepage/layout", key=key).status_code
    assert 403 == backend.call("PUT", "/admin/homepage/layout", {"widgets": []}, key=key).status_code


def test_the_list_of_plugins_needs_its_action(backend: Backend, root: str) -> None:
    """
    `admin::marketplace.read`, as in the reference.
    """
    _, ana = backend.admin(root, "ana", backend.role("Guest"))
    (plugin,) = backend.call("GET", "/admin/plugins", key=root).json()["plugins"]

    assert ("users-permissions", {"name", "displayName", "description", "packageName"}) == (plugin["name"], set(plugin))
    assert 403 == backend.call("GET", "/admin/plugins", key=ana).status_code


def test_there_are_no_ai_features(backend: Backend, root: str) -> None:
    """
    The reference's panel asks for them at every entry, and takes 404 for no.
    """
    assert 404 == backend.call("GET", "/admin/ai-feature-config", key=root).status_code


def test_an_administrator_is_told_whether_agents_are_served(backend: Backend) -> None:
    """
    The MCP server is off in production unless it is switched on, and the panel says nothing of it then.
    """
    root = backend.first_admin()

    assert {"enabled": False, "path": "/mcp"} == data(backend, "/admin/mcp", root)
    assert 401 == backend.call("GET", "/admin/mcp").status_code
