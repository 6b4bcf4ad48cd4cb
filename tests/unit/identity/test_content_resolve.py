from typing import Any

import pytest

from tessera.identity.content_actions import action_on, content_actions
from tessera.identity.credentials import Refusal
from tessera.identity.principal import APITokenBearer, EndUser, Visitor
from tessera.identity.resolve import is_use_to_be_noted, note_use
from tessera.identity.secrets import KeyKind, new_key
from tests.unit.identity.office import HOUR, NOW, Office
from tests.unit.identity.site import CREATE, FIND, PASSWORD, Site, signed

UNKNOWN_ACTION = "api::nothing.nothing.find"


@pytest.fixture
def site(office: Office) -> Site:
    """Return a site without people."""
    return Site(office)


@pytest.mark.parametrize("kind", ["content-api", None])
def test_an_api_token_acts_as_its_type_says(site: Site, kind: str | None) -> None:
    """
    Full access holds everything, read-only what reads, custom what it lists; older tokens have no kind.
    """
    assert {FIND, CREATE} == site.held(site.token("full-access", kind=kind))
    assert {FIND} == site.held(site.token("read-only", kind=kind))
    assert {CREATE} == site.held(site.token("custom", CREATE, kind=kind))
    assert set() == site.held(site.token("custom", kind=kind))
    assert set() == site.held(site.token("of another type", kind=kind))


def test_types_that_list_nothing_read_drafts(site: Site) -> None:
    """
    Full access and read-only come with the right to drafts, custom only when it lists it.
    """
    may = []
    for type_ in ("full-access", "read-only", "custom"):
        who = site.bearer(site.token(type_))
        assert isinstance(who, APITokenBearer)
        may.append(who.ability.allows("api::article.article.readDraft"))

    assert [True, True, False] == may


def test_read_only_holds_no_more_than_find_and_find_one(site: Site) -> None:
    """
    Whatever its name, no other action counts as reading, as in the reference.
    """
    who = site.bearer(site.token("read-only"))
    assert isinstance(who, APITokenBearer)
    held = {
        action.rpartition(".")[2]
        for action in content_actions(site.office.project.schema)
        if who.ability.allows(action)
    }

    assert {"find", "findOne", "readDraft"} == held


PERMISSIONS = "plugin::users-permissions.permission.find"


def test_tokens_that_list_nothing_see_what_has_no_routes_where_it_is_related(site: Site) -> None:
    """
    Types of plugins, as in the reference; those of administrators never, and nobody is given such an action.
    """
    tokens = [site.token("full-access"), site.token("read-only"), site.token("custom", PERMISSIONS, "admin::user.find")]
    found = [site.bearer(key) for key in (*tokens, site.jwt(site.user(site.role(PERMISSIONS, "admin::user.find"))))]
    held = [not isinstance(who, Refusal) and who.ability.allows(PERMISSIONS) for who in found]

    assert [True, True, False, False] == held
    assert not any(not isinstance(who, Refusal) and who.ability.allows("admin::user.find") for who in found)


def test_a_full_access_token_holds_no_action_of_administrators(site: Site) -> None:
    """
    Everything is every action of the Content API (F49).
    """
    who = site.bearer(site.token("full-access"))
    assert isinstance(who, APITokenBearer)

    assert not who.ability.allows("admin::users.read")
    assert not who.ability.allows("plugin::content-manager.explorer.read", "api::author.author")
    assert not who.ability.allows(UNKNOWN_ACTION)


def test_f54_what_opens_the_admin_api_is_unknown_here(site: Site) -> None:
    """
    Admin tokens, expired or not, administrators' sessions, and transfer tokens: all as any unknown key.
    """
    owner = site.office.user(site.office.role())
    transfer = new_key(KeyKind.TRANSFER, site.office.randomness)
    admin, content = new_key(KeyKind.ADMIN, site.office.randomness), new_key(KeyKind.CONTENT, site.office.randomness)
    texts = [
        site.office.token(owner),
        site.office.token(owner, expires_at=NOW - 1),
        site.token("full-access", key=admin),
        site.token("full-access", key=transfer),
        site.office.token(owner, key=content),
        site.office.sign_in(owner),
        new_key(KeyKind.CONTENT, site.office.randomness),
        "0" * 256,
        "not-a-key",
    ]

    assert [Refusal.UNKNOWN] * len(texts) == [site.bearer(text) for text in texts]


def test_an_api_token_opens_nothing_at_its_end(site: Site) -> None:
    """
    It is over at that very moment, and its bearer learns so.
    """
    key = site.token("full-access", expires_at=NOW + 1)

    assert isinstance(site.bearer(key), APITokenBearer)
    site.office.clock.moment += 1
    assert Refusal.EXPIRED is site.bearer(key)


@pytest.mark.parametrize(("last", "due"), [(None, True), (NOW - HOUR, True), (NOW - HOUR + 1, False)])
def test_the_use_of_an_api_token_is_noted_once_an_hour(site: Site, last: int | None, due: bool) -> None:
    """
    As that of an admin token.
    """
    who = site.bearer(site.token("full-access", last_used_at=last))
    assert isinstance(who, APITokenBearer)
    site.office.run(lambda session: note_use(session, who, NOW))

    assert due == is_use_to_be_noted(who, NOW)
    assert (NOW if due else last) == site.office.column("strapi_api_tokens", "last_used_at", who.token_id)


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "a-key"])
def test_whoever_sends_no_bearer_text_is_a_visitor(site: Site, header: str) -> None:
    """
    Visitors act with the public role, and another scheme gives nothing more (F48).
    """
    site.role(FIND, type_="public")
    site.role(CREATE)
    for who in (site.ask(header), site.ask()):
        assert isinstance(who, Visitor)
        assert who.ability.allows(FIND)
        assert not who.ability.allows(CREATE)


def test_a_second_public_role_is_nobodys(site: Site) -> None:
    """
    The type of a role is made of its name, so that anybody who makes roles could make one.
    """
    site.role(FIND, type_="public")
    site.role(CREATE, type_="public")
    who = site.ask()

    assert isinstance(who, Visitor)
    assert not who.ability.allows(CREATE)


def test_a_closed_site_asks_for_a_credential(site: Site) -> None:
    """
    Where the public role holds nothing, or there is none, as in the reference.
    """
    assert Refusal.NOTHING_SENT is site.ask()
    site.role(UNKNOWN_ACTION, type_="public")
    assert Refusal.NOTHING_SENT is site.ask()


def test_an_end_user_acts_with_its_role(site: Site) -> None:
    """
    The public role adds nothing to it; what the project does not know grants nothing.
    """
    site.role(CREATE, type_="public")
    role = site.role(FIND, UNKNOWN_ACTION)
    user = site.user(role)
    who = site.bearer(site.jwt(user))

    assert isinstance(who, EndUser)
    assert (user, "eve", "eve@example.com", role, None) == (
        who.id,
        who.username,
        who.email,
        who.role_id,
        who.session_id,
    )
    assert who.ability.allows(FIND)
    assert not who.ability.allows(CREATE)
    assert not who.ability.allows(UNKNOWN_ACTION)


def test_an_end_user_without_a_role_is_unknown(site: Site) -> None:
    """
    As in the reference, where it may not even do what visitors may.
    """
    site.role(FIND, type_="public")

    assert Refusal.UNKNOWN is site.bearer(site.jwt(site.user(None)))


@pytest.mark.parametrize(
    "change", ["UPDATE up_users SET blocked = 1", "UPDATE up_users SET confirmed = 0", "DELETE FROM up_users"]
)
def test_f45_a_closed_account_opens_nothing(site: Site, change: str) -> None:
    """
    Another process blocks, deletes, or asks to confirm: the next request is refused.
    """
    site.advanced(email_confirmation=True)
    text = site.jwt(site.user(site.role(FIND)))
    assert {FIND} == site.held(text)
    site.office.elsewhere(change)

    assert Refusal.ACCOUNT_CLOSED is site.bearer(text)


@pytest.mark.parametrize("settings", [None, {"email_confirmation": False}])
def test_an_unconfirmed_user_comes_in_where_nobody_has_to_confirm(site: Site, settings: dict[str, Any] | None) -> None:
    """
    Only the project's settings ask for it.
    """
    if settings is not None:
        site.advanced(**settings)

    assert isinstance(site.bearer(site.jwt(site.user(site.role(FIND), confirmed=0))), EndUser)


def test_f47_a_new_password_ends_older_tokens(site: Site) -> None:
    """
    Whoever set it, and within the second in which they were issued.
    """
    user = site.user(site.role(FIND))
    old = site.jwt(user)
    site.office.elsewhere("UPDATE up_users SET username = 'eva', updated_at = updated_at + 5000")
    assert {FIND} == site.held(old)
    site.office.elsewhere("UPDATE up_users SET password = 'another hash'")

    assert Refusal.UNKNOWN is site.bearer(old)
    assert {FIND} == site.held(site.jwt(user, "another hash"))


def test_f47_a_token_of_the_reference_is_good_until_the_account_changes(site: Site) -> None:
    """
    It says nothing of the password, so that any later change may have been a new one.
    """
    text = site.reference_jwt(site.user(site.role(FIND)))
    assert {FIND} == site.held(text)
    site.office.elsewhere("UPDATE up_users SET updated_at = updated_at + 1000")

    assert Refusal.UNKNOWN is site.bearer(text)


@pytest.mark.parametrize(
    "more",
    [
        {"id": "1"},
        {"id": True},
        {"id": 0},
        {"id": None},
        {"id": 1.5},
        {"exp": NOW // 1000},
        {"exp": None},
        {"iat": None},
    ],
)
def test_f50_claims_of_the_wrong_kind_are_nobodys(site: Site, more: dict[str, Any]) -> None:
    """
    A user is named by a number, and a token ends.
    """
    user = site.user(site.role(FIND))

    assert Refusal.UNKNOWN is site.bearer(site.reference_jwt(user, **more))


def test_f51_only_the_secret_and_algorithm_of_end_users_count(site: Site) -> None:
    """
    Neither no algorithm, nor another one, nor the secret of administrators.
    """
    claims = {"id": site.user(site.role(FIND)), "iat": NOW // 1000, "exp": NOW // 1000 + 60}
    own, admin = site.settings.jwt_secret, site.office.project.settings.admin.auth_secret
    texts = [signed(claims, None, "none"), signed(claims, own, "HS512"), signed(claims, admin)]

    assert {FIND} == site.held(signed(claims, own))
    assert [Refusal.UNKNOWN] * 3 == [site.bearer(text) for text in texts]


def test_f49_ids_of_different_kinds_do_not_collide(site: Site) -> None:
    """
    Administrator 1, end user 1 and token 1 are three, also where both families sign with one secret.
    """
    secret = site.office.project.settings.admin.auth_secret
    site.keep_sessions(jwt_secret=secret)
    admin = site.office.user(site.office.role())
    user = site.user(site.role(FIND))
    assert admin == user

    assert Refusal.UNKNOWN is site.bearer(site.office.sign_in(admin))
    assert isinstance(site.office.bearer(site.session(user)), Refusal)
    assert {FIND} == site.held(site.session(user))


def test_f47_a_session_of_an_end_user_ends(site: Site) -> None:
    """
    With its row, in time, and with the account; tokens without a session open nothing where sessions are kept.
    """
    site.keep_sessions()
    user = site.user(site.role(FIND))
    text = site.session(user)
    who = site.bearer(text)
    assert isinstance(who, EndUser)
    assert who.session_id is not None
    assert Refusal.UNKNOWN is site.bearer(site.jwt(user))

    site.office.elsewhere("UPDATE up_users SET blocked = 1")
    assert Refusal.ACCOUNT_CLOSED is site.bearer(text)
    site.office.elsewhere("UPDATE up_users SET blocked = 0")
    site.office.elsewhere("DELETE FROM strapi_sessions")
    assert Refusal.UNKNOWN is site.bearer(text)


@pytest.mark.parametrize("times", [1, 2])
def test_one_statement_tells_who_asks(site: Site, times: int) -> None:
    """
    Of every kind of asker, at the first request and at every other.
    """
    site.role(FIND, type_="public")
    texts = [site.token("custom", FIND), site.token("full-access"), site.jwt(site.user(site.role(FIND)))]
    headers = ["", *(f"Bearer {text}" for text in texts)]
    for _ in range(times - 1):
        [site.ask(header) for header in headers]
    site.office.driver.trace = []
    [site.ask(header) for header in headers]

    assert len(headers) == len(site.office.driver.trace)


def test_f48_what_is_malformed_asks_the_database_nothing(site: Site) -> None:
    """
    Mistyped keys and broken tokens are refused without a look-up, and give not even what visitors hold.
    """
    site.role(FIND, type_="public")
    key, text = site.token("full-access"), site.jwt(site.user(site.role(FIND)))
    mistyped = key[:-1] + ("0" if key[-1] != "0" else "1")
    site.office.driver.trace = []
    texts = ("null", "x", key[:-1], mistyped, "0" * 255, "a.b.c", text[:-1], f"{text}x", text.rpartition(".")[0])

    assert {Refusal.UNKNOWN} == {site.bearer(sent) for sent in texts}
    assert [] == site.office.driver.trace


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM up_permissions", "UPDATE up_permissions SET action = 'x', updated_at = 9", "DELETE FROM up_roles"],
)
def test_f45_what_another_process_takes_away_is_gone_at_the_next_request(site: Site, change: str) -> None:
    """
    From end users and visitors alike, also when their abilities are known already.
    """
    site.role(FIND, type_="public")
    text = site.jwt(site.user(site.role(FIND)))
    assert {FIND} == site.held(text)
    assert isinstance(site.ask(), Visitor)
    site.office.elsewhere(change)

    assert set() == site.held(text)
    assert Refusal.NOTHING_SENT is site.ask()


def test_what_is_given_counts_at_the_next_request(site: Site) -> None:
    """
    To a role, and to a token that changes its type.
    """
    role = site.role(FIND)
    text, key = site.jwt(site.user(role)), site.token("custom", FIND)
    assert ({FIND}, {FIND}) == (site.held(text), site.held(key))
    site.permit(role, CREATE)
    site.office.elsewhere("UPDATE strapi_api_tokens SET type = 'full-access'")

    assert ({FIND, CREATE}, {FIND, CREATE}) == (site.held(text), site.held(key))


def test_f46_the_key_of_a_deleted_token_is_unknown_at_once(site: Site) -> None:
    """
    Also when it has just been used.
    """
    key = site.token("custom", FIND)
    assert {FIND} == site.held(key)
    site.office.elsewhere("DELETE FROM strapi_api_tokens")

    assert Refusal.UNKNOWN is site.bearer(key)


def test_holders_of_the_same_actions_have_equal_abilities(site: Site) -> None:
    """
    So that what is compiled for one serves all of them.
    """
    role = site.role(FIND)
    first, second = site.user(role), site.user(role, username="bob", email="bob@example.com")
    one, other = site.bearer(site.jwt(first)), site.bearer(site.jwt(second))
    assert isinstance(one, EndUser)
    assert isinstance(other, EndUser)

    assert one.ability is other.ability


def test_an_action_on_a_type_is_named_after_it(site: Site) -> None:
    """
    The uid of the type and what is done.
    """
    assert FIND == action_on("api::author.author", "find")
    assert action_on("plugin::users-permissions.user", "find") in content_actions(site.office.project.schema)
    assert PASSWORD.startswith("$2a$")
