"""What a session is called after the client that opened it, such as "Chrome on macOS"."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 1024  # of the header that is looked at; names stand early in it

# The first that matches counts: most browsers also name the one that they are made from.
_BROWSERS: Final = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\b(?:OPR|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Vivaldi", r"\bVivaldi/"),
    ("Yandex Browser", r"\b(?:YaBrowser|Yowser)/"),
    ("Brave", r"\bBrave/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS: Final = (
    ("Windows", r"\bWindows NT\b"),
    ("iOS", r"\b(?:iPhone|iPad|iPod)\b"),
    ("Android", r"\bAndroid\b"),
    ("macOS", r"\b(?:Macintosh|Mac OS X)\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


def device_name(agent: str) -> str | None:
    """Return what a client calls itself, as far as it is known."""
    seen = agent[:_LONGEST]
    browser, system = _first(_BROWSERS, seen), _first(_SYSTEMS, seen)
    return f"{browser} on {system}" if browser and system else browser or system


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for name, pattern in names if re.search(pattern, agent, re.ASCII)), None)
