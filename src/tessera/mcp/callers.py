"""Which names and pages a request may come by: those of the server, so that no foreign page rebinds a name to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9._-]+)(?::[0-9]{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """The server's own names, and the pages that are let in besides its own."""

    url: str = ""  # as the world sees the server, where it is set
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def admits(self, host: str | None, origin: str | None) -> bool:
        """Tell whether a request by this name and from this page is let in; browsers cannot change either header."""
        return self._is_own(host or "") and (origin is None or self._is_welcome(origin, host or ""))

    def _is_own(self, host: str) -> bool:
        name = _name(host)
        if name is None:
            return False
        # A page can rebind its own name to this machine, but no address and no name that resolvers keep for it.
        known = ("localhost", _name(urlsplit(self.url).netloc), *(each.lower() for each in self.hosts))
        return name in known or _is_address(name)

    def _is_welcome(self, origin: str, host: str) -> bool:
        if origin in self.origins:
            return True
        parts = urlsplit(origin)
        own = {host.lower(), urlsplit(self.url).netloc.lower()}
        return parts.scheme in ("http", "https") and parts.netloc.lower() in own - {""}


def _name(host: str) -> str | None:
    """Return the host without its port, in small letters; None when it is written in any unusual way."""
    found = _HOST.fullmatch(host)
    return found[1].strip("[]").lower() if found else None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
