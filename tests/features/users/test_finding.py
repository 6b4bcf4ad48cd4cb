from typing import Any

import pytest

from tests.features.backend import Backend


@pytest.fixture
def find(backend: Backend, root: str) -> Any:  # noqa: ANN401 - a function
    """Return what finds administrators by a query string: their first names, or the refusal's message."""
    for name in ("ana", "bo", "cy"):
        backend.invite(root, name)

    def found(query: str) -> Any:  # noqa: ANN401 - a list or a text
        body = backend.call("GET", f"/admin/users?{query}", key=root).json()
        return [user["firstname"] for user in body["data"]["results"]] if body["data"] else body["error"]["message"]

    return found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Root", "Ana", "Bo", "Cy"]),
        ("sort=firstname:desc&pageSize=2&page=2", ["Bo", "Ana"]),
        ("sort=", ["Root", "Ana", "Bo", "Cy"]),
        ("sort=id:DESC", ["Cy", "Bo", "Ana", "Root"]),
        ("filters[id][$gt]=2", ["Bo", "Cy"]),
        ("filters[isActive]=true", ["Root"]),
        ("filters[firstname][$eqi]=ANA", ["Ana"]),
        ("filters[firstname][$notIn]=Ana", ["Root", "Bo", "Cy"]),
        ("filters[$not][firstname][$eq]=Ana", ["Root", "Bo", "Cy"]),
        ("filters[$or][0][firstname]=Bo&filters[$or][1][email][$startsWith]=cy", ["Bo", "Cy"]),
        ("filters[firstname][$between][0]=A&filters[firstname][$between][1]=Bz", ["Ana", "Bo"]),
        ("filters[colour]=red", ["Root", "Ana", "Bo", "Cy"]),
        ("filters[$and][0][colour][shade]=dark&filters[$and][1][firstname]=Bo", ["Bo"]),
        ("_q=an_", ["Ana"]),
        ("_q=root@", ["Root"]),
        ("_q=", ["Root", "Ana", "Bo", "Cy"]),
        ("page=9", []),
        ("start=2&limit=1", ["Root", "Ana", "Bo", "Cy"]),
        ("where[firstname]=Ana", ["Root", "Ana", "Bo", "Cy"]),
        ("populate=*&fields=email&locale=fr", ["Root", "Ana", "Bo", "Cy"]),
    ],
)
def test_administrators_are_found_as_the_reference_finds_them(find: Any, query: str, names: list[str]) -> None:  # noqa: ANN401
    """
    Pages, sorts, filters and searches select the same administrators; other parameters do nothing.
    """
    assert names == find(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("filters[password][$startsWith]=$2", "Invalid key password"),
        ("filters[$or][0][password][$notNull]=true", "Invalid key password"),
        ("filters[registrationToken][$notNull]=true", "Invalid key registrationToken"),
        ("filters[resetPasswordToken]=x", "Invalid key resetPasswordToken"),
        ("filters[roles][name]=Editor", "Invalid key roles"),
        ("filters[createdBy][email]=x", "Invalid key createdBy"),
        ("filters[createdAt][$gt]=2020-01-01", "Invalid key createdAt"),
        ("filters[blocked]=true", "Invalid key blocked"),
        ("sort=password:asc", "Invalid key password"),
        ("sort=roles.name", "Invalid key roles"),
        ("sort=colour", "Invalid key colour"),
        ("sort=firstname:up", "Invalid order. order can only be one of asc|desc|ASC|DESC"),
        ("filters=abc", "The filters parameter must be an object or an array"),
        ("page=0", "Invalid 'page' parameter. Expected an integer > 0, received: 0"),
        ("pageSize=abc", "Invalid 'pageSize' parameter. Expected an integer > 0, received: abc"),
        ("pageSize=1.5", "Invalid 'pageSize' parameter. Expected an integer > 0, received: 1.5"),
    ],
)
def test_what_may_not_be_asked_is_refused(find: Any, query: str, message: str) -> None:  # noqa: ANN401
    """
    Nobody learns a secret by filtering or sorting by it.
    """
    assert message == find(query)


@pytest.mark.parametrize("column", ["password", "registration_token", "reset_password_token", "prefered_language"])
def test_a_search_does_not_look_into_secrets(backend: Backend, root: str, column: str) -> None:
    """
    What is searched for is looked up in what is shown of a name, never in a hash or a token.
    """
    backend.change(1, **{column: "needle"})
    found = backend.call("GET", "/admin/users?_q=needle", key=root).json()["data"]

    assert 0 == found["pagination"]["total"]


@pytest.mark.parametrize("path", ["roles][users][password", "apiTokens][accessKey", "createdBy][password"])
def test_no_detour_leads_to_a_secret(find: Any, path: str) -> None:  # noqa: ANN401
    """
    Relations of administrators are not followed, wherever they lead.
    """
    assert find(f"filters[{path}][$notNull]=true").startswith("Invalid key ")


def test_a_list_shows_no_secret(backend: Backend, root: str) -> None:
    """
    Exactly the public attributes and the roles are shown.
    """
    (user,) = backend.call("GET", "/admin/users", key=root).json()["data"]["results"]
    single = backend.call("GET", "/admin/users/1", key=root).json()["data"]

    assert single == user
    assert not {"password", "resetPasswordToken", "registrationToken"} & set(user)


@pytest.mark.parametrize(
    "query", ["_q[0]=a", "_q[a]=b", "filters[0]=x", "filters[firstname][email]=x", "page[]=1&page[]=2"]
)
def test_odd_questions_are_no_fault_of_the_server(find: Any, query: str) -> None:  # noqa: ANN401
    """
    What the reference stumbles over is refused or overlooked.
    """
    assert find(query) is not None


def test_somebody_is_found_by_their_document_id(backend: Backend, root: str) -> None:
    """
    As the reference does, in lists that a panel makes by document ids.
    """
    me = backend.call("GET", "/admin/users/me", key=root).json()["data"]["documentId"]
    found = [
        [
            user["email"]
            for user in backend.call("GET", f"/admin/users?filters[documentId]={each}", key=root).json()["data"][
                "results"
            ]
        ]
        for each in (me, "nobody")
    ]

    assert [["root@example.com"], []] == found
