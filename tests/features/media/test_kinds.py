"""Which media type a file is taken for."""

from __future__ import annotations

import pytest

from tessera.errors import ValidationError
from tessera.features.media.configuration import Configuration
from tessera.features.media.kinds import kind_of

PICTURES = Configuration(allowed=("image/*",))
NO_PAGES = Configuration(denied=("text/html", "application/x-*"))


@pytest.mark.parametrize(
    ("name", "claimed", "found", "kind"),
    [
        ("a.png", "image/png", "image/png", "image/png"),
        ("fake.png", "image/png", None, "image/png"),
        ("real.txt", "text/plain", "image/png", "text/plain"),
        ("picture", "image/png", "image/png", "image/png"),
        ("picture", "text/plain", "image/png", "image/png"),
        ("tool.exe", "application/x-msdownload", "application/x-msdownload", "application/x-msdos-program"),
        (".htaccess", "text/plain", None, "text/plain"),
        ("a.unknown", "application/octet-stream", None, "application/octet-stream"),
        ("a.jpg", "application/octet-stream", "image/png", "image/png"),
        ("a.svg", "", "application/xml", "image/svg+xml"),
    ],
)
def test_name_claim_and_content_are_weighed_as_recorded(name: str, claimed: str, found: str | None, kind: str) -> None:
    """
    content_api_files.names_and_kinds.
    """
    assert kind == kind_of(name, claimed, found, Configuration())


@pytest.mark.parametrize(
    ("name", "claimed", "found", "configuration"),
    [
        ("a.txt", "text/plain", None, PICTURES),
        ("a.png", "image/png", "application/pdf", PICTURES),
        ("fake.png", "image/png", None, PICTURES),
        ("a.txt", "image/png", None, PICTURES),
        ("page.html", "image/png", "image/png", NO_PAGES),
        ("a.png", "text/html", "image/png", NO_PAGES),
        ("a.png", "image/png", "application/x-msdownload", NO_PAGES),
        ("a.PNG", "TEXT/HTML; charset=utf-8", None, NO_PAGES),
    ],
)
def test_a_type_that_is_not_taken_is_refused_wherever_it_shows(
    name: str, claimed: str, found: str | None, configuration: Configuration
) -> None:
    """
    Neither name nor claim opens the door to another content (F28).
    """
    with pytest.raises(ValidationError):
        kind_of(name, claimed, found, configuration)
