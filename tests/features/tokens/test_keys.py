"""What is known of a key, and to whom."""

from __future__ import annotations

import json

import pytest

from tessera.identity.secrets import parse_key
from tests.features.newsroom import AUTHOR, READ, may
from tests.features.tokens.office import Office

LIST = "/admin/admin-tokens"


def test_a_new_key_has_a_recognisable_form(office: Office) -> None:
    """
    A key starts with its kind and ends with a checksum, so that scanners find leaks.
    """
    key = office.token(office.root)["accessKey"]

    assert key.startswith("tsa_")
    assert parse_key(key) is not None
    assert parse_key(key[:-1] + ("a" if key[-1] != "a" else "b")) is None


def test_a_malformed_key_is_refused_without_a_look_up(office: Office) -> None:
    """
    A key whose checksum is wrong never reaches the database.
    """
    key = office.token(office.root)["accessKey"]
    with office.backend.traced() as statements:
        answer = office.backend.call("GET", LIST, key=key[:-3] + "zzz")

    assert 401 == answer.status_code
    assert [] == statements


def test_f53_a_key_is_shown_once(office: Office) -> None:
    """
    After its creation no answer holds a key, for nobody, and the database holds only its digest.
    """
    made = office.token(office.root, may(READ, AUTHOR))
    key, path = made["accessKey"], f"{LIST}/{made['id']}"
    answers = [
        office.backend.call("GET", LIST, key=office.root),
        office.backend.call("GET", path, key=office.root),
        office.backend.call("PUT", path, {"name": "Renamed"}, key=office.root),
        office.backend.call("GET", "/admin/api-tokens", key=office.root),
        office.backend.call("DELETE", path, key=office.root),
    ]
    row = office.backend.read("SELECT access_key, encrypted_key FROM strapi_api_tokens WHERE kind = 'admin'")

    assert not [answer for answer in answers if key in answer.text or '"accessKey"' in answer.text]
    assert [] == row


def test_f53_no_copy_of_an_admin_key_is_kept(office: Office) -> None:
    """
    The encryption key makes API tokens readable again, admin tokens never.
    """
    made = office.token(office.root)
    regenerated = office.backend.call("POST", f"{LIST}/{made['id']}/regenerate", key=office.root).json()["data"]
    (stored,) = office.backend.read("SELECT access_key, encrypted_key FROM strapi_api_tokens WHERE kind = 'admin'")

    assert None is stored[1]
    assert regenerated["accessKey"] not in json.dumps(stored)
    assert 128 == len(stored[0])


def test_f42_a_token_without_a_kind_is_an_api_token(office: Office) -> None:
    """
    Rows from before there were kinds are API tokens, and open no admin route.
    """
    key = office.token(office.root)["accessKey"]
    office.backend.execute("UPDATE strapi_api_tokens SET kind = NULL WHERE name = 'Key'")
    listed = office.backend.call("GET", "/admin/api-tokens", key=office.root).json()["data"]

    assert 401 == office.backend.call("GET", LIST, key=key).status_code
    assert "Key" in [token["name"] for token in listed]


@pytest.mark.parametrize("lifespan", [7, 30, 90])
def test_a_key_opens_nothing_after_its_life(office: Office, lifespan: int) -> None:
    """
    A token that has expired is refused, and is still listed.
    """
    day = 24 * 60 * 60 * 1000
    key = office.token(office.root, lifespan=lifespan * day)["accessKey"]
    office.backend.clock.ahead = lifespan * day - 60_000
    before = office.backend.call("GET", "/admin/users/me", key=key).status_code
    office.backend.clock.ahead = lifespan * day + 60_000

    assert (200, 401) == (before, office.backend.call("GET", "/admin/users/me", key=key).status_code)


def test_the_use_of_a_key_is_noted_at_most_once_an_hour(office: Office) -> None:
    """
    The first use and the first one after an hour write; the ones between do not.
    """
    key = office.token(office.root)["accessKey"]
    read = "SELECT last_used_at FROM strapi_api_tokens WHERE name = 'Key'"

    def use() -> int:
        office.backend.call("GET", "/admin/users/me", key=key)
        return int(office.backend.read(read)[0][0])

    first, second = use(), use()
    office.backend.clock.ahead = 61 * 60 * 1000
    third = use()

    assert first == second
    assert third >= first + 60 * 60 * 1000
