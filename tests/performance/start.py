"""
How long a start takes and how much memory a server keeps: `python -m tests.performance.start`.

The time is that from the command to the first answer; on a crowded machine the processor time says more. Memory is
measured after the start, and again after every kind of request of the benchmark.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.performance.client import Client, exchange
from tests.performance.dataset import make
from tests.performance.questions import QUESTIONS, answered, world_of
from tests.performance.server import Server, tessera

MOST_SECONDS: Final = 1.5  # on an idle machine
MOST_MEGABYTES: Final = 120.0
_CONNECTIONS: Final = 16


def starts(folder: Path, count: int) -> list[tuple[float, float, float]]:
    """Return the seconds, processor seconds and megabytes of some starts."""
    found = []
    for _ in range(count):
        begun = time.monotonic()
        with tessera(folder) as server:
            found.append((time.monotonic() - begun, server.cpu() / 1e6, server.memory()))
    return found


def memory_under_load(folder: Path, requests: int) -> float:
    """Return the megabytes that a server keeps when it has answered that many requests of each kind."""
    with tessera(folder) as server:
        _load(server, requests)
        return server.memory()


def _load(server: Server, requests: int) -> None:
    world, chance = world_of(server), random.Random(1)  # noqa: S311 - no secret
    clients = [Client(server.port) for _ in range(_CONNECTIONS)]
    for question in QUESTIONS:
        if answered(server, world, question):
            for _ in range(requests // _CONNECTIONS):
                exchange(clients, [question.drawn(world, chance) for _ in clients])
    for client in clients:
        client.__exit__()


def main() -> None:
    """Measure, print, and fail when a bound is not kept."""
    parser = argparse.ArgumentParser(description="Measure starts and memory.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many there are (10,000)")
    parser.add_argument("--requests", type=int, default=1_000, help="requests of each kind (1,000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "project"
        make(folder, options.articles)
        found = starts(folder, 5)
        loaded = memory_under_load(folder, options.requests)
    best, idle = min(seconds for seconds, _, _ in found), max(megabytes for _, _, megabytes in found)
    cpu = min(seconds for _, seconds, _ in found)
    sys.stdout.write(
        f"start: {best:.2f} s at best of {len(found)} ({cpu:.2f} s of processor time; at most {MOST_SECONDS} s)\n"
        f"memory: {idle:.0f} MB after the start, {loaded:.0f} MB after load (at most {MOST_MEGABYTES:.0f} MB)\n"
    )
    if cpu > MOST_SECONDS or loaded > MOST_MEGABYTES:
        sys.exit(1)


if __name__ == "__main__":
    main()
