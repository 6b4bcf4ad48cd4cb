"""Files of the media library: how they come in, change and go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.media.conftest import Send, Sent, left, post
from tests.unit.storage.pictures import png, svg

SMALL: Sent = ("small.png", png(4, 3), "image/png")
LARGE: Sent = ("Large Picture.png", png(600, 300), "image/png")


def test_a_picture_is_kept_with_smaller_ones(send: Send, root: str, uploads: Path) -> None:
    """
    Under names that nobody guesses, which all end alike.
    """
    (file,) = send("/upload", LARGE, key=root).json()

    assert re.fullmatch(r"Large_Picture_[0-9a-f]{10}", file["hash"])
    assert {"thumbnail": (245, 123), "small": (500, 250)} == {
        size: (made["width"], made["height"]) for size, made in file["formats"].items()
    }
    assert left(uploads) == {
        f"{file['hash']}.png",
        *(f"{size}_{file['hash']}.png" for size in ("thumbnail", "small")),
    }
    assert all(
        made["sizeInBytes"] == (uploads / made["url"].rpartition("/")[2]).stat().st_size
        for made in file["formats"].values()
    )


def test_settings_say_whether_smaller_ones_are_made(backend: Backend, send: Send, root: str) -> None:
    """
    There is always a thumbnail.
    """
    backend.call("PUT", "/upload/settings", {"sizeOptimization": False, "responsiveDimensions": False}, key=root)
    (file,) = send("/upload", LARGE, key=root).json()

    assert ["thumbnail"] == list(file["formats"])


def test_a_deleted_file_takes_everything_with_it(backend: Backend, send: Send, root: str, uploads: Path) -> None:
    """
    The smaller pictures go, too, and so do its links.
    """
    (file,) = send("/upload", LARGE, key=root).json()
    gone = backend.call("DELETE", f"/upload/files/{file['id']}", key=root)

    assert (200, file["id"]) == (gone.status_code, gone.json()["id"])
    assert set() == left(uploads)


def test_a_file_given_another_content_keeps_its_address(backend: Backend, send: Send, root: str, uploads: Path) -> None:
    """
    Smaller pictures that the new one does not need are gone.
    """
    (file,) = send("/upload", LARGE, key=root).json()
    replaced = send(f"/upload/files/{file['id']}/replace", SMALL, key=root).json()

    assert (file["url"], {}, 4, 3) == (replaced["url"], replaced["formats"], replaced["width"], replaced["height"])
    assert {f"{file['hash']}.png"} == left(uploads)


def test_several_files_are_kept_or_none(backend: Backend, send: Send, root: str, uploads: Path) -> None:
    """
    One that is refused takes the others with it.
    """
    answer = send("/upload", SMALL, ("../b.png", png(1, 1), "image/png"), key=root)

    assert (400, "File name contains invalid characters") == (
        answer.status_code,
        answer.json()["error"]["message"],
    )
    assert set() == left(uploads)
    assert [(0,)] == backend.read("SELECT count(*) FROM files")


def test_a_folder_that_is_not_there_keeps_a_file_out(send: Send, root: str, uploads: Path) -> None:
    """
    What was staged for it goes.
    """
    answer = send("/upload", SMALL, key=root, data={"fileInfo": '{"folder": 99}'})

    assert (400, "the folder does not exist") == (answer.status_code, answer.json()["error"]["message"])
    assert set() == left(uploads)


def test_a_broken_picture_is_refused(send: Send, root: str, uploads: Path) -> None:
    """
    Nothing of it is left.
    """
    answer = send("/upload", ("a.png", png(300, 200)[:-40], "image/png"), key=root)

    assert (400, "File is not a valid image") == (answer.status_code, answer.json()["error"]["message"])
    assert set() == left(uploads)


def test_a_form_that_ends_too_early_is_refused(backend: Backend, root: str, uploads: Path) -> None:
    """
    A file of which only the beginning came is not kept.
    """
    body = b'--B\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf'
    headers = {"content-type": "multipart/form-data; boundary=B"}
    answer = post(backend, "/upload", root, content=body, headers=headers)

    assert 400 == answer.status_code
    assert set() == left(uploads)


@pytest.mark.parametrize("name", ["a.p ng", 'a.p"ng', "a.été", ".htaccess", "con", "a." + "x" * 60])
def test_odd_names_lead_nowhere(send: Send, root: str, uploads: Path, name: str) -> None:
    """
    A file is refused, or kept under a name of its own.
    """
    answer = send("/upload", (name, b"text", "text/plain"), key=root)

    assert answer.status_code in (201, 400)
    assert all(re.fullmatch(r"\w+_[0-9a-f]{10}\.\w+", kept) for kept in left(uploads))


def test_a_drawing_tells_its_size(send: Send, root: str) -> None:
    """
    One that could run something is kept, and handed out so that it cannot.
    """
    plain, harmful = send(
        "/upload",
        ("a.svg", svg(), "image/svg+xml"),
        ("b.svg", svg("<script>alert(1)</script>"), "image/svg+xml"),
        key=root,
    ).json()

    assert (20, 10, None) == (plain["width"], plain["height"], harmful["width"])


def test_information_belongs_to_the_file_that_it_names(send: Send, root: str) -> None:
    """
    In whatever order the files come.
    """
    info = ['{"name": "b.txt", "caption": "B"}', '{"name": "a.txt", "caption": "A"}']
    files = send(
        "/upload", ("a.txt", b"a", "text/plain"), ("b.txt", b"bb", "text/plain"), key=root, data={"fileInfo": info}
    ).json()

    assert {"A": "a.txt", "B": "b.txt"} == {file["caption"]: file["name"] for file in files}


def test_a_file_is_linked_to_an_entry_on_its_way_in(backend: Backend, send: Send, root: str, site: str) -> None:
    """
    By whoever may change that entry.
    """
    made = backend.call("POST", "/api/articles", {"data": {"title": "T"}}, key=site).json()["data"]
    link = {"ref": "api::article.article", "refId": str(made["id"]), "field": "cover"}
    (file,) = send("/api/upload", SMALL, key=site, data=link).json()
    shown = backend.call("GET", f"/api/articles/{made['documentId']}?populate=cover", key=site).json()["data"]

    assert file["id"] == shown["cover"]["id"]


@pytest.mark.parametrize(
    ("link", "status"),
    [
        ({"ref": "admin::user", "refId": "1", "field": "email"}, 400),
        ({"ref": "api::article.article", "refId": "1", "field": "title"}, 400),
        ({"ref": "api::article.article", "refId": "99", "field": "cover"}, 403),
        ({"ref": "api::article.article", "refId": "1 OR 1", "field": "cover"}, 400),
    ],
)
def test_a_file_is_linked_to_nothing_else(
    backend: Backend, send: Send, site: str, link: dict[str, str], status: int
) -> None:
    """
    And is not kept then.
    """
    answer = send("/api/upload", SMALL, key=site, data=link)

    assert status == answer.status_code
    assert set() == left(backend.project.settings.server.public / "uploads")
    assert [(0,)] == backend.read("SELECT count(*) FROM files_related_mph")


def test_an_upload_alone_links_nothing(backend: Backend, send: Send, root: str, site: str) -> None:
    """
    The right to upload is no right to change entries (F26).
    """
    made = backend.call("POST", "/api/articles", {"data": {"title": "T"}}, key=site).json()["data"]
    body = {"name": "Up", "type": "custom", "lifespan": None, "permissions": ["plugin::upload.content-api.upload"]}
    narrow = backend.call("POST", "/admin/api-tokens", {**body, "description": ""}, key=root).json()["data"][
        "accessKey"
    ]
    link = {"ref": "api::article.article", "refId": str(made["id"]), "field": "cover"}

    assert 403 == send("/api/upload", SMALL, key=narrow, data=link).status_code
    assert 201 == send("/api/upload", SMALL, key=narrow).status_code


def test_the_life_of_a_file_is_in_the_audit_log(backend: Backend, send: Send, root: str) -> None:
    """
    With the one who changed it.
    """
    (file,) = send("/upload", LARGE, key=root).json()
    assert send(f"/upload?id={file['id']}", key=root, data={"fileInfo": '{"caption": "New"}'}).status_code == 200
    assert backend.call("DELETE", f"/upload/files/{file['id']}", key=root).status_code == 200
    told = "SELECT action, target, actor_name FROM tessera_audit WHERE subject = 'plugin::upload.file' ORDER BY id"

    assert [(f"media.{verb}", str(file["id"]), "Root Admin") for verb in ("create", "update", "delete")] == (
        backend.read(told)
    )
