"""The settings of the media library, and what is asked of its lists."""

from __future__ import annotations

import pytest

from tests.features.backend import JSON, Backend
from tests.features.media.conftest import Send

SETTINGS = {"sizeOptimization": False, "responsiveDimensions": True, "autoOrientation": True, "aiMetadata": False}


def test_settings_are_kept_without_what_is_only_told(backend: Backend, root: str) -> None:
    """
    The panel sends back all that it was told.
    """
    changed = backend.call("PUT", "/upload/settings", {**SETTINGS, "concurrentUploadRequests": 9}, key=root)
    told = backend.call("GET", "/upload/settings", key=root).json()["data"]

    assert SETTINGS == changed.json()["data"]
    assert {**SETTINGS, "concurrentUploadRequests": 1} == told


@pytest.mark.parametrize(
    ("asked", "body", "message"),
    [
        ("PUT /upload/settings", {"sizeOptimization": True}, "responsiveDimensions is a required field"),
        ("PUT /upload/configuration", {"sort": "name:ASC"}, "pageSize is a required field"),
        ("POST /upload/actions/bulk-move", {}, "destinationFolderId must be defined"),
        ("POST /upload/actions/bulk-update", {}, "updates is a required field"),
        ("POST /upload/actions/bulk-delete", {"nope": 1}, "this field has unspecified keys: nope"),
        ("POST /upload/folders", {}, "name is a required field"),
        ("POST /upload/files", {}, "Files are empty"),
        (
            "GET /upload/files?pageSize=0",
            None,
            "Invalid 'pageSize' parameter. Expected an integer > 0, received: 0",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_the_words_of_the_reference(
    backend: Backend, root: str, asked: str, body: JSON, message: str
) -> None:
    """
    As the reference was asked.
    """
    method, path = asked.split(" ")
    answer = backend.call(method, path, body, key=root)

    assert (400, message) == (answer.status_code, answer.json()["error"]["message"])


@pytest.mark.parametrize("guess", ["filters[createdBy][password][$startsWith]=", "sort=createdBy.password&_q="])
def test_a_guess_at_what_may_not_be_seen_changes_nothing(backend: Backend, send: Send, root: str, guess: str) -> None:
    """
    Right or wrong, the answer is the same (F13).
    """
    send("/upload", ("$2.txt", b"x", "text/plain"), key=root)
    right, wrong = (backend.call("GET", f"/upload/files?{guess}{word}", key=root) for word in ("$2", "."))

    assert right.json() == wrong.json()
