"""The requests that are measured, drawn at random so that no answer is served from one warm row."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import apsw

from tests.features.backend import PASSWORD
from tests.features.newsroom import ARTICLE, READ, may
from tests.performance.client import Client, request
from tests.performance.dataset import EMAIL, SURNAMES
from tests.performance.server import Server

_MANAGED: Final = f"/content-manager/collection-types/{ARTICLE}"
_FIVE: Final = ("title", "slug", "kind", "views", "publishOn")
_THREE: Final = ("title", "slug", "views")
_PAGES: Final = 200
_DOCUMENTS: Final = 500


@dataclass(frozen=True, slots=True)
class World:
    """What requests are made of: keys by who holds them, and documents that exist."""

    keys: Mapping[str, str]
    documents: tuple[str, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of request; `goal` is the processor time that it may take, in microseconds."""

    name: str
    holder: str
    path: str  # with {page}, {document} and {author} in it
    goal: int | None = None

    def drawn(self, world: World, chance: random.Random) -> bytes:
        """Return one request of the kind."""
        path = self.path.format(
            page=chance.randrange(world.pages) + 1,
            document=chance.choice(world.documents),
            author=quote(chance.choice(SURNAMES)),
        )
        return request("GET", path, world.keys[self.holder] if self.holder else "")


_PAGE: Final = f"{_MANAGED}?page={{page}}&pageSize"
_SITE: Final = "/api/articles?pagination[page]={page}"
_BY_AUTHOR: Final = "sort=views:desc&filters[author][name][$contains]={author}"
_LISTED: Final = "&".join(f"fields[{place}]={name}" for place, name in enumerate(_FIVE))

QUESTIONS: Final = (
    Question("nothing (/_health)", "", "/_health"),
    Question("A1 list of 25, three fields may be read", "limited", f"{_PAGE}=25", 200),
    Question("A1b list of 25, five fields", "reader", f"{_PAGE}=25&{_LISTED}"),
    Question("A2 list of 25, populate=*", "reader", f"{_PAGE}=25&populate=*", 1000),
    Question("A3 relation filter, sorted", "reader", f"{_MANAGED}?pageSize=25&{_BY_AUTHOR}", 1100),
    Question("A4 one document", "reader", f"{_MANAGED}/{{document}}"),
    Question("A5 one document, three fields", "limited", f"{_MANAGED}/{{document}}", 120),
    Question("W6 list of 10, three fields", "limited", f"{_PAGE}=10"),
    Question("W7 who am I", "session", "/admin/users/me", 70),
    Question("W1 list of 25, five fields", "site", f"{_SITE}&{_LISTED}", 200),
    Question("W2 list of 25, populate=*", "site", f"{_SITE}&populate=*", 1000),
    Question("W3 relation filter, sorted", "site", f"/api/articles?{_BY_AUTHOR}&populate[author]=true", 1100),
    Question("W4 one document, populate=*", "site", "/api/articles/{document}?populate=*", 120),
)


def world_of(server: Server) -> World:
    """Return what to ask a server about; keys are made by its own API."""
    documents, count = _stored(server.folder / "data.db")
    with Client(server.port) as client:
        return World(_keys(client), documents, min(_PAGES, max(count // 25, 1)))


def answered(server: Server, world: World, question: Question) -> bool:
    """Whether the server answers questions of a kind."""
    with Client(server.port) as client:
        client.send(question.drawn(world, random.Random(0)))  # noqa: S311 - no secret
        return client.receive().status in (200, 204)


def _stored(database: Path) -> tuple[tuple[str, ...], int]:
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READWRITE)
    drafts = "FROM articles WHERE published_at IS NULL"
    rows = connection.execute(f"SELECT document_id {drafts} ORDER BY document_id LIMIT ?1", (_DOCUMENTS,)).fetchall()
    [(count,)] = connection.execute(f"SELECT count(*) {drafts}").fetchall()
    connection.close()
    return tuple(str(row[0]) for row in rows), int(str(count))


def _keys(client: Client) -> dict[str, str]:
    session = _data(client, "POST", "/admin/login", {"email": EMAIL, "password": PASSWORD}, "")["token"]
    held = _data(client, "GET", "/admin/roles/1/permissions", None, session)
    everything = [each for each in held if each["action"] == READ]
    limited = [may(READ, ARTICLE, fields=list(_THREE), locales=["en"])]
    return {
        "session": session,
        "reader": _admin_token(client, session, "Reader", everything),
        "limited": _admin_token(client, session, "Limited", limited),
        "site": _site_token(client, session),
    }


def _admin_token(client: Client, session: str, name: str, held: list[dict[str, Any]]) -> str:
    permissions = [{key: each[key] for key in ("action", "subject", "properties", "conditions")} for each in held]
    body = {"name": _unused(name), "description": "", "adminPermissions": permissions}
    key: str = _data(client, "POST", "/admin/admin-tokens", body, session)["accessKey"]
    return key


def _site_token(client: Client, session: str) -> str:
    body = {"name": _unused("Site"), "description": "", "type": "read-only", "lifespan": None}
    key: str = _data(client, "POST", "/admin/api-tokens", body, session)["accessKey"]
    return key


def _unused(name: str) -> str:
    """Return a name that no run before on the same data has taken."""
    return f"{name} {secrets.token_hex(4)}"


def _data(client: Client, method: str, path: str, body: Any, key: str) -> Any:  # noqa: ANN401 - any JSON value
    answer = client.ask(method, path, body, key) if body is not None else client.get(path, key)
    if answer.status not in (200, 201):
        raise RuntimeError(f"{path} answered {answer.status}: {answer.body.decode()}")
    return answer.json()["data"]
