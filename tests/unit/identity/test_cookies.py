import pytest

from tessera.identity.cookies import REFRESH, is_signed, sign_cookie
from tessera.settings import Secret

KEYS = (Secret("a2V5LW9uZS1mb3ItdGVzdHM="), Secret("a2V5LXR3by1mb3ItdGVzdHM="))
MADE = "-L8FAd3y2PeY7_at9QjSsoaEz9M"  # by the reference's library, for `strapi_admin_refresh=value`


def test_a_cookie_is_signed_as_the_reference_signs_it() -> None:
    """
    The companion's value is the reference's, made with the first key.
    """
    assert MADE == sign_cookie(REFRESH, "value", KEYS)
    assert is_signed(REFRESH, "value", MADE, KEYS)


def test_a_key_that_was_moved_back_still_counts() -> None:
    """
    A new first key does not sign anybody out.
    """
    assert is_signed(REFRESH, "value", MADE, (Secret("new"), *KEYS))
    assert not is_signed(REFRESH, "value", MADE, KEYS[1:])


@pytest.mark.parametrize(
    ("name", "value", "signature"),
    [
        (REFRESH, "value", ""),
        (REFRESH, "value", MADE + "="),
        (REFRESH, "value", MADE[:-1]),
        (REFRESH, "value", "é\ud800"),
        (REFRESH, "other", MADE),
        ("other", "value", MADE),
    ],
)
def test_a_signature_of_something_else_does_not_count(name: str, value: str, signature: str) -> None:
    """
    Name, value and signature belong together.
    """
    assert not is_signed(name, value, signature, KEYS)
