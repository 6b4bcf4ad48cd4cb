"""What is answered about roles and what can be granted."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Row


class Role(Row):
    """A role of administrators."""

    name: str
    code: str
    description: str | None
    locale: str | None


class RoleWithUsers(Role):
    """A role, and how many administrators have it."""

    usersCount: int


class GrantableCondition(TypedDict):
    """A condition under which something can be granted."""

    id: str
    displayName: str
    category: str


class GrantableValue(TypedDict):
    """A field or a locale that a permission can be confined to."""

    label: str
    value: str
    required: NotRequired[bool]
    isDefault: NotRequired[bool]
    children: NotRequired[list[GrantableValue]]


class GrantableProperty(TypedDict):
    """What a permission can be confined to."""

    label: str
    value: str
    children: list[GrantableValue]


class GrantableSubject(TypedDict):
    """What something can be done to."""

    uid: str
    label: str
    properties: list[GrantableProperty]


class GrantableContentAction(TypedDict):
    """What can be done to entries."""

    label: str
    actionId: str
    subjects: list[str]
    applyToProperties: NotRequired[list[str]]


class GrantableContent(TypedDict):
    """What can be done to the entries of some types."""

    subjects: list[GrantableSubject]
    actions: list[GrantableContentAction]


class GrantableSetting(TypedDict):
    """Another action that can be granted."""

    displayName: str
    action: str
    subCategory: str
    category: NotRequired[str]
    plugin: NotRequired[str]


class GrantableSections(TypedDict):
    """Everything that can be granted, as the panel arranges it."""

    collectionTypes: GrantableContent
    singleTypes: GrantableContent
    plugins: list[GrantableSetting]
    settings: list[GrantableSetting]


class Grantable(TypedDict):
    """Everything that can be granted, and the conditions for it."""

    conditions: list[GrantableCondition]
    sections: GrantableSections
