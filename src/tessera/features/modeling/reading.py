"""What both kinds of request have in common: a body is taken apart key by key, and every fault is noted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ABSENT, Violation
from tessera.features.modeling import names, values
from tessera.features.modeling.attributes import SLUG_SOURCES, Holder, read_attribute
from tessera.features.modeling.edits import Attributes
from tessera.features.modeling.values import Check
from tessera.schema.model import JSON
from tessera.schema.naming import snake

KINDS: Final = ("singleType", "collectionType")
SINGLE: Final = "singleType"
_STATUS: Final = "status"
_PLAIN: Final = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Body:
    """An object within a body, where it stands, and the list that its faults are noted in."""

    value: Mapping[str, JSON]
    path: tuple[str, ...]
    faults: list[Violation]

    def refuse(self, key: str, message: str, value: JSON = ABSENT) -> None:
        """Note what is wrong with a key."""
        self.faults.append(Violation((*self.path, *([key] if key else [])), message, value))

    def get(self, key: str, check: Check, *, required: bool = False) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value of a key; None when there is none, or a wrong one."""
        value = self.value.get(key)
        if value is None:
            if required:
                self.refuse(key, f"{key} is a required field")
            return None
        said = check(value)
        if said is not None:
            self.refuse(key, f"{key} {said}", value)
            return None
        return value

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a text."""
        found: str | None = self.get(key, values.text, required=required)
        if found == "" and required:
            self.refuse(key, f"{key} must be at least 1 characters", found)
        return found

    def mapping(self, key: str) -> dict[str, JSON] | None:
        """Return an object."""
        found: dict[str, JSON] | None = self.get(key, values.mapping)
        return found

    def options(self) -> dict[str, JSON] | None:
        """Return the options of a content type, plain values all of them."""
        found = self.mapping("options")
        for name, value in (found or {}).items():
            if not isinstance(value, _PLAIN) and not _is_texts(value):
                self.refuse("options", f"{name} expected a text, a number, true, false or a list of texts", value)
        return found

    def drafts(self, *, required: bool = False) -> bool | None:
        """Return whether documents of a content type have drafts."""
        found: bool | None = self.get("draftAndPublish", values.flag, required=required)
        return found

    def named(self, key: str, is_good: Callable[[str], bool], message: str) -> str | None:
        """Return a text that has to be a good name; an empty one is nothing."""
        found = self.text(key)
        if found and not is_good(found):
            self.refuse(key, message, found)
        return found or None

    def model_names(self) -> tuple[str, str]:
        """Return the singular and plural name of a new content type."""
        singular, plural = self.text("singularName", required=True), self.text("pluralName", required=True)
        for key, name in (("singularName", singular), ("pluralName", plural)):
            if name and not names.is_model_name(name):
                self.refuse(key, f"{key} is not in kebab case (an-example-of-kebab-case)", name)
            elif name and names.is_reserved_model(name):
                words = f"Content Type name cannot be one of {', '.join(names.RESERVED_MODELS)}"
                self.refuse(key, words, name)
        if singular and singular == plural:
            self.refuse("singularName", "Singular and plural names must be different", singular)
        return singular or "", plural or ""

    def table(self) -> str | None:
        """Return the table that a new content type wants."""
        words = "collectionName must match the following regex: /^[A-Za-z][-_0-9A-Za-z]*$/"
        return self.named("collectionName", names.is_category, words)

    def category(self, *, required: bool) -> str | None:
        """Return the category of a component."""
        found = self.text("category", required=required)
        if found and not names.is_category(found):
            words = "category must start with a letter and only contain letters, numbers, dashes and underscores"
            self.refuse("category", words, found)
        return found

    def icon(self) -> str | None:
        """Return the icon of a component."""
        words = (
            "icon is not a valid icon name. Make sure your icon name starts with an alphanumeric character and only"
            " includes alphanumeric characters or dashes."
        )
        return self.named("icon", names.is_icon, words)

    def kind(self) -> str | None:
        """Return whether there is to be one document or many."""
        found: str | None = self.get("kind", values.one_of(KINDS))
        return found


@dataclass(frozen=True, slots=True)
class Sent:
    """An attribute as it was sent: its name, where it stands, and whether it is new."""

    name: str
    path: tuple[str, ...]
    value: JSON
    is_new: bool = True


def attributes_of(
    body: Body, sent: Collection[Sent], holder: Holder, *, old: Collection[str] = (), drafts: bool
) -> Attributes:
    """Return the attributes of a type by name; a name that is there already need not be a good one."""
    found: dict[str, dict[str, Any]] = {}
    for each in sent:
        read = read_attribute(_without_empty_default(each), each.path, holder)
        if each.name not in old:
            _check_name(body, each)
        if isinstance(read, list):
            body.faults.extend(read)
        else:
            found[each.name] = read
    _check_together(body, sent, found, drafts=drafts)
    return _with_known_sources(body, sent, found)


def _check_name(body: Body, sent: Sent) -> None:
    if names.is_reserved_attribute(sent.name):
        words = f"Attribute keys cannot be one of {', '.join(names.RESERVED_ATTRIBUTES)}"
        body.faults.append(Violation(sent.path, words, sent.name))
    elif not names.is_name(sent.name):
        words = f"Attribute name '{sent.name}' must match the following regex: /{names.NAME_PATTERN}/"
        body.faults.append(Violation(sent.path, words, sent.name))


def _check_together(body: Body, sent: Collection[Sent], found: Attributes, *, drafts: bool) -> None:
    seen: dict[str, str] = {}
    for each in sent:
        other = seen.setdefault(snake(each.name), each.name)
        if other != each.name:
            body.faults.append(Violation(each.path, f"Attribute {each.name} conflicts with an existing key", each.name))
    if len({each.name for each in sent}) < len(sent):
        body.refuse("attributes", "Attributes must have unique names")
    if drafts and _STATUS in found:
        words = (
            "Cannot enable draft and publish while the following attribute names are reserved: status."
            " Rename them or remove them first."
        )
        body.refuse("draftAndPublish", words, value=True)


def _with_known_sources(body: Body, sent: Collection[Sent], found: dict[str, dict[str, Any]]) -> Attributes:
    """Check what uids are made from; the source of an old one may have gone, and is forgotten then."""
    for each in sent:
        attribute = found.get(each.name, {})
        source = attribute.get("targetField")
        if source is None:
            continue
        type_name = found.get(source, {}).get("type")
        if type_name is None and not each.is_new:
            found[each.name] = {key: value for key, value in attribute.items() if key != "targetField"}
        elif type_name not in SLUG_SOURCES:
            words = "Target does not exist" if type_name is None else "Invalid target type"
            body.faults.append(Violation((*each.path, "targetField"), words, source))
    return found


def _without_empty_default(sent: Sent) -> JSON:
    if sent.is_new or not isinstance(sent.value, dict) or sent.value.get("default") != "":
        return sent.value
    return {key: value for key, value in sent.value.items() if key != "default"}


def _is_texts(value: JSON) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
