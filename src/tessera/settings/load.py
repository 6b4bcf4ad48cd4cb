"""Reading the settings of a project folder: everything that is wrong with them is said at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

from tessera.errors import ConfigurationError
from tessera.settings.admin import AdminSettings, read_admin
from tessera.settings.api import APISettings, read_api
from tessera.settings.database import DatabaseSettings, read_database
from tessera.settings.environment import read_environment
from tessera.settings.middlewares import MiddlewareSettings, read_middlewares
from tessera.settings.plugins import PluginSettings, read_plugins
from tessera.settings.report import Report
from tessera.settings.server import ServerSettings, read_server
from tessera.settings.table import Table

Mode = Literal["develop", "production"]
_FILES: Final = ("admin", "api", "database", "middlewares", "plugins", "server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a project, read once at start."""

    folder: Path
    mode: Mode
    server: ServerSettings
    admin: AdminSettings
    database: DatabaseSettings
    api: APISettings
    middlewares: MiddlewareSettings
    plugins: PluginSettings
    notes: tuple[str, ...] = ()  # settings that the reference knows and that change nothing here

    @property
    def develop(self) -> bool:
        """Tell whether the project is being worked on."""
        return self.mode == "develop"

    @property
    def url(self) -> str:
        """Return the address of the server as the world sees it."""
        return self.server.url or f"http://{self.server.host}:{self.server.port}"


def load(folder: Path, environment: Mapping[str, str], mode: Mode) -> Settings:
    """Return the settings of a project folder; raises a ConfigurationError with everything that is wrong."""
    settings, report = _read(folder.absolute(), environment, mode)
    problems = [*report.problems, *_unset(report)]
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        raise ConfigurationError(
            f"The settings of {folder} cannot be used:\n{listed}", {"problems": problems, "missing": _required(report)}
        )
    return settings


def missing_secrets(folder: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the variables that should hold secrets and do not, also those one can do without."""
    _, report = _read(folder.absolute(), environment, "develop")
    return tuple(report.missing)


def _unset(report: Report) -> list[str]:
    return [
        f"{place} is missing: set the environment variable {name}, or write it into .env"
        for name, (place, required) in report.missing.items()
        if required
    ]


def _required(report: Report) -> list[str]:
    return [name for name, (_, required) in report.missing.items() if required]


def _read(folder: Path, environment: Mapping[str, str], mode: Mode) -> tuple[Settings, Report]:
    variables, problems = read_environment(folder, environment)
    report = Report(variables, problems)
    report.problems.extend(_unknown_files(folder))
    tables = {name: _table(folder, name, report) for name in _FILES}
    settings = Settings(
        folder=folder,
        mode=mode,
        server=read_server(tables["server"], folder),
        admin=read_admin(tables["admin"]),
        database=read_database(tables["database"], folder),
        api=read_api(tables["api"]),
        middlewares=read_middlewares(tables["middlewares"]),
        plugins=read_plugins(tables["plugins"]),
        notes=tuple(report.notes),
    )
    return settings, report


def _unknown_files(folder: Path) -> Iterator[str]:
    """Yield what is wrong with files that nobody reads: a name that is misspelt would leave its settings unset."""
    for path in sorted((folder / "config").glob("*.toml")):
        if path.stem not in _FILES:
            close = get_close_matches(path.stem, _FILES, n=1)
            hint = f"did you mean {close[0]}.toml?" if close else f"there are {', '.join(_FILES)}"
            yield f"config/{path.name} is no file of settings; {hint}"


def _table(folder: Path, name: str, report: Report) -> Table:
    file = f"config/{name}.toml"
    return Table(file, (), _content(folder / file, file, report), report)


def _content(path: Path, file: str, report: Report) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        report.problems.append(f"{file}: {error}")
        return {}
