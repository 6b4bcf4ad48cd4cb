"""How files are handed out."""

from pathlib import Path

import pytest

from tests.features.backend import Backend


@pytest.fixture
def folder(backend: Backend) -> Path:
    """Return the folder of the project's files, with some that the reference has left there."""
    uploads = backend.project.settings.server.public / "uploads"
    uploads.mkdir(parents=True)
    for name in ("photo_1.jpg", "page.html", "notes.txt", ".gitkeep", "drawing.svg", "drawing.xml", "data"):
        (uploads / name).write_text("content")
    (uploads / "in").mkdir()
    (uploads / "in" / "film 1.mp4").write_text("content")
    return uploads


@pytest.mark.parametrize(
    ("path", "media"),
    [("photo_1.jpg", "image/jpeg"), ("notes.txt", "text/plain; charset=utf-8"), ("in/film%201.mp4", "video/mp4")],
)
def test_files_that_are_there_are_served_as_what_they_are(
    backend: Backend, folder: Path, path: str, media: str
) -> None:
    """
    Also those in folders below, as the reference serves them.
    """
    answer = backend.call("GET", f"/uploads/{path}")

    assert (200, media, "content") == (answer.status_code, answer.headers["content-type"], answer.text)


@pytest.mark.parametrize("name", ["page.html", "data", "drawing.xml"])
def test_what_a_browser_would_run_is_handed_out_as_a_download(backend: Backend, folder: Path, name: str) -> None:
    """
    A page that somebody has uploaded is not opened in the name of the site.
    """
    answer = backend.call("GET", f"/uploads/{name}")

    assert "attachment" == answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"].split("; ")


def test_a_drawing_runs_nothing_and_belongs_to_nobody(backend: Backend, folder: Path) -> None:
    """
    It is sandboxed, and its one policy still lets it have styles.
    """
    answer = backend.call("GET", "/uploads/drawing.svg")
    (policy,) = answer.headers.get_list("content-security-policy")

    assert "image/svg+xml" == answer.headers["content-type"]
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"} <= set(policy.split("; "))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-2", (206, "con", "bytes 0-2/7")),
        ("bytes=3-", (206, "tent", "bytes 3-6/7")),
        ("bytes=-2", (206, "nt", "bytes 5-6/7")),
        ("bytes=0-99", (206, "content", "bytes 0-6/7")),
        ("bytes=7-", (416, "", "bytes */7")),
        ("bytes=-0", (416, "", "bytes */7")),
        ("bytes=4-2", (200, "content", None)),
        ("bytes=0-1,3-4", (200, "content", None)),
        ("lines=0-1", (200, "content", None)),
        ("bytes=-", (200, "content", None)),
    ],
)
def test_a_part_of_a_file_may_be_asked_for(
    backend: Backend, folder: Path, asked: str, expected: tuple[int, str, str | None]
) -> None:
    """
    One range of bytes; who asks for something else is given the whole file.
    """
    answer = backend.call("GET", "/uploads/notes.txt", headers={"range": asked})

    assert expected == (answer.status_code, answer.text, answer.headers.get("content-range"))
    assert str(len(expected[1])) == answer.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/nope.png",
        "/.gitkeep",
        "/in",
        "/in/",
        "/..%2fdata.db",
        "/%2e%2e/%2e%2e/data.db",
        "/in/..%2f..%2f..%2fdata.db",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/..%5c..%5cdata.db",
        "/notes.txt%2f",
    ],
)
def test_what_is_hidden_or_lies_elsewhere_is_not_found(backend: Backend, folder: Path, path: str) -> None:
    """
    No spelling of a path leads out of the folder; what is not there answers as any missing thing.
    """
    answer = backend.call("GET", f"/uploads{path}")

    assert (404, "NotFoundError") == (answer.status_code, answer.json()["error"]["name"])


def test_a_file_that_has_not_changed_is_not_sent_again(backend: Backend, folder: Path) -> None:
    """
    Its tag follows its size and its time.
    """
    first = backend.call("GET", "/uploads/notes.txt")
    again = backend.call("GET", "/uploads/notes.txt", headers={"if-none-match": first.headers["etag"]})
    (folder / "notes.txt").write_text("other content")
    changed = backend.call("GET", "/uploads/notes.txt", headers={"if-none-match": first.headers["etag"]})

    assert (304, b"") == (again.status_code, again.content)
    assert (200, "other content") == (changed.status_code, changed.text)
    assert "public, max-age=0, must-revalidate" == first.headers["cache-control"]


def test_files_are_not_written_by_their_address(backend: Backend, root: str, folder: Path) -> None:
    """
    Reading is all that the address is for.
    """
    answers = [backend.call(method, "/uploads/notes.txt", {}, key=root) for method in ("POST", "PUT", "DELETE")]

    assert [405, 405, 405] == [answer.status_code for answer in answers]
    assert "content" == (folder / "notes.txt").read_text()


def test_the_head_of_a_file_is_that_of_its_answer(backend: Backend, folder: Path) -> None:
    """
    Without the body.
    """
    answer = backend.call("HEAD", "/uploads/notes.txt")

    assert (200, "7", b"") == (answer.status_code, answer.headers["content-length"], answer.content)
