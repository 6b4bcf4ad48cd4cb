"""Grants and guards, told by the recorded cases."""

from __future__ import annotations

from tessera.authz.ability import Ability, Grant, Reason, Refusal
from tessera.authz.ceiling import ceiling
from tessera.authz.reach import ALL
from tessera.authz.rules import SUPER_ADMIN, Rule
from tessera.filters import ALWAYS, NEVER, Compare, Operator, both, either, related

READ, CREATE, EVENT = "read", "create", "api::event.event"
OWN = related("createdBy", Compare("id", Operator.EQ, 7))
SCOPE = frozenset({(READ, EVENT), (CREATE, EVENT), ("open", None)})
OWN_TITLES = Rule(READ, EVENT, frozenset({"title"}), ALL, OWN)
ALL_PRICES = Rule(READ, EVENT, frozenset({"price"}))
MINE = {"id": 1, "createdBy": {"id": 7}}
FOREIGN = {"id": 2, "createdBy": {"id": 8}}


def _granted(ability: Ability, locale: str | None = None) -> Grant:
    grant = ability.grant(READ, EVENT, locale=locale)
    assert isinstance(grant, Grant)
    return grant


def test_fields_of_one_rule_never_join_the_rows_of_another() -> None:
    """
    Own titles and all prices do not add up to all titles (promises.each_row_keeps_its_own_rules).
    """
    ana = Ability(frozenset({OWN_TITLES, ALL_PRICES}), SCOPE)

    assert ALWAYS == _granted(ana).filter
    assert OWN == _granted(ana).guard("title")
    assert ALWAYS == _granted(ana).guard("price")
    assert NEVER == _granted(ana).guard("capacity")
    assert frozenset({"title", "price"}) == _granted(ana).fields
    assert ana.allows(READ, EVENT, field="title", row=MINE)
    assert not ana.allows(READ, EVENT, field="title", row=FOREIGN)
    assert ana.allows(READ, EVENT, field="price", row=FOREIGN)


def test_a_token_to_everything_stays_within_each_rule_of_its_owner() -> None:
    """
    A key to titles and prices meets its owner's rules one by one, and a key to titles reaches only own rows.
    """
    owner = frozenset({OWN_TITLES, ALL_PRICES})
    both_fields = ceiling(frozenset({Rule(READ, EVENT, frozenset({"title", "price"}))}), owner)
    titles = ceiling(frozenset({Rule(READ, EVENT, frozenset({"title"}))}), owner)

    assert owner == both_fields
    assert OWN == _granted(Ability(titles, SCOPE)).filter
    assert ALWAYS == _granted(Ability(titles, SCOPE)).guard("title")


def test_a_guard_is_always_where_every_rule_shows_the_field() -> None:
    """
    When all rules that reach a row show the field, nothing has to be asked of the row again.
    """
    old = Compare("year", Operator.LT, 1900)
    titles = frozenset({"title"})
    two = Ability(frozenset({Rule(READ, EVENT, titles, ALL, OWN), Rule(READ, EVENT, titles, ALL, old)}), SCOPE)

    assert ALWAYS == _granted(two).guard("title")
    assert _granted(two).filter in (either(OWN, old), either(old, OWN))


def test_a_field_covers_what_is_within_it() -> None:
    """
    A component by name is all of it; a field within it opens a part.
    """
    seo = _granted(Ability(frozenset({Rule(READ, EVENT, frozenset({"seo"}))}), SCOPE))
    title = _granted(Ability(frozenset({Rule(READ, EVENT, frozenset({"seo.title"}))}), SCOPE))

    assert ALWAYS == seo.guard("seo.image.alt")
    assert NEVER == seo.guard("seoul") == seo.partial_guard("seoul")
    assert NEVER == title.guard("seo") == title.guard("seo.image")
    assert ALWAYS == title.partial_guard("seo") == title.guard("seo.title")


def test_locales_become_part_of_the_filter_unless_one_is_named() -> None:
    """
    Asked for all locales at once, rows tell whether theirs is reached.
    """
    english = Ability(frozenset({Rule(READ, EVENT, ALL, frozenset({"en"}), OWN)}), SCOPE)

    assert both(OWN, Compare("locale", Operator.IN, ("en",))) == _granted(english).filter
    assert OWN == _granted(english, "en").filter
    assert Refusal(Reason.NOT_GRANTED) == english.grant(READ, EVENT, locale="fr")
    assert frozenset({"en"}) == _granted(english).locales


def test_without_any_locale_one_may_ask_and_sees_nothing() -> None:
    """
    A list is answered, empty, to a permission that names no locale (admin_tokens.tokens_survive_a_restart).
    """
    none = Ability(frozenset({Rule(READ, EVENT, ALL, frozenset())}), SCOPE)

    assert none.allows(READ, EVENT)
    assert NEVER == _granted(none).filter
    assert not none.allows(READ, EVENT, locale="en")


def test_locales_that_both_name_and_do_not_share_leave_nothing() -> None:
    """
    A key to French under an English role is refused, not answered with nothing (admin_tokens.ceiling_of_locales).
    """
    french, english = (Rule(READ, EVENT, ALL, frozenset({code})) for code in ("fr", "en"))

    assert french.meet(english) is None
    assert frozenset() == ceiling(frozenset({french}), frozenset({english}))


def test_a_super_admin_may_do_everything_that_is_known() -> None:
    """
    One rule allows all, and still nothing that the project does not have.
    """
    root = Ability(SUPER_ADMIN, SCOPE)

    assert all(root.allows(action, subject) for action, subject in SCOPE)
    assert Refusal(Reason.UNKNOWN) == root.grant("paint", None) == root.grant(READ, None) == root.grant("open", EVENT)
    assert frozenset({OWN_TITLES}) == ceiling(frozenset({OWN_TITLES}), SUPER_ADMIN)


def test_a_rule_without_fields_or_rows_grants_nothing() -> None:
    """
    Such a rule is no grant of nothing, but none at all (admin_tokens.ceiling_of_an_owner_with_no_fields).
    """
    fieldless, rowless = Rule(READ, EVENT, frozenset()), Rule(READ, EVENT, filter=NEVER)

    assert Refusal(Reason.NOT_GRANTED) == Ability(frozenset({fieldless, rowless}), SCOPE).grant(READ, EVENT)
    assert frozenset() == ceiling(frozenset({OWN_TITLES}), frozenset({ALL_PRICES}))


def test_an_action_is_held_when_it_is_allowed_on_some_subject() -> None:
    """
    Pages that are about no type in particular ask whether an action is held at all.
    """
    ana = Ability(frozenset({OWN_TITLES}), SCOPE)

    assert ana.holds(READ)
    assert not ana.holds(CREATE)


def test_equal_rights_have_equal_keys() -> None:
    """
    Statements are kept by these keys, which do not depend on the order of rules or on the process.
    """
    one, other = (Ability(frozenset(rules), SCOPE) for rules in ((OWN_TITLES, ALL_PRICES), (ALL_PRICES, OWN_TITLES)))

    assert one.key == other.key
    assert _granted(one).key == _granted(other).key
    assert one.key != Ability(frozenset({OWN_TITLES}), SCOPE).key


def test_a_decision_has_a_truth_value() -> None:
    """
    A refusal is false and a grant is true, so that both can be asked plainly.
    """
    ana = Ability(frozenset({OWN_TITLES}), SCOPE)

    assert ana.grant(READ, EVENT)
    assert not ana.grant(CREATE, EVENT)
