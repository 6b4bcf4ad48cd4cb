import logging
import re
from pathlib import Path

import pytest

from tests.features.backend import PASSWORD, Backend
from tests.features.end_users.people import REGISTER, People, told

CONFIRM = "/api/auth/email-confirmation"
AGAIN = "/api/auth/send-email-confirmation"
EVE = {"username": "eve", "email": "eve@example.com", "password": PASSWORD}


def code_of(people: People) -> str:
    """Return the code that was sent last."""
    return str(people.backend.read("SELECT confirmation_token FROM up_users WHERE username = 'eve'")[0][0])


@pytest.fixture
def confirming(people: People) -> People:
    """Return the people of a site where addresses have to be confirmed, one of whom has still to do so."""
    people.advanced(email_confirmation=True, email_confirmation_redirection="https://site.example/welcome")
    answer = people.call("POST", REGISTER, EVE)
    assert answer.json().keys() == {"user"}
    return people


def test_an_address_is_confirmed_once_and_then_lets_in(confirming: People) -> None:
    """
    Nobody signs in before; the link leads on to the site.
    """
    assert (400, "Your account email is not confirmed") == told(confirming.sign_in())
    code = code_of(confirming)
    answer = confirming.call("GET", f"{CONFIRM}?confirmation={code}")

    assert (302, "https://site.example/welcome") == (answer.status_code, answer.headers["location"])
    assert 200 == confirming.sign_in().status_code
    assert (400, "Invalid token") == told(confirming.call("GET", f"{CONFIRM}?confirmation={code}"))


def test_f45_whoever_was_in_is_out_until_it_confirms(people: People) -> None:
    """
    When the project begins to ask for it; those who have confirmed stay.
    """
    first, other = people.register()["jwt"], people.register("bob")["jwt"]
    people.backend.execute("UPDATE up_users SET confirmed = 0 WHERE username = 'eve'")
    assert people.is_in(first)
    people.advanced(email_confirmation=True)

    assert [False, True] == [people.is_in(jwt) for jwt in (first, other)]


@pytest.mark.parametrize("odd", ["", "x", "%00", "a" * 39, "A" * 40, "a" * 40, "a" * 4000, "null"])
def test_f50_what_is_no_code_confirms_nobody(confirming: People, odd: str) -> None:
    """
    Nor does the absence of one, though accounts that have confirmed have none.
    """
    confirming.backend.execute("UPDATE up_users SET confirmation_token = NULL")
    answers = [confirming.call("GET", f"{CONFIRM}?{query}={odd}") for query in ("confirmation", "confirmation[]", "x")]

    assert [400] * 3 == [answer.status_code for answer in answers]
    assert [(0,)] == confirming.backend.read("SELECT confirmed FROM up_users")


def test_a_link_that_is_sent_again_makes_the_first_void(confirming: People) -> None:
    """
    And is not sent to those who have confirmed or are blocked.
    """
    first = code_of(confirming)
    assert {"email": "eve@example.com", "sent": True} == confirming.call(
        "POST", AGAIN, {"email": "EVE@example.com"}
    ).json()

    assert (400, "Invalid token") == told(confirming.call("GET", f"{CONFIRM}?confirmation={first}"))
    assert 302 == confirming.call("GET", f"{CONFIRM}?confirmation={code_of(confirming)}").status_code
    assert (400, "Already confirmed") == told(confirming.call("POST", AGAIN, {"email": "eve@example.com"}))
    assert {"email": "x@example.com", "sent": True} == confirming.call("POST", AGAIN, {"email": "x@example.com"}).json()


def test_whoever_develops_reads_the_message_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """
    With the link that confirms.
    """
    backend = Backend(tmp_path, develop=True)
    people = People(backend)
    people.advanced(email_confirmation=True)
    with caplog.at_level(logging.INFO, "tessera.mail"):
        people.call("POST", REGISTER, EVE)
    backend.close()

    link = re.search(r"http://\S+/api/auth/email-confirmation\?confirmation=[0-9a-f]{40}", caplog.text)
    assert "eve@example.com" in caplog.text
    assert link is not None
