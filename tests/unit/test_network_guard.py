"""The guard that keeps the suite off the network."""

import socket

import pytest

from tests.conftest import is_loopback


@pytest.mark.parametrize(
    "address", [("127.0.0.1", 80), ("127.8.8.8", 80), ("::1", 80, 0, 0), ("localhost", 80), "/run/x"]
)
def test_addresses_of_this_machine_are_open(address: object) -> None:
    """
    A test may talk to a server that it started itself.
    """

    assert is_loopback(address)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0), ("example.com", 80)])
def test_addresses_elsewhere_are_closed(address: object) -> None:
    """
    No test depends on another machine.
    """

    assert not is_loopback(address)


def test_connecting_elsewhere_fails_the_test() -> None:
    """
    A connection to another machine is refused before a packet leaves.
    """
    with socket.socket() as connection, pytest.raises(pytest.fail.Exception) as caught:
        connection.connect(("192.0.2.1", 80))

    assert "192.0.2.1" in str(caught.value)
