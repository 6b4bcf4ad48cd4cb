from __future__ import annotations

import time

import pytest

from tessera.web.patterns import is_email, is_link, is_uuid, length


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("root@example.com", True),
        ("a+b.c@x-y.example.co", True),
        ("élan@exämple.fr", True),
        ('"a b"@example.com', True),
        ('"ab"@example.com', True),
        ("root@", False),
        ("root", False),
        ("root@example", False),
        ("root@.com", False),
        ("root@example.c1", False),
        ("a..b@example.com", False),
        ("a@b@example.com", False),
        ("root@example.com\n", False),
    ],
)
def test_addresses_are_judged_as_the_reference_judges_them(text: str, expected: bool) -> None:
    """
    An e-mail address has a name, and a domain with a dot whose last part begins and ends with a letter.
    """
    assert expected == is_email(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/hook?x=1", True),
        ("http://localhost:1337/x", True),
        ("https://user:pw@example.com", True),
        ("ftp://127.0.0.1", True),
        ("rebuild", False),
        ("file:///etc/passwd", False),
        ("HTTP://example.com", False),
        ("https://exa mple.com", False),
        ("https://example.com:1", False),
        ("https://-a.com", False),
        ("http://[::1]/", False),
    ],
)
def test_links_are_judged_as_the_reference_judges_them(text: str, expected: bool) -> None:
    """
    The address of a webhook has a scheme, a host, and perhaps a port.
    """
    assert expected == is_link(text)


def test_uuids_have_a_version() -> None:
    """
    Versions 1 to 5 and the empty UUID count.
    """
    assert is_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    assert is_uuid("00000000-0000-0000-0000-000000000000")
    assert not is_uuid("6ba7b810-9dad-91d1-80b4-00c04fd430c8")
    assert not is_uuid("phone")


def test_lengths_are_counted_as_javascript_counts_them() -> None:
    """
    A character beyond the basic plane is two units.
    """
    assert (1, 2) == (length("é"), length("🦀"))


@pytest.mark.parametrize(
    "text",
    [
        "a@" + "a.-" * 200_000,
        "a." * 200_000 + "@x.y",
        '"' + "a\\" * 200_000,
        "http://" + "a-" * 200_000,
        "h://" + "a@" * 200_000,
    ],
)
def test_no_text_takes_long_to_judge(text: str) -> None:
    """
    The time grows with the length and no faster.
    """
    started = time.process_time()
    is_email(text)
    is_link(text)

    assert time.process_time() - started < 1
