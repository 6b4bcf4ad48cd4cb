from pathlib import Path

import pytest

from tessera.errors import ConfigurationError
from tessera.storage.schema_files import Stamp, companions, inside, replace_files, stamp_of

OLD, NEW = "src/components/old/a.json", "src/components/new/b.json"


def project(folder: Path) -> Path:
    """Make a project with one file."""
    (folder / OLD).parent.mkdir(parents=True)
    (folder / OLD).write_text("old")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Return every file and folder below the sources."""
    found = sorted((folder / "src").rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "" for path in found}


def test_files_are_written_and_removed_and_empty_folders_go(tmp_path: Path) -> None:
    """
    Once they are to stay, nothing else is left beside them.
    """
    folder = project(tmp_path)
    replace_files(folder, {NEW: "new"}, [OLD]).keep()

    assert {"src/components": "", "src/components/new": "", NEW: "new"} == texts(folder)


def test_what_is_undone_was_never_there(tmp_path: Path) -> None:
    """
    Old texts and folders are back, new ones are gone.
    """
    folder = project(tmp_path)
    before = texts(folder)
    replace_files(folder, {NEW: "new", OLD: "changed"}, []).undo()
    changed = texts(folder)
    replace_files(folder, {NEW: "new"}, [OLD]).undo()

    assert before == changed
    assert before == texts(folder)


def test_whoever_watches_is_told_before_what_is_seen_afterwards(tmp_path: Path) -> None:
    """
    The state of each file as it will be, and nothing for one that goes.
    """
    folder = project(tmp_path)
    told: list[dict[Path, Stamp | None]] = []
    seen: list[bool] = []

    def announce(files: object) -> None:
        told.append(dict(files))  # type: ignore[call-overload]
        seen.append((folder / NEW).exists())

    replace_files(folder, {NEW: "new"}, [OLD], announce)

    assert [{folder / NEW: stamp_of(folder / NEW), folder / OLD: None}] == told
    assert [False] == seen


def test_one_file_that_cannot_be_written_leaves_all_as_they_were(tmp_path: Path) -> None:
    """
    A folder stands where a file is to be.
    """
    folder = project(tmp_path)
    (folder / NEW).mkdir(parents=True)
    before = texts(folder)

    with pytest.raises(OSError, match=r"b\.json"):
        replace_files(folder, {OLD: "changed", NEW: "new", "src/components/c/d.json": "x"}, [])
    assert before == texts(folder)


@pytest.mark.parametrize(
    "name", ["../x.json", "src/../x.json", "src/a/../../../x.json", "/etc/x.json", "config/x.json", "src", "", "src/.."]
)
def test_only_files_of_the_sources_are_touched(tmp_path: Path, name: str) -> None:
    """
    A path that leads out is refused before anything happens.
    """
    folder = project(tmp_path)

    with pytest.raises(ConfigurationError):
        inside(folder, name)
    with pytest.raises(ConfigurationError):
        replace_files(folder, {NEW: "new"}, [name])
    assert not (folder / NEW).exists()


@pytest.mark.parametrize("link", ["src/components/old", "src/components/old/b.json"])
def test_links_are_not_followed(tmp_path: Path, link: str) -> None:
    """
    Neither one in the place of a folder nor one in that of a file.
    """
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "project"
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(outside if link.endswith("old") else outside / "x.json")

    with pytest.raises(ConfigurationError):
        replace_files(folder, {"src/components/old/b.json": "x"}, [])
    assert [] == list(outside.iterdir())


def test_the_code_of_a_type_is_what_carries_its_name(tmp_path: Path) -> None:
    """
    Other files of its API stay where they are.
    """
    for name in ("routes/book.js", "controllers/book.ts", "controllers/shelf.js", "services/book.js", "book.js"):
        path = tmp_path / "src/api/book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    expected = ["controllers/book.ts", "routes/book.js", "services/book.js"]

    assert [f"src/api/book/{name}" for name in expected] == companions(tmp_path, "book", "book")
