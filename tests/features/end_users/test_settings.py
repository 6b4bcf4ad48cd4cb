from typing import Any

import pytest

from tests.features.end_users.people import People, told

ADVANCED = "/users-permissions/advanced"
TEMPLATES = "/users-permissions/email-templates"
PROVIDERS = "/users-permissions/providers"


def template(message: Any, subject: Any = "Subject") -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return a body with one template."""
    return {"email-templates": {"reset_password": {"options": {"message": message, "object": subject}}}}


@pytest.mark.parametrize(
    "change", [{"allow_register": "no"}, {"default_role": None}, {"email_reset_password": 5}, {"unique_email": 1}]
)
def test_settings_are_of_their_kind(people: People, change: dict[str, Any]) -> None:
    """
    What is not is refused; what is unknown is not kept.
    """
    before = people.call("GET", ADVANCED, key=people.root).content

    assert 400 == people.call("PUT", ADVANCED, change, key=people.root).status_code
    people.advanced(colour="red")
    assert before == people.call("GET", ADVANCED, key=people.root).content


def test_stored_settings_that_make_no_sense_are_as_new(people: People) -> None:
    """
    Nobody is kept out or let in by a value of another kind.
    """
    people.backend.execute(
        "UPDATE strapi_core_store_settings SET value = ?1 WHERE key = 'plugin_users-permissions_advanced'",
        '{"allow_register": "false", "default_role": 7, "email_confirmation": true}',
    )
    settings = people.call("GET", ADVANCED, key=people.root).json()["settings"]

    assert (True, "authenticated", True) == tuple(
        settings[key] for key in ("allow_register", "default_role", "email_confirmation")
    )


@pytest.mark.parametrize(
    "body",
    [
        template("<% run() %>"),
        template("${secret}"),
        template("<%= USER.password %>"),
        template("<%= SECRET %>"),
        template("fine", "<%= SECRET %>"),
        template(None),
        template("fine", 5),
        {"email-templates": []},
        {"email-templates": {"reset_password": None}},
        {"other": 1},
    ],
)
def test_a_template_has_places_for_what_messages_are_given(people: People, body: dict[str, Any]) -> None:
    """
    Anything else is refused, and nothing is kept of it.
    """
    before = people.call("GET", TEMPLATES, key=people.root).content

    assert (400, "Invalid template") == told(people.call("PUT", TEMPLATES, body, key=people.root))
    assert before == people.call("GET", TEMPLATES, key=people.root).content


def test_templates_of_other_kinds_are_not_kept(people: People) -> None:
    """
    There are two.
    """
    body = template("<p><%= URL %></p>")
    body["email-templates"]["other"] = body["email-templates"]["reset_password"]
    assert 200 == people.call("PUT", TEMPLATES, body, key=people.root).status_code
    kept = people.call("GET", TEMPLATES, key=people.root).json()

    assert {"reset_password", "email_confirmation"} == kept.keys()
    assert "<p><%= URL %></p>" == kept["reset_password"]["options"]["message"]


def test_no_other_provider_can_be_switched_on(people: People) -> None:
    """
    What a database of the reference has of one is neither shown nor lost.
    """
    key = "plugin_users-permissions_grant"
    stored = '{"email": {"enabled": true}, "github": {"enabled": true, "secret": "hidden"}}'
    people.backend.execute("UPDATE strapi_core_store_settings SET value = ?2 WHERE key = ?1", key, stored)
    shown = people.call("GET", PROVIDERS, key=people.root).json()
    on, off = ({"providers": {"github": {"enabled": enabled}, "email": {"enabled": True}}} for enabled in (True, False))

    assert {"email": {"icon": "envelope", "enabled": True}} == shown
    assert (400, "Signing in with github is not supported") == told(people.call("PUT", PROVIDERS, on, key=people.root))
    assert 200 == people.call("PUT", PROVIDERS, off, key=people.root).status_code
    ((kept,),) = people.backend.read("SELECT value FROM strapi_core_store_settings WHERE key = ?1", key)
    assert '"secret":"hidden"' in kept
    assert (400, "This provider is disabled") == told(people.call("GET", "/api/auth/github/callback"))
