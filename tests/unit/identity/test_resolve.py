import asyncio
import time

import pytest

from tessera.engine.session import Session
from tessera.identity.credentials import Credentials, Refusal
from tessera.identity.principal import SignedIn, TokenBearer
from tessera.identity.resolve import is_use_to_be_noted, note_use
from tessera.identity.secrets import KeyKind, new_key
from tessera.sql.statement import Statement
from tests.unit.identity.office import AUTHOR, CREATE, HOUR, NOW, READ, Office, permission

SUPER = "strapi-super-admin"


def test_a_session_acts_with_the_roles_of_its_administrator(office: Office) -> None:
    """
    An access token resolves to its administrator, its roles and what they hold.
    """
    role = office.role(permission(properties={"fields": ["name"]}))
    user = office.user(role)
    who = office.bearer(office.sign_in(user))

    assert isinstance(who, SignedIn)
    assert (user, "ana@example.com", (role,), False) == (
        who.user.id,
        who.user.email,
        who.user.role_ids,
        who.user.is_super_admin,
    )
    assert who.ability.allows(READ, AUTHOR, field="name")
    assert not who.ability.allows(READ, AUTHOR, field="email")
    assert not who.ability.allows(CREATE, AUTHOR)


def test_a_super_admin_may_do_everything(office: Office) -> None:
    """
    The super admin's role needs no permission rows.
    """
    who = office.bearer(office.sign_in(office.user(office.role(code=SUPER))))

    assert isinstance(who, SignedIn)
    assert who.user.is_super_admin
    assert who.ability.allows(CREATE, AUTHOR, field="email")


def test_a_token_acts_within_its_owners_rights(office: Office) -> None:
    """
    A token holds what both it and its owner hold, field by field.
    """
    owner = office.user(office.role(permission(properties={"fields": ["name", "bio"]})))
    key = office.token(owner, permission(properties={"fields": ["name", "email"]}), permission(CREATE))
    who = office.bearer(key)

    assert isinstance(who, TokenBearer)
    assert owner == who.user.id
    assert who.ability.allows(READ, AUTHOR, field="name")
    assert not who.ability.allows(READ, AUTHOR, field="email")
    assert not who.ability.allows(READ, AUTHOR, field="bio")
    assert not who.ability.allows(CREATE, AUTHOR)


def test_a_super_admins_token_holds_no_more_than_it_was_given(office: Office) -> None:
    """
    An owner who may do everything leaves the token its own rights.
    """
    owner = office.user(office.role(code=SUPER))
    key = office.token(owner, permission(properties={"fields": ["name"]}))

    assert office.may_read(key, "name")
    assert not office.may_read(key, "email")


def test_older_keys_open(office: Office) -> None:
    """
    A key that the reference made, of 256 hexadecimal digits, goes on working.
    """
    key = office.token(office.user(office.role(permission())), permission(), key="0a" * 128)

    assert office.may_read(key)


@pytest.mark.parametrize("times", [1, 2])
def test_one_statement_tells_who_asks(office: Office, times: int) -> None:
    """
    The first request of a credential needs one statement, and so does every other.
    """
    owner = office.user(office.role(permission()))
    key, access = office.token(owner, permission()), office.sign_in(owner)
    for _ in range(times - 1):
        office.bearer(key)
        office.bearer(access)
    office.driver.trace = []
    office.bearer(key)
    office.bearer(access)

    assert 2 == len(office.driver.trace)


@pytest.mark.parametrize(
    ("header", "opens"),
    [
        ("Bearer {key}", True),
        ("bearer {key}", True),
        ("BEARER\t{key}", True),
        ("Bearer  {key}", True),
        ("", False),
        ("Bearer", False),
        ("Bearer ", False),
        ("Token {key}", False),
        ("Basic cm9vdDpQYXNzdzByZCE=", False),
        ("{key}", False),
        ("Bearer {key} x", False),
        ("Bearer {key},{key}", False),
        ("Bearer {key}, Bearer {key}", False),
    ],
)
def test_the_header_is_read_as_the_reference_reads_it(office: Office, header: str, opens: bool) -> None:
    """
    The scheme may be in any case and followed by any blanks; nothing may come after the key.
    """
    key = office.token(office.user(office.role(permission())), permission())

    assert opens == isinstance(office.ask(header.format(key=key)), TokenBearer)


def test_f68_two_credentials_are_refused(office: Office) -> None:
    """
    Two Authorization headers are refused, even if both are the same good one.
    """
    header = f"Bearer {office.token(office.user(office.role(permission())), permission())}"

    assert isinstance(office.ask(header), TokenBearer)
    assert Refusal.UNREADABLE is office.ask(header, header)
    assert Refusal.UNREADABLE is office.ask(header, "")


def test_f48_what_is_malformed_asks_the_database_nothing(office: Office) -> None:
    """
    Empty, malformed and mistyped credentials are refused without a look-up, and give nothing.
    """
    key = office.token(office.user(office.role(permission())), permission())
    mistyped = key[:-1] + ("0" if key[-1] != "0" else "1")
    office.driver.trace = []
    texts = ("", "null", "undefined", "x", key[:-1], key.upper(), mistyped, f"{key}0", "0" * 255, "F" * 256, "a.b.c")
    refused = [office.bearer(text) for text in texts]

    assert {Refusal.UNKNOWN, Refusal.UNREADABLE} == set(refused)
    assert [] == office.driver.trace


def test_f48_no_credential_is_nobody(office: Office) -> None:
    """
    Without a credential nobody asks; no principal is made up.
    """
    assert Refusal.NOTHING_SENT is office.ask()


@pytest.mark.parametrize("kind", ["content-api", None, "", "ADMIN"])
@pytest.mark.parametrize("form", [KeyKind.ADMIN, KeyKind.CONTENT, None])
def test_f54_a_content_token_is_unknown_to_the_admin_api(
    office: Office, kind: str | None, form: KeyKind | None
) -> None:
    """
    A token of another kind gets the answer of an unknown one, whatever its key looks like and whoever owns it.
    """
    owner = office.user(office.role(code=SUPER))
    key = "1b" * 128 if form is None else new_key(form, office.randomness)
    office.token(owner, permission(), key=key, kind=kind, type="full-access")
    unknown = office.bearer(new_key(KeyKind.ADMIN, office.randomness))

    assert Refusal.UNKNOWN is unknown
    assert Refusal.UNKNOWN is office.bearer(key)
    assert "Missing or invalid credentials" == Refusal.UNKNOWN.error.message


def test_f54_a_key_that_calls_itself_another_kind_opens_nothing(office: Office) -> None:
    """
    The form of a key and the kind of its row must both say admin.
    """
    key = new_key(KeyKind.CONTENT, office.randomness)
    office.token(office.user(office.role(permission())), permission(), key=key)

    assert Refusal.UNKNOWN is office.bearer(key)


def test_f54_a_transfer_token_is_unknown_to_the_admin_api(office: Office) -> None:
    """
    A transfer token's key is looked for among the tokens of the API and not found.
    """
    assert Refusal.UNKNOWN is office.bearer(new_key(KeyKind.TRANSFER, office.randomness))


def test_f49_ids_of_different_kinds_do_not_collide(office: Office) -> None:
    """
    Administrator 1, token 1 and end user 1 are three different askers.
    """
    role = office.role(permission())
    ana = office.user(role)
    bo = office.user(role, email="bo@example.com")
    key = office.token(bo, permission())
    office.insert("up_users", username="one", email="one@example.com")
    token, session = office.bearer(key), office.bearer(office.sign_in(ana))

    assert isinstance(token, TokenBearer)
    assert isinstance(session, SignedIn)
    assert (1, bo) == (token.token_id, token.user.id)
    assert (1, ana) == (session.user.id, session.user.id)


def test_f49_a_session_of_an_end_user_opens_nothing(office: Office) -> None:
    """
    A session row of another origin with the same user id is no administrator's.
    """
    access = office.sign_in(office.user(office.role(code=SUPER)))
    assert isinstance(office.bearer(access), SignedIn)
    office.elsewhere("UPDATE strapi_sessions SET origin = 'users-permissions'")

    assert Refusal.UNKNOWN is office.bearer(access)


def test_f49_a_session_belongs_to_the_user_of_its_row(office: Office) -> None:
    """
    A token that names another user than its session's row opens nothing.
    """
    access = office.sign_in(office.user(office.role(code=SUPER)))
    office.user(email="bo@example.com")
    office.elsewhere("UPDATE strapi_sessions SET user_id = '2'")

    assert Refusal.UNKNOWN is office.bearer(access)


@pytest.mark.parametrize(
    ("change", "token", "session"),
    [
        ("UPDATE admin_users SET is_active = 0", Refusal.OWNER_DEACTIVATED, Refusal.UNKNOWN),
        ("UPDATE admin_users SET is_active = NULL", Refusal.OWNER_DEACTIVATED, Refusal.UNKNOWN),
        ("UPDATE admin_users SET blocked = 1", Refusal.OWNER_DEACTIVATED, Refusal.UNKNOWN),
        ("DELETE FROM admin_users", Refusal.UNKNOWN, Refusal.UNKNOWN),
        ("DELETE FROM strapi_api_tokens_admin_user_owner_lnk", Refusal.UNKNOWN, None),
        ("DELETE FROM strapi_api_tokens", Refusal.UNKNOWN, None),
        ("UPDATE strapi_api_tokens SET access_key = 'other'", Refusal.UNKNOWN, None),
        ("UPDATE strapi_api_tokens SET expires_at = 1750000000000", Refusal.EXPIRED, None),
        ("DELETE FROM strapi_sessions", None, Refusal.UNKNOWN),
        ("UPDATE strapi_sessions SET expires_at = 1750000000000", None, Refusal.UNKNOWN),
        ("UPDATE strapi_sessions SET absolute_expires_at = 1750000000000", None, Refusal.UNKNOWN),
    ],
)
def test_f45_f46_what_another_process_ends_is_over_at_the_next_request(
    office: Office, change: str, token: Refusal | None, session: Refusal | None
) -> None:
    """
    Deactivation, blocking, deletion, expiry and a new key bite at once, whoever wrote them.
    """
    owner = office.user(office.role(permission()))
    key, access = office.token(owner, permission()), office.sign_in(owner)
    assert office.may_read(key)
    assert office.may_read(access)
    office.elsewhere(change)
    found = [who if isinstance(who, Refusal) else None for who in (office.bearer(key), office.bearer(access))]

    assert [token, session] == found


def test_f46_nothing_started_after_a_revocation_is_accepted(office: Office) -> None:
    """
    While many requests come in, a token is deleted; whatever begins after that is refused.
    """
    key = office.token(office.user(office.role(permission())), permission())
    accepted: list[float] = []
    revoked: list[float] = []

    async def request(session: Session) -> None:
        started = time.perf_counter()
        if not isinstance(await office.resolver.resolve(session, Credentials((f"Bearer {key}",))), Refusal):
            accepted.append(started)

    async def revoke(session: Session) -> None:
        async with session.transaction():
            await session.execute(Statement("DELETE FROM strapi_api_tokens"))

    async def client() -> None:
        while not revoked or time.perf_counter() < revoked[0] + 0.05:
            await office.driver.run(request)

    async def everybody() -> None:
        clients = asyncio.gather(*(client() for _ in range(6)))
        await asyncio.sleep(0.05)
        await office.driver.run(revoke)
        revoked.append(time.perf_counter())
        await clients

    asyncio.run(everybody())

    assert accepted
    assert max(accepted) < revoked[0]


def test_f60_every_key_that_opens_nothing_costs_the_same(office: Office) -> None:
    """
    Unknown, of another kind, expired, ownerless or with a blocked owner: each is the same statement, sent once.
    """
    role = office.role(permission())
    ana, bo = office.user(role), office.user(role, email="bo@example.com", blocked=1)
    keys = [
        new_key(KeyKind.ADMIN, office.randomness),
        new_key(KeyKind.TRANSFER, office.randomness),
        office.token(ana, kind="content-api"),
        office.token(ana, permission(), expires_at=NOW - 1),
        office.token(None, permission()),
        office.token(bo, permission()),
    ]
    office.driver.trace = []

    assert all(isinstance(office.bearer(key), Refusal) for key in keys)
    assert (len(keys), 1) == (len(office.driver.trace), len(set(office.driver.trace)))


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM admin_permissions",
        "DELETE FROM admin_permissions_role_lnk",
        "DELETE FROM admin_users_roles_lnk",
        "DELETE FROM admin_roles",
        'UPDATE admin_permissions SET properties = \'{"fields": ["name"]}\'',
        "UPDATE admin_permissions SET action = 'admin::roles.read', subject = NULL, updated_at = updated_at + 1",
        "UPDATE admin_permissions SET conditions = '[\"admin::unknown\"]'",
        "UPDATE admin_permissions SET properties = 'broken'",
    ],
)
def test_f45_what_another_process_takes_away_is_gone_at_the_next_request(office: Office, change: str) -> None:
    """
    A permission, a link, a role or a field that is taken away is missing at once, for sessions and tokens.
    """
    owner = office.user(office.role(permission()))
    key, access = office.token(owner, permission()), office.sign_in(owner)
    assert office.may_read(key, "email")
    assert office.may_read(access, "email")
    office.elsewhere(change)

    assert not office.may_read(key, "email")
    assert not office.may_read(access, "email")


def test_f45_a_demoted_super_admin_is_one_no_more(office: Office) -> None:
    """
    Losing the super admin's role counts at the next request, for tokens as well.
    """
    role = office.role(code=SUPER)
    owner = office.user(role)
    key, access = office.token(owner, permission()), office.sign_in(owner)
    assert office.may_read(key)
    assert office.may_read(access)
    office.elsewhere("UPDATE admin_roles SET code = 'former'")

    assert not office.may_read(key)
    assert not office.may_read(access)


def test_what_is_given_counts_at_the_next_request(office: Office) -> None:
    """
    A permission that is added is there at once.
    """
    role = office.role()
    access = office.sign_in(office.user(role))
    assert not office.may_read(access)
    office.permit("role_id", role, [permission()])

    assert office.may_read(access)


def test_f48_permissions_that_cannot_be_read_grant_nothing(office: Office) -> None:
    """
    A row with broken columns is passed over, and the others count.
    """
    broken = [
        permission(properties="{"),
        permission(properties="[]"),
        permission(conditions="{}"),
        permission(conditions="[1]"),
        permission(conditions='["nobody::knows"]'),
        permission(subject="api::ghost.ghost"),
        permission(action="plugin::ghost.read"),
    ]
    access = office.sign_in(office.user(office.role(*broken, permission(CREATE))))
    who = office.bearer(access)

    assert isinstance(who, SignedIn)
    assert not who.ability.allows(READ, AUTHOR)
    assert who.ability.allows(CREATE, AUTHOR)


def test_a_token_with_two_rows_opens_nothing(office: Office) -> None:
    """
    If a database holds one key twice, or a token has two owners, it is nobody's.
    """
    role = office.role(permission())
    ana, bo = office.user(role), office.user(role, email="bo@example.com")
    key = office.token(ana, permission())
    office.insert("strapi_api_tokens_admin_user_owner_lnk", api_token_id=1, user_id=bo)

    assert Refusal.UNKNOWN is office.bearer(key)


def test_conditions_are_about_the_owner(office: Office) -> None:
    """
    Two administrators with the same role are two askers: "my own entries" are each one's own.
    """
    role = office.role(permission(conditions=["admin::is-creator"]))
    ana, bo = office.user(role), office.user(role, email="bo@example.com")
    first, second = office.bearer(office.sign_in(ana)), office.bearer(office.sign_in(bo))

    assert isinstance(first, SignedIn)
    assert isinstance(second, SignedIn)
    assert first.ability.rules != second.ability.rules


@pytest.mark.parametrize(
    ("last", "due"), [(None, True), (NOW, False), (NOW - HOUR + 1, False), (NOW - HOUR, True), (NOW - 9 * HOUR, True)]
)
def test_the_use_of_a_token_is_noted_once_an_hour(office: Office, last: int | None, due: bool) -> None:
    """
    The last use moves at most once an hour, and the row's `updatedAt` with it.
    """
    key = office.token(office.user(office.role()), last_used_at=last, updated_at=7)
    who = office.bearer(key)
    assert isinstance(who, TokenBearer)
    office.run(lambda session: note_use(session, who, NOW))

    assert due == is_use_to_be_noted(who, NOW)
    assert (NOW if due else last) == office.column("strapi_api_tokens", "last_used_at", who.token_id)
    assert (NOW if due else 7) == office.column("strapi_api_tokens", "updated_at", who.token_id)


def test_refusals_name_nothing_but_what_the_reference_names() -> None:
    """
    A client learns that a token is over, its owner deactivated or its account closed, and nothing else.
    """
    assert [
        "Missing or invalid credentials",
        "Missing or invalid credentials",
        "Missing or invalid credentials",
        "Token expired",
        "Token owner is deactivated",
        "Invalid credentials",
    ] == [refusal.error.message for refusal in Refusal]
