"""A few types, permissions on them and questions about their rows, for property tests of rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from tessera.authz.ability import Ability
from tessera.authz.conditions import Asker
from tessera.authz.grants import known_questions, rules_of
from tessera.authz.permission import Permission
from tessera.authz.rules import SUPER_ADMIN, Rules
from tessera.authz.standard_actions import STANDARD_ACTIONS

BOOK, TAG, USER = "api::book.book", "api::tag.tag", "admin::user"
READ, DELETE = "plugin::content-manager.explorer.read", "plugin::content-manager.explorer.delete"
USERS = "admin::users.read"
CONDITIONS: Final = ("admin::is-creator", "admin::has-same-role-as-creator", "admin::is-sunday")  # the last is unknown
PATHS: Final = ("title", "body", "seo", "seo.title", "seo.image", "seo.image.alt", "seoul")
LOCALES: Final = ("en", "fr", "de")
ASKER: Final = Asker(user_id=1, role_ids=frozenset({1, 2}))


@dataclass(frozen=True, slots=True)
class Type:
    """A content type as far as rights are about it."""

    uid: str
    localized: bool
    visible_in_content_manager: bool = True
    standard_columns: bool = True


TYPES: Final = {
    BOOK: Type(BOOK, localized=True),
    TAG: Type(TAG, localized=False),
    USER: Type(USER, localized=False, visible_in_content_manager=False),
}
SCOPE: Final = known_questions(STANDARD_ACTIONS, TYPES)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that leaves nothing open: about one field, of one row, in its locale."""

    action: str
    subject: str | None
    field: str | None
    locale: str | None
    row: dict[str, Any]

    def asked_of(self, ability: Ability) -> bool:
        """Return the answer."""
        return ability.allows(self.action, self.subject, field=self.field, locale=self.locale, row=self.row)


def rules(permissions: list[Permission]) -> Rules:
    """Return the rules of permissions for the one who asks."""
    return rules_of(permissions, ASKER, STANDARD_ACTIONS, TYPES)


def ability(of: Rules | list[Permission]) -> Ability:
    """Return the ability that rules or permissions give."""
    return Ability(rules(of) if isinstance(of, list) else of, SCOPE)


_SUBSETS: Final = st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=2).map(tuple)
_FIELDS: Final = st.none() | st.lists(st.sampled_from(PATHS), unique=True, max_size=3)
_LOCALES: Final = st.none() | st.lists(st.sampled_from(LOCALES), unique=True)
_WITH_FIELDS: Final = st.fixed_dictionaries({}, optional={"fields": _FIELDS, "locales": _LOCALES})
_WITH_LOCALES: Final = st.fixed_dictionaries({}, optional={"locales": _LOCALES})

PERMISSIONS: Final = st.one_of(
    st.builds(Permission, action=st.just(USERS), subject=st.none(), conditions=_SUBSETS),
    st.builds(
        Permission,
        action=st.just(DELETE),
        subject=st.sampled_from([BOOK, TAG]),
        properties=_WITH_LOCALES,
        conditions=_SUBSETS,
    ),
    *[
        st.builds(
            Permission,
            action=st.just(READ),
            subject=st.sampled_from([TAG, BOOK, BOOK]),
            properties=_WITH_FIELDS,
            conditions=_SUBSETS,
        )
    ]
    * 3,
)
LISTS: Final = st.lists(PERMISSIONS, max_size=4)
RULES: Final = st.one_of(LISTS.map(rules), LISTS.map(rules), st.just(SUPER_ADMIN))


@st.composite
def _questions(draw: st.DrawFn) -> Question:
    action, subject = draw(st.sampled_from([(READ, BOOK), (READ, BOOK), (READ, TAG), (DELETE, BOOK), (USERS, None)]))
    locale = draw(st.sampled_from(LOCALES)) if subject == BOOK else None
    roles = [{"id": role} for role in draw(st.frozensets(st.integers(1, 3)))]
    creator = draw(st.none() | st.builds(lambda user: {"id": user, "roles": roles}, st.integers(1, 3)))
    field = draw(st.sampled_from(PATHS)) if action == READ else None
    return Question(action, subject, field, locale, {"id": 1, "locale": locale, "createdBy": creator})


QUESTIONS: Final = _questions()
