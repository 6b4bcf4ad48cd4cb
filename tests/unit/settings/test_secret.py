import pickle

import pytest

from tessera.settings import Secret, load
from tests.unit.settings.test_load import CONFORMANCE, SECRETS


def test_a_secret_prints_as_dots() -> None:
    """
    No way of printing a secret shows its text.
    """
    secret = Secret("hidden")

    assert not [shown for shown in (repr(secret), str(secret), f"{secret:>20}", f"{secret!r}") if "hidden" in shown]


def test_settings_print_without_their_secrets() -> None:
    """
    Settings can be logged: their secrets are dots.
    """
    shown = repr(load(CONFORMANCE, SECRETS, "production"))

    assert not [text for text in ("signing", "encryption", "first", "users") if f"'{text}'" in shown]


def test_a_secret_is_compared_by_its_text() -> None:
    """
    Equal texts make equal secrets, and a text is not a secret.
    """
    assert Secret("é") == Secret("é")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_a_secret_is_not_written_anywhere() -> None:
    """
    Pickling a secret is an error.
    """
    with pytest.raises(TypeError, match="not written"):
        pickle.dumps(Secret("hidden"))
