"""A client that writes until its server is gone, and keeps a diary of what was acknowledged and what was under way."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.crash.content import GONE, People, State, body
from tests.features.newsroom import ARTICLE
from tests.performance.client import Answer, Client

_BASE: Final = f"/content-manager/collection-types/{ARTICLE}"
_numbers = itertools.count(1)  # of articles, over all rounds and clients


class RefusedError(RuntimeError):
    """A write was answered by an error."""


@dataclass(slots=True)
class Diary:
    """What the server has acknowledged, and what it may or may not have done when it was killed."""

    acknowledged: dict[str, State | None] = field(default_factory=dict)  # by document
    pending: dict[str, State | None] = field(default_factory=dict)
    pending_new: list[State] = field(default_factory=list)  # of documents whose ids the client was never told
    refused: str = ""  # what the server said instead of doing it, which it never should


@dataclass(slots=True)
class Writer:
    """One client; the documents that it has made are its own."""

    port: int
    key: str
    people: People
    diary: Diary
    acknowledge: Callable[[], None]
    chance: random.Random
    _client: Client = field(init=False)

    def run(self) -> None:
        """Write one thing after the other until the server does not answer any more."""
        try:
            with Client(self.port) as self._client:
                while True:
                    self._write()
                    self.acknowledge()
        except OSError:
            return
        except RefusedError as error:
            self.diary.refused = str(error)

    def _write(self) -> None:
        known = [document for document, state in self.diary.acknowledged.items() if state is not GONE]
        if len(known) < 2 or self.chance.random() < 0.25:
            self._create()
            return
        document = self.chance.choice(known)
        state = self.diary.acknowledged[document]
        if state is None:
            raise KeyError(document)
        acts = [self._change, self._change, self._publish, self._publish_changed, self._clone, self._delete]
        if state.published is not None:
            acts.append(self._unpublish)
        self.chance.choice(acts)(document, state)

    def _create(self) -> None:
        number = next(_numbers)
        self._add(State(number), _BASE, body(number, self.people))

    def _clone(self, document: str, state: State) -> None:
        self._add(State(state.draft), f"{_BASE}/clone/{document}", {})

    def _change(self, document: str, state: State) -> None:
        number = next(_numbers)
        self._do(document, State(number, state.published), "PUT", "", body(number, self.people))

    def _publish(self, document: str, state: State) -> None:
        self._do(document, State(state.draft, state.draft), "POST", "/actions/publish", {})

    def _publish_changed(self, document: str, _: State) -> None:
        number = next(_numbers)
        self._do(document, State(number, number), "POST", "/actions/publish", body(number, self.people))

    def _unpublish(self, document: str, state: State) -> None:
        self._do(document, State(state.draft), "POST", "/actions/unpublish", {})

    def _delete(self, document: str, _: State) -> None:
        self._do(document, GONE, "DELETE", "", {})

    def _do(self, document: str, after: State | None, method: str, path: str, sent: Any) -> None:  # noqa: ANN401 - any JSON
        self.diary.pending[document] = after
        _expect(self._client.ask(method, f"{_BASE}/{document}{path}", sent, self.key))
        self.diary.acknowledged[document] = self.diary.pending.pop(document)

    def _add(self, state: State, path: str, sent: Any) -> None:  # noqa: ANN401 - any JSON
        self.diary.pending_new.append(state)
        answer = _expect(self._client.ask("POST", path, sent, self.key))
        self.diary.acknowledged[answer.json()["data"]["documentId"]] = self.diary.pending_new.pop()


def _expect(answer: Answer) -> Answer:
    if answer.status not in (200, 201):
        raise RefusedError(f"a write was answered by {answer.status}: {answer.body.decode()}")
    return answer


def start(writers: list[Writer]) -> list[threading.Thread]:
    """Let clients write, each in a thread of its own."""
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    return threads
