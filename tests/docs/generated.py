"""The parts of the documentation that are made from the code, each between its two marks on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from tessera import errors
from tessera.app import FEATURES
from tessera.authz.actions import Action, Catalogue, Section, Subjects
from tessera.authz.conditions import CONDITIONS
from tessera.authz.standard_actions import STANDARD_ACTIONS
from tessera.cli import app
from tessera.errors import TesseraError
from tessera.web.answers import status_of

ROOT: Final = Path(__file__).parents[2]
_PART: Final = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TITLES: Final = {Section.CONTENT_TYPES: "Entries", Section.PLUGINS: "Parts", Section.SETTINGS: "Settings"}
_SUBJECTS: Final = {Subjects.DISPLAYED: "content types of the content manager", Subjects.EVERY: "content types"}
_CLASSES: Final = {errors.TesseraError, errors.ConfigurationError}  # that no client sees


def written(page: str) -> str:
    """Return a page with its generated parts as the code has them now."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]().strip()}\n\n{found[3]}", page)


def pages() -> list[Path]:
    """Return the pages with generated parts."""
    return [page for page in sorted((ROOT / "docs").rglob("*.md")) if _PART.search(page.read_text("utf-8"))]


def catalogue() -> Catalogue:
    """Return every action that there is."""
    own = tuple(action for feature in FEATURES for action in feature.actions)
    return Catalogue((*STANDARD_ACTIONS, *own))


def error_kinds() -> list[type[TesseraError]]:
    """Return every error that a client may see."""
    return [kind for kind in _below(TesseraError) if kind not in _CLASSES]


def command_paths() -> list[tuple[str, ...]]:
    """Return the words that name each command."""
    return [path for path, _ in _commands(_root(), ())]


def _actions() -> str:
    return "\n".join(line for section in Section for line in _section(section))


def _section(section: Section) -> Iterator[str]:
    found = [action for action in catalogue() if action.section is section]
    yield f"### {_TITLES[section]}\n"
    yield _table(("action", "shown as", "done to", "limits"), [_action(action) for action in found])


def _action(action: Action) -> tuple[str, ...]:
    place = ", ".join(part for part in (action.category, action.sub_category) if part and part != "general")
    shown = f"{action.display_name} ({place})" if place else action.display_name
    subjects = _SUBJECTS[action.subjects] if action.subjects else ""
    return f"`{action.uid}`", shown, subjects, ", ".join(action.properties)


def _conditions() -> str:
    rows = [(f"`{each.id}`", each.display_name, _first(each.make.__doc__)) for each in CONDITIONS.values()]
    return _table(("condition", "shown as", "holds when"), rows)


def _errors() -> str:
    told: dict[tuple[str, str], str] = {}
    for kind in error_kinds():  # a name that several kinds share is told by the most general one
        told.setdefault((str(status_of(kind())), f"`{kind.name}`"), _first(kind.__doc__))
    return _table(("status", "name", "when"), [(*named, when) for named, when in sorted(told.items())])


def _commands_part() -> str:
    return "\n".join(line for path, command in _commands(_root(), ()) for line in _command(path, command))


def _root() -> TyperGroup:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return root


def _commands(group: TyperGroup, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, (*path, name))
        elif isinstance(command, TyperCommand):
            yield (*path, name), command


def _command(path: Sequence[str], command: TyperCommand) -> Iterator[str]:
    arguments = [each for each in command.params if isinstance(each, TyperArgument)]
    options = [each for each in command.params if isinstance(each, TyperOption)]
    words = " ".join(("tessera", *path, *(each.metavar or each.name.upper() for each in arguments)))
    yield f"## `{words}`\n\n{command.help}\n"
    rows = [(f"`{each.metavar}`", _told(each)) for each in arguments]
    rows += [(f"`{_spelt(each)}`", _told(each)) for each in options]
    yield _table(("", "meaning"), rows)
    yield f"```shell\n{_examples(command)}\n```\n"


def _spelt(option: TyperOption) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    return names if option.is_flag else f"{names} {option.metavar}"


def _told(parameter: TyperArgument | TyperOption) -> str:
    needed = " Required." if parameter.required else ""
    return f"{parameter.help}{needed}"


def _examples(command: TyperCommand) -> str:
    _, _, lines = (command.epilog or "").partition("Examples:\n")
    return "\n".join(line.strip() for line in lines.splitlines())


def _below(kind: type[TesseraError]) -> Iterator[type[TesseraError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _below(child)


def _first(docstring: str | None) -> str:
    return next(line.strip() for line in (docstring or "").splitlines() if line.strip())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "actions": _actions,
    "commands": _commands_part,
    "conditions": _conditions,
    "errors": _errors,
}
