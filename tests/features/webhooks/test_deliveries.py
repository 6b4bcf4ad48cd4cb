"""From a write to its delivery: noted with the write, delivered once it is kept, tried again, logged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tessera.app import compose, publish, system
from tessera.engine.session import Session
from tessera.events import DocumentsChanged, DocumentVersion
from tessera.features.webhooks.delivering import Worker
from tessera.features.webhooks.service import EVENTS
from tessera.identity.context import RequestContext
from tessera.mcp.rehearsal import rehearsed
from tests.features.backend import JSON, Backend
from tests.features.newsroom import ARTICLE, AUTHOR, SOURCE
from tests.features.webhooks.receiver import Receiver, receiving

PATH = "/admin/webhooks"
ARTICLES = f"/content-manager/collection-types/{ARTICLE}"
AUTHORS = f"/content-manager/collection-types/{AUTHOR}"
TABLE = "tessera_webhook_deliveries"
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


class Site(Backend):
    """A newsroom whose webhooks may call this machine."""

    def __init__(self, folder: Path, *, private: bool = True) -> None:
        super().__init__(folder, source=SOURCE)
        self.allow(private=private)
        self.key = self.first_admin()

    def allow(self, *, private: bool, attempts: int = 10) -> None:
        settings = self.project.settings
        webhooks = replace(settings.server.webhooks, private_addresses=private, attempts=attempts, seconds=2.0)
        own = replace(settings, server=replace(settings.server, webhooks=webhooks))
        self.project = replace(self.project, settings=own)
        self.application = compose(self.project, self.driver)

    def context(self, session: Session) -> RequestContext:
        """Return the world of the server's own work."""
        asking = system(self.project, "test")
        return RequestContext(principal=asking, session=session, project=self.project, publish=publish)

    def hook(self, url: str, *events: str, **more: JSON) -> str:
        """Add a webhook and return its id."""
        body = {"name": "Rebuild", "url": url, "headers": {}, "events": list(events or EVENTS), **more}
        answer = self.call("POST", PATH, body, key=self.key)
        assert 201 == answer.status_code, answer.text
        return str(answer.json()["data"]["id"])

    def author(self, **values: JSON) -> dict[str, Any]:
        """Add an author and return it."""
        answer = self.call("POST", AUTHORS, {"name": "Ada", **values}, key=self.key)
        assert 201 == answer.status_code, answer.text
        added: dict[str, Any] = answer.json()["data"]
        return added

    def deliver(self) -> None:
        """Deliver what is due, as a worker does."""

        async def work() -> None:
            worker = Worker(self.project, self.driver)
            while await worker.step():
                await worker.settled()

        asyncio.run(work())

    def queue(self, columns: str) -> list[tuple[Any, ...]]:
        """Return what is kept of all deliveries."""
        return self.read(f"SELECT {columns} FROM {TABLE}")  # noqa: S608 - columns of this module

    def deliveries(self, hook: str = "1", query: str = "") -> list[dict[str, Any]]:
        """Return what the log says."""
        answer = self.call("GET", f"{PATH}/{hook}/deliveries{query}", key=self.key)
        assert 200 == answer.status_code, answer.text
        listed: list[dict[str, Any]] = answer.json()["data"]
        return listed


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a site."""
    opened = Site(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return another server."""
    with receiving() as opened:
        yield opened


def test_a_write_is_told_as_the_reference_tells_it(site: Site, receiver: Receiver) -> None:
    """
    The body names the event and the type and holds the entry; the headers are those of the reference and our own.
    """
    site.hook(receiver.url, headers={"X-Site": "main", "x-strapi-event": "forged"})
    added = site.author(email="ada@example.com")
    site.deliver()
    (arrived,) = receiver.arrived
    body = arrived.body
    entry = body.pop("entry")

    del body["createdAt"]

    assert {"event": "entry.create", "model": "author", "uid": AUTHOR} == body
    assert ("Ada", "ada@example.com", added["documentId"]) == (entry["name"], entry["email"], entry["documentId"])
    assert ("entry.create", "application/json") == (arrived.headers["x-strapi-event"], arrived.headers["content-type"])
    assert "main" == arrived.headers["x-site"]


def test_a_delivery_is_signed_with_the_secret_of_its_webhook(site: Site, receiver: Receiver) -> None:
    """
    Whoever has the secret can prove where a delivery comes from; each webhook has its own.
    """
    hook, other = site.hook(receiver.url), site.hook(receiver.url, "entry.delete")
    site.author()
    site.deliver()
    shown = [site.call("GET", f"{PATH}/{each}/secret", key=site.key).json()["data"]["secret"] for each in (hook, other)]
    headers, raw = receiver.arrived[0].headers, receiver.arrived[0].raw
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    mark = b64encode(hmac.digest(b64decode(shown[0].removeprefix("whsec_")), signed, hashlib.sha256)).decode()

    assert f"v1,{mark}" == headers["webhook-signature"]
    assert shown[0] != shown[1]


def test_only_webhooks_that_are_on_and_listen_are_told(site: Site, receiver: Receiver) -> None:
    """
    One that is turned off or listens to something else hears nothing.
    """
    site.hook(receiver.url, "entry.delete")
    off = site.hook(receiver.url, "entry.create")
    change = {"name": "Off", "url": receiver.url, "headers": {}, "events": ["entry.create"], "isEnabled": False}
    site.call("PUT", f"{PATH}/{off}", change, key=site.key)
    site.author()
    site.deliver()

    assert [] == receiver.arrived


def test_a_write_that_is_refused_is_not_told(site: Site, receiver: Receiver) -> None:
    """
    What a transaction undoes leaves nothing in the queue.
    """
    site.hook(receiver.url)
    answer = site.call("POST", ARTICLES, {"title": "x" * 500}, key=site.key)

    assert 400 == answer.status_code
    assert [(0,)] == site.queue("count(*)")


def test_without_webhooks_a_write_asks_nothing_more(site: Site, receiver: Receiver) -> None:
    """
    No statement is spent while no webhook is turned on, and one when there are any.
    """
    site.author()
    with site.traced() as without:
        site.author()
    site.hook(receiver.url)
    with site.traced() as with_one:
        site.author()

    assert [] == [text for text in without if TABLE in text]
    assert 1 == len(with_one) - len(without)


def test_a_failed_delivery_is_tried_again_later_and_later(site: Site, receiver: Receiver) -> None:
    """
    The waits grow; the id of the message stays, so that a receiver knows what it has seen.
    """
    site.hook(receiver.url)
    site.author()
    receiver.status = 503
    waits: list[int] = []
    for _ in range(4):
        site.deliver()
        ((due, tried),) = site.queue("due_at, tried_at")
        waits.append(due - tried)
        site.clock.ahead += waits[-1] + 1000
    receiver.status = 200
    site.deliver()

    assert all(10_000 * 3**n <= wait <= 12_000 * 3**n for n, wait in enumerate(waits))
    assert 5 == len(receiver.arrived)
    assert 1 == len({each.headers["webhook-id"] for each in receiver.arrived})
    assert 1 == len({each.raw for each in receiver.arrived})
    assert ("delivered", 5, 200) == tuple(site.deliveries()[0][name] for name in ("state", "attempts", "statusCode"))


def test_a_delivery_is_given_up_after_its_attempts(site: Site, receiver: Receiver) -> None:
    """
    It stays in the log as failed, and can be delivered again by hand.
    """
    site.allow(private=True, attempts=2)
    site.hook(receiver.url)
    site.author()
    receiver.status = 500
    for _ in range(4):
        site.deliver()
        site.clock.ahead += MINUTE
    (failed,) = site.deliveries()
    receiver.status = 204
    again = site.call("POST", f"{PATH}/1/deliveries/{failed['id']}/redeliver", key=site.key)
    site.deliver()

    assert ("failed", 2, 500, None) == tuple(failed[n] for n in ("state", "attempts", "statusCode", "nextAttemptAt"))
    assert (200, "waiting") == (again.status_code, again.json()["data"]["state"])
    assert ["delivered"] == [each["state"] for each in site.deliveries()]


def test_deliveries_survive_a_restart(site: Site, receiver: Receiver) -> None:
    """
    What was noted before the server stopped is delivered when it runs again.
    """
    site.hook(receiver.url)
    site.author()
    site.restart()
    site.deliver()

    assert ["entry.create"] == receiver.events


def test_two_workers_deliver_each_thing_once(site: Site, receiver: Receiver) -> None:
    """
    Whoever takes a delivery has it to itself.
    """
    site.hook(receiver.url)
    for _ in range(6):
        site.author()

    async def work() -> None:
        workers = [Worker(site.project, site.driver) for _ in range(3)]
        while any([await worker.step() for worker in workers]):
            await asyncio.gather(*(worker.settled() for worker in workers))

    asyncio.run(work())

    assert 6 == len(receiver.arrived)
    assert 6 == len({each.headers["webhook-id"] for each in receiver.arrived})


def test_what_a_process_took_along_is_tried_again(site: Site, receiver: Receiver) -> None:
    """
    A process that ends in the middle gives its deliveries back when their time is over, and not before.
    """
    site.hook(receiver.url)
    site.author()
    receiver.holding.clear()

    async def cut_short() -> None:
        worker = Worker(site.project, site.driver)
        running = asyncio.create_task(worker.run())
        await asyncio.to_thread(receiver.came.wait, 5)
        running.cancel()

    asyncio.run(cut_short())
    receiver.holding.set()
    site.deliver()
    before = len(receiver.arrived)
    site.clock.ahead += MINUTE
    site.deliver()

    assert (1, 2) == (before, len(receiver.arrived))
    assert receiver.arrived[0].headers["webhook-id"] == receiver.arrived[1].headers["webhook-id"]


def test_a_slow_webhook_does_not_keep_the_others_waiting(site: Site, receiver: Receiver) -> None:
    """
    Only some of the places are for one webhook.
    """
    with receiving() as slow:
        slow.holding.clear()
        site.hook(slow.url)
        site.hook(receiver.url)
        for _ in range(10):
            site.author()
        site.deliver()

    assert 10 == len(receiver.arrived)
    assert len(slow.arrived) < 20


def test_private_addresses_are_not_called_unless_that_is_allowed(site: Site, receiver: Receiver) -> None:
    """
    A webhook that was added while it was allowed hears nothing afterwards; the log says why.
    """
    site.hook(receiver.url)
    site.allow(private=False)
    site.author()
    site.deliver()
    (refused,) = site.deliveries()

    assert [] == receiver.arrived
    assert ("waiting", "the address is not allowed") == (refused["state"], refused["error"])


def test_f9_no_secret_is_told_or_logged(site: Site, receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    """
    F9: neither private attributes and passwords of entries nor secrets of webhooks are in what is sent or logged.
    """
    canaries = ("canary-note", "canary-Passw0rd", "canary-header", "canary-answer")
    site.hook(receiver.url, headers={"Authorization": "canary-header"})
    receiver.status, receiver.answer = 500, b"canary-answer"
    site.call("POST", ARTICLES, {"title": "One", "internalNote": "canary-note"}, key=site.key)
    (role,) = site.read("SELECT id FROM up_roles WHERE type = 'authenticated'")[0]
    user = {"username": "una", "email": "una@example.com", "password": "canary-Passw0rd", "role": role}
    users = site.call("POST", "/content-manager/collection-types/plugin::users-permissions.user", user, key=site.key)
    site.deliver()
    log = site.call("GET", f"{PATH}/1/deliveries", key=site.key).text
    kept = repr(site.queue("*"))
    told = b" ".join(each.raw for each in receiver.arrived).decode()

    assert (201, 2) == (users.status_code, len(receiver.arrived))
    assert [] == [canary for canary in canaries if canary in log + kept + told + caplog.text]
    assert "$2" not in told


def test_the_log_is_for_those_who_may_see_webhooks(site: Site, receiver: Receiver) -> None:
    """
    Reading the log asks for the right to read webhooks, everything else for the right to change them.
    """
    site.hook(receiver.url)
    site.author()
    role = site.role("Watcher", "admin::webhooks.read")
    _, watcher = site.admin(site.key, "wanda", role)
    one = f"{PATH}/1"

    assert 200 == site.call("GET", f"{one}/deliveries", key=watcher).status_code
    assert 403 == site.call("GET", f"{one}/secret", key=watcher).status_code
    assert 403 == site.call("POST", f"{one}/trigger", key=watcher).status_code
    assert 403 == site.call("POST", f"{one}/deliveries/1/redeliver", key=watcher).status_code
    assert 401 == site.call("GET", f"{one}/deliveries").status_code
    assert [] == receiver.arrived


def test_the_log_comes_in_pages_the_newest_first(site: Site, receiver: Receiver) -> None:
    """
    Another webhook's deliveries are not in it, and a webhook that is not there has no log.
    """
    hook, _ = site.hook(receiver.url), site.hook(receiver.url)
    documents = [site.author()["documentId"] for _ in range(3)]
    answer = site.call("GET", f"{PATH}/{hook}/deliveries?page=2&pageSize=2", key=site.key).json()

    assert documents[:1] == [each["documentId"] for each in answer["data"]]
    assert {"page": 2, "pageSize": 2, "pageCount": 2, "total": 3} == answer["meta"]["pagination"]
    assert 404 == site.call("GET", f"{PATH}/99/deliveries", key=site.key).status_code
    assert 404 == site.call("POST", f"{PATH}/{hook}/deliveries/99/redeliver", key=site.key).status_code


def test_deliveries_go_with_their_webhook_and_with_time(site: Site, receiver: Receiver) -> None:
    """
    A webhook that is removed leaves nothing behind, and what is older than a week is forgotten.
    """
    site.hook(receiver.url)
    site.hook(receiver.url)
    site.author()
    site.call("DELETE", f"{PATH}/1", key=site.key)
    left = site.queue("webhook_id")
    site.clock.ahead += 8 * DAY

    async def look() -> None:
        running = asyncio.create_task(Worker(site.project, site.driver).run())
        await asyncio.sleep(0.3)
        running.cancel()

    asyncio.run(look())

    assert [(2,)] == left
    assert [] == site.queue("id")


def test_a_trigger_calls_at_once_and_tells_how_it_went(site: Site, receiver: Receiver) -> None:
    """
    The answer is the status, and what was answered when that is a failure; without an answer it is 500.
    """
    site.hook(receiver.url)
    good = site.call("POST", f"{PATH}/1/trigger", key=site.key)
    receiver.status, receiver.answer = 418, b"no coffee"
    bad = site.call("POST", f"{PATH}/1/trigger", key=site.key)
    site.allow(private=False)
    none = site.call("POST", f"{PATH}/1/trigger", key=site.key)

    assert {"data": {"statusCode": 204}} == good.json()
    assert {"data": {"statusCode": 418, "message": "no coffee"}} == bad.json()
    assert {"data": {"statusCode": 500, "message": "the address is not allowed"}} == none.json()
    assert ["trigger-test"] * 2 == receiver.events
    assert {"event", "createdAt"} == receiver.arrived[0].body.keys()
    assert 404 == site.call("POST", f"{PATH}/99/trigger", key=site.key).status_code


def test_a_locale_and_both_versions_are_told_of(site: Site, receiver: Receiver) -> None:
    """
    A publication is told with its moment, a deletion of the draft and of the publication.
    """
    site.hook(receiver.url, "entry.publish", "entry.delete")
    added = site.call("POST", f"{ARTICLES}/actions/publish", {"title": "One"}, key=site.key).json()["data"]
    site.call("DELETE", f"{ARTICLES}/{added['documentId']}", key=site.key)
    site.deliver()
    told = sorted((each.body["event"], each.body["entry"]["publishedAt"] is None) for each in receiver.arrived)

    assert [("entry.delete", False), ("entry.delete", True), ("entry.publish", False)] == told
    assert {"en"} == {each.body["entry"]["locale"] for each in receiver.arrived}


def test_a_dry_run_tells_nobody(site: Site, receiver: Receiver) -> None:
    """
    A write that an agent only tries leaves nothing in the queue, and the same write that is kept does.
    """
    document = site.author()["documentId"]
    site.hook(receiver.url)
    version = DocumentVersion(document_id=document, locale=None)
    event = DocumentsChanged(uid=AUTHOR, action="entry.update", versions=(version,))

    async def tried(session: Session) -> None:
        await rehearsed(site.context(session), lambda ctx: ctx.publish(ctx, event))

    async def kept(session: Session) -> None:
        ctx = site.context(session)
        async with session.transaction():
            await ctx.publish(ctx, event)

    site.driver.run_now(tried)
    before = site.queue("event")
    site.driver.run_now(kept)

    assert [] == before
    assert [("entry.update",)] == site.queue("event")


def test_what_sites_write_is_told_too(site: Site, receiver: Receiver) -> None:
    """
    The Content API and files end in the same queue.
    """
    site.hook(receiver.url)
    token = {"name": "site", "description": "", "type": "full-access", "lifespan": None}
    key = site.call("POST", "/admin/api-tokens", token, key=site.key).json()["data"]["accessKey"]
    added = site.call("POST", "/api/authors", {"data": {"name": "Ada"}}, key=key).json()["data"]
    site.call("PUT", f"/api/authors/{added['documentId']}", {"data": {"name": "Bea"}}, key=key)
    site.call("DELETE", f"/api/authors/{added['documentId']}", key=key)
    site.deliver()

    assert {"entry.create", "entry.update", "entry.delete"} == set(receiver.events)
    assert ["Bea"] == [each.body["entry"]["name"] for each in receiver.arrived if each.body["event"] == "entry.delete"]


@pytest.mark.parametrize(
    ("column", "text"), [("events", "none"), ("events", '"x"'), ("headers", "none"), ("headers", "[1]")]
)
def test_a_webhook_that_is_none_stops_nobody(site: Site, receiver: Receiver, column: str, text: str) -> None:
    """
    Another program may have written anything into the table; writes go on, and so do other webhooks.
    """
    site.hook(receiver.url)
    site.hook(receiver.url)
    site.execute(f"UPDATE strapi_webhooks SET {column} = ?1 WHERE id = 1", text)  # noqa: S608 - columns of this module
    site.author()
    site.deliver()

    assert "entry.create" in receiver.events
    assert ["delivered"] == [state for hook, state in site.queue("webhook_id, state") if hook == 2]


def test_an_attempt_that_breaks_off_counts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever a library raises is a failed attempt, and not tried for ever.
    """

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr("tessera.features.webhooks.delivering.send", broken)
    site.hook("http://127.0.0.1:4711/")
    site.author()
    site.deliver()

    assert [(1, "the attempt broke off (RuntimeError)")] == site.queue("attempts, error")
