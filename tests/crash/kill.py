"""
Servers that are killed while they write: `make crash`.

In each round a server is started on what the round before has left, clients write through it, and SIGKILL ends it at a
moment that nobody chose. Then the file has to be sound, every acknowledged write has to be there, and a write that was
under way has to be there as a whole or not at all.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.crash.content import People, State
from tests.crash.examination import Examination
from tests.crash.writer import Diary, Writer, start
from tests.features.backend import PASSWORD
from tests.features.newsroom import ARTICLE, AUTHOR
from tests.performance.client import Client
from tests.performance.dataset import EMAIL, make
from tests.performance.server import tessera

_CLIENTS: Final = 2
_MOST_WRITES: Final = 30  # acknowledged before the kill
_LONGEST_WAIT: Final = 0.02  # seconds between the last of them and the kill
_PATIENCE: Final = 60.0
_CATEGORY: Final = "api::category.category"


class CrashError(AssertionError):
    """Something was lost or left half done."""


@dataclass(slots=True)
class Site:
    """A project whose server is killed again and again, and what is known to be in it."""

    folder: Path
    chance: random.Random
    key: str = ""
    people: People = field(default_factory=lambda: People((), ()))
    known: dict[str, State] = field(default_factory=dict)
    writes: int = 0  # acknowledged so far
    cut_short: int = 0  # kills that found a write under way

    def prepare(self) -> None:
        """Make the project, with a few authors and categories and a token for the clients."""
        make(self.folder, 0, people=False)
        with tessera(self.folder) as server, Client(server.port) as client:
            session = _data(client.ask("POST", "/admin/login", {"email": EMAIL, "password": PASSWORD}))["token"]
            held = [
                {name: each[name] for name in ("action", "subject", "properties", "conditions")}
                for each in _data(client.get("/admin/roles/1/permissions", session))
                if each["subject"] == ARTICLE
            ]
            token = {"name": "Crash", "description": "", "adminPermissions": held}
            self.key = _data(client.ask("POST", "/admin/admin-tokens", token, session))["accessKey"]
            self.people = People(
                tuple(_named(client, session, AUTHOR, number) for number in range(3)),
                tuple(_named(client, session, _CATEGORY, number) for number in range(5)),
            )

    def round(self) -> None:
        """Write, kill, and look at what is there."""
        diaries = [Diary() for _ in range(_CLIENTS)]
        for place, (document, state) in enumerate(self.known.items()):
            diaries[place % _CLIENTS].acknowledged[document] = state
        self._write_and_kill(diaries)
        found = Examination(self.folder / "data.db", self.people)
        refused = [diary.refused for diary in diaries if diary.refused]
        faults = [*refused, *found.faults, *_losses(diaries, found.documents)]
        if faults:
            raise CrashError("\n".join(faults))
        self.known = dict(found.documents)
        self.cut_short += any(diary.pending or diary.pending_new for diary in diaries)

    def _write_and_kill(self, diaries: list[Diary]) -> None:
        left, enough = self.chance.randrange(1, _MOST_WRITES), threading.Event()

        def acknowledge() -> None:
            nonlocal left
            left, self.writes = left - 1, self.writes + 1
            if left <= 0:
                enough.set()

        with tessera(self.folder) as server:
            chances = [random.Random(self.chance.random()) for _ in diaries]  # noqa: S311 - no secret
            threads = start(
                [
                    Writer(server.port, self.key, self.people, diary, acknowledge, chance)
                    for diary, chance in zip(diaries, chances, strict=True)
                ]
            )
            end = time.monotonic() + _PATIENCE
            while not enough.wait(0.1) and any(thread.is_alive() for thread in threads) and time.monotonic() < end:
                pass
            time.sleep(self.chance.random() * _LONGEST_WAIT)
            server.end(signal.SIGKILL)
            for thread in threads:
                thread.join(_PATIENCE)


def _losses(diaries: list[Diary], found: Mapping[str, State]) -> list[str]:
    """Return what is not as it was acknowledged, nor as it would be if what was under way had been finished."""
    faults, seen = [], set()
    for diary in diaries:
        for document, state in diary.acknowledged.items():
            seen.add(document)
            allowed = [state, *([diary.pending[document]] if document in diary.pending else [])]
            if found.get(document) not in allowed:
                faults.append(f"{document} is {found.get(document)} and not one of {allowed}")
    allowed_new = [state for diary in diaries for state in diary.pending_new]
    for document in found.keys() - seen:
        if found[document] not in allowed_new:
            faults.append(f"{document} is {found[document]}, and nobody has written it")
        else:
            allowed_new.remove(found[document])
    return faults


def _named(client: Client, session: str, uid: str, number: int) -> str:
    answer = client.ask("POST", f"/content-manager/collection-types/{uid}", {"name": f"Name {number}"}, session)
    document: str = _data(answer)["documentId"]
    return document


def _data(answer: Any) -> Any:  # noqa: ANN401 - any JSON value
    if answer.status not in (200, 201):
        raise RuntimeError(f"{answer.status}: {answer.body.decode()}")
    return answer.json()["data"]


def rounds(folder: Path, count: int, seed: int) -> Site:
    """Kill a server that many times; raise a CrashError at the first fault."""
    site = Site(folder, random.Random(seed))  # noqa: S311 - no secret
    site.prepare()
    for number in range(1, count + 1):
        try:
            site.round()
        except CrashError as error:
            raise CrashError(f"round {number} of seed {seed}: {error}") from error
    return site


def main() -> None:
    """Do as many rounds as the command line says."""
    parser = argparse.ArgumentParser(description="Kill servers while they write, and look at what they leave.")
    parser.add_argument("--rounds", type=int, default=200, help="how often (200)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="of everything that is drawn")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        site = rounds(Path(made) / "project", options.rounds, options.seed)
    sys.stdout.write(
        f"{options.rounds} rounds (seed {options.seed}): {site.writes} acknowledged writes, none lost;"
        f" {site.cut_short} kills cut a write short, none left half of it.\n"
    )


if __name__ == "__main__":
    main()
