"""Laws of giving: nobody gives more than it holds, and what is kept could be given again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from tessera.authz.ceiling import ceiling
from tessera.authz.limits import clip, exceeding, exceeding_owner, inherit_conditions
from tessera.authz.permission import Permission
from tests.properties.rights import CONDITIONS, LISTS, PERMISSIONS, QUESTIONS, Question, ability, rules


@given(PERMISSIONS, LISTS, QUESTIONS)
def test_what_does_not_exceed_allows_nothing_new(
    wanted: Permission, held: list[Permission], question: Question
) -> None:
    """
    A permission that may be given allows nothing that the giver may not do.
    """
    if exceeding([wanted], held):
        return

    assert question.asked_of(ability([wanted])) <= question.asked_of(ability(held))


@given(PERMISSIONS, LISTS)
def test_one_may_give_what_one_holds(permission: Permission, others: list[Permission]) -> None:
    """
    A permission does not exceed itself, whatever else is held, unless its list of fields is empty.
    """
    if permission.properties.get("fields") == []:
        return

    assert [] == exceeding([permission], [*others, permission])
    assert [] == exceeding_owner([permission], [*others, permission])


@given(LISTS, LISTS)
def test_the_bounds_of_tokens_are_bounds_of_giving_too(wanted: list[Permission], owner: list[Permission]) -> None:
    """
    What a token may hold at most is never more than what may be given, conditions aside.
    """
    free = [replace(permission, conditions=CONDITIONS) for permission in owner]
    given_ = [replace(permission, conditions=CONDITIONS) for permission in wanted]

    assert {*exceeding_owner(wanted, owner)} <= {*exceeding(given_, free)}


@given(LISTS, LISTS)
def test_a_clipped_token_could_be_given_again(token: list[Permission], owner: list[Permission]) -> None:
    """
    What a token keeps is within its owner's bounds, under its conditions, and is clipped no further.
    """
    kept = clip(token, owner)

    assert [] == exceeding_owner(kept, owner)
    assert kept == clip(kept, owner) == inherit_conditions(kept, owner)


@given(LISTS, LISTS, QUESTIONS)
def test_clipping_takes_nothing_from_a_token_within_bounds(
    token: list[Permission], owner: list[Permission], question: Question
) -> None:
    """
    A token whose owner lost nothing keeps every permission, and the clipped one is allowed no more than its owner.
    """
    within = [permission for permission in token if not exceeding_owner([permission], owner)]
    kept = clip(token, owner)
    met = ability(ceiling(rules(list(kept)), rules(owner)))

    assert len(within) == len(kept)
    assert question.asked_of(met) <= question.asked_of(ability(owner))
