import time

import pytest

from tessera.identity.passwords import hash_password, verify_password

# Made by the reference's library; it cuts passwords off at 72 bytes.
OF_REFERENCE = "$2a$04$CLd7Dj2HrQdO4g4W3BO8G.N1lHaoy6Oi6OtXpClH3JxpfBxa5zjFC"
OF_80_LETTERS = "$2a$04$D.UsISs5ks4zTcc.YuJAiOXjB3wGlNsaimmEI9GQu7uY0tvW159oC"


def test_a_password_is_hashed_as_the_reference_hashes_it() -> None:
    """
    The hash begins with `$2a$10$`, has 60 characters, and verifies its password only.
    """
    hashed = hash_password("Passw0rd!")

    assert hashed.startswith("$2a$10$")
    assert 60 == len(hashed)
    assert verify_password("Passw0rd!", hashed)
    assert not verify_password("passw0rd!", hashed)


def test_hashes_of_the_reference_verify() -> None:
    """
    An administrator of the reference signs in with the same password, also if it was cut off.
    """
    assert verify_password("Passw0rd! é", OF_REFERENCE)
    assert verify_password("x" * 80, OF_80_LETTERS)
    assert not verify_password("x" * 71, OF_80_LETTERS)


def test_a_password_of_72_bytes_is_the_longest() -> None:
    """
    What bcrypt would cut off is refused; bytes count, not letters.
    """
    assert verify_password("é" * 36, hash_password("é" * 36, cost=4))
    with pytest.raises(ValueError, match="72"):
        hash_password("é" * 37)


@pytest.mark.parametrize("password", ["", "\x00", "a\x00b", "\ud800", "x" * 100_000])
def test_f50_odd_passwords_verify_nothing(password: str) -> None:
    """
    Empty, odd and endless texts are wrong passwords and break nothing.
    """
    assert not verify_password(password, OF_REFERENCE)
    assert not verify_password(password, None)


@pytest.mark.parametrize("stored", [None, "", "plain", "$2a$10$short", "$2a$99$" + "x" * 53])
def test_f60_nobodys_password_takes_as_long_as_anybodys(stored: str | None) -> None:
    """
    Without a usable hash the same work is done, so that the time does not tell who exists.
    """
    hashed = hash_password("Passw0rd!")
    known, unknown = min(_taken(hashed) for _ in range(3)), min(_taken(stored) for _ in range(3))

    assert known / 2 < unknown < known * 2


def _taken(stored: str | None) -> float:
    started = time.process_time()
    verify_password("Wr0ngword", stored)
    return time.process_time() - started
