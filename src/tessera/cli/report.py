"""What a start did to the tables, or would do, in few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tessera.engine.sync_report import SyncReport
from tessera.sql.differences import Change, CreateTable

_FEW = 3  # tables that are named; more are counted


def told(report: SyncReport) -> list[str]:
    """Return a sentence for each thing; many new tables are one thing, what is changed or dropped is always named."""
    made = [change for change in report.changes if isinstance(change, CreateTable)]
    if len(made) <= _FEW:
        return list(report.lines())
    others = tuple(change for change in report.changes if not isinstance(change, CreateTable))
    return [f"{len(made)} tables were made", *replace(report, changes=others).lines()]


def foretold(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield the same for what is to come."""
    for line in told(SyncReport(changes=changes)):
        yield line.replace(" were ", " will be ").replace(" was ", " will be ")
