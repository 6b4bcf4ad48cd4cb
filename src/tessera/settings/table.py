"""One table of a configuration file, read key by key; whatever nobody asks for is reported as unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from tessera.settings.environment import UnsetVariableError, interpolate
from tessera.settings.report import Report
from tessera.settings.secret import Secret
from tessera.settings.units import parse_boolean, parse_bytes, parse_integer, parse_number, parse_seconds

T = TypeVar("T")
_UNSET: Final = object()


class Table:
    """A table of the file, with the variables that its values may name. Problems go to the report, reading goes on."""

    def __init__(self, file: str, path: tuple[str, ...], content: Mapping[str, Any], report: Report) -> None:
        self._file = file
        self._path = path
        self._content = content  # any TOML
        self._report = report
        self._read: set[str] = set()

    def text(self, key: str, default: str = "", *, env: str | None = None, among: Iterable[str] = ()) -> str:
        """Return a text; a number is taken as it is spelt."""
        choices = tuple(among)
        value = self._value(key, env, lambda given: _text(given, choices))
        return default if value is None else value

    def optional(self, key: str, *, env: str | None = None) -> str | None:
        """Return a text, or None if there is none or an empty one."""
        return self.text(key, env=env) or None

    def integer(
        self, key: str, default: int, *, env: str | None = None, least: int = 0, most: int | None = None
    ) -> int:
        """Return a whole number within its bounds."""
        value = self._value(key, env, lambda given: _bounded(parse_integer(given), least, most))
        return default if value is None else value

    def number(self, key: str, default: float) -> float:
        """Return a number of 0 or more."""
        value = self._value(key, None, parse_number)
        return default if value is None else value

    def size(self, key: str, default: int) -> int:
        """Return a number of bytes, which may be spelt as "10mb"."""
        value = self._value(key, None, parse_bytes)
        return default if value is None else value

    def seconds(self, key: str, default: int) -> int:
        """Return a length of time in seconds, which may be spelt as "30d"."""
        value = self._value(key, None, parse_seconds)
        return default if value is None else value

    def boolean(self, key: str, default: bool, *, env: str | None = None) -> bool:  # noqa: FBT001 - it is the value
        """Return a truth value."""
        value = self._value(key, env, parse_boolean)
        return default if value is None else value

    def maybe(self, key: str) -> bool | None:
        """Return a truth value, or None where nothing is said."""
        return self._value(key, None, parse_boolean)

    def texts(self, key: str, default: Iterable[str] = (), *, env: str | None = None) -> tuple[str, ...]:
        """Return a list of texts; a single text is split at its commas."""
        value = self._value(key, env, _texts)
        return tuple(default) if value is None else value

    def secret(self, key: str, env: str, *, required: bool = True) -> Secret:
        """Return a secret; a missing one is empty, and reported with the name of its variable if it is required."""
        return Secret(self._secret(key, env, _text, required=required) or "")

    def secrets(self, key: str, env: str) -> tuple[Secret, ...]:
        """Return the list of secrets, of which there must be one at least."""
        return tuple(Secret(text) for text in self._secret(key, env, _texts, required=True) or ())

    def table(self, key: str) -> Table:
        """Return the table below a key; an empty one where there is none."""
        return Table(self._file, (*self._path, key), self._below(key), self._report)

    def tables(self, key: str) -> list[Any]:
        """Return the list of anything below a key."""
        content = self._content.get(key, [])
        self._read.add(key)
        if isinstance(content, list):
            return content
        self._complain(key, f"expected a list, got {content!r}")
        return []

    def at(self, key: str, content: Mapping[str, Any]) -> Table:
        """Return a table for content of this one that stands under no key of its own."""
        return Table(self._file, (*self._path, key), content, self._report)

    def holds_table(self, key: str) -> bool:
        """Tell whether the value of a key is a table, where something shorter is allowed too."""
        return isinstance(self._content.get(key), Mapping)

    def holds(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._content

    def anything(self, key: str) -> dict[str, Any]:
        """Return a table as it is, with its variables replaced, for those who check it themselves."""
        try:
            replaced: dict[str, Any] = self._replaced(key, self._below(key))
        except UnsetVariableError as error:
            self._complain(key, f"the environment variable {error} is not set")
            return {}
        return replaced

    def without_effect(self, *keys: str) -> None:
        """Take keys that the reference knows and that change nothing here; they are noted, not refused."""
        for key in keys:
            self._read.add(key)
            if key in self._content:
                self._report.notes.append(f"{self._place(key)} has no effect")

    def anything_else(self) -> None:
        """Take whatever else is there; none of it has an effect."""
        self.without_effect(*self._content)

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._content:
            if key not in self._read:
                self._complain(key, "is not a setting")

    def complain(self, key: str, message: str) -> None:
        """Report what is wrong with the value of a key."""
        self._complain(key, message)

    def _below(self, key: str) -> Mapping[str, Any]:
        content = self._content.get(key, {})
        self._read.add(key)
        if isinstance(content, Mapping):
            return content
        self._complain(key, f"expected a table, got {content!r}")
        return {}

    def _value(self, key: str, env: str | None, parse: Callable[[Any], T]) -> T | None:
        try:
            given = self._given(key, env)
            return None if given is _UNSET else parse(given)
        except UnsetVariableError as error:
            self._complain(key, f"the environment variable {error} is not set")
        except ValueError as error:
            self._complain(key, str(error))
        return None

    def _secret(self, key: str, env: str, parse: Callable[[Any], T], *, required: bool) -> T | None:
        name = env
        try:
            given = self._given(key, env)
            if given is not _UNSET and (value := parse(given)):
                return value
        except UnsetVariableError as error:
            name = str(error)
        except ValueError:
            self._complain(key, "expected a text")  # without the value, which is secret
            return None
        self._report.missing[name] = (self._place(key), required)
        return None

    def _given(self, key: str, env: str | None) -> Any:  # noqa: ANN401 - any TOML
        self._read.add(key)
        if key in self._content:
            return self._replaced(key, self._content[key])
        return (self._report.environment.get(env) if env else None) or _UNSET

    def _replaced(self, key: str, content: Any) -> Any:  # noqa: ANN401 - any TOML
        if isinstance(content, str):
            return interpolate(content, self._report.environment)
        if isinstance(content, list):
            return [self._replaced(key, item) for item in content]
        if isinstance(content, Mapping):
            return {name: self._replaced(key, item) for name, item in content.items()}
        return content

    def _place(self, key: str) -> str:
        return f"{self._file}: {'.'.join((*self._path, key))}"

    def _complain(self, key: str, message: str) -> None:
        self._report.problems.append(f"{self._place(key)} {message}")


def _text(given: Any, choices: tuple[str, ...] = ()) -> str:  # noqa: ANN401 - any TOML
    if isinstance(given, bool | list | Mapping):
        raise ValueError(f"expected a text, got {given!r}")  # noqa: TRY004 - all of them are reported alike
    text = str(given)
    if choices and text not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}, got {text!r}")
    return text


def _texts(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - any TOML
    items = given if isinstance(given, list) else _text(given).split(",")
    return tuple(text for item in items if (text := _text(item).strip()))


def _bounded(value: int, least: int, most: int | None) -> int:
    if value < least or (most is not None and value > most):
        bounds = f"{least} or more" if most is None else f"between {least} and {most}"
        raise ValueError(f"must be {bounds}, got {value}")
    return value
