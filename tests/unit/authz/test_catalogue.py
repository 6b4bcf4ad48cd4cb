"""The catalogue of actions and the registry of conditions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tessera.authz.actions import Action, Catalogue, Section
from tessera.authz.conditions import CONDITIONS, Asker, condition
from tessera.authz.grants import condition_filter, known_questions
from tessera.authz.standard_actions import STANDARD_ACTIONS
from tessera.errors import ConfigurationError
from tessera.filters import ALWAYS, NEVER, Compare, Operator, any_of, related
from tests.unit.schema.projects import conformance_schema

GOLDEN = Path(__file__).parents[2] / "conformance" / "golden" / "admin_roles.the_catalogue.json"
NOTES = {note["label"]: note.get("note") for note in json.loads(GOLDEN.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(("section", "label"), [(Section.SETTINGS, "all settings"), (Section.PLUGINS, "plugins")])
def test_every_action_of_the_reference_is_there(section: Section, label: str) -> None:
    """
    The ids are those of the reference, section by section (admin_roles.the_catalogue).
    """
    assert NOTES[label] == sorted(action.uid for action in STANDARD_ACTIONS if action.section is section)


def test_actions_on_content_are_about_the_types_that_are_shown() -> None:
    """
    Each of them is about every type of the content manager; reading is about the hidden types too.
    """
    types = conformance_schema().content_types
    for told in NOTES["content types"]["collectionTypes"]["actions"]:
        action = STANDARD_ACTIONS.find(told["actionId"])
        assert action is not None
        shown = [uid for uid in STANDARD_ACTIONS.subjects_of(action, types) if types[uid].visible_in_content_manager]
        assert told["subjects"] == shown
        assert told["applyToProperties"] == list(action.properties)
        assert told["label"] == action.display_name


def test_only_reading_is_about_hidden_types() -> None:
    """
    Administrators' rows may be granted for reading, where content leads to them, and never for writing.
    """
    known = known_questions(STANDARD_ACTIONS, conformance_schema().content_types)
    about_users = {action for action, subject in known if subject == "admin::user"}

    assert {"plugin::content-manager.explorer.read"} == about_users


def test_two_actions_of_one_id_stop_the_start() -> None:
    """
    An id names one action.
    """
    action = Action(uid="a", display_name="A", section=Section.SETTINGS, plugin="admin")

    with pytest.raises(ConfigurationError):
        Catalogue((action, action))


def test_two_conditions_of_one_id_stop_the_start() -> None:
    """
    An id names one condition.
    """
    with pytest.raises(ValueError, match="admin::is-creator"):
        condition("admin::is-creator", "Is creator again")(lambda _asker: ALWAYS)


def test_the_conditions_are_those_of_the_reference() -> None:
    """
    Their ids, names and category are told to the panel (admin_roles.the_catalogue).
    """
    told = [
        {"id": each.id, "displayName": each.display_name, "category": each.category}
        for each in sorted(CONDITIONS.values(), key=lambda each: each.id)
    ]

    assert NOTES["conditions"] == told


def test_conditions_are_about_the_creator_of_a_row() -> None:
    """
    The conditions of one permission are alternatives; one that nobody knows holds for no row.
    """
    ana = Asker(user_id=7, role_ids=frozenset({3, 2}))
    own = related("createdBy", Compare("id", Operator.EQ, 7))
    same_role = related("createdBy", related("roles", Compare("id", Operator.IN, (2, 3))))

    assert ALWAYS == condition_filter((), ana)
    assert own == condition_filter(("admin::is-creator", "admin::is-sunday"), ana)
    assert any_of([own, same_role]) == condition_filter(("admin::is-creator", "admin::has-same-role-as-creator"), ana)
    assert NEVER == condition_filter(("admin::is-sunday",), ana)
