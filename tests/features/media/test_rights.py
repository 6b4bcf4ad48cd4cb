"""Who may do what in the media library."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.backend import Backend
from tests.features.media.conftest import Send, Sent

CREATOR = ("admin::is-creator",)
TEXT: Sent = ("a.txt", b"text", "text/plain")
OWN = ("plugin::upload.read", "plugin::upload.assets.create", "plugin::upload.assets.update")


@pytest.fixture
def author(backend: Backend, root: str) -> str:
    """Return the access token of somebody whose own files are all that it may see and change."""
    role = backend.role("Owner", *OWN, conditions=CREATOR)
    return backend.admin(root, "author", role)[1]


def test_one_sees_ones_own_files_only(backend: Backend, send: Send, root: str, author: str) -> None:
    """
    In lists, alone, counted in folders, and by no filter.
    """
    (theirs,) = send("/upload", ("theirs.txt", b"x", "text/plain"), key=root).json()
    (mine,) = send("/upload", TEXT, key=author).json()
    listed = backend.call("GET", "/upload/files", key=author).json()
    folder = backend.call("POST", "/upload/folders", {"name": "F", "parent": None}, key=root).json()["data"]["id"]
    everything = {"fileIds": [theirs["id"], mine["id"]], "folderIds": [], "destinationFolderId": folder}
    backend.call("POST", "/upload/actions/bulk-move", everything, key=root)
    counted = backend.call("GET", "/upload/folders", key=author).json()["data"][0]["files"]
    asked = backend.call("GET", "/upload/folders?filters[files][name]=theirs.txt", key=author).json()["data"]

    assert [mine["id"]] == [file["id"] for file in listed["results"]]
    assert (403, 200) == tuple(
        backend.call("GET", f"/upload/files/{file['id']}", key=author).status_code for file in (theirs, mine)
    )
    assert {"count": 1} == counted
    assert [] == asked


def _everything_but_reading(theirs: int, mine: int, folder: int) -> list[tuple[str, str, Any]]:
    both = [theirs, mine]
    return [
        ("DELETE", f"/upload/files/{theirs}", None),
        ("PUT", f"/upload/files/{theirs}", {"fileInfo": {"name": "x"}}),
        ("POST", f"/upload?id={theirs}", {"fileInfo": {"name": "x"}}),
        (
            "POST",
            "/upload/actions/bulk-update",
            {"updates": [{"id": each, "fileInfo": {"name": "x"}} for each in both]},
        ),
        ("POST", "/upload/actions/bulk-move", {"fileIds": both, "folderIds": [], "destinationFolderId": None}),
        ("POST", "/upload/actions/bulk-delete", {"fileIds": both, "folderIds": []}),
        ("POST", "/upload/actions/bulk-delete", {"fileIds": [], "folderIds": [folder]}),
    ]


def test_one_changes_ones_own_files_only_by_every_road(backend: Backend, send: Send, root: str, author: str) -> None:
    """
    Whatever is done to several files needs the right to each (F26).
    """
    folder = backend.call("POST", "/upload/folders", {"name": "F", "parent": None}, key=root).json()["data"]["id"]
    info = {"fileInfo": f'{{"folder": {folder}}}'}
    (theirs,) = send("/upload", TEXT, key=root, data=info).json()
    (mine,) = send("/upload", TEXT, key=author).json()
    roads = _everything_but_reading(theirs["id"], mine["id"], folder)
    answers = [backend.call(method, path, body, key=author).status_code for method, path, body in roads]
    replaced = send(f"/upload/files/{theirs['id']}/replace", TEXT, key=author).status_code

    assert [403] * len(roads) == answers
    assert 403 == replaced
    assert [("a.txt",), ("a.txt",)] == backend.read("SELECT name FROM files ORDER BY id")


def test_without_a_right_nothing_is_staged(backend: Backend, send: Send, root: str) -> None:
    """
    Whoever may only look at files sends none.
    """
    role = backend.role("Viewer", "plugin::upload.read")
    viewer = backend.admin(root, "viewer", role)[1]
    answers = [send(path, TEXT, key=viewer) for path in ("/upload", "/upload/files", "/upload/files/1/replace")]

    assert [403, 403, 403] == [answer.status_code for answer in answers]
    assert not (backend.project.settings.server.public / "uploads").exists()


@pytest.mark.parametrize("path", ["/upload/files", "/upload/folders", "/upload/settings", "/upload/configuration"])
def test_nobody_is_let_in(backend: Backend, root: str, site: str, path: str) -> None:
    """
    A key of the Content API is nobody's here.
    """
    assert [401, 401] == [backend.call("GET", path, key=key).status_code for key in (None, site)]


def test_what_one_may_not_read_is_not_told_by_a_change(backend: Backend, send: Send, root: str) -> None:
    """
    Only the ids of the file are.
    """
    (theirs,) = send("/upload", TEXT, key=root, data={"fileInfo": '{"caption": "secret"}'}).json()
    role = backend.role("Blind", "plugin::upload.assets.update")
    blind = backend.admin(root, "blind", role)[1]
    answer = backend.call("PUT", f"/upload/files/{theirs['id']}", {"fileInfo": {"name": "x"}}, key=blind)

    assert {"id", "documentId", "isUrlSigned"} == set(answer.json())
