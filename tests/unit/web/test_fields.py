"""Every refusal of a fixed body that was recorded from the reference, found again by the field annotations."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from tessera.errors import ABSENT, ValidationError
from tessera.schema.model import JSON
from tessera.web.fields import Demand, Flag, Id, Ids, Items, Number, Object, Text
from tessera.web.patterns import is_link
from tessera.web.shapes import OpenShape, Shape, TerseShape, check

GOLDEN = Path(__file__).parents[2] / "conformance" / "golden"
DAY = 86_400_000
LIFESPANS = (None, 7 * DAY, 30 * DAY, 90 * DAY)

Name = Annotated[str, Text(min=1, required=True)]
NewName = Annotated[str, Text(min=1)]
Description = Annotated[str | None, Text(nullable=True)]
Lifespan = Annotated[int | None, Number(min=1, one_of=LIFESPANS, nullable=True)]
Email = Annotated[str, Text(email=True, lower=True, required=True)]
Device = Annotated[str, Text(uuid=True)]
PASSWORD = (
    Demand(lambda text: len(text.encode()) <= 72, "${path} must be less than 73 bytes"),
    Demand(lambda text: any(c.islower() for c in text), "${path} must contain at least one lowercase character"),
    Demand(lambda text: any(c.isupper() for c in text), "${path} must contain at least one uppercase character"),
    Demand(lambda text: any(c.isdigit() for c in text), "${path} must contain at least one number"),
)
Password = Annotated[str, Text(min=8, tests=PASSWORD, required=True)]
NewPassword = Annotated[str, Text(min=8, tests=PASSWORD)]
FirstName = Annotated[str, Text(trim=True, min=1, required=True)]
NewFirstName = Annotated[str, Text(trim=True, min=1)]


class Permission(Shape):
    action: Annotated[str, Text(required=True)]
    action_parameters: Annotated[dict[str, Any] | None, Object(nullable=True)] = None
    subject: Annotated[str | None, Text(nullable=True)] = None
    properties: Annotated[dict[str, Any], Object()] = Field(default_factory=dict)
    conditions: Annotated[list[Annotated[str, Text()]], Items()] = Field(default_factory=list)


class AdminTokenDraft(Shape):
    kind: Annotated[str, Text(one_of=("admin",))] = "admin"
    name: Name
    description: Annotated[str, Text()] = ""
    lifespan: Lifespan = None
    admin_permissions: Annotated[list[Permission], Items()] = Field(default_factory=list)


class AdminTokenChange(Shape):
    name: NewName = ""
    description: Description = None
    admin_permissions: Annotated[list[Permission] | None, Items(nullable=True)] = None


class APITokenDraft(Shape):
    name: Name
    type: Annotated[str, Text(one_of=("read-only", "full-access", "custom"))] = "custom"
    permissions: Annotated[list[Annotated[str, Text()]] | None, Items(nullable=True)] = None
    lifespan: Lifespan = None


class TransferTokenDraft(Shape):
    name: Name
    description: Annotated[str, Text()] = ""
    permissions: Annotated[list[Annotated[str, Text(one_of=("push", "pull"))]], Items(min=1, required=True)]
    lifespan: Lifespan = None


class PermissionsOfRole(Shape):
    permissions: Annotated[list[Permission], Items(required=True)]


class Question(Shape):
    action: Annotated[str, Text(required=True)]
    subject: Annotated[str | None, Text(nullable=True)] = None
    field: Annotated[str, Text()] = ""


class Questions(OpenShape):
    permissions: Annotated[list[Question], Items()] = Field(default_factory=list)


class RoleDraft(Shape):
    name: Name
    description: Description = None


class RoleChange(Shape):
    name: NewName = ""
    description: Description = None


class Registration(Shape):
    email: Email
    firstname: FirstName
    lastname: Annotated[str | None, Text(nullable=True)] = None
    password: Password
    device_id: Device = ""


class UserInfo(Shape):
    firstname: FirstName
    lastname: Annotated[str | None, Text(nullable=True)] = None
    password: Password


class Acceptance(Shape):
    registration_token: Annotated[str, Text(required=True)]
    user_info: UserInfo


class Reset(Shape):
    reset_password_token: Annotated[str, Text(required=True)]
    password: Password


class Invitation(Shape):
    email: Email
    firstname: FirstName
    lastname: Annotated[str, Text()] = ""
    roles: Annotated[list[Annotated[int | str, Id()]], Items(min=1)] = Field(default_factory=list)


class Profile(Shape):
    email: Annotated[str, Text(email=True, lower=True)] = ""
    firstname: NewFirstName = ""
    username: Annotated[str | None, Text(min=1, nullable=True)] = None
    password: NewPassword = ""


class UserChange(Profile):
    is_active: Annotated[bool, Flag()] = True
    roles: Annotated[list[Annotated[int | str, Id()]], Items(min=1)] = Field(default_factory=list)


class Deletion(Shape):
    ids: Ids


class SignIn(OpenShape):
    device_id: Device = ""


class Webhook(Shape):
    name: Annotated[str, Text(required=True)]
    url: Annotated[
        str,
        Text(
            required=True,
            tests=(Demand(is_link, "url must be a valid URL"),),
            later=(
                Demand(
                    lambda url: "://" in url and "localhost" not in url,
                    "Url is not supported because it isn't reachable over the public internet",
                ),
            ),
        ),
    ]
    headers: Annotated[dict[str, Any], Object()] = Field(default_factory=dict)
    events: Annotated[list[Annotated[str, Text()]], Items(required=True)]


class LocaleDraft(Shape):
    name: NewName = ""
    code: Annotated[str, Text(required=True)]
    is_default: Annotated[bool, Flag(required=True)]


class Logo(TerseShape):
    mimetype: Literal["image/jpeg", "image/png", "image/svg+xml"]
    width: Annotated[int, Field(le=750)]


class Logos(TerseShape):
    auth_logo: Logo | None = None


class Bulk(TerseShape):
    document_ids: Annotated[list[str], Field(min_length=1)]


SITE = {"name": "Rebuild", "url": "https://93.184.216.34/hooks/rebuild", "headers": {"X-Site": "main"}}
EVENTS = {"events": ["entry.create", "entry.publish"]}
READ = "plugin::content-manager.explorer.read"
GRANT = {"action": READ, "subject": "api::author.author", "properties": {}, "conditions": []}
ROOT = {"email": "a7@example.com", "firstname": "Root", "lastname": "Admin", "password": "Passw0rd!"}
ANA = {"firstname": "Ana", "lastname": "Ng"}

CASES: list[tuple[str, str, type[BaseModel], Any]] = [
    ("admin_tokens.durations", "zero", AdminTokenDraft, {"name": "t", "lifespan": 0}),
    ("admin_tokens.durations", "a numeric string", AdminTokenDraft, {"name": "t", "lifespan": "604800000"}),
    ("admin_tokens.durations", "a word", AdminTokenDraft, {"name": "t", "lifespan": "7d"}),
    ("admin_tokens.durations", "a fraction", AdminTokenDraft, {"name": "t", "lifespan": 604800000.5}),
    ("admin_tokens.durations", "a boolean", AdminTokenDraft, {"name": "t", "lifespan": True}),
    ("admin_tokens.fields_that_are_refused", "change the type", AdminTokenChange, {"type": "read-only"}),
    ("admin_tokens.fields_that_are_refused", "change the end", AdminTokenChange, {"expiresAt": None}),
    ("admin_tokens.permissions_that_are_refused", "null", AdminTokenDraft, {"name": "t", "adminPermissions": None}),
    (
        "admin_tokens.permissions_that_are_refused",
        "not a list",
        AdminTokenDraft,
        {"name": "t", "adminPermissions": {"action": "admin::roles.read"}},
    ),
    (
        "admin_tokens.permissions_that_are_refused",
        "no action",
        AdminTokenDraft,
        {"name": "t", "adminPermissions": [{"subject": "api::author.author"}]},
    ),
    (
        "admin_tokens.permissions_that_are_refused",
        "an unknown key",
        AdminTokenDraft,
        {"name": "t", "adminPermissions": [{**GRANT, "role": 1}]},
    ),
    ("api_tokens.what_is_refused", "a null type", APITokenDraft, {"name": "t", "type": None}),
    ("api_tokens.what_is_refused", "an unknown type", APITokenDraft, {"name": "t", "type": "write-only"}),
    ("api_tokens.what_is_refused", "a lifespan of 8 days", APITokenDraft, {"name": "t", "lifespan": 8 * DAY}),
    (
        "api_tokens.what_is_refused",
        "custom with permissions that are not text",
        APITokenDraft,
        {"name": "t", "permissions": [1, {"action": "x"}]},
    ),
    ("settings_misc.transfer_tokens", "no permissions", TransferTokenDraft, {"name": "t", "permissions": []}),
    (
        "settings_misc.transfer_tokens",
        "an unknown permission",
        TransferTokenDraft,
        {"name": "t", "permissions": ["steal"]},
    ),
    (
        "settings_misc.transfer_tokens",
        "a bad lifespan",
        TransferTokenDraft,
        {"name": "t", "permissions": ["push"], "lifespan": 5},
    ),
    ("admin_roles.granting", "null", PermissionsOfRole, {"permissions": None}),
    ("admin_roles.granting", "an object", PermissionsOfRole, {"permissions": {}}),
    ("admin_roles.granting", "no list", PermissionsOfRole, {}),
    ("admin_roles.granting", "no action", PermissionsOfRole, {"permissions": [{}]}),
    ("admin_roles.granting", "an unknown key", PermissionsOfRole, {"permissions": [{**GRANT, "role": 1}]}),
    (
        "admin_roles.what_a_user_may",
        "a check of an unknown key",
        Questions,
        {"permissions": [{"action": READ, "colour": "red"}]},
    ),
    ("admin_roles.what_is_refused", "no name", RoleDraft, {}),
    ("admin_roles.what_is_refused", "an empty name", RoleDraft, {"name": ""}),
    ("admin_roles.what_is_refused", "a null name", RoleDraft, {"name": None}),
    ("admin_roles.what_is_refused", "a number", RoleDraft, {"name": 5}),
    ("admin_roles.what_is_refused", "a description that is a list", RoleDraft, {"name": "D", "description": []}),
    ("admin_roles.what_is_refused", "an unknown field", RoleDraft, {"name": "U", "colour": "red"}),
    ("admin_roles.life_of_a_role", "an empty name", RoleChange, {"name": ""}),
    ("admin_roles.roles_that_cannot_go", "delete none", Deletion, {"ids": []}),
    ("admin_users.deleting", "no list", Deletion, {}),
    ("admin_users.inviting", "a bad address", Invitation, {**ANA, "email": "ana at example", "roles": [1]}),
    ("admin_users.inviting", "no first name", Invitation, {"email": "b@example.com", "roles": [1]}),
    ("admin_users.inviting", "an empty first name", Invitation, {"email": "b@example.com", "firstname": "  "}),
    (
        "admin_users.inviting",
        "a null last name",
        Invitation,
        {"email": "b@example.com", "firstname": "A", "lastname": None},
    ),
    ("admin_users.inviting", "nothing", Invitation, {"email": ""}),
    ("admin_users.editing", "no roles", UserChange, {"roles": []}),
    ("admin_users.editing", "null roles", UserChange, {"roles": None}),
    ("admin_users.editing", "a null password", UserChange, {"password": None}),
    ("admin_users.editing", "null for being active", UserChange, {"isActive": None}),
    ("admin_users.editing", "its language", UserChange, {"preferedLanguage": "fr"}),
    ("admin_auth.own_profile", "an empty first name", Profile, {"firstname": ""}),
    ("admin_auth.own_profile", "an empty username", Profile, {"username": ""}),
    ("admin_auth.own_profile", "a bad address", Profile, {"email": "ana"}),
    ("admin_auth.own_profile", "a weak password", Profile, {"password": "new"}),
    ("admin_auth.the_first_administrator", "a short password", Registration, {**ROOT, "password": "Pw0rd!"}),
    (
        "admin_auth.the_first_administrator",
        "a password of 73 bytes",
        Registration,
        {**ROOT, "password": "Aa1" + "x" * 70},
    ),
    ("admin_auth.the_first_administrator", "no address", Registration, {**ROOT, "email": ""}),
    ("admin_auth.the_first_administrator", "a bad address", Registration, {**ROOT, "email": "root@"}),
    (
        "admin_auth.the_first_administrator",
        "an address in capitals",
        Registration,
        {**ROOT, "email": "ROOT@EXAMPLE.COM"},
    ),
    ("admin_auth.the_first_administrator", "an empty first name", Registration, {**ROOT, "firstname": " "}),
    (
        "admin_auth.invitations",
        "with a null token",
        Acceptance,
        {"registrationToken": None, "userInfo": {**ANA, "password": "Passw0rd!"}},
    ),
    (
        "admin_auth.invitations",
        "with a weak password",
        Acceptance,
        {"registrationToken": "t", "userInfo": {**ANA, "password": "password"}},
    ),
    (
        "admin_auth.invitations",
        "with another address",
        Acceptance,
        {"registrationToken": "t", "userInfo": {**ANA, "password": "Passw0rd!", "email": "other@example.com"}},
    ),
    (
        "admin_auth.invitations",
        "without a first name",
        Acceptance,
        {"registrationToken": "t", "userInfo": {"firstname": "", "password": "Passw0rd!"}},
    ),
    (
        "admin_auth.forgotten_passwords",
        "reset with a weak password",
        Reset,
        {"resetPasswordToken": "t", "password": "weak"},
    ),
    ("admin_auth.forgotten_passwords", "reset without a token", Reset, {"password": "Passw0rd!"}),
    ("admin_auth.signing_in", "a device that is not a UUID", SignIn, {"email": "x", "deviceId": "phone"}),
    ("settings_misc.webhooks_that_are_refused", "no name", Webhook, {**SITE, **EVENTS, "name": ""}),
    ("settings_misc.webhooks_that_are_refused", "no address", Webhook, {**SITE, **EVENTS, "url": None}),
    ("settings_misc.webhooks_that_are_refused", "not an address", Webhook, {**SITE, **EVENTS, "url": "rebuild"}),
    ("settings_misc.webhooks_that_are_refused", "a file", Webhook, {**SITE, **EVENTS, "url": "file:///etc/passwd"}),
    (
        "settings_misc.webhooks_that_are_refused",
        "this machine by name",
        Webhook,
        {**SITE, **EVENTS, "url": "http://localhost:1337/x"},
    ),
    ("settings_misc.webhooks_that_are_refused", "no events", Webhook, {**SITE, "events": None}),
    ("settings_misc.webhooks_that_are_refused", "events in text", Webhook, {**SITE, "events": "entry.create"}),
    (
        "settings_misc.webhooks_that_are_refused",
        "headers in text",
        Webhook,
        {**SITE, **EVENTS, "headers": "X-Site: main"},
    ),
    ("settings_misc.webhooks_that_are_refused", "an unknown field", Webhook, {**SITE, **EVENTS, "colour": "red"}),
    ("settings_misc.locales", "add without a code", LocaleDraft, {"name": "French", "isDefault": False}),
    ("settings_misc.locales", "add without a default", LocaleDraft, {"name": "French", "code": "fr"}),
    (
        "settings_misc.project_settings",
        "a logo that is text",
        Logos,
        {"authLogo": {"mimetype": "text/plain", "width": 1}},
    ),
    (
        "settings_misc.project_settings",
        "a logo that is too wide",
        Logos,
        {"authLogo": {"mimetype": "image/png", "width": 751}},
    ),
    ("settings_misc.project_settings", "an unknown logo", Logos, {"footLogo": {}}),
    ("settings_misc.project_settings", "a logo given as text", Logos, ABSENT),
    ("content_manager_publish.in_bulk", "publish none", Bulk, {"documentIds": []}),
    ("content_manager_publish.in_bulk", "publish without a list", Bulk, {}),
    ("content_manager_publish.in_bulk", "publish with a word for a list", Bulk, {"documentIds": "all"}),
    ("content_manager_entries.requests_that_go_nowhere", "a list as a body", Bulk, []),
]


@cache
def _recorded(scenario: str) -> dict[str, Any]:
    exchanges = json.loads((GOLDEN / f"{scenario}.json").read_text())
    return {
        exchange["label"]: exchange["body"]["error"]
        for exchange in exchanges
        if "error" in (exchange.get("body") or {})
    }


@pytest.mark.parametrize(("scenario", "label", "shape", "body"), CASES)
def test_a_refused_body_reads_as_recorded(scenario: str, label: str, shape: type[BaseModel], body: JSON) -> None:
    """
    Message, paths, order and shown values are those of the reference.
    """
    with pytest.raises(ValidationError) as caught:
        check(shape, body)
    expected = _recorded(scenario)[label]
    shown = [{key: error[key] for key in error if key != "value"} for error in caught.value.details["errors"]]

    assert expected["message"] == caught.value.message
    assert [{key: error[key] for key in error if key != "value"} for error in expected["details"]["errors"]] == shown
    assert ["value" in error for error in expected["details"]["errors"]] == [
        "value" in error for error in caught.value.details["errors"]
    ]


def test_what_was_left_out_is_not_given() -> None:
    """
    A change knows which fields were sent, also when one was sent as null.
    """
    change = check(AdminTokenChange, {"description": None})

    assert {"description": None} == change.given()


def test_items_become_what_they_are_annotated_as() -> None:
    """
    A list of shapes holds shapes once it is checked.
    """
    draft = check(AdminTokenDraft, {"name": "t", "adminPermissions": [GRANT]})

    assert READ == draft.admin_permissions[0].action


@pytest.mark.parametrize("body", [None, [], "x", 5])
def test_a_body_that_is_no_object_is_refused(body: JSON) -> None:
    """
    The body as a whole has to be an object.
    """
    with pytest.raises(ValidationError, match="this must be a `object` type"):
        check(RoleDraft, body)


def test_annotations_describe_themselves() -> None:
    """
    The JSON Schema of a shape names kinds, bounds and choices, so that OpenAPI can be made from it.
    """
    schema = AdminTokenDraft.model_json_schema()

    assert {"type": "string", "minLength": 1, "title": "Name"} == schema["properties"]["name"]
    assert ["number", "null"] == schema["properties"]["lifespan"]["type"]
    assert list(LIFESPANS) == schema["properties"]["lifespan"]["enum"]
    assert "array" == schema["properties"]["adminPermissions"]["type"]
    assert ["name"] == schema["required"]
    assert schema["additionalProperties"] is False
