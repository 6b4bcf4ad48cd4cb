from __future__ import annotations

import re

from tests.docs.generated import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
SOURCE = ROOT / "src" / "tessera"
PATH = re.compile(r"`([a-z_]+(?:/[a-z_*]+)*(?:\.py|/))`")


def test_every_part_has_its_place_on_the_map() -> None:
    """
    Every package and module at the top, and every feature, stands on the map.
    """
    packages = [f"{path.parent.name}/" for path in SOURCE.glob("*/__init__.py")]
    modules = [path.name for path in SOURCE.glob("[a-z]*.py")]
    features = [path.parent.name for path in (SOURCE / "features").glob("*/feature.py")]

    assert [] == [name for name in (*packages, *modules, *features) if f"`{name}`" not in PAGE]


def test_every_path_on_the_map_leads_somewhere() -> None:
    """
    A file or folder that the map names is there, at its place or in every feature.
    """
    places = (SOURCE, SOURCE / "features" / "tokens", SOURCE / "features" / "roles")

    assert [] == [path for path in PATH.findall(PAGE) if not any(list(place.glob(path)) for place in places)]


def test_the_order_on_the_map_is_that_of_the_contracts() -> None:
    """
    The table goes from the lowest layer to the highest, as the import contract has them.
    """
    contract = (ROOT / ".importlinter").read_text("utf-8")
    layers = re.search(r"layers =\n((?: {4}.+\n)+)", contract)
    assert layers is not None
    ranks = {
        name: rank for rank, line in enumerate(reversed(layers[1].splitlines())) for name in re.findall(r"\w+", line)
    }
    rows = re.findall(r"^\| `(\w+)(?:\.py|/)` \|", PAGE, re.MULTILINE)
    order = [ranks[name] for name in rows if name in ranks]

    assert sorted(order) == order
    assert set(ranks) - {"__main__"} == set(rows)
