from typing import Any

import pytest

from tests.features.backend import PASSWORD
from tests.features.end_users.people import People, told

USERS = "/api/users"
SECRETS = ("password", "resetPasswordToken", "confirmationToken")
WAYS = (
    "filters[{path}][$startsWith]=$2",
    "filters[{path}][$notNull]=true",
    "filters[$or][0][{path}][$contains]=a",
    "filters[$not][{path}][$null]=true",
    "sort={dotted}",
    "sort[0]={dotted}:desc",
    "fields={dotted}",
    "fields[0]={dotted}",
    "populate={dotted}",
)
PLACES = (
    *(((secret,)) for secret in SECRETS),
    *(("role", "users", secret) for secret in SECRETS),
    *((creator, secret) for creator in ("createdBy", "updatedBy") for secret in (*SECRETS, "registrationToken")),
)
IGNORED = ("where[password][$startsWith]=$2", "lookup[password][$startsWith]=$2", "access_token=x", "password=x")


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_f1_f2_f3_no_question_tells_of_a_secret(people: People, place: tuple[str, ...]) -> None:
    """
    Lists, counts and single users: what asks about a secret, by whatever path, is refused.
    """
    people.register()
    path, dotted = "][".join(place), ".".join(place)
    for way in WAYS:
        query = way.format(path=path, dotted=dotted)
        for where in (USERS, f"{USERS}/count", f"{USERS}/1"):
            assert 400 == people.call("GET", f"{where}?{query}", key=people.full).status_code, query


def test_f2_parameters_that_nobody_reads_change_nothing(people: People) -> None:
    """
    They never reach the query.
    """
    people.register()
    plain = people.call("GET", USERS, key=people.full).content

    assert [plain] * len(IGNORED) == [
        people.call("GET", f"{USERS}?{query}", key=people.full).content for query in IGNORED
    ]


def test_f3_a_search_does_not_look_into_secrets(people: People) -> None:
    """
    Nor does it find what is hidden by a part of it.
    """
    people.register()
    people.backend.execute("UPDATE up_users SET confirmation_token = 'abcdef'")

    assert [] == people.call("GET", f"{USERS}?_q=abcdef", key=people.full).json()
    assert [] == people.call("GET", f"{USERS}?_q=$2a", key=people.full).json()
    assert 1 == len(people.call("GET", f"{USERS}?_q=eve@", key=people.full).json())


def test_roles_show_to_those_who_may_find_them(people: People) -> None:
    """
    Others may not ask for them, and get users without.
    """
    people.register()
    lister = people.token("custom", "plugin::users-permissions.user.find")
    wide = people.token("custom", "plugin::users-permissions.user.find", "plugin::users-permissions.role.find")
    (narrow,) = people.call("GET", f"{USERS}?populate=role", key=lister).json()
    (shown,) = people.call("GET", f"{USERS}?populate=role", key=wide).json()

    assert "role" not in narrow
    assert "Authenticated" == shown["role"]["name"]
    assert "permissions" not in shown["role"]


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("GET", USERS, "find"),
        ("GET", f"{USERS}/count", "count"),
        ("GET", f"{USERS}/1", "findOne"),
        ("POST", USERS, "create"),
        ("PUT", f"{USERS}/1", "update"),
        ("DELETE", f"{USERS}/1", "destroy"),
    ],
)
def test_each_route_needs_its_own_action(people: People, method: str, path: str, action: str) -> None:
    """
    Of an API token, an end user and a visitor alike; a right that is taken away is gone at once.
    """
    uid = f"plugin::users-permissions.user.{action}"
    jwt = people.register()["jwt"]
    every = {"find", "count", "findOne", "create", "update", "destroy"}
    others = people.token("custom", *(f"plugin::users-permissions.user.{each}" for each in sorted(every - {action})))
    assert [403, 403, 403] == [people.call(method, path, {}, key=key).status_code for key in (others, jwt, None)]
    for type_, key in (("authenticated", jwt), ("public", None)):
        people.allow(type_, uid)
        allowed = people.call(method, path, {}, key=key).status_code
        people.allow(type_, uid, enabled=False)
        assert allowed in (200, 204, 400)
        if action != "destroy":
            assert 403 == people.call(method, path, {}, key=key).status_code


def test_f20_a_user_is_given_nothing_but_attributes_that_may_be_set(people: People) -> None:
    """
    Ids, stamps, creators and the tokens of the account are ignored, on creating and on changing.
    """
    odd = {
        "id": 77, "documentId": "x" * 24, "createdAt": "2000-01-01T00:00:00.000Z", "createdBy": 1, "updatedBy": 1,
        "resetPasswordToken": "a" * 128, "confirmationToken": "b" * 40, "locale": "fr", "publishedAt": None, "red": 1,
    }  # fmt: skip
    body = {"username": "eve", "email": "Eve@example.com", "password": PASSWORD, "role": 1, "provider": "github", **odd}
    made = people.call("POST", USERS, body, key=people.full)
    assert 201 == made.status_code
    before = people.backend.read("SELECT * FROM up_users")
    assert 200 == people.call("PUT", f"{USERS}/1", odd, key=people.full).status_code
    kept = (
        "SELECT id, document_id, provider, reset_password_token, confirmation_token, created_by_id, locale, email"
        " FROM up_users"
    )

    assert [(1, made.json()["documentId"], "local", None, None, None, None, "eve@example.com")] == people.backend.read(
        kept
    )
    people.backend.execute("UPDATE up_users SET updated_at = created_at")
    assert before == people.backend.read("SELECT * FROM up_users")


def test_a_user_always_has_a_role(people: People) -> None:
    """
    The one before is replaced; none is refused, and so is one that does not exist.
    """
    people.register()
    public, one = people.role("public"), f"{USERS}/1"
    changes: list[Any] = [{"set": []}, {"disconnect": [{"id": 1}]}, None, 999, "unknown", [public]]

    assert [400] * len(changes) == [
        people.call("PUT", one, {"role": each}, key=people.full).status_code for each in changes
    ]
    assert [(people.role("authenticated"),)] == people.backend.read("SELECT role_id FROM up_users_role_lnk")
    assert 200 == people.call("PUT", one, {"role": {"connect": [{"id": public}]}}, key=people.full).status_code
    assert [(public,)] == people.backend.read("SELECT role_id FROM up_users_role_lnk")


def test_f47_a_password_that_the_back_end_sets_ends_sign_ins(people: People) -> None:
    """
    Of that user only; another change ends nothing.
    """
    made, other = people.register(), people.register("bob")
    one = f"{USERS}/{made['user']['id']}"
    people.call("PUT", one, {"username": "eva", "blocked": False}, key=people.full)
    assert people.is_in(made["jwt"])
    people.call("PUT", one, {"password": "N3wpassword"}, key=people.full)

    assert [False, True] == [people.is_in(each["jwt"]) for each in (made, other)]


@pytest.mark.parametrize("user_id", ["abc", "0", "-1", "1.5", "9" * 30, "%20"])
def test_what_is_no_id_is_nobody(people: People, user_id: str) -> None:
    """
    As one that is unknown.
    """
    path = f"{USERS}/{user_id}"
    answers = [people.call(method, path, {}, key=people.full).status_code for method in ("GET", "PUT", "DELETE")]

    assert [204, 404, 204] == answers


def test_what_is_not_sent_changes_nothing(people: People) -> None:
    """
    A change without a body is one of nothing.
    """
    people.register()

    assert 200 == people.call("PUT", f"{USERS}/1", key=people.full).status_code


def test_nobody_is_itself_but_an_end_user(people: People) -> None:
    """
    An API token holds the action and has no account; administrators are unknown here (F54).
    """
    assert (401, "Unauthorized") == told(people.call("GET", f"{USERS}/me", key=people.full))
    assert (403, "Forbidden") == told(people.call("GET", f"{USERS}/me"))
    assert (401, "Missing or invalid credentials") == told(people.call("GET", f"{USERS}/me", key=people.root))


def test_f54_credentials_of_the_other_door_are_as_unknown_as_any(people: People) -> None:
    """
    The same bytes for admin tokens, administrators, end users and API tokens where they do not belong.
    """
    jwt, admin = people.register()["jwt"], people.backend.admin_token(1)
    content = [people.call("GET", USERS, key=key) for key in ("unknown", admin, people.root)]
    office = [people.call("GET", "/admin/users/me", key=key) for key in ("unknown", people.full, jwt)]

    assert 1 == len({(answer.status_code, answer.content) for answer in (*content, *office)})
    assert 401 == content[0].status_code


def test_the_content_api_is_where_the_settings_put_it(elsewhere: People) -> None:
    """
    And nowhere else; the Admin API stays.
    """
    assert 200 == elsewhere.call("GET", "/content/v1/users", key=elsewhere.full).status_code
    assert 404 == elsewhere.call("GET", USERS, key=elsewhere.full).status_code
    for path in ("/admin/content-api/routes", "/users-permissions/routes"):
        listed = elsewhere.call("GET", path, key=elsewhere.root).json()
        groups = listed.get("data") or listed["routes"]
        assert all(route["path"].startswith("/content/v1/") for group in groups.values() for route in group), path
