from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.examples import Example, examples_of, run_examples
from tests.docs.generated import ROOT

PAGES = {page.name: examples_of(page.read_text("utf-8")) for page in sorted((ROOT / "docs").glob("*.md"))}


@pytest.mark.parametrize("examples", [pytest.param(found, id=name) for name, found in PAGES.items() if found])
def test_the_examples_of_a_page_do_what_it_says(examples: list[Example], tmp_path: Path) -> None:
    """
    The commands of a page, run one after the other, print what the page shows.
    """
    assert [] == run_examples(examples, tmp_path)
