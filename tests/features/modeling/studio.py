"""A server under `tessera develop`, and shortcuts to what one does to its content types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from tessera.app import read_schema
from tests.features.backend import JSON, Backend

BUILDER: Final = "/content-type-builder"
EVENTS: Final = "/content-manager/collection-types/api::event.event"
EVENT_FILE: Final = "src/api/event/content-types/event/schema.json"


class Studio:
    """The server and its first administrator."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.root = backend.first_admin()

    @property
    def folder(self) -> Path:
        return self.backend.project.settings.folder

    def call(self, method: str, path: str, body: JSON = None) -> httpx.Response:
        """Ask something of the builder."""
        return self.backend.call(method, f"{BUILDER}{path}", body, key=self.root)

    def update(self, *types: JSON, components: tuple[JSON, ...] = (), confirm: JSON = None) -> httpx.Response:
        """Send the combined update."""
        body: dict[str, JSON] = {"data": {"contentTypes": list(types), "components": list(components)}}
        return self.call("POST", "/update-schema", body if confirm is None else {**body, "confirm": confirm})

    def updated(self, *types: JSON, components: tuple[JSON, ...] = (), confirm: JSON = None) -> None:
        """Send the combined update, which has to be done."""
        answer = self.update(*types, components=components, confirm=confirm)
        assert (200, {}) == (answer.status_code, answer.json()), answer.text

    def files(self) -> dict[str, str]:
        """Return the text of every file of the project's sources."""
        found = (path for path in sorted((self.folder / "src").rglob("*")) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in found}

    def file(self, name: str) -> dict[str, Any]:
        """Return what a schema file says."""
        content: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return content

    def attributes(self, uid: str) -> list[dict[str, Any]]:
        """Return the attributes of a content type or component as the panel reads and sends them."""
        schema = self.call("GET", "/schema").json()["data"]
        found: list[dict[str, Any]] = (schema["contentTypes"] | schema["components"])[uid]["attributes"]
        return found

    def unchanged(self, uid: str, *without: str) -> list[dict[str, Any]]:
        """Return the attributes as the panel sends those that nobody has touched, and those that go."""
        kept = (each for each in self.attributes(uid) if each["name"] not in without)
        sent = [attribute("update", each["name"], **{k: v for k, v in each.items() if k != "name"}) for each in kept]
        return [*sent, *({"action": "delete", "name": name} for name in without)]

    def restart(self) -> None:
        """Stop, and start again with the files and tables as they are."""
        self.backend.project = replace(self.backend.project, schema=read_schema(self.folder))
        self.backend.restart()

    def write(self, path: str, body: JSON) -> dict[str, Any]:
        """Write a document and return it."""
        answer = self.backend.call("POST", path, body, key=self.root)
        assert 201 == answer.status_code, answer.text
        document: dict[str, Any] = answer.json()["data"]
        return document

    def read(self, path: str) -> dict[str, Any]:
        """Read a document."""
        answer = self.backend.call("GET", path, key=self.root)
        assert 200 == answer.status_code, answer.text
        document: dict[str, Any] = answer.json()["data"]
        return document


def attribute(action: str, name: str, **properties: JSON) -> dict[str, JSON]:
    """Return an attribute as the combined update takes it."""
    return {"action": action, "name": name, "properties": properties}


def new_type(name: str, *attributes: JSON, **more: JSON) -> dict[str, JSON]:
    """Return a content type to make."""
    return {
        "action": "create",
        "uid": f"api::{name}.{name}",
        "kind": "collectionType",
        "displayName": name.title(),
        "singularName": name,
        "pluralName": f"{name}s",
        "draftAndPublish": False,
        "attributes": list(attributes),
        **more,
    }


def changed_type(uid: str, attributes: list[JSON], **more: JSON) -> dict[str, JSON]:
    """Return a content type to change."""
    name = uid.partition(".")[2]
    return {
        "action": "update",
        "uid": uid,
        "displayName": name.title(),
        "draftAndPublish": False,
        "attributes": attributes,
        **more,
    }


def changed_component(uid: str, attributes: list[JSON], **more: JSON) -> dict[str, JSON]:
    """Return a component to change."""
    category, _, name = uid.partition(".")
    return {
        "action": "update",
        "uid": uid,
        "displayName": name.title(),
        "category": category,
        "attributes": attributes,
        **more,
    }


def messages(answer: httpx.Response) -> dict[str, str]:
    """Return what a refusal says, by where it says it."""
    error: Mapping[str, Any] = answer.json()
    told = error["details"] if "details" in error else error["error"]["details"]
    return {".".join(each["path"]): each["message"] for each in told["errors"]}
