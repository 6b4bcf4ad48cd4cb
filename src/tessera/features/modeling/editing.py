"""Edits carried out on the drafts of a project; what cannot be done is noted, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tessera.errors import Violation
from tessera.features.modeling import names, sides
from tessera.features.modeling.drafts import Draft, Drafts, Where, component_file, content_type_file, extension_file
from tessera.features.modeling.edits import (
    Attributes,
    CategoryRemoval,
    CategoryRename,
    ComponentChange,
    ComponentRemoval,
    Edit,
    NewComponent,
    NewType,
    TypeChange,
    TypeRemoval,
    uid_of,
)
from tessera.schema.model import JSON
from tessera.schema.naming import snake

TYPE_MISSING: Final = "contentType.notFound"
COMPONENT_MISSING: Final = "component.notFound"
_ITSELF: Final = "__self__"
_SWITCH: Final = "draftAndPublish"


class Editor:
    """Drafts on their way to what is asked for; `faults` tells what could not be done, `moved` which uids changed."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts: Final = drafts
        self.faults: Final[list[Violation]] = []
        self.moved: Final[dict[str, str]] = {}  # components by their uid before

    def carry_out(self, edits: Iterable[Edit]) -> None:
        """Do all edits: what is new is there first, so that everything can refer to it."""
        edits = tuple(edits)
        made = [edit for edit in edits if isinstance(edit, NewType | NewComponent) and self._make(edit)]
        for edit in edits:
            if isinstance(edit, NewType | NewComponent):
                if edit in made:
                    self._fill(self.drafts.by_uid[uid_of(edit)], edit.attributes)
            elif isinstance(edit, TypeChange):
                self._change_type(edit)
            elif isinstance(edit, TypeRemoval):
                self._remove_type(edit.uid)
            else:
                self._edit_components(edit)

    def _edit_components(self, edit: ComponentChange | ComponentRemoval | CategoryRename | CategoryRemoval) -> None:
        if isinstance(edit, ComponentChange):
            self._change_component(edit)
        elif isinstance(edit, ComponentRemoval):
            self._remove_component(edit.uid)
        elif isinstance(edit, CategoryRename):
            self._rename_category(edit)
        else:
            for draft in self._category(edit.name):
                self._remove_component(draft.uid)

    def _make(self, edit: NewType | NewComponent) -> bool:
        return self._make_type(edit) if isinstance(edit, NewType) else self._make_component(edit)

    def _make_type(self, edit: NewType) -> bool:
        uid, name = uid_of(edit), edit.singular_name
        if edit.uid is not None and edit.uid != uid:
            return self._refuse(edit.uid, "contentType.invalidUID")
        if edit.plugin is not None and edit.plugin not in self.drafts.plugins:
            return self._refuse(uid, f'there is no plugin "{edit.plugin}"')
        if not names.is_model_name(name):
            return self._refuse(uid, "the name gives no folder name")
        if uid in self.drafts.by_uid and edit.uid is not None:
            return self._refuse(uid, "contentType.alreadyExists")
        if taken := self._taken_names(edit):
            self.faults.extend(taken)
            return False
        file = extension_file(edit.plugin, name) if edit.plugin else content_type_file(name, name)
        where = Where.EXTENSION if edit.plugin else Where.CONTENT_TYPE
        content = _content_of_type(edit)
        self.drafts.add(Draft(uid=uid, where=where, folder=edit.plugin or name, name=name, file=file, content=content))
        return True

    def _taken_names(self, edit: NewType) -> list[Violation]:
        infos = [draft.info for draft in self.drafts.content_types()]
        used = {snake(str(info[key])) for info in infos for key in ("singularName", "pluralName") if key in info}
        tables = {snake(str(draft.content.get("collectionName"))) for draft in self.drafts.content_types()}
        return [
            Violation(
                (uid_of(edit), "info", key),
                f"contentType: name `{name}` is already being used by another content type.",
                name,
            )
            for key, name, taken in (
                ("singularName", edit.singular_name, used),
                ("pluralName", edit.plural_name, used | tables),
            )
            if snake(name) in taken
        ]

    def _make_component(self, edit: NewComponent) -> bool:
        uid = uid_of(edit)
        if edit.uid is not None and edit.uid != uid:
            return self._refuse(edit.uid, "component.invalidUID")
        category, _, name = uid.partition(".")
        if not names.is_model_name(category) or not names.is_model_name(name):
            return self._refuse(uid, "the name gives no file name: it needs letters of the Latin alphabet")
        table = names.component_table(edit.category, edit.display_name)
        tables = {draft.content.get("collectionName") for draft in self.drafts.components()}
        if uid in self.drafts.by_uid or table in tables:
            return self._refuse(uid, "component.alreadyExists")
        content = _content_of_component(edit, table)
        self.drafts.add(
            Draft(
                uid=uid,
                where=Where.COMPONENT,
                folder=category,
                name=name,
                file=component_file(category, name),
                content=content,
            )
        )
        return True

    def _fill(self, draft: Draft, attributes: Attributes) -> None:
        """Give a draft that is new its attributes."""
        for name, sent in attributes.items():
            draft.attributes[name] = sides.spelled(_targeted(sent, draft.uid), None, draft, name)
        self._connect(draft, attributes)

    def _connect(self, draft: Draft, attributes: Iterable[str]) -> None:
        for name in (name for name in attributes if name in draft.attributes):
            target = draft.attributes[name].get("target")
            if target is not None and self.drafts.content_type(target) is None:
                self._refuse(f"{draft.uid}.{name}", f"Content type {target} not found")
            elif draft.where is not Where.COMPONENT:
                sides.connect(self.drafts, draft, name)

    def _change_type(self, edit: TypeChange) -> None:
        draft = self.drafts.content_type(edit.uid)
        if draft is None or draft.where is Where.FIXED:
            self._refuse(edit.uid, TYPE_MISSING if draft is None else "this content type cannot be changed")
            return
        before = draft.attributes
        draft.content["kind"] = edit.kind or draft.kind
        _describe(draft, displayName=edit.display_name, description=edit.description)
        draft.content["options"] = _options(edit, draft.content.get("options") or {})
        draft.content["pluginOptions"] = _or_before(edit.plugin_options, draft.content.get("pluginOptions"))
        changed = self._replace_attributes(draft, before, edit.attributes)
        for name, old in before.items():
            if _is_configurable(old) and sides.is_reconnected(old, draft.attributes.get(name)):
                self._disconnect(draft, name, old)
        self._connect(draft, changed)

    def _disconnect(self, draft: Draft, name: str, old: JSON) -> None:
        """Take the other side away, unless it is one that this very change has set."""
        partner = sides.other_side(old)
        target = self.drafts.content_type(str(old.get("target"))) if partner else None
        mirror = target.attributes.get(partner) if target and partner else None
        if mirror is not None and sides.other_side(mirror) == name and mirror.get("target") == draft.uid:
            sides.disconnect(self.drafts, old)

    def _replace_attributes(self, draft: Draft, before: Mapping[str, JSON], attributes: Attributes) -> list[str]:
        """Set the attributes; those that cannot be changed, or are not shown to anybody, stay first in their place."""
        fixed = {name: old for name, old in before.items() if not _is_configurable(old) or not _is_visible(old)}
        wanted = {name: sent for name, sent in attributes.items() if name not in fixed}
        draft.content["attributes"] = dict(fixed)
        for name, sent in wanted.items():
            targeted = _targeted(sent, draft.uid)
            draft.attributes[name] = sides.spelled(targeted, before.get(name), draft, name)
        return list(wanted)

    def _remove_type(self, uid: str) -> None:
        draft = self.drafts.content_type(uid)
        if draft is None or draft.where is not Where.CONTENT_TYPE:
            self._refuse(uid, TYPE_MISSING if draft is None else "this content type cannot be deleted")
            return
        self.drafts.remove(draft)
        for other in self.drafts:
            if other.where is not Where.FIXED:
                other.content["attributes"] = {
                    name: attribute for name, attribute in other.attributes.items() if attribute.get("target") != uid
                }

    def _change_component(self, edit: ComponentChange) -> None:
        draft = self.drafts.component(self.moved.get(edit.uid, edit.uid))
        if draft is None:
            self._refuse(edit.uid, COMPONENT_MISSING)
            return
        _describe(draft, displayName=edit.display_name, icon=edit.icon, description=edit.description)
        draft.content["pluginOptions"] = _or_before(edit.plugin_options, draft.content.get("pluginOptions"))
        self._connect(draft, self._replace_attributes(draft, draft.attributes, edit.attributes))
        category = names.slug(edit.category) if edit.category else draft.folder
        if category != draft.folder:
            self._move(draft, category)

    def _move(self, draft: Draft, category: str) -> None:
        before, uid = draft.uid, f"{category}.{draft.name}"
        if uid in self.drafts.by_uid:
            self._refuse(before, "component.edit.alreadyExists")
        elif not names.is_model_name(category):
            self._refuse(before, "the category gives no folder name: it needs letters of the Latin alphabet")
        else:
            self.drafts.move(draft, uid, category)
            self.moved[before] = uid
            for other in self.drafts:
                _replace_component(other, before, (uid,))

    def _remove_component(self, uid: str) -> None:
        draft = self.drafts.component(uid)
        if draft is None:
            self._refuse(uid, COMPONENT_MISSING)
            return
        self.drafts.remove(draft)
        for other in self.drafts:
            _replace_component(other, uid, ())

    def _rename_category(self, edit: CategoryRename) -> None:
        category = names.slug(edit.new_name)
        if category == edit.name:
            return
        found = self._category(edit.name)
        if found and any(draft.folder == category for draft in self.drafts.components()):
            self._refuse(edit.name, "Name already taken")
            return
        for draft in found:
            self._move(draft, category)

    def _category(self, name: str) -> list[Draft]:
        found = [draft for draft in self.drafts.components() if draft.folder == name]
        if not found:
            self._refuse(name, "category not found")
        return found

    def _refuse(self, where: str, message: str) -> bool:
        self.faults.append(Violation((where,), message))
        return False


def _content_of_type(edit: NewType) -> dict[str, Any]:
    info = {"singularName": edit.singular_name, "pluralName": edit.plural_name, "displayName": edit.display_name}
    return {
        "kind": edit.kind,
        "collectionName": edit.collection_name or names.slug(edit.plural_name, "_"),
        "info": {**info, **({} if edit.description is None else {"description": edit.description})},
        "options": dict(edit.options),
        "pluginOptions": edit.plugin_options,
        "attributes": {},
        "config": edit.config,
    }


def _content_of_component(edit: NewComponent, table: str) -> dict[str, Any]:
    info = {"displayName": edit.display_name, "icon": edit.icon, "description": edit.description}
    return {
        "collectionName": table,
        "info": {key: value for key, value in info.items() if value is not None},
        "options": {},
        "pluginOptions": edit.plugin_options,
        "attributes": {},
        "config": edit.config,
    }


def _describe(draft: Draft, **info: str | None) -> None:
    """Set what something is called; what is not said stays."""
    draft.info.update({key: value for key, value in info.items() if value is not None})


def _options(edit: TypeChange, before: Mapping[str, JSON]) -> dict[str, JSON]:
    """
    Return the options of a content type that changes.

    The reference forgets those that are not sent, and its panel sends none: private attributes were public then.
    """
    switch = before.get(_SWITCH) if edit.draft_and_publish is None else edit.draft_and_publish
    kept = before if edit.options is None else edit.options
    others = {key: value for key, value in kept.items() if key != _SWITCH}
    return {**others, **({} if switch is None else {_SWITCH: switch})}


def _or_before(value: Mapping[str, JSON] | None, before: JSON) -> JSON:
    return before if value is None else dict(value)


def _targeted(sent: Mapping[str, JSON], uid: str) -> dict[str, JSON]:
    """Return an attribute that may point to its own type, whose uid a client need not know."""
    return {**sent, "target": uid} if sent.get("target") == _ITSELF else dict(sent)


def _is_configurable(attribute: JSON) -> bool:
    return not isinstance(attribute, Mapping) or attribute.get("configurable") is not False


def _is_visible(attribute: JSON) -> bool:
    return not isinstance(attribute, Mapping) or attribute.get("visible") is not False


def _replace_component(draft: Draft, uid: str, others: tuple[str, ...]) -> None:
    """Put another component in the place of one, or take away what held it."""
    if draft.where is Where.FIXED:
        return
    for name, attribute in tuple(draft.attributes.items()):
        if attribute.get("type") == "component" and attribute.get("component") == uid:
            draft.attributes[name] = {**attribute, "component": others[0]} if others else None
        if attribute.get("type") == "dynamiczone" and uid in (attribute.get("components") or ()):
            listed = [each for old in attribute["components"] for each in (others if old == uid else (old,))]
            draft.attributes[name] = {**attribute, "components": listed}
    draft.content["attributes"] = {name: each for name, each in draft.attributes.items() if each is not None}
