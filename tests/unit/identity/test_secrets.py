import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.identity.secrets import (
    BASE62,
    Key,
    KeyKind,
    decrypt,
    digest,
    encrypt,
    new_key,
    parse_key,
    random_token,
)
from tessera.runtime import SystemRandomness
from tessera.settings import Secret

RANDOMNESS = SystemRandomness()
SECRET = Secret("0123456789abcdef0123456789abcdef")
SALT = Secret("c2FsdC1mb3ItdGVzdHMtb25seQ==")

# A token that the reference made with the secret and the salt above.
DIGEST = (
    "ab00fe77b27ee8e8130986b4be153778d92c22a0957773dd81c93f1e81b6990f"
    "3eb95a9ad6cca089356454f646101320bba8a974e4f8dab5e4c21b554d5bb6d5"
)
COPY = (
    "v1:0ace47a3103e4916afae15909166fff3:94f10d666cbbf2bec2e2c760d1a9812e6a47846d863478a8c40354fe2c313a981ccc7ecf18ddf3f"
    "a73d2d259037f6bb6d5b00f2fb65bd2df313fefa7937c6ae933314ea301ec51a1a9ff9645002e69e48c2488e0b77bb4a7376f39adb4863e329a"
    "c3a19a468acc9ab6ddd1fc5e72b4450838cd05731c9520a59858b25eb2780e6b059b657e1a6c6cf841d80e1484e3b6fc4a5f64d093f4d71a4a3"
    "438d7ec79f4059cf34d52d6646eb38091f382c9c669a64a5a03085cd662d1eb1bd177a3e382d076560a3e2747dab39376961e43332985d039a8"
    "afb79190064f41c2c57a668765f4e9afcd87c81c339cfaf91d999c083c03d56c056fec0cfd263255bde3235d:"
    "403cb9ad33952f1d9d2bf77b5832f997"
)


@pytest.mark.parametrize(
    ("kind", "prefix"), [(KeyKind.ADMIN, "tsa"), (KeyKind.CONTENT, "tsc"), (KeyKind.TRANSFER, "tst")]
)
def test_a_key_says_what_it_opens(kind: KeyKind, prefix: str) -> None:
    """
    A new key is the prefix of its kind, 30 random characters of base 62 and six check digits, and is read as such.
    """
    key = new_key(kind, RANDOMNESS)

    assert re.fullmatch(rf"{prefix}_[0-9A-Za-z]{{30}}_[0-9A-Za-z]{{6}}", key)
    assert Key(kind, key) == parse_key(key)


def test_a_key_has_at_least_160_random_bits() -> None:
    """
    Nobody guesses a key, and no two are alike.
    """
    assert 160 <= 30 * (len(BASE62) - 1).bit_length() - 30 * (6 - 5.954)
    assert 1000 == len({new_key(KeyKind.ADMIN, RANDOMNESS) for _ in range(1000)})


@given(position=st.integers(0, 40), character=st.sampled_from(BASE62 + "_-é \x00"))
def test_a_mistyped_key_is_no_key(position: int, character: str) -> None:
    """
    Any single wrong character is found by the form or the check digits.
    """
    key = new_key(KeyKind.ADMIN, RANDOMNESS)
    mistyped = key[:position] + character + key[position + 1 :]

    assert mistyped == key or parse_key(mistyped) is None


@given(st.text())
def test_f50_other_texts_are_no_keys(text: str) -> None:
    """
    Whatever else is sent as a key is refused without looking it up.
    """
    assert parse_key(text) is None


@pytest.mark.parametrize(
    ("text", "is_key"),
    [("0a" * 128, True), ("0A" * 128, False), ("0" * 255, False), ("0" * 257, False), ("0" * 256 + "\n", False)],
)
def test_keys_of_the_reference_have_256_hexadecimal_digits(text: str, is_key: bool) -> None:
    """
    They say nothing of their kind, and are spelt in small letters.
    """
    assert (Key(None, text) if is_key else None) == parse_key(text)


def test_a_key_is_not_printed() -> None:
    """
    A parsed key can stand in an error message without being given away.
    """
    key = new_key(KeyKind.ADMIN, RANDOMNESS)

    assert key not in repr(parse_key(key))


def test_keys_of_the_reference_are_read_and_recognised() -> None:
    """
    What the reference encrypted is decrypted here, and its digest is the one that the reference kept.
    """
    key = decrypt(COPY, SECRET)

    assert key is not None
    assert parse_key(key) is not None
    assert digest(key, SALT) == DIGEST


@given(
    key=st.text(st.characters(exclude_categories=["Cs"])),
    secret=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_a_copy_gives_the_key_back(key: str, secret: str) -> None:
    """
    Keys of any length and encryption keys of any length go through.
    """
    copy = encrypt(key, Secret(secret), RANDOMNESS)

    assert copy is not None
    assert re.fullmatch(r"v1:[0-9a-f]{32}:[0-9a-f]*:[0-9a-f]{32}", copy)
    assert key == decrypt(copy, Secret(secret))


@pytest.mark.parametrize(
    "copy",
    [None, "", "v1", "v1:::", "v2" + COPY[2:], COPY[:-1], COPY[:-1] + "8", COPY + ":00", "v1:zz:zz:zz", "v1:00:00:00"],
)
def test_a_copy_that_is_none_gives_nothing(copy: str | None) -> None:
    """
    Altered, cut and foreign copies give no key instead of a wrong one.
    """
    assert decrypt(copy, SECRET) is None


def test_another_encryption_key_reads_nothing() -> None:
    """
    With another encryption key, or without one, nothing is read; without one, nothing is written.
    """
    assert decrypt(COPY, Secret("other")) is None
    assert decrypt(COPY, None) is None
    assert encrypt("key", None, RANDOMNESS) is None


def test_tokens_for_letters_are_40_hexadecimal_digits() -> None:
    """
    What goes into invitations and password letters has 160 random bits.
    """
    assert re.fullmatch("[0-9a-f]{40}", random_token(RANDOMNESS))
