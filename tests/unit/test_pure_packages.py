"""The pure packages do nothing but compute; what their imports cannot show is looked for in their syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tessera

PURE = ("filters", "authz", "schema", "query", "sql")
SOURCES = Path(tessera.__file__).parent
MODULES = sorted(path for package in PURE for path in (SOURCES / package).rglob("*.py"))

IMPURE_NAMES = {"open", "input", "print", "__import__", "eval", "exec"}
IMPURE_MODULES = {"time", "random", "os", "secrets"}
IMPURE_METHODS = {"now", "today", "utcnow", "uuid1", "uuid4", "read_text", "write_text", "read_bytes", "write_bytes"}


def impurities(source: str) -> list[str]:
    """Return what in a module's source needs a clock, chance, a file or an event loop, each with its line."""
    nodes = ((node, reason) for node in ast.walk(ast.parse(source)) if (reason := _impurity(node)))
    return [f"line {getattr(node, 'lineno', 0)}: {reason}" for node, reason in nodes]


def _impurity(node: ast.AST) -> str | None:
    match node:
        case ast.AsyncFunctionDef(name=name):
            return f"async def {name}"
        case ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            return type(node).__name__
        case ast.Name(id=name) if name in IMPURE_NAMES:
            return f"{name}("
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in IMPURE_MODULES:
            return f"{module}.{name}"
        case ast.Attribute(attr=name) if name in IMPURE_METHODS:
            return f".{name}"
        case ast.Import() | ast.ImportFrom():
            return _impure_import(node)
        case _:
            return None


def _impure_import(node: ast.Import | ast.ImportFrom) -> str | None:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    impure = [name for name in names if name.partition(".")[0] in IMPURE_MODULES]
    return f"import {impure[0]}" if impure else None


def _packages() -> Iterator[str]:
    return (path.relative_to(SOURCES).parts[0] for path in MODULES)


def test_every_pure_package_is_looked_at() -> None:
    """
    The packages that promise to be pure exist under the names that this test walks.
    """

    assert set(PURE) == set(_packages())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_pure_module_only_computes(path: Path) -> None:
    """
    A pure module opens nothing, waits for nothing, and asks neither the clock nor chance.
    """

    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "async def f(): ...",
        "import time",
        "time.monotonic()",
        "from random import choice",
        "random.choice([])",
        "uuid.uuid4()",
        "Path('x').read_text()",
    ],
)
def test_an_impure_module_is_found(source: str) -> None:
    """
    Files, clocks, chance and coroutines are recognised however they are written.
    """

    assert impurities(source) != []
