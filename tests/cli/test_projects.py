from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command


def test_new_makes_a_project_that_is_whole(tessera: Command, tmp_path: Path) -> None:
    """
    A new project has a content type, and secrets that nobody else can read.
    """
    made = tessera("new", tmp_path / "site")

    assert made.code == 0
    assert (tmp_path / "site/src/api/article/content-types/article/schema.json").is_file()
    assert (tmp_path / "site/.gitignore").is_file()
    assert oct((tmp_path / "site/.env").stat().st_mode & 0o777) == "0o600"


def test_new_names_the_folder_to_programs(tessera: Command, tmp_path: Path) -> None:
    """
    `new --json` prints where the project is, and nothing else.
    """
    assert tessera("new", tmp_path / "site", "--json").json == {"folder": str(tmp_path / "site")}


def test_new_touches_nothing_that_is_there(tessera: Command, tmp_path: Path) -> None:
    """
    A folder that is not empty is refused and stays as it is.
    """
    (tmp_path / "mine").write_text("mine")
    refused = tessera("new", tmp_path)

    assert refused.code == 1
    assert "is not empty" in refused.err
    assert [tmp_path / "mine"] == list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [("doctor",), ("openapi",), ("start",), ("develop",)], ids=" ".join)
def test_a_folder_that_is_no_project_is_left_alone(words: tuple[str, ...], tessera: Command, tmp_path: Path) -> None:
    """
    A command in a wrong folder says so, ends with 2, and writes nothing there.
    """
    (tmp_path / "notes.txt").write_text("")
    refused = tessera(*words, tmp_path)

    assert refused.code == 2
    assert "is no project" in refused.err
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_missing_is_named(tessera: Command, tmp_path: Path) -> None:
    """
    A folder that is not there is named.
    """
    refused = tessera("admin", "list", "--project", tmp_path / "nowhere")

    assert (refused.code, refused.out) == (2, "")
    assert f"There is no folder {tmp_path / 'nowhere'}" in refused.err


def test_openapi_describes_the_routes(tessera: Command, site: Path) -> None:
    """
    `openapi` prints a document of OpenAPI 3.1 with the routes of the Admin API.
    """
    document = tessera("openapi", site).json

    assert document["openapi"] == "3.1.0"
    assert "/admin/login" in document["paths"]
