"""What the conformance check makes of an outcome beside its list of what is not due."""

from pathlib import Path

import pytest

from tests.conformance_check import DUE, NotDue, Outcome, describe, judge, unknown_names

NOTHING = NotDue({}, {}, {})


def outcome(agreed: str = "", differed: str = "", report: tuple[str, ...] = ()) -> Outcome:
    """Return the outcome of the scenario `m.s` with labels given as words."""
    return Outcome("m.s", frozenset(agreed.split()), frozenset(differed.split()), report)


@pytest.mark.parametrize(
    ("due", "agreed", "differed", "passed", "failures"),
    [
        (NOTHING, "a b", "", 2, 0),
        (NOTHING, "a", "b", 1, 1),
        (NotDue({}, {}, {"m.s: b": "why"}), "a", "b", 1, 0),
        (NotDue({}, {}, {"m.s: b": "why"}), "a b", "", 1, 1),
        (NotDue({}, {"m.s": "why"}, {}), "a", "b", 0, 0),
        (NotDue({}, {"m.s": "why"}, {}), "a b", "", 0, 1),
    ],
)
def test_the_list_and_the_outcome_have_to_agree(
    due: NotDue, agreed: str, differed: str, passed: int, failures: int
) -> None:
    """
    An unlisted difference fails, and so does a listed exchange or scenario that agrees.
    """
    judgement = judge(outcome(agreed, differed), due)

    assert (passed, failures) == (judgement.passed, len(judgement.failures))


@pytest.mark.parametrize(
    "due",
    [NotDue({"x": "why"}, {}, {}), NotDue({}, {"m.x": "why"}, {}), NotDue({}, {}, {"m.s: x": "why"})],
)
def test_a_listed_name_has_to_exist(due: NotDue) -> None:
    """
    A misspelt module, scenario or label in the list is found.
    """

    assert 1 == len(unknown_names(due, {"m.s": ["a"]}))


def test_a_listed_difference_is_not_reported() -> None:
    """
    The report shows what is unexpected and leaves out what is listed.
    """
    report = ("--- m.s: a", "-1", "+2", "--- m.s: b", "-3", "m.s ended early: KeyError")
    due = NotDue({}, {}, {"m.s: a": "why"})

    assert ["--- m.s: b", "-3", "m.s ended early: KeyError"] == describe(outcome("", "a b", report), due)


def test_the_checked_in_list_gives_reasons() -> None:
    """
    Everything that is not due is listed with a sentence that says why.
    """
    due = NotDue.read(DUE)
    reasons = [*due.modules.values(), *due.scenarios.values(), *due.exchanges.values()]

    assert all(reason.endswith(".") for reason in reasons)


def test_a_table_that_is_not_known_is_refused(tmp_path: Path) -> None:
    """
    A misspelt table of the list does not pass for an empty one.
    """
    path = tmp_path / "due.toml"
    path.write_text("[modules]\n[scenarios]\n[exchange]\n", encoding="utf-8")

    with pytest.raises(TypeError, match="exchange"):
        NotDue.read(path)
