from __future__ import annotations

import re
from pathlib import Path

import pytest

from tessera.schema.attributes.registry import TYPES
from tests.docs.generated import ROOT, catalogue, command_paths, error_kinds, pages, written
from tests.docs.settings_keys import Key, setting_keys

DOCS = ROOT / "docs"
STRUCTURAL = "relation", "media", "component", "dynamiczone"


def read(name: str) -> str:
    """Return a page."""
    return (DOCS / name).read_text("utf-8")


def section_of(key: Key) -> str:
    """Return what the page of settings says of a file."""
    found = re.search(
        rf"^## config/{key.file}\.toml\n(.*?)(?=^## |\Z)", read("configuration.md"), re.DOTALL | re.MULTILINE
    )
    assert found is not None, key.file
    return found[1]


def place_of(key: Key) -> str:
    """Return the row that tells of a setting, or the paragraph of those without effect."""
    section = section_of(key)
    rows = [line for line in section.splitlines() if line.startswith("| ") and f"`{key.path}`" in line.split(" | ")[0]]
    paragraphs = [
        part for part in section.split("\n\n") if part.startswith("Without effect") and f"`{key.path}`" in part
    ]
    return next(iter((*rows, *paragraphs)), "")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_generated_parts_are_as_the_code_has_them(page: Path) -> None:
    """
    What a page takes from the code is what the code says now; `python -m tests.docs.generate` brings it up to date.
    """
    text = page.read_text("utf-8")

    assert written(text) == text


@pytest.mark.parametrize("key", setting_keys(), ids=lambda key: f"{key.file}: {key.path}")
def test_every_setting_is_explained(key: Key) -> None:
    """
    Every key that a file of settings may hold has its place on the page, with the variable that sets it.
    """
    place = place_of(key)

    assert place
    assert key.variable is None or f"`{key.variable}`" in place


def test_no_other_setting_is_explained() -> None:
    """
    The page explains no key that nothing reads.
    """
    known = {(key.file, key.path) for key in setting_keys()}
    explained = {
        (file, path)
        for file, section in re.findall(
            r"^## config/(\w+)\.toml\n(.*?)(?=^## |\Z)", read("configuration.md"), re.DOTALL | re.MULTILINE
        )
        for row in re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE)
        for path in re.findall(r"`([^`]+)`", row)
    }

    assert set() == explained - known


def test_every_action_is_listed() -> None:
    """
    Every action of the catalogue stands on the page of roles.
    """
    page = read("roles.md")

    assert [] == [action.uid for action in catalogue() if f"`{action.uid}`" not in page]


def test_every_command_is_listed() -> None:
    """
    Every command stands on the page of commands.
    """
    page = read("commands.md")

    assert [] == [path for path in command_paths() if f"## `tessera {' '.join(path)}" not in page]


def test_every_error_is_listed() -> None:
    """
    Every error that a client may see stands on the page of errors.
    """
    page = read("errors.md")

    assert [] == [kind.name for kind in error_kinds() if f"`{kind.name}`" not in page]


def test_every_attribute_type_is_listed() -> None:
    """
    Every attribute type, and no other, has a row on the page of content types.
    """
    rows = re.findall(r"^\| `(\w+)` \|", read("content-types.md"), re.MULTILINE)

    assert {*TYPES, *STRUCTURAL} == set(rows)
