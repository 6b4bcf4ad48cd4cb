"""What webhooks are told, held against what the reference tells."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tessera.features.webhooks.service import EVENTS
from tests.features.webhooks.receiver import Receiver, receiving
from tests.features.webhooks.test_deliveries import Site
from tests.reference.strapi import Strapi, make_app
from tests.reference.test_strapi import SECRETS, SOURCES

pytestmark = pytest.mark.reference

JSON = Any  # any JSON value
Send = Callable[[str, str, JSON], JSON]
CM: Final = "/content-manager/collection-types"
ARTICLES: Final = f"{CM}/api::article.article"
ADMIN: Final = {"email": "a@example.com", "password": "Passw0rd!", "firstname": "A", "lastname": "B"}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_DOCUMENT: Final = re.compile(r"[a-z][a-z0-9]{23}")
_EXPECTED: Final = 13
_PATIENCE: Final = 20.0


def drive(send: Send) -> None:
    """Write all that a webhook can be told of entries."""
    category = send("POST", f"{CM}/api::category.category", {"name": "News"})["data"]["documentId"]
    author = send("POST", f"{CM}/api::author.author", {"name": "Ada"})["data"]["documentId"]
    linked = {"author": {"connect": [{"documentId": author}]}, "categories": {"connect": [{"documentId": category}]}}
    # Of the components of a draft beside its publication the reference tells only some fields; here is none.
    parts = {"sources": [{"label": "one", "url": "https://example.com"}], "blocks": []}
    body = {"title": "One", "slug": "one", "internalNote": "secret", "impressions": "12", **linked}
    document = send("POST", ARTICLES, body)["data"]["documentId"]
    send("PUT", f"{ARTICLES}/{document}", {"title": "Two"})
    send("POST", f"{ARTICLES}/{document}/actions/publish", {})
    send("PUT", f"{ARTICLES}/{document}", {"title": "Three"})
    send("POST", f"{ARTICLES}/{document}/actions/discard", {})
    send("POST", f"{ARTICLES}/{document}/actions/unpublish", {})
    send("POST", f"{ARTICLES}/actions/publish", {"title": "Four", "slug": "four", **parts})
    send("DELETE", f"{ARTICLES}/{document}", None)
    send("DELETE", f"{CM}/api::category.category/{category}", None)


def told_by_the_reference(folder: Path, receiver: Receiver) -> list[str]:
    """Return what the reference tells."""
    make_app(folder / "app", SOURCES)
    with Strapi(folder / "app", folder / "data.db", SECRETS):
        pass  # it makes its tables
    _hook(folder / "data.db", receiver.url)
    with (
        Strapi(folder / "app", folder / "data.db", SECRETS) as reference,
        httpx.Client(base_url=reference.base, timeout=30) as client,
    ):
        token = client.post("/admin/register-admin", json=ADMIN).json()["data"]["token"]

        def send(method: str, path: str, body: JSON) -> JSON:
            answer = client.request(method, path, json=body, headers={"authorization": f"Bearer {token}"})
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None

        drive(send)
        deadline = time.monotonic() + _PATIENCE
        while len(receiver.arrived) < _EXPECTED and time.monotonic() < deadline:
            time.sleep(0.1)
    return _told(receiver)


def told_here(folder: Path, receiver: Receiver) -> list[str]:
    """Return what this server tells."""
    site = Site(folder)
    site.hook(receiver.url)

    def send(method: str, path: str, body: JSON) -> JSON:
        answer = site.call(method, path, body, key=site.key)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    drive(send)
    site.deliver()
    site.close()
    return _told(receiver)


def _hook(database: Path, url: str) -> None:
    connection = sqlite3.connect(database)
    columns = "(name, url, headers, events, enabled) VALUES ('hook', ?, '{}', ?, 1)"
    connection.execute(f"INSERT INTO strapi_webhooks {columns}", (url, json.dumps(EVENTS)))
    connection.commit()
    connection.close()


def _told(receiver: Receiver) -> list[str]:
    """Return the bodies without what is different each time, in an order that does not depend on who was faster."""
    texts = (json.dumps(each.body, sort_keys=True) for each in receiver.arrived)
    return sorted(_DOCUMENT.sub("<document>", _MOMENT.sub("<moment>", text)) for text in texts)


def test_webhooks_are_told_the_same(tmp_path: Path) -> None:
    """
    The bodies for every event of entries are those of the reference, key by key and value by value.
    """
    (tmp_path / "reference").mkdir()
    (tmp_path / "here").mkdir()
    with receiving() as receiver:
        theirs = told_by_the_reference(tmp_path / "reference", receiver)
    with receiving() as receiver:
        ours = told_here(tmp_path / "here", receiver)

    assert _EXPECTED == len(theirs)
    assert theirs == ours
