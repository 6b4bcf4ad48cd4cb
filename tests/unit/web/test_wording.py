from __future__ import annotations

import pytest

from tessera.web.wording import dotted


@pytest.mark.parametrize(
    ("path", "expected"),
    [((), "this"), (("name",), "name"), (("permissions", 0, "action"), "permissions[0].action"), ((1,), "[1]")],
)
def test_paths_are_printed_as_in_the_reference(path: tuple[str | int, ...], expected: str) -> None:
    """
    Names are joined by dots, positions stand in brackets, the whole body is `this`.
    """
    assert expected == dotted(path)
