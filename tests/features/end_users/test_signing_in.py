import time
from typing import Any

import pytest

from tests.features.backend import PASSWORD
from tests.features.end_users.people import REGISTER, SIGN_IN, People, told

REFUSED = (400, "Invalid identifier or password")
SHOWN = {
    "id", "documentId", "username", "email", "provider", "confirmed", "blocked", "createdAt", "updatedAt", "publishedAt"
}  # fmt: skip
ODD: list[Any] = [{}, [], True, None, 5, "", {"$ne": ""}, ["eve"]]


def test_registering_opens_an_account_and_signs_in(people: People) -> None:
    """
    With the default role; nothing of the answer is secret, and the password is kept as a hash.
    """
    made = people.register()

    assert SHOWN == made["user"].keys()
    assert people.is_in(made["jwt"])
    (row,) = people.backend.read("SELECT provider, confirmed, blocked, reset_password_token, password FROM up_users")
    assert ("local", 1, 0, None) == row[:4]
    assert row[4].startswith("$2a$10$")
    assert [(people.role("authenticated"),)] == people.backend.read("SELECT role_id FROM up_users_role_lnk")


@pytest.mark.parametrize(
    "key",
    ["role", "confirmed", "blocked", "provider", "id", "documentId", "createdAt", "createdBy", "resetPasswordToken",
     "confirmationToken", "roles", "isActive", "kind", "__proto"],
)  # fmt: skip
def test_f20_nobody_says_more_of_itself_than_name_address_and_password(people: People, key: str) -> None:
    """
    Whatever else is sent is refused, and no account is opened.
    """
    body = {"username": "eve", "email": "eve@example.com", "password": PASSWORD, key: 1}

    assert (400, f"Invalid parameters: {key}") == told(people.call("POST", REGISTER, body))
    assert [] == people.backend.read("SELECT id FROM up_users")


def test_f20_what_settings_allow_to_say_is_still_no_role_and_no_secret(strict: People) -> None:
    """
    Of the keys that a project allows, those that are private, or no attributes, are overlooked.
    """
    more = {"blocked": True, "role": strict.role("public"), "resetPasswordToken": "a" * 128, "id": 77}
    body = {"username": "eve", "email": "eve@example.com", "password": PASSWORD, **more}

    assert 200 == strict.call("POST", REGISTER, body).status_code
    assert [(1, None, 1)] == strict.backend.read("SELECT id, reset_password_token, blocked FROM up_users")
    assert [(strict.role("authenticated"),)] == strict.backend.read("SELECT role_id FROM up_users_role_lnk")


def test_without_a_default_role_nobody_registers(people: People) -> None:
    """
    Rather than with no role, or another.
    """
    people.advanced(default_role="gone")
    body = {"username": "eve", "email": "eve@example.com", "password": PASSWORD}

    assert (400, "Impossible to find the default role") == told(people.call("POST", REGISTER, body))


@pytest.mark.parametrize("odd", ODD)
def test_f48_f50_what_is_no_text_is_no_credential(people: People, odd: object) -> None:
    """
    A name or password of any other kind is refused, and nobody is looked for.
    """
    with people.backend.traced() as seen:
        answers = [
            people.call("POST", SIGN_IN, {"identifier": odd, "password": PASSWORD}),
            people.call("POST", SIGN_IN, {"identifier": "eve", "password": odd}),
        ]

    assert [400, 400] == [answer.status_code for answer in answers]
    assert not any("up_users" in text for text in seen)


def test_f50_a_password_that_is_endless_is_wrong(people: People) -> None:
    """
    A long one is compared like any other and is no fault of the server.
    """
    people.register()

    assert [REFUSED, REFUSED] == [told(people.sign_in("eve", sent)) for sent in (PASSWORD * 10_000, f"{PASSWORD}\0")]


def test_f60_an_unknown_name_takes_as_long_as_a_wrong_password(people: People) -> None:
    """
    The time of a refusal does not tell who has an account, nor one without a password.
    """
    people.register()
    people.register("bob")
    people.backend.execute("UPDATE up_users SET password = NULL WHERE username = 'bob'")

    def fastest(name: str) -> float:
        times = []
        for attempt in range(5):
            started = time.process_time()
            body = {"identifier": name, "password": "Wr0ngword"}
            answer = people.call("POST", SIGN_IN, body, peer=f"203.0.113.{attempt}")
            times.append(time.process_time() - started)
            assert REFUSED == told(answer)
        return min(times)

    known, unknown, without = (fastest(name) for name in ("eve", "ghost", "bob"))

    assert 0.6 < unknown / known < 1.6
    assert 0.6 < without / known < 1.6


def test_an_account_of_another_provider_has_no_password_to_sign_in_with(people: People) -> None:
    """
    Even if its row has one.
    """
    people.register()
    people.backend.execute("UPDATE up_users SET provider = 'github'")

    assert REFUSED == told(people.sign_in())


@pytest.mark.parametrize(
    ("username", "email"), [("EVE@example.com", "other@example.com"), ("eve@example.com", "x@example.com")]
)
def test_nobody_is_called_what_is_anothers_address(people: People, username: str, email: str) -> None:
    """
    In whatever case, and whoever comes first.
    """
    body = {"username": username, "email": email, "password": PASSWORD}
    taken = (400, "Email or Username are already taken")
    people.register()
    assert taken == told(people.call("POST", REGISTER, body))
    people.backend.execute("DELETE FROM up_users")
    assert 200 == people.call("POST", REGISTER, body).status_code
    assert taken == told(
        people.call("POST", REGISTER, {"username": "eve", "email": "eve@example.com", "password": PASSWORD})
    )


SPELLINGS: list[dict[str, Any]] = [
    {},
    {"path": "/api/auth/local/"},
    {"path": "//api/auth/local"},
    {"path": "/API/auth/local"},
    {"path": "/api/auth/loc%61l"},
    {"path": "/api/auth/local?x=1"},
    {"headers": {"X-Forwarded-For": "198.51.100.7"}},
    {"body": {"email": "other@example.com"}},
    {"body": {"identifier": "other"}},
]


def test_f61_no_spelling_is_counted_apart(strict: People) -> None:
    """
    Neither another path form, nor what the body or a header says, gives more tries; another client has its own.
    """
    answers = []
    for spelling in SPELLINGS:
        body = {"identifier": "eve", "password": "wrong", **spelling.get("body", {})}
        path = spelling.get("path", SIGN_IN)
        answers.append(strict.call("POST", path, body, headers=spelling.get("headers")).status_code)

    assert [400, 400] == answers[:2]
    assert not {200, 400} & set(answers[2:])
    assert 429 == strict.sign_in().status_code
    assert 400 == strict.call("POST", SIGN_IN, {}, peer="198.51.100.8").status_code
    strict.backend.clock.ahead = 60_001
    assert REFUSED == told(strict.sign_in())


def test_f61_addresses_are_tried_apart_and_not_without_end(strict: People) -> None:
    """
    Each address as often as the settings say, and no client a hundred of them.
    """
    for attempt in range(100):
        people = strict.call("POST", REGISTER, {"email": f"{attempt}@example.com"})
        assert 400 == people.status_code

    assert 429 == strict.call("POST", REGISTER, {"email": "another@example.com"}).status_code
    other = [
        strict.call("POST", REGISTER, {"email": sent}, peer="198.51.100.9")
        for sent in ("A@x.org", " a@X.org ", "a@x.org")
    ]
    assert [400, 400, 429] == [answer.status_code for answer in other]


def test_signing_in_with_a_password_can_be_switched_off(people: People) -> None:
    """
    As the only provider there is; who is signed in already stays so.
    """
    jwt = people.register()["jwt"]
    providers = {"providers": {"email": {"enabled": False}}}
    assert 200 == people.call("PUT", "/users-permissions/providers", providers, key=people.root).status_code

    assert (400, "This provider is disabled") == told(people.sign_in())
    assert people.is_in(jwt)
