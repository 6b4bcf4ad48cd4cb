"""Laws of rights: whatever is granted, these hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.authz.ability import NOTHING, Grant, Reason, Refusal
from tessera.authz.ceiling import ceiling
from tessera.authz.permission import Permission
from tessera.authz.reach import ALL, Fields, covers, joined, shared_fields, touches
from tessera.authz.rules import NO_RULES, SUPER_ADMIN, Rules
from tessera.filters import evaluate
from tests.properties.rights import (
    LISTS,
    PATHS,
    PERMISSIONS,
    QUESTIONS,
    READ,
    RULES,
    SCOPE,
    TAG,
    USER,
    USERS,
    Question,
    ability,
)

FIELDS = st.just(ALL) | st.frozensets(st.sampled_from(PATHS), max_size=3)


@given(RULES, RULES, QUESTIONS)
def test_a_token_is_allowed_what_both_sides_allow(token: Rules, owner: Rules, question: Question) -> None:
    """
    A token may do something exactly when its own rules and its owner's rules both allow it.
    """
    both = question.asked_of(ability(token)) and question.asked_of(ability(owner))

    assert both == question.asked_of(ability(ceiling(token, owner)))


@given(RULES, RULES, QUESTIONS, st.frozensets(st.sampled_from(["field", "locale", "row"])))
def test_an_open_question_is_never_granted_beyond_either_side(
    token: Rules, owner: Rules, question: Question, named: frozenset[str]
) -> None:
    """
    Where a question leaves something open, the ceiling still never says yes when one side says no.
    """

    def asked(of: Rules) -> bool:
        return ability(of).allows(
            question.action,
            question.subject,
            field=question.field if "field" in named else None,
            locale=question.locale if "locale" in named else None,
            row=question.row if "row" in named else None,
        )

    assert asked(ceiling(token, owner)) <= (asked(token) and asked(owner))


@given(RULES, RULES, RULES, QUESTIONS)
def test_the_order_of_ceilings_does_not_matter(one: Rules, other: Rules, third: Rules, question: Question) -> None:
    """
    Ceilings may be put on each other in any order, and one's own ceiling takes nothing away.
    """
    asked = question.asked_of

    assert asked(ability(ceiling(one, other))) == asked(ability(ceiling(other, one)))
    assert asked(ability(ceiling(ceiling(one, other), third))) == asked(ability(ceiling(one, ceiling(other, third))))
    assert asked(ability(one)) == asked(ability(ceiling(one, one)))


@given(LISTS, QUESTIONS, st.data())
def test_taking_something_away_never_allows_more(
    permissions: list[Permission], question: Question, data: st.DataObject
) -> None:
    """
    A permission, field, locale or alternative condition less never allows what was not allowed before.
    """
    fewer = data.draw(_reduced(permissions)) if permissions else []

    assert question.asked_of(ability(fewer)) <= question.asked_of(ability(permissions))


@given(FIELDS, FIELDS, st.sampled_from(PATHS))
def test_fields_are_shared_path_by_path(one: Fields, other: Fields, path: str) -> None:
    """
    A path is shared exactly when both cover it, by its own name or that of something around it.
    """
    assert (covers(one, path) and covers(other, path)) == covers(shared_fields(one, other), path)
    assert (covers(one, path) or covers(other, path)) == covers(joined((one, other)), path)
    assert covers(one, path) <= touches(one, path)


@given(RULES, RULES, QUESTIONS)
def test_rules_are_alternatives(one: Rules, other: Rules, question: Question) -> None:
    """
    Two sets of rules together allow what one of them allows, and nothing else.
    """
    either = question.asked_of(ability(one)) or question.asked_of(ability(other))

    assert either == question.asked_of(ability(one | other))


@given(RULES, QUESTIONS)
def test_the_filter_of_a_grant_holds_for_the_rows_that_are_reached(granted: Rules, question: Question) -> None:
    """
    The filter holds for a row exactly when something of it is allowed, asked in its locale or in all of them.
    """
    mine = ability(granted)
    allowed = mine.allows(question.action, question.subject, locale=question.locale, row=question.row)

    for locale in (None, question.locale):
        grant = mine.grant(question.action, question.subject, locale=locale)
        assert allowed == (isinstance(grant, Grant) and evaluate(grant.filter, question.row))


@given(RULES, QUESTIONS)
def test_a_guard_holds_for_the_rows_whose_field_is_allowed(granted: Rules, question: Question) -> None:
    """
    Among the rows that are reached, a field's guard holds exactly where the field is allowed.
    """
    grant = ability(granted).grant(question.action, question.subject)
    if not isinstance(grant, Grant) or question.field is None or not evaluate(grant.filter, question.row):
        return

    assert question.asked_of(ability(granted)) == evaluate(grant.guard(question.field), question.row)


@given(RULES, QUESTIONS)
def test_a_partial_guard_holds_where_a_part_is_allowed(granted: Rules, question: Question) -> None:
    """
    A field is partly reached where it, or something within it, is allowed.
    """
    mine = ability(granted)
    grant = mine.grant(question.action, question.subject)
    if not isinstance(grant, Grant) or question.field is None or not evaluate(grant.filter, question.row):
        return
    within = [path for path in PATHS if path == question.field or path.startswith(f"{question.field}.")]
    allowed = any(replace(question, field=path).asked_of(mine) for path in within)

    assert allowed == evaluate(grant.partial_guard(question.field), question.row)


@given(RULES, RULES)
def test_keys_are_equal_for_equal_rules_only(one: Rules, other: Rules) -> None:
    """
    Two abilities have the same key exactly when they have the same rules.
    """
    assert (one == other) == (ability(one).key == ability(other).key)


@given(RULES, st.text())
def test_what_nobody_knows_is_refused(granted: Rules, unknown: str) -> None:
    """
    No rules, not even a super admin's, allow an action or a subject that the project does not have.
    """
    mine = ability(granted)
    if (unknown, None) in SCOPE:
        return

    assert Refusal(Reason.UNKNOWN) == mine.grant(unknown) == mine.grant(READ, f"api::{unknown}")
    assert not mine.allows(unknown)
    assert not mine.holds(unknown)


@given(PERMISSIONS, QUESTIONS)
def test_an_unknown_limit_grants_nothing(permission: Permission, question: Question) -> None:
    """
    A permission that is limited by something unknown grants nothing, rather than everything.
    """
    odd = replace(permission, properties={**permission.properties, "weather": ["fine"]})
    unmet = replace(permission, conditions=("admin::is-sunday",))
    unreadable = [
        Permission.of_row(permission.action, permission.subject, "[]", "[]"),
        Permission.of_row(permission.action, permission.subject, "{", "[]"),
        Permission.of_row(permission.action, permission.subject, "{}", "{}"),
        Permission.of_row(permission.action, permission.subject, "{}", "?"),
        replace(permission, properties={"fields": "title", "locales": None}),
    ]

    assert not any(question.asked_of(ability([each])) for each in (odd, unmet, *unreadable))


@pytest.mark.parametrize(("action", "subject"), sorted(SCOPE, key=str))
def test_a_super_admin_may_do_everything_there_is(action: str, subject: str | None) -> None:
    """
    One rule grants every known action on every subject.
    """
    assert ability(SUPER_ADMIN).allows(action, subject)


@given(QUESTIONS)
def test_nobody_may_do_nothing(question: Question) -> None:
    """
    Without rules everything is refused, and so it is for those who are not known.
    """
    assert not question.asked_of(ability(NO_RULES))
    assert not question.asked_of(NOTHING)


def test_a_field_less_grants_nothing_in_the_end() -> None:
    """
    A permission whose list of fields is empty grants nothing at all (admin_tokens.ceiling_of_an_owner_with_no_fields).
    """
    blind = ability([Permission(action=READ, subject=TAG, properties={"fields": []})])

    assert Refusal(Reason.NOT_GRANTED) == blind.grant(READ, TAG)


def test_a_right_to_users_implies_reading_their_rows() -> None:
    """
    Whoever may read administrators may read their rows where content leads to them, and no other rows.
    """
    mine = ability([Permission(action=USERS, subject=None)])

    assert mine.allows(READ, USER, field="firstname")
    assert not mine.allows(READ, TAG)


def _reduced(permissions: list[Permission]) -> st.SearchStrategy[list[Permission]]:
    """Return the permissions with one of them narrowed or gone."""

    def changed(index: int, narrower: list[Permission]) -> list[Permission]:
        return [*permissions[:index], *narrower, *permissions[index + 1 :]]

    index = st.integers(0, len(permissions) - 1)
    return index.flatmap(lambda at: _narrowed(permissions[at]).map(lambda narrower: changed(at, narrower)))


def _narrowed(permission: Permission) -> st.SearchStrategy[list[Permission]]:
    ways: list[list[Permission]] = [[]]
    for name, given_ in permission.properties.items():
        for member in given_ or ():
            fewer = [other for other in given_ if other != member]
            ways.append([replace(permission, properties={**permission.properties, name: fewer})])
    if len(permission.conditions) > 1:  # the last one would free the permission instead
        ways += [[replace(permission, conditions=(only,))] for only in permission.conditions]
    return st.sampled_from(ways)
