"""Calls of other servers: where they may go, and what becomes of them."""

from __future__ import annotations

import asyncio
import socket
from base64 import b64decode
from ipaddress import ip_address
from typing import Any

import pytest

from tessera.features.webhooks import calling
from tessera.features.webhooks.calling import call
from tessera.features.webhooks.reach import Outcome, Reach
from tessera.features.webhooks.signing import SigningKey
from tests.features.webhooks.receiver import receiving

PUBLIC = Reach()
HERE = Reach(loopback=True)
PRIVATE = Reach(private=True)

INSIDE = (
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "0.0.0.0",  # noqa: S104 - nothing listens there
    "::",
    "255.255.255.255",
    "224.0.0.1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:7f00:1::",
    "192.0.2.1",
    "198.18.0.1",
    "240.0.0.1",
)
OUTSIDE = ("93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:93.184.216.34")
NEVER = ("169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "::", "64:ff9b::a9fe:a9fe")


def post(url: str, reach: Reach, *, seconds: float = 5.0, headers: dict[str, str] | None = None) -> Outcome:
    """Make one call."""
    return asyncio.run(call(url, headers or {}, b"{}", reach=reach, seconds=seconds))


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_out_of_reach(address: str) -> None:
    """
    Private, loopback, link-local, metadata, mapped and translated addresses are not called.
    """
    assert not PUBLIC.covers(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_within_reach(address: str) -> None:
    """
    What is on the public internet may be called, also where it is written as a mapped address.
    """
    assert PUBLIC.covers(ip_address(address))


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_called(address: str) -> None:
    """
    Where private addresses are allowed, link-local ones, such as those of a cloud's metadata, are not.
    """
    assert not PRIVATE.covers(ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fd00::1", "::ffff:192.168.0.1"])
def test_private_addresses_can_be_allowed(address: str) -> None:
    """
    With the setting, this machine and its networks may be called.
    """
    assert PRIVATE.covers(ip_address(address))


def test_a_call_reports_the_status_and_the_beginning_of_the_answer() -> None:
    """
    No more than 4096 bytes of an answer are read.
    """
    with receiving() as receiver:
        receiver.status, receiver.answer = 500, b"x" * 100_000
        outcome = post(receiver.url, HERE)

    assert (500, 4096, False) == (outcome.status, len(outcome.text), outcome.arrived)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"])
def test_this_machine_is_not_called_however_it_is_spelt(host: str) -> None:
    """
    The address that a name or number leads to is judged, not its text.
    """
    with receiving() as receiver:
        outcome = post(f"http://{host}:{receiver.port}/", PUBLIC)

    assert (None, []) == (outcome.status, receiver.arrived)


def test_a_redirect_is_not_followed() -> None:
    """
    An answer that sends elsewhere is a failure; nobody goes there.
    """
    with receiving() as target, receiving() as receiver:
        receiver.status, receiver.location = 307, target.url
        outcome = post(receiver.url, HERE)

    assert (307, False, []) == (outcome.status, outcome.arrived, target.arrived)


def test_a_name_that_changes_its_address_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The name is looked up once; the connection goes to the address that was judged.
    """
    asked: list[str] = []

    async def looked_up(host: str, _: int) -> list[Any]:
        asked.append(host)
        return [ip_address("127.0.0.1")] if len(asked) == 1 else [ip_address("10.0.0.1")]

    monkeypatch.setattr(calling, "_looked_up", looked_up)
    with receiving() as receiver:
        outcome = post(f"http://rebinding.example:{receiver.port}/", HERE)
        refused = post(f"http://rebinding.example:{receiver.port}/", HERE)

    assert (204, "the address is not allowed") == (outcome.status, refused.error)
    assert ["rebinding.example", "rebinding.example"] == asked
    assert f"rebinding.example:{receiver.port}" == receiver.arrived[0].headers["host"]


def test_a_name_with_one_bad_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A name that also leads inside is not called at its public address either.
    """

    async def looked_up(_: str, __: int) -> list[Any]:
        return [ip_address("93.184.216.34"), ip_address("10.0.0.1")]

    monkeypatch.setattr(calling, "_looked_up", looked_up)

    assert "the address is not allowed" == post("http://both.example/", PUBLIC).error


def test_an_answer_that_does_not_come_ends_the_call() -> None:
    """
    One attempt takes no longer than it may.
    """
    with receiving() as receiver:
        receiver.holding.clear()
        outcome = post(receiver.url, HERE, seconds=0.2)

    assert "no answer in time" == outcome.error


@pytest.mark.parametrize("headers", [{"X-A": "b\r\nX-Evil: 1"}, {"X\r\nEvil": "b"}, {"X-A": "日本"}])
def test_a_header_that_is_none_is_not_sent(headers: dict[str, str]) -> None:
    """
    What a header cannot hold ends the call before anything is sent.
    """
    with receiving() as receiver:
        outcome = post(receiver.url, HERE, headers=headers)

    assert outcome.error is not None
    assert [] == receiver.arrived


def test_nobody_who_listens_is_an_outcome() -> None:
    """
    A port where nothing answers makes no exception.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = post(f"http://127.0.0.1:{taken.getsockname()[1]}/", HERE)

    assert "no connection, or none that can be trusted" == outcome.error


def test_a_signature_is_that_of_the_specification() -> None:
    """
    The example that Standard Webhooks gives is signed as it says.
    """
    key = SigningKey(b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    headers = key.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    assert "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" == headers["webhook-signature"]
    assert ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330") == (headers["webhook-id"], headers["webhook-timestamp"])
    assert "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" == key.text
    assert "MfKQ" not in repr(key)
