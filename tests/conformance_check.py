"""Hold the server's answers against the recorded ones, less what tests/conformance_due.toml lists.

An exchange that differs without being listed is a failure, and so is one that is listed and agrees. The last line
reads `N passed, M failed`.
"""

import argparse
import importlib.util
import json
import shlex
import sys
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Self

TESTS = Path(__file__).resolve().parent
SUITE = TESTS / "conformance"
DUE = TESTS / "conformance_due.toml"
TESSERA = Path(sys.executable).with_name("tessera")

Reasons = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NotDue:
    """What need not agree yet: whole modules, whole scenarios, single exchanges; each with its reason."""

    modules: Reasons
    scenarios: Reasons
    exchanges: Reasons

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the checked-in list; a table that it should not have is refused."""
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))

    def covers(self, scenario: str) -> bool:
        """Whether a scenario's module is not run at all."""
        return scenario.partition(".")[0] in self.modules


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario went: the labels that agreed, those that did not, and the runner's report."""

    scenario: str
    agreed: frozenset[str]
    differed: frozenset[str]
    report: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one scenario's outcome means beside the list."""

    passed: int
    failures: tuple[str, ...]


def judge(outcome: Outcome, due: NotDue) -> Judgement:
    """Compare an outcome with the list; every disagreement between the two is a failure."""
    if outcome.scenario in due.scenarios:
        stale = () if outcome.differed else (f"{outcome.scenario}: agrees, so its line in {DUE.name} goes",)
        return Judgement(0, stale)
    listed = {label for label in outcome.agreed | outcome.differed if f"{outcome.scenario}: {label}" in due.exchanges}
    unexpected = [f"{outcome.scenario}: {label}: differs" for label in sorted(outcome.differed - listed)]
    stale_lines = [
        f"{outcome.scenario}: {label}: agrees, so its line in {DUE.name} goes"
        for label in sorted(outcome.agreed & listed)
    ]
    return Judgement(len(outcome.agreed - listed), (*unexpected, *stale_lines))


def unknown_names(due: NotDue, labels: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the listed names that no recording has."""
    modules = {scenario.partition(".")[0] for scenario in labels}
    exchanges = {f"{scenario}: {label}" for scenario, found in labels.items() for label in found}
    listed = ((due.modules, modules), (due.scenarios, set(labels)), (due.exchanges, exchanges))
    return [
        f"{name}: listed in {DUE.name}, but never recorded"
        for names, known in listed
        for name in names
        if name not in known
    ]


def load_runner() -> ModuleType:
    """Import the suite's own runner under the name by which its scenarios import it."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("conformance", SUITE / "conformance.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SUITE / 'conformance.py'} is missing")
    runner = importlib.util.module_from_spec(spec)
    sys.modules["conformance"] = runner
    spec.loader.exec_module(runner)
    return runner


@dataclass(frozen=True, slots=True)
class Suite:
    """The recorded suite and the server that it asks."""

    runner: Any  # The runner is a script beside the recordings; its functions carry their own types.
    launch: str
    timeout: float

    def outcome(self, name: str, scenario: object) -> Outcome:
        """Run one scenario against a server of its own."""
        expected = self.expected(name)
        server = self.runner.Server(self.launch, SUITE / "project", self.timeout)
        report = tuple(self.runner.compare(name, scenario, expected, server).report)
        labels = frozenset(exchange["label"] for exchange in expected)
        differed = frozenset(label for label in labels if f"--- {name}: {label}" in report)
        return Outcome(name, labels - differed, differed, report)

    def expected(self, name: str) -> list[dict[str, Any]]:
        """Return the recorded exchanges of a scenario with the deliberate deviations laid over them."""
        deviations = json.loads((SUITE / "scenarios" / "deviations.json").read_text(encoding="utf-8"))
        exchanges: list[dict[str, Any]] = self.runner.expected_of(SUITE / "golden" / f"{name}.json", deviations)
        return exchanges


def describe(outcome: Outcome, due: NotDue) -> list[str]:
    """Return the runner's report without the differences that are listed."""
    lines: list[str] = []
    shown = True
    for line in outcome.report:
        if line.startswith(f"--- {outcome.scenario}: "):
            shown = line.removeprefix("--- ") not in due.exchanges
        elif line.startswith(f"{outcome.scenario} ended early"):
            shown = True
        if shown:
            lines.append(line)
    return lines


def main() -> int:
    """Run what is due and say how it went."""
    options = _options()
    due = NotDue.read(DUE)
    suite = Suite(load_runner(), options.launch, options.timeout)
    scenarios: dict[str, object] = suite.runner.load_scenarios(SUITE / "scenarios")
    chosen = [name for name in scenarios if name.startswith(options.only) and not due.covers(name)]
    failures = unknown_names(due, {name: [e["label"] for e in suite.expected(name)] for name in scenarios})
    passed = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(lambda name: suite.outcome(name, scenarios[name]), chosen):
            judgement = judge(outcome, due)
            if outcome.scenario not in due.scenarios:
                _say(*describe(outcome, due))
            _say(f"{outcome.scenario}: {len(outcome.agreed)}/{len(outcome.agreed) + len(outcome.differed)}")
            passed += judgement.passed
            failures += judgement.failures
    _say(*(["", "Failures:", *failures] if failures else []), f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="run the scenarios whose name begins with this")
    parser.add_argument(
        "--launch", default=f"{shlex.quote(str(TESSERA))} start", help="command that serves an empty database"
    )
    parser.add_argument("--jobs", type=int, default=2, help="scenarios run at the same time")
    parser.add_argument("--timeout", type=float, default=30, help="seconds that the server may take to answer")
    return parser.parse_args()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
