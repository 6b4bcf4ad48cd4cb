"""Folders of the media library."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.backend import Backend
from tests.features.media.conftest import Send


@pytest.fixture
def tree(backend: Backend, root: str) -> dict[str, int]:
    """Return the ids of folders within each other: a, a/b, a/b/c and d."""
    ids: dict[str, int] = {}
    for name, parent in (("a", None), ("b", "a"), ("c", "b"), ("d", None)):
        body = {"name": name, "parent": ids[parent] if parent else None}
        ids[name] = backend.call("POST", "/upload/folders", body, key=root).json()["data"]["id"]
    return ids


def _paths(backend: Backend) -> dict[str, str]:
    return dict(backend.read("SELECT name, path FROM upload_folders UNION ALL SELECT name, folder_path FROM files"))


def test_a_folder_takes_along_what_is_in_it(backend: Backend, send: Send, root: str, tree: dict[str, int]) -> None:
    """
    Folders and files below it are found where they are now.
    """
    send("/upload", ("f.txt", b"x", "text/plain"), key=root, data={"fileInfo": f'{{"folder": {tree["c"]}}}'})
    body = {"fileIds": [], "folderIds": [tree["b"]], "destinationFolderId": tree["d"]}
    answer = backend.call("POST", "/upload/actions/bulk-move", body, key=root)

    assert 200 == answer.status_code
    assert {"a": "/1", "b": "/4/2", "c": "/4/2/3", "d": "/4", "f.txt": "/4/2/3"} == _paths(backend)
    assert [{"id": tree["a"], "name": "a", "children": []}] == [
        node for node in backend.call("GET", "/upload/folder-structure", key=root).json()["data"] if node["name"] == "a"
    ]


def test_a_folder_that_goes_takes_everything_with_it(
    backend: Backend, send: Send, root: str, tree: dict[str, int]
) -> None:
    """
    Also the files of folders below.
    """
    send("/upload", ("f.txt", b"x", "text/plain"), key=root, data={"fileInfo": f'{{"folder": {tree["c"]}}}'})
    backend.call("POST", "/upload/actions/bulk-delete", {"fileIds": [], "folderIds": [tree["a"]]}, key=root)

    assert {"d": "/4"} == _paths(backend)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"parent": "c"}, "folder cannot be moved inside itself"),
        ({"parent": "a"}, "folder cannot be moved inside itself"),
        ({"name": "d"}, "A folder with this name already exists"),
        ({"name": " x"}, "name cannot start or end with a whitespace"),
        ({"name": "x/y"}, "name cannot contain slashes"),
        ({"parent": 99}, "parent folder does not exist"),
    ],
)
def test_what_cannot_become_of_a_folder_is_refused(
    backend: Backend, root: str, tree: dict[str, int], body: dict[str, Any], message: str
) -> None:
    """
    Everything stays as it was.
    """
    before = _paths(backend)
    named = {key: tree.get(value, value) if key == "parent" else value for key, value in body.items()}
    answer = backend.call("PUT", f"/upload/folders/{tree['a']}", named, key=root)

    assert (400, message) == (answer.status_code, answer.json()["error"]["message"])
    assert before == _paths(backend)


def test_the_way_up_from_a_folder_is_told_when_it_is_asked_for(
    backend: Backend, root: str, tree: dict[str, int]
) -> None:
    """
    As pages that show a path ask.
    """
    path = f"/upload/folders/{tree['c']}?populate[parent][populate][parent]=*"
    shown = backend.call("GET", path, key=root).json()["data"]

    assert ("c", "b", "a") == (shown["name"], shown["parent"]["name"], shown["parent"]["parent"]["name"])
    assert ({"count": 0}, {"count": 0}) == (shown["children"], shown["files"])


def test_folders_at_the_top_are_asked_for_by_having_none_above(
    backend: Backend, root: str, tree: dict[str, int]
) -> None:
    """
    As the panel asks.
    """
    path = "/upload/folders?filters[$and][0][parent][id][$null]=true&sort=name"
    shown = backend.call("GET", path, key=root).json()["data"]

    assert [("a", 1), ("d", 0)] == [(folder["name"], folder["children"]["count"]) for folder in shown]


def test_files_of_sites_come_into_a_folder_of_their_own(backend: Backend, send: Send, root: str, site: str) -> None:
    """
    It is made with the first of them.
    """
    for name in ("a.txt", "b.txt"):
        send("/api/upload", (name, b"x", "text/plain"), key=site)

    assert {"API Uploads": "/1", "a.txt": "/1", "b.txt": "/1"} == _paths(backend)
