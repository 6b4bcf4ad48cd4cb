import io
import os
from pathlib import Path

import pytest

from tessera.storage.local import Local, write_staged
from tessera.storage.media_types import is_shown, media_type_of


def test_a_file_is_found_as_it_was_added(tmp_path: Path) -> None:
    """
    The folder is made with its first file.
    """
    local = Local(tmp_path / "public" / "uploads")
    local.add("logo_0123456789.png", b"pixels")
    found = local.find("logo_0123456789.png")

    assert found is not None
    assert (b"pixels", 6) == (found.path.read_bytes(), found.size)
    assert abs(found.modified / 1000 - found.path.stat().st_mtime) < 1


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    """
    A second file of the same name is refused, and the first one stays.
    """
    local = Local(tmp_path)
    local.add("a.png", b"first")
    with pytest.raises(FileExistsError):
        local.add("a.png", b"second")

    assert b"first" == (tmp_path / "a.png").read_bytes()


def test_a_link_that_is_there_is_not_written_through(tmp_path: Path) -> None:
    """
    Not even one whose target is missing.
    """
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "a.png").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        Local(folder).add("a.png", b"x")

    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".env", "../a", "a/b", "a\\b", "/etc/x", "a\0b", "a b", "é", "a\n", "-a", "a" * 256]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """
    Names are letters, digits, dots, dashes and underscores, and no hidden file's.
    """
    folder = tmp_path / "uploads"
    with pytest.raises(ValueError, match="No file may be named"):
        Local(folder).add(name, b"x")
    Local(folder).remove(name)

    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "a.png/",
        "/a.png",
        "../secret.txt",
        "in/../../secret.txt",
        "in/../a.png",
        "./a.png",
        ".hidden",
        "in/.hidden",
        "..\\secret.txt",
        "a\0.png",
        "C:/a.png",
        "in",
        "out/secret.txt",
        "way.txt",
        "nothing.png",
        "a" * 300,
        "/".join("a" * 5000),
    ],
)
def test_what_is_hidden_or_lies_elsewhere_is_not_found(tmp_path: Path, path: str) -> None:
    """
    No way up, no hidden file, no folder, and no link that leads out of the folder.
    """
    folder = tmp_path / "uploads"
    (folder / "in").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("a.png", ".hidden", "in/.hidden", "in/b.png"):
        (folder / name).write_text("x")
    (folder / "out").symlink_to(tmp_path)
    (folder / "way.txt").symlink_to(tmp_path / "secret.txt")

    assert Local(folder).find(path) is None
    assert Local(folder).find("in/b.png") is not None


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """
    Deployments keep uploads on another disk.
    """
    (tmp_path / "disk").mkdir()
    (tmp_path / "uploads").symlink_to(tmp_path / "disk")
    local = Local(tmp_path / "uploads")
    local.add("a.png", b"x")

    assert local.find("a.png") is not None
    assert (tmp_path / "disk" / "a.png").exists()


def test_nothing_is_found_where_there_is_no_folder(tmp_path: Path) -> None:
    """
    A project without files has no folder for them.
    """
    assert Local(tmp_path / "missing").find("a.png") is None


def test_what_only_the_system_can_read_is_no_file(tmp_path: Path) -> None:
    """
    A pipe would be waited for.
    """
    os.mkfifo(tmp_path / "pipe.txt")

    assert Local(tmp_path).find("pipe.txt") is None


def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(tmp_path: Path) -> None:
    """
    Only the file of that name goes.
    """
    local = Local(tmp_path)
    local.add("a.png", b"x")
    local.add("b.png", b"x")
    local.remove("a.png")
    local.remove("a.png")

    assert [tmp_path / "b.png"] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.js", "x.mjs", "x.css", "x.swf", "x.wasm", "x", "x.nobodyknows"])
def test_what_a_page_could_be_made_to_run_is_served_as_nothing_known(name: str) -> None:
    """
    Scripts and styles that somebody has uploaded are no part of the site.
    """
    assert "application/octet-stream" == media_type_of(name)


@pytest.mark.parametrize("name", ["x.html", "x.htm", "x.xhtml", "x.xml", "x.png.html", "x.exe", "x.js", "x"])
def test_what_a_browser_would_open_as_a_page_is_not_shown(name: str) -> None:
    """
    It is handed out as a download.
    """
    assert not is_shown(media_type_of(name))


@pytest.mark.parametrize(
    ("name", "media"), [("A.PNG", "image/png"), ("a.b.pdf", "application/pdf"), ("a.svg", "image/svg+xml")]
)
def test_known_files_are_served_as_what_they_are(name: str, media: str) -> None:
    """
    The ending decides, in small or capital letters.
    """
    assert media == media_type_of(name)


def test_what_is_staged_is_not_served_and_gone_at_the_end(tmp_path: Path) -> None:
    """
    A file that nobody has decided to keep leaves nothing behind.
    """
    local = Local(tmp_path / "uploads")
    with local.staging() as folder:
        write_staged(io.BytesIO(b"content"), folder / "0")
        found = local.find(f"{folder.name}/0")

    assert found is None
    assert [] == list((tmp_path / "uploads").iterdir())


def test_a_staged_file_is_kept_under_its_new_name(tmp_path: Path) -> None:
    """
    And nothing that has the name already is written over.
    """
    local = Local(tmp_path)
    with local.staging() as folder, local.moving() as moves:
        for name in ("0", "1"):
            write_staged(io.BytesIO(name.encode()), folder / name)
        moves.add(folder / "0", "a.png")
        with pytest.raises(FileExistsError):
            moves.add(folder / "1", "a.png")

    assert b"0" == (tmp_path / "a.png").read_bytes()


def test_everything_goes_back_when_the_work_fails(tmp_path: Path) -> None:
    """
    New files go, and those that were replaced are there again.
    """
    local = Local(tmp_path)
    local.add("old.png", b"old")
    with local.staging() as folder:
        for name in ("0", "1"):
            write_staged(io.BytesIO(b"new"), folder / name)
        with pytest.raises(LookupError):
            _move_and_fail(local, folder)

    assert {"old.png": b"old"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_what_a_crash_has_left_is_forgotten_after_a_while(tmp_path: Path) -> None:
    """
    What is still being sent stays.
    """
    local = Local(tmp_path)
    (tmp_path / ".incoming-1").mkdir()
    os.utime(tmp_path / ".incoming-1", (1, 1))
    (tmp_path / ".incoming-2").mkdir()
    local.forget_staged(older_than=100)

    assert [tmp_path / ".incoming-2"] == list(tmp_path.iterdir())


def _move_and_fail(local: Local, folder: Path) -> None:
    with local.moving() as moves:
        moves.add(folder / "0", "new.png")
        moves.replace(folder / "1", "old.png")
        raise LookupError
