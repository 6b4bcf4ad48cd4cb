import pytest

from tessera.identity.jwt import Claims
from tessera.identity.sessions import (
    SignInSession,
    device_of,
    end_device,
    end_refreshing,
    end_session,
    end_sessions,
    renew_session,
    sessions_of,
)
from tessera.sql.statement import Statement
from tests.unit.identity.office import HOUR, NOW, Office

DAY = 24 * HOUR


def renew(office: Office, claims: Claims) -> SignInSession | None:
    """Renew a session."""
    lifespans = office.project.settings.admin.sessions
    now, randomness = office.clock.now(), office.randomness
    return office.write(lambda s: renew_session(s, claims, lifespans=lifespans, now=now, randomness=randomness))


def listed(office: Office, user_id: int) -> list[str]:
    """Return the ids of the sessions that are listed."""
    return [each.session_id for each in office.run(lambda s: sessions_of(s, user_id, office.clock.now()))]


@pytest.mark.parametrize(("remembered", "idle"), [(False, 2 * HOUR), (True, 14 * DAY)])
def test_a_session_is_a_row_as_the_reference_writes_it(office: Office, remembered: bool, idle: int) -> None:
    """
    All columns are the reference's; "remember me" makes it live longer without use.
    """
    user = office.user()
    begun = office.begin(user, remembered=remembered)
    names = (
        "user_id", "session_id", "child_id", "device_id", "origin", "status", "type", "metadata", "expires_at",
        "absolute_expires_at", "created_at", "updated_at",
    )  # fmt: skip
    row = {name: office.column("strapi_sessions", name, 1) for name in names}

    assert 32 == len(begun.session_id)
    assert {
        "user_id": str(user),
        "session_id": begun.session_id,
        "child_id": None,
        "device_id": "phone",
        "origin": "admin",
        "status": "active",
        "type": "refresh" if remembered else "session",
        "metadata": '{"loginAt":"2025-06-15T15:06:40.000Z"}',
        "expires_at": NOW + idle,
        "absolute_expires_at": NOW + 30 * DAY,
        "created_at": NOW,
        "updated_at": NOW,
    } == row


def test_a_session_is_renewed_once(office: Office) -> None:
    """
    Each use of a refresh token makes a successor with the same device and end; a second use finds nothing.
    """
    begun = office.begin(office.user())
    office.clock.moment += HOUR
    child = renew(office, begun.claims)

    assert child is not None
    assert begun.session_id != child.session_id
    assert (begun.device_id, begun.type, begun.metadata) == (child.device_id, child.type, child.metadata)
    assert (NOW + 3 * HOUR, begun.absolute_expires_at) == (child.expires_at, child.absolute_expires_at)
    assert ("rotated", child.session_id) == (
        office.column("strapi_sessions", "status", 1),
        office.column("strapi_sessions", "child_id", 1),
    )
    assert renew(office, begun.claims) is None
    assert [child.session_id] == listed(office, begun.user_id)
    assert renew(office, child.claims) is not None


@pytest.mark.parametrize(("later", "renewed"), [(2 * HOUR - 1, True), (2 * HOUR, False), (40 * DAY, False)])
def test_a_session_that_was_not_used_is_not_renewed(office: Office, later: int, renewed: bool) -> None:
    """
    After its idle time a session is over.
    """
    begun = office.begin(office.user())
    office.clock.moment += later

    assert renewed == (renew(office, begun.claims) is not None)


def test_no_session_outlives_its_longest_time(office: Office) -> None:
    """
    However often it is renewed, a session ends 30 days after its beginning.
    """
    latest: SignInSession | None = office.begin(office.user(), remembered=True)
    for day in (10, 20, 29):
        office.clock.moment = NOW + day * DAY
        assert latest is not None
        latest = renew(office, latest.claims)
    office.clock.moment = NOW + 30 * DAY

    assert latest is not None
    assert renew(office, latest.claims) is None


def test_f49_a_session_is_renewed_for_its_own_administrator(office: Office) -> None:
    """
    A refresh token that names another administrator, an unknown session or another origin's finds nothing.
    """
    begun = office.begin(office.user())

    assert renew(office, Claims(begun.user_id + 1, begun.session_id)) is None
    assert renew(office, Claims(begun.user_id, "0" * 32)) is None
    office.elsewhere("UPDATE strapi_sessions SET origin = 'users-permissions'")
    assert renew(office, begun.claims) is None


def test_f47_a_session_that_was_ended_is_gone(office: Office) -> None:
    """
    Ending one session, those of a device or all of them leaves nothing to renew, and others as they were.
    """
    user = office.user()
    first, second, third = (office.begin(user) for _ in range(3))
    office.elsewhere("UPDATE strapi_sessions SET device_id = 'laptop' WHERE id > 1")

    assert "phone" == office.run(lambda s: device_of(s, first.claims))
    assert office.write(lambda s: end_session(s, first.claims))
    assert not office.write(lambda s: end_session(s, first.claims))
    assert not office.write(lambda s: end_session(s, Claims(user + 1, second.session_id)))
    assert renew(office, first.claims) is None
    office.write(lambda s: end_sessions(s, user, but=third.session_id))
    assert [third.session_id] == listed(office, user)
    office.write(lambda s: end_device(s, user, "laptop"))
    assert [] == listed(office, user)
    fourth = office.begin(user)
    office.write(lambda s: end_sessions(s, user))
    assert renew(office, fourth.claims) is None


def test_f47_sessions_that_only_run_out_are_not_renewed(office: Office) -> None:
    """
    When somebody else set a password, open sessions live as long as their access tokens and no longer.
    """
    begun = office.begin(office.user())
    office.write(lambda s: end_refreshing(s, begun.user_id))

    assert renew(office, begun.claims) is None
    assert [] == listed(office, begun.user_id)
    assert 1 == office.run(lambda s: s.scalar(_count()))


def test_the_newest_session_is_listed_first(office: Office) -> None:
    """
    Sessions that are over are not listed.
    """
    user = office.user()
    over = office.begin(user)
    office.clock.moment += 2 * HOUR
    older, newer = office.begin(user), office.begin(user)

    assert [newer.session_id, older.session_id] == listed(office, user)
    assert over.session_id not in listed(office, user)


def test_every_fiftieth_session_sweeps_the_dead_ones_away(office: Office) -> None:
    """
    Rows past their longest time go now and then, so that the table does not grow for ever.
    """
    user = office.user()
    office.begin(user)
    office.elsewhere("UPDATE strapi_sessions SET id = 48")
    office.clock.moment += 31 * DAY
    office.begin(user)
    before = office.run(lambda s: s.scalar(_count()))
    office.begin(user)

    assert (2, 2) == (before, office.run(lambda s: s.scalar(_count())))


def _count() -> Statement:
    return Statement("SELECT count(*) FROM strapi_sessions")
