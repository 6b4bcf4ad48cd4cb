from __future__ import annotations

import re

from tests.docs.generated import ROOT

PAGE = (ROOT / "docs" / "security-model.md").read_text("utf-8")
TEST = re.compile(r"^ *(?:async )?def test_(\w+)\(", re.MULTILINE)
ROW = re.compile(r"(?:^|_)f(\d+)(?=_|$)")


def named_rows() -> set[int]:
    """Return the numbers of the rows on the page; a dash stands for all between."""
    found: set[int] = set()
    for cell in re.findall(r"^\| (F[^|]+) \|", PAGE, re.MULTILINE):
        numbers = [int(number) for number in re.findall(r"\d+", cell)]
        found |= set(range(numbers[0], numbers[-1] + 1)) if "–" in cell else set(numbers)
    return found


def test_every_known_failure_has_its_test() -> None:
    """
    Each known failure that the page names stands in the name of a test.
    """
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    tested = {int(number) for text in texts for name in TEST.findall(text) for number in ROW.findall(name)}

    assert set() == named_rows() - tested
