from typing import Any

import pytest

from tests.features.backend import PASSWORD
from tests.features.end_users.people import People, told

NEW = "N3wpassword"
FORGOT = "/api/auth/forgot-password"
RESET = "/api/auth/reset-password"
CHANGE = "/api/auth/change-password"
DAY = 24 * 60 * 60 * 1000
WRONG = (400, "Incorrect code provided")


def asked(people: People, email: str = "eve@example.com") -> str:
    """Ask for a new password and return the code that was sent."""
    assert {"ok": True} == people.call("POST", FORGOT, {"email": email}).json()
    return str(people.backend.read("SELECT reset_password_token FROM up_users WHERE username = 'eve'")[0][0])


def reset(people: People, code: Any, password: str = NEW) -> Any:  # noqa: ANN401 - any JSON
    """Choose a new password."""
    return people.call("POST", RESET, {"password": password, "passwordConfirmation": password, "code": code})


def test_f47_a_reset_sets_the_password_once_and_ends_what_was_signed_in(people: People) -> None:
    """
    Another's sign-in stays.
    """
    old, other = people.register()["jwt"], people.register("bob")["jwt"]
    code = asked(people)
    answer = reset(people, code)

    assert 128 == len(code)
    assert [True, False, True] == [people.is_in(jwt) for jwt in (answer.json()["jwt"], old, other)]
    assert WRONG == told(reset(people, code))
    assert [400, 200] == [people.sign_in("eve", sent).status_code for sent in (PASSWORD, NEW)]


def test_a_code_is_good_for_a_day_and_not_for_the_blocked(people: People) -> None:
    """
    The reference's codes never end; who is blocked may not choose a password to come back with.
    """
    people.register()
    code = asked(people)
    people.backend.clock.ahead = DAY + 1
    assert WRONG == told(reset(people, code))
    code = asked(people)
    people.backend.execute("UPDATE up_users SET blocked = 1")
    assert WRONG == told(reset(people, code))


def test_a_new_code_makes_the_first_void(people: People) -> None:
    """
    There is one at a time.
    """
    people.register()
    first, second = asked(people), asked(people)

    assert WRONG == told(reset(people, first))
    assert 200 == reset(people, second).status_code


@pytest.mark.parametrize(
    "odd", [{}, [], True, None, 5, "", "a" * 127, "A" * 128, "a" * 10_000, {"$ne": ""}, "a" * 127 + "\n"]
)
def test_f50_what_is_no_code_finds_nobody(people: People, odd: object) -> None:
    """
    It is not even looked up.
    """
    people.register()
    with people.backend.traced() as seen:
        answer = reset(people, odd)

    assert 400 == answer.status_code
    assert not any("up_users" in text for text in seen)


def test_f60_an_unknown_address_costs_as_much_as_a_known_one(people: People) -> None:
    """
    The same answer, and as many statements that write.
    """
    people.register()
    people.register("bob")
    people.backend.execute("UPDATE up_users SET blocked = 1 WHERE username = 'bob'")
    writes = []
    for name in ("eve", "ghost", "bob"):
        with people.backend.traced() as seen:
            answer = people.call("POST", FORGOT, {"email": f"{name}@example.com"})
        assert (200, b'{"ok":true}') == (answer.status_code, answer.content)
        writes.append([text.split()[0] for text in seen].count("UPDATE"))

    assert 1 == len(set(writes))
    assert [(None,)] == people.backend.read("SELECT reset_password_token FROM up_users WHERE username = 'bob'")


def test_f47_a_changed_password_ends_what_was_signed_in(people: People) -> None:
    """
    All of it but the sign-in that comes with the answer.
    """
    first = people.register()["jwt"]
    second = people.sign_in().json()["jwt"]
    body = {"currentPassword": PASSWORD, "password": NEW, "passwordConfirmation": NEW}
    new = people.call("POST", CHANGE, body, key=first).json()["jwt"]

    assert [False, False, True] == [people.is_in(jwt) for jwt in (first, second, new)]


def test_only_an_end_user_changes_a_password_of_its_own(people: People) -> None:
    """
    An API token holds the action and has no password; visitors do not hold it.
    """
    body = {"currentPassword": PASSWORD, "password": NEW, "passwordConfirmation": NEW}

    assert (400, "You must be authenticated to reset your password") == told(
        people.call("POST", CHANGE, body, key=people.full)
    )
    assert (403, "Forbidden") == told(people.call("POST", CHANGE, body))


def test_a_changed_password_is_as_long_as_any(people: People) -> None:
    """
    And another than the one before.
    """
    jwt = people.register()["jwt"]

    def change(password: str) -> tuple[int, str | None]:
        body = {"currentPassword": PASSWORD, "password": password, "passwordConfirmation": password}
        return told(people.call("POST", CHANGE, body, key=jwt))

    assert (400, "password must be at least 6 characters") == change("short")
    assert (400, "Password must be less than 73 bytes") == change("ä" * 37)
    assert (400, "Your new password must be different than your current password") == change(PASSWORD)
    assert people.is_in(jwt)
