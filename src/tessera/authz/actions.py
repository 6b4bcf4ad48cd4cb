"""What can be allowed: the catalogue of actions, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tessera.authz.subjects import SubjectType, SubjectTypes
from tessera.errors import ConfigurationError


class Section(Enum):
    """Where the panel shows an action."""

    CONTENT_TYPES = "contentTypes"
    PLUGINS = "plugins"
    SETTINGS = "settings"


class Subjects(Enum):
    """Which content types an action is about."""

    DISPLAYED = "displayed"  # those shown in the content manager
    EVERY = "every"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that one may be allowed to do."""

    uid: str
    display_name: str
    section: Section
    plugin: str
    category: str | None = None
    sub_category: str | None = None
    subjects: Subjects | None = None
    properties: tuple[str, ...] = ()  # which limits it takes: fields, locales
    implies: tuple[tuple[str, str], ...] = ()  # (action, subject) pairs that come with it
    offered: bool = True  # False: the reference does not list it, so the matrix and stored permissions leave it out


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every action of a project; what is not in it is refused."""

    actions: tuple[Action, ...]

    def __post_init__(self) -> None:
        uids = [action.uid for action in self.actions]
        if twice := {uid for uid in uids if uids.count(uid) > 1}:
            raise ConfigurationError(f"Two actions have the same id: {', '.join(sorted(twice))}")

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    def find(self, uid: str) -> Action | None:
        """Return the action of that id."""
        return next((action for action in self.actions if action.uid == uid), None)

    @property
    def offered(self) -> tuple[Action, ...]:
        """Return the actions that the matrix of permissions shows."""
        return tuple(action for action in self.actions if action.offered)

    def subjects_of(self, action: Action, types: SubjectTypes) -> tuple[str, ...]:
        """Return the content types that the action is about, in their order."""
        return tuple(uid for uid, each in types.items() if _is_about(action, each))

    def takes(self, action: Action, subject: str | None, types: SubjectTypes) -> bool:
        """Tell whether the action can be done to the subject; an action without subjects takes none."""
        if action.subjects is None or subject is None:
            return action.subjects is None and subject is None
        content_type = types.get(subject)
        return content_type is not None and _is_about(action, content_type)


def _is_about(action: Action, content_type: SubjectType) -> bool:
    if action.subjects is None or not content_type.standard_columns:
        return False
    return action.subjects is Subjects.EVERY or content_type.visible_in_content_manager


def settings(
    prefix: str, category: str, sub_category: str, names: Sequence[tuple[str, str]], plugin: str = "admin"
) -> tuple[Action, ...]:
    """Return actions of the settings section that share their place, from (last part of the id, display name) pairs."""
    return tuple(
        Action(
            uid=f"{prefix}.{verb}",
            display_name=name,
            section=Section.SETTINGS,
            plugin=plugin,
            category=category,
            sub_category=sub_category,
        )
        for verb, name in names
    )


def of_plugin(plugin: str, sub_category: str, names: Sequence[tuple[str, str]]) -> tuple[Action, ...]:
    """Return actions of the plugin section that share their place."""
    return tuple(
        Action(
            uid=f"plugin::{plugin}.{verb}",
            display_name=name,
            section=Section.PLUGINS,
            plugin=plugin,
            sub_category=sub_category,
        )
        for verb, name in names
    )
