"""What reading the settings found out: problems, notes and missing secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """Filled while the files are read, so that everything wrong is said at once."""

    environment: Mapping[str, str]
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: dict[str, tuple[str, bool]] = field(default_factory=dict)  # variable → its place, and whether it must be
