"""Permissions as a client asks for them: checked one by one, every fault told, and made ready to be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.authz.actions import Action
from tessera.authz.conditions import CONDITIONS
from tessera.authz.permission import Permission
from tessera.errors import ABSENT, ValidationError, Violation
from tessera.identity.context import Project
from tessera.schema.attributes.printing import value_text

JSON = Any  # any JSON value
_KEYS: Final = ("action", "actionParameters", "subject", "properties", "conditions")
_DUPLICATED: Final = "Some permissions are duplicated (same action and subject)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Where permissions stand in a body and what is made of them."""

    project: Project
    place: str  # the key of the body
    unique: bool = False  # each action and subject once, as roles want it
    default_locale: str | None = None  # put in where a localized subject comes without locales, as roles do it

    def read(self, value: JSON) -> tuple[Permission, ...]:
        """Return the permissions, or refuse the value with all its faults."""
        if value is ABSENT:
            raise ValidationError.of([Violation((self.place,), f"{self.place} is a required field")])
        if not isinstance(value, list):
            raise ValidationError.of([_wrong((self.place,), self.place, "array", value)])
        faults = [fault for index, item in enumerate(value) for fault in self._faults(index, item)]
        if not faults and self.unique and _repeats(value):
            faults = [Violation((self.place,), _DUPLICATED, value)]
        if faults:
            raise ValidationError.of(faults)
        return tuple(self._permission(item) for item in value)

    def _faults(self, index: int, item: JSON) -> Iterator[Violation]:
        path, name = (self.place, str(index)), f"{self.place}[{index}]"
        if not isinstance(item, dict):
            yield _wrong(path, name, "object", item)
            return
        yield from self._action_faults(item, path, name)
        yield from self._subject_faults(item, path, name)
        yield from self._property_faults(item, path, name)
        yield from _condition_faults(item, path, name)
        if unknown := [key for key in item if key not in _KEYS]:
            yield Violation(path, f"{name} field has unspecified keys: {', '.join(unknown)}", item)

    def _action_faults(self, item: dict[str, JSON], path: tuple[str, ...], name: str) -> Iterator[Violation]:
        if "action" not in item:
            yield Violation((*path, "action"), f"{name}.action is a required field")
        elif not isinstance(item["action"], str):
            yield _wrong((*path, "action"), f"{name}.action", "string", item["action"])
        elif self._action(item) is None:
            yield Violation((*path, "action"), "action is not an existing permission action", item["action"])

    def _subject_faults(self, item: dict[str, JSON], path: tuple[str, ...], name: str) -> Iterator[Violation]:
        subject, action = item.get("subject"), self._action(item)
        if not isinstance(subject, str | None):
            yield _wrong((*path, "subject"), f"{name}.subject", "string", subject)
        elif action and not self.project.catalogue.takes(action, subject, self.project.schema.content_types):
            yield Violation((*path, "subject"), "Invalid subject submitted", subject)

    def _property_faults(self, item: dict[str, JSON], path: tuple[str, ...], name: str) -> Iterator[Violation]:
        given, action = item.get("properties", {}), self._action(item)
        if not isinstance(given, dict):
            yield _wrong((*path, "properties"), f"{name}.properties", "object", given)
            return
        if action and any(key not in action.properties for key in given):
            yield Violation((*path, "properties"), f"Invalid property set at {name}.properties", given)
            return
        for key, values in given.items():
            yield from _list_faults(key, values, given, (*path, "properties", key), f"{name}.properties.{key}")

    def _permission(self, item: dict[str, JSON]) -> Permission:
        subject, properties = item.get("subject"), dict(item.get("properties", {}))
        if self.default_locale and self._wants_locale(item, subject) and properties.get("locales", []) == []:
            properties["locales"] = [self.default_locale]
        known = tuple(name for name in item.get("conditions", ()) if name in CONDITIONS)
        return Permission(action=item["action"], subject=subject, properties=properties, conditions=known)

    def _wants_locale(self, item: dict[str, JSON], subject: str | None) -> bool:
        action = self._action(item)
        content_type = self.project.schema.content_types.get(subject or "")
        return (
            action is not None
            and "locales" in action.properties
            and content_type is not None
            and content_type.localized
        )

    def _action(self, item: dict[str, JSON]) -> Action | None:
        return self.project.catalogue.find(str(item.get("action")))


def _condition_faults(item: dict[str, JSON], path: tuple[str, ...], name: str) -> Iterator[Violation]:
    given = item.get("conditions", [])
    if not isinstance(given, list):
        yield _wrong((*path, "conditions"), f"{name}.conditions", "array", given)
        return
    for index, condition in enumerate(given):
        if not isinstance(condition, str):
            place = (*path, "conditions", str(index))
            yield _wrong(place, f"{name}.conditions[{index}]", "string", condition)


def _list_faults(
    key: str, values: JSON, given: dict[str, JSON], path: tuple[str, ...], name: str
) -> Iterator[Violation]:
    """Yield what is wrong with a list of fields or locales; the reference ends at some of these (deviations.json)."""
    if values is None:
        return
    if not isinstance(values, list):
        yield _wrong(path, name, "array", values)
        return
    for index, value in enumerate(values):
        if not isinstance(value, str):
            yield _wrong((*path, str(index)), f"{name}[{index}]", "string", value)
            return
    if key == "fields":
        yield from _field_faults(values, given, path)


def _field_faults(fields: Sequence[str], given: dict[str, JSON], path: tuple[str, ...]) -> Iterator[Violation]:
    if len(set(fields)) < len(fields):
        yield Violation(path, "Fields format are incorrect (duplicates).", given)
    elif any(field.startswith(f"{other}.") for field in fields for other in fields):
        yield Violation(path, "Fields format are incorrect (bad nesting).", given)


def _wrong(path: tuple[str, ...], name: str, kind: str, value: JSON) -> Violation:
    return Violation(path, f"{name} must be a `{kind}` type, but the final value was: `{value_text(value)}`.", value)


def _repeats(items: Sequence[dict[str, JSON]]) -> bool:
    pairs = [(item["action"], item.get("subject")) for item in items]
    return len(set(pairs)) < len(pairs)
