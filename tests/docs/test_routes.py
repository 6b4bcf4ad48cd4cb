from __future__ import annotations

import re

import pytest

from tessera.app import all_routes
from tessera.web.routing import SIGNED_IN
from tests.docs.generated import ROOT

ROW = re.compile(r"^\| `([A-Z]+) (/[^`]*)` \|.*\| (?:`([^`]+)`|any sign-in) \|$", re.MULTILINE)
ROWS = [found for page in sorted((ROOT / "docs").glob("*.md")) for found in ROW.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize(("method", "path", "action"), ROWS)
def test_a_request_in_a_table_asks_for_its_action(method: str, path: str, action: str) -> None:
    """
    A request that a page lists is a route, and asks for the action that the page names.
    """
    found = {(route.method, route.path): route.access for route in all_routes()}

    assert found[method, path] == ((action,) if action else SIGNED_IN)


def test_tables_of_requests_are_found() -> None:
    """
    The pages list some requests; this fails when the form of their tables changes unnoticed.
    """
    assert len(ROWS) >= 14
