"""As much of curl as the documentation uses, for machines that have none."""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request


def main() -> None:
    """Send one request and print the body of its answer."""
    parser = argparse.ArgumentParser(prog="curl")
    parser.add_argument("-X", dest="method")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("--json", dest="body")
    parser.add_argument("-s", "-sS", action="store_true", dest="silent")
    parser.add_argument("url")
    asked = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in asked.headers)
    body = None if asked.body is None else asked.body.encode()
    if body is not None:
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(  # noqa: S310 - the documentation's own addresses
        asked.url, data=body, headers=headers, method=asked.method or ("GET" if body is None else "POST")
    )
    sys.stdout.buffer.write(_answer(request))


def _answer(request: urllib.request.Request) -> bytes:
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            found: bytes = answer.read()
            return found
    except urllib.error.HTTPError as error:
        return error.read()


if __name__ == "__main__":
    main()
