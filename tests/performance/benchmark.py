"""
The processor time of a request: `make benchmark`, which prints a table.

Runs alternate between this server and the reference, where that is installed (`make reference`), on the same data.
Time is what the server's own threads have worked, so that a crowded machine only matters a little; a spread that is
wide says that it did. The bounds of a run are a number of requests and a number of seconds, whichever comes first.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.performance.client import Client, exchange
from tests.performance.dataset import make
from tests.performance.questions import QUESTIONS, Question, World, answered, world_of
from tests.performance.server import Server, has_reference, reference, tessera, yardstick
from tests.performance.yardstick import THERE

_CONNECTIONS: Final = 8
_NOTHING: Final = Question("nothing", "", "/")
_WARMING: Final = 40  # requests before each run, which is not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is measured."""

    rounds: int
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Subject:
    """A server that is measured, and what it is asked about."""

    name: str
    server: Server
    world: World

    def measured(self, question: Question, bounds: Bounds, chance: random.Random) -> float:
        """Return the microseconds that a request of one run took on average."""
        clients = [Client(self.server.port) for _ in range(_CONNECTIONS)]
        try:
            self._asked(clients, question, chance, _WARMING, bounds.seconds)
            before = self.server.cpu()
            count = self._asked(clients, question, chance, bounds.requests, bounds.seconds)
            return (self.server.cpu() - before) / count
        finally:
            for client in clients:
                client.__exit__()

    def _asked(
        self, clients: Sequence[Client], question: Question, chance: random.Random, requests: int, seconds: float
    ) -> int:
        count, end = 0, time.monotonic() + seconds
        while count < requests and time.monotonic() < end:
            drawn = [question.drawn(self.world, chance) for _ in clients]
            for answer in exchange(clients, drawn):
                if answer.status not in (200, 204):
                    raise RuntimeError(f"{question.name}: {answer.status} {answer.body[:500].decode()}")
            count += len(drawn)
        return count


Measured = Mapping[tuple[str, str], Sequence[float]]  # by the name of the question and that of the server


def measure(subjects: Sequence[Subject], questions: Sequence[Question], bounds: Bounds) -> Measured:
    """Return the runs of every question that a server answers."""
    runs: dict[tuple[str, str], list[float]] = {}
    asked = [(q, s) for q in questions for s in subjects if answered(s.server, s.world, q)]
    for number in range(bounds.rounds):
        for question, subject in asked:
            took = subject.measured(question, bounds, random.Random(number))  # noqa: S311 - no secret
            runs.setdefault((question.name, subject.name), []).append(took)
    return runs


def table(
    measured: Measured, names: Sequence[str], questions: Sequence[Question], machine: Sequence[float]
) -> Iterator[str]:
    """Yield the lines of the table: for each server the median and the spread, then how many times less ours takes."""
    slower = median(machine) / THERE
    yield f"An answer that is always the same takes {_spread(machine)} µs here, {THERE:.0f} where the goals were set."
    yield f"{'processor time, µs':42}{'goal':>7}{'here':>8}" + "".join(f"{it:>24}" for it in names) + f"{'ratio':>18}"
    for question in questions:
        runs = [measured.get((question.name, name), ()) for name in names]
        if any(runs):
            goal = str(question.goal or "")
            here = f"{question.goal * slower:,.0f}" if question.goal else ""
            yield (
                f"{question.name:42}{goal:>7}{here:>8}" + "".join(f"{_spread(run):>24}" for run in runs) + _ratio(*runs)
            )


def _spread(run: Sequence[float]) -> str:
    return f"{median(run):,.0f} ({min(run):,.0f}–{max(run):,.0f})" if run else "–"


def _ratio(ours: Sequence[float], other: Sequence[float] = ()) -> str:
    if not ours or not other:
        return ""
    ratios = [theirs / mine for mine, theirs in zip(ours, other, strict=True)]
    return f"{f'{min(ratios):,.1f}–{max(ratios):,.1f}':>18}"


def main() -> None:
    """Measure what the command line says, and print it."""
    options = _options()
    bounds = Bounds(rounds=options.rounds, requests=options.requests, seconds=options.seconds)
    questions = [each for each in QUESTIONS if not options.only or each.name.split()[0] in options.only]
    core = max(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as made, ExitStack() as running:
        folder = options.data or Path(made) / "project"
        if not folder.exists():
            make(folder, options.articles)
        starting = [reference(folder, core)] if options.reference and has_reference() else []
        servers = [running.enter_context(server) for server in (tessera(folder, core), *starting)]
        names = ("tessera", "reference")
        subjects = [Subject(name, each, world_of(each)) for name, each in zip(names, servers, strict=False)]
        idle = Subject("yardstick", running.enter_context(yardstick(folder, core)), subjects[0].world)
        before = idle.measured(_NOTHING, bounds, random.Random(0))  # noqa: S311 - no secret
        measured = measure(subjects, questions, bounds)
        machine = [before, idle.measured(_NOTHING, bounds, random.Random(0))]  # noqa: S311 - no secret
        named = [each.name for each in subjects]
        sys.stdout.writelines(f"{line}\n" for line in table(measured, named, questions, machine))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the processor time of requests.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many there are (10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind of request (3)")
    parser.add_argument("--requests", type=int, default=800, help="requests of a run, at most (800)")
    parser.add_argument("--seconds", type=float, default=3.0, help="seconds that a run may take (3)")
    parser.add_argument("--only", nargs="*", default=[], metavar="KIND", help="kinds of requests, such as A1 W3")
    parser.add_argument("--data", type=Path, help="a folder to keep the data in, made when it is not there")
    parser.add_argument("--no-reference", dest="reference", action="store_false", help="measure this server alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
