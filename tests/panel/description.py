"""Prints the description of the Admin API that the panel's client is made from."""

from __future__ import annotations

import sys

import orjson

from tessera.app import VERSION, all_routes
from tessera.web.openapi import document


def main() -> None:
    """Print the description, in the same order each time."""
    described = document(all_routes(), "Tessera Admin API", VERSION)
    sys.stdout.write(orjson.dumps(described, option=orjson.OPT_SORT_KEYS).decode())


if __name__ == "__main__":
    main()
