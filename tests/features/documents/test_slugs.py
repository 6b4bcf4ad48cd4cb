"""Identifiers made from titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.features.documents.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello World", "hello-world"),
        ("  spaces  around ", "spaces-around"),
        ("Crème Brûlée", "creme-brulee"),
        ("myGreatTitle", "my-great-title"),
        ("HTMLParser", "html-parser"),
        ("Straße", "strasse"),
        ("a & b", "a-and-b"),
        ("", ""),
    ],
)
def test_a_title_becomes_part_of_an_address(text: str, expected: str) -> None:
    """
    Letters lose their marks, words are parted by hyphens, and signs are spelled or dropped.
    """
    assert expected == slug(text)


@given(st.text())
def test_every_text_becomes_safe(text: str) -> None:
    """
    An identifier has lower case letters, digits and single hyphens between them, and nothing else.
    """
    made = slug(text)

    assert made == "-".join(part for part in made.split("-") if part)
    assert all(
        character.isascii() and (character.isdigit() or character.islower()) for character in made.replace("-", "")
    )
    assert made == slug(made)
