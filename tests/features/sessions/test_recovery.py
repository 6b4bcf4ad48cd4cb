import logging
import re

import pytest

from tests.features.backend import PASSWORD, Backend

NEW = "N3wpassword"
LINK = re.compile(r"http://\S+/admin/auth/reset-password\?code=([0-9a-f]{40})")


def ask(backend: Backend, email: str = "root@example.com") -> int:
    """Ask for a link."""
    return backend.call("POST", "/admin/forgot-password", {"email": email}).status_code


def code_of(backend: Backend) -> str:
    """Return the code that was sent last."""
    (row,) = backend.read("SELECT reset_password_token FROM admin_users WHERE id = 1")
    return str(row[0])


def reset(backend: Backend, code: str) -> tuple[int, str | None]:
    """Choose a new password; return the status and the message of a refusal."""
    answer = backend.call("POST", "/admin/reset-password", {"resetPasswordToken": code, "password": NEW})
    return answer.status_code, answer.json().get("error", {}).get("message")


def test_f47_a_reset_sets_the_password_once_and_ends_all_sessions(backend: Backend, root: str) -> None:
    """
    The link works once, signs in and ends every older session; admin tokens go on, as keys of their own.
    """
    key = backend.admin_token(1)
    ask(backend)
    code = code_of(backend)
    answer = backend.call("POST", "/admin/reset-password", {"resetPasswordToken": code, "password": NEW})

    assert 200 == answer.status_code
    assert 200 == backend.call("GET", "/admin/users/me", key=answer.json()["data"]["token"]).status_code
    assert 401 == backend.call("GET", "/admin/users/me", key=root).status_code
    assert 200 == backend.call("GET", "/admin/users/me", key=key).status_code
    assert (400, "An application error occurred") == reset(backend, code)
    assert 400 == backend.sign_in("root@example.com", PASSWORD).status_code
    assert 200 == backend.sign_in("root@example.com", NEW).status_code


def test_a_link_is_good_for_an_hour(backend: Backend, root: str) -> None:
    """
    A late link is refused and forgotten.
    """
    ask(backend)
    code = code_of(backend)
    backend.clock.ahead = 3_601_000

    assert (400, "This reset password token has expired") == reset(backend, code)
    assert [(None, None)] == backend.read(
        "SELECT reset_password_token, reset_password_token_expires_at FROM admin_users WHERE id = 1"
    )


def test_a_token_without_an_end_is_refused(backend: Backend, root: str) -> None:
    """
    A row that some older server wrote without an expiry resets nothing.
    """
    backend.execute("UPDATE admin_users SET reset_password_token = ?1 WHERE id = 1", "a" * 40)

    assert (400, "This reset password token has expired") == reset(backend, "a" * 40)


@pytest.mark.parametrize(("column", "value"), [("is_active", 0), ("blocked", 1)])
def test_f45_who_may_not_sign_in_resets_nothing(backend: Backend, root: str, column: str, value: int) -> None:
    """
    Neither a new link nor one sent before works for somebody inactive or blocked.
    """
    ask(backend)
    code = code_of(backend)
    backend.change(1, **{column: value})

    assert (400, "An application error occurred") == reset(backend, code)
    assert 204 == ask(backend)
    assert code == code_of(backend)


def test_f60_asking_does_the_same_work_for_known_and_unknown_addresses(backend: Backend, root: str) -> None:
    """
    Both answers are the same and both write a row, so neither content nor time tells who has an account.
    """
    with backend.traced() as known:
        first = ask(backend)
    with backend.traced() as unknown:
        second = ask(backend, "ghost@example.com")

    assert [204, 204] == [first, second]
    assert 1 == sum(text.startswith("UPDATE") for text in known) == sum(text.startswith("UPDATE") for text in unknown)


def test_the_link_is_logged_only_for_those_who_develop(
    backend: Backend, root: str, caplog: pytest.LogCaptureFixture
) -> None:
    """
    In production the log says that nothing was sent, without the link, the address or the token.
    """
    with caplog.at_level(logging.INFO, "tessera.mail"):
        ask(backend)

    assert 1 == len(caplog.records)
    assert "root@example.com" not in caplog.text
    assert code_of(backend) not in caplog.text


def test_f61_asking_is_limited_by_address(backend: Backend, root: str) -> None:
    """
    Nobody's mailbox is flooded: the sixth message within five minutes is refused.
    """
    statuses = [ask(backend, email) for email in ["root@example.com", "ROOT@example.com"] * 3 + ["ghost@example.com"]]

    assert [204, 400, 204, 400, 204, 429, 204] == statuses


def test_in_develop_the_link_is_logged(develop: Backend, caplog: pytest.LogCaptureFixture) -> None:
    """
    Whoever develops finds the link in the log.
    """
    develop.first_admin()
    with caplog.at_level(logging.INFO, "tessera.mail"):
        ask(develop)
    found = LINK.search(caplog.text)

    assert found is not None
    assert (200, None) == reset(develop, found[1])
