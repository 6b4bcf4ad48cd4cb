"""Permissions as people write them: in one argument of a command, or in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from tessera.authz.permission import Permission
from tessera.errors import ValidationError, Violation
from tessera.identity.context import Project
from tessera.identity.requested import Requests
from tessera.schema.paths import editable_paths

JSON = Any  # any JSON value
_ENTRIES: Final = "plugin::content-manager.explorer."
_PLACE: Final = "permissions"


@dataclass(frozen=True, slots=True)
class Wish:
    """A permission as it was asked for, and what to call it when it is refused."""

    said: str
    asked: JSON

    @classmethod
    def of(
        cls, said: str, action: str, subject: str | None, *, fields: list[str] | None, locales: list[str] | None
    ) -> Wish:
        """Return the permission as a request would send it; an action without colons is about entries."""
        asked: dict[str, JSON] = {"action": action if "::" in action else f"{_ENTRIES}{action}", "subject": subject}
        properties: dict[str, JSON] = {"locales": locales} if subject else {}
        if fields is not None:
            properties["fields"] = fields
        return cls(said, {**asked, "properties": properties})


def from_text(text: str, locales: tuple[str, ...] = ()) -> Wish:
    """Read `ACTION`, `ACTION@SUBJECT` or `ACTION@SUBJECT:FIELD,FIELD`."""
    action, _, target = text.partition("@")
    subject, fields = _split_fields(target)
    named = None if fields is None else [field.strip() for field in fields.split(",")]
    if named is not None and not all(named):
        raise ValidationError(f"{text}: a field has no name")
    return Wish.of(text, action, subject or None, fields=named, locales=list(locales) or None)


def from_file(path: Path) -> list[Wish]:
    """Read a JSON file with a list of permissions, as the Admin API takes them."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ValidationError(f"{path} is no JSON: {error}") from error
    if not isinstance(content, list):
        raise ValidationError(f"{path} has to hold a list of permissions")
    return [Wish(f"{path}, permission {number}", item) for number, item in enumerate(content, 1)]


def permissions_of(project: Project, wishes: Sequence[Wish], *, unique: bool = False) -> tuple[Permission, ...]:
    """Return the permissions, or refuse them with every reason; what no action or field is called is refused too."""
    try:
        found = Requests(project=project, place=_PLACE, unique=unique).read([wish.asked for wish in wishes])
    except ValidationError as error:
        raise _named(error, project, wishes) from error
    faults = [fault for wish, each in zip(wishes, found, strict=True) for fault in _unknown_fields(project, wish, each)]
    if faults:
        raise ValidationError.of(faults)
    return found


def _split_fields(target: str) -> tuple[str, str | None]:
    """Split at the colon before the fields, which need not be there; a subject has two colons of its own."""
    head, marks, rest = target.partition("::")
    subject, mark, fields = rest.partition(":")
    return f"{head}{marks}{subject}", fields if mark else None


def _named(error: ValidationError, project: Project, wishes: Sequence[Wish]) -> ValidationError:
    """Let every fault name the permission as it was written, not its number."""
    faults = error.details.get("errors", ())
    return ValidationError.of([_renamed(fault, project, wishes) for fault in faults])


def _renamed(fault: dict[str, JSON], project: Project, wishes: Sequence[Wish]) -> Violation:
    path = [*map(str, fault["path"]), "", "", ""]
    wish = wishes[int(path[1])] if path[1].isdigit() else None
    if wish is None:
        return Violation((), fault["message"])
    words = {"action": _no_action, "subject": _no_subject}.get(path[2])
    message = words(project, fault) if words else fault["message"]
    return Violation((), f"{wish.said}: {message}")


def _no_action(project: Project, fault: dict[str, JSON]) -> str:
    known = [action.uid for action in project.catalogue]
    given = str(fault.get("value", ""))
    return f"there is no action {given}{_meant(given, known)}" if given else fault["message"]


def _no_subject(project: Project, fault: dict[str, JSON]) -> str:
    given = fault.get("value")
    if given is None:
        return "this action needs a content type, as in ACTION@TYPE"
    known = list(project.schema.content_types)
    if given in known:
        return f"this action is not about {given}"
    return f"there is no content type {given}{_meant(str(given), known)}"


def _unknown_fields(project: Project, wish: Wish, permission: Permission) -> Iterator[Violation]:
    content_type = project.schema.content_types.get(permission.subject or "")
    fields = permission.properties.get("fields")
    if content_type is None or not fields:
        return
    known = editable_paths(project.schema, content_type)
    for field in fields:
        if not any(path == field or path.startswith(f"{field}.") for path in known):
            words = f"{content_type.uid} has no field {field}{_meant(field, known)}"
            yield Violation((), f"{wish.said}: {words}")


def _meant(given: str, known: Iterable[str]) -> str:
    close = get_close_matches(given, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
