"""What every test stands on: no network beyond this machine, and the profiles of the property tests."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

collect_ignore = ["conformance"]

settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile(
    "ci",
    max_examples=int(os.environ.get("CASES", "10000")),
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

Connect = Callable[[socket.socket, object], object]


def is_loopback(address: object) -> bool:
    """Whether an address given to `connect` stays on this machine; names other than localhost do not count."""
    if not isinstance(address, tuple):
        return True  # A Unix socket is a path.
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _guarded(connect: Connect) -> Connect:
    def guarded(connection: socket.socket, address: object) -> object:
        if not is_loopback(address):
            pytest.fail(f"A test tried to reach {address!r}; tests stay on this machine.")
        return connect(connection, address)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield
