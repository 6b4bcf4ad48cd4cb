from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tessera.web.headers import headers_of
from tessera.web.panel import Panel, read_panel

_SCRIPT = b"export {};" * 100
_GZIP = {b"accept-encoding": b"gzip, deflate, br"}


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    """Return a small panel that was built."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_bytes(b"<!doctype html><title>Tessera</title>")
    (assets / "panel-1a2b.js.gz").write_bytes(gzip.compress(_SCRIPT, mtime=0))
    return read_panel(tmp_path)


def test_every_address_of_the_panel_gets_its_page(panel: Panel) -> None:
    """
    The panel finds its way by itself, so all addresses below /admin answer the same page.
    """
    answers = [panel.answer(path, {}).body for path in ([], ["settings", "admin-tokens"], ["auth", "login"])]

    assert [panel.page] * 3 == answers


def test_the_page_is_asked_for_anew_each_time(panel: Panel) -> None:
    """
    The page names the newest files, so no cache may answer it unasked.
    """
    assert (b"cache-control", b"no-cache") in panel.show().headers


def test_the_page_allows_no_inline_script_and_no_other_host(panel: Panel) -> None:
    """
    The policy of the page lets scripts and requests come from and go to this server only.
    """
    policy = dict(headers_of(panel.show(), None))[b"content-security-policy"]
    directives = dict(part.strip().split(b" ", 1) for part in policy.split(b";"))

    assert (b"'self'", b"'self'", b"'none'") == (
        directives[b"script-src"],
        directives[b"connect-src"],
        directives[b"object-src"],
    )


def test_files_are_kept_for_ever(panel: Panel) -> None:
    """
    A file's name changes with its content, so browsers never ask for it twice.
    """
    answer = panel.answer(["assets", "panel-1a2b.js"], _GZIP)

    assert (b"cache-control", b"public, max-age=31536000, immutable") in answer.headers


def test_files_go_out_as_they_were_compressed(panel: Panel) -> None:
    """
    Nothing is compressed while somebody waits.
    """
    answer = panel.answer(["assets", "panel-1a2b.js"], _GZIP)

    assert (_SCRIPT, b"gzip") == (gzip.decompress(answer.body), dict(answer.headers)[b"content-encoding"])


def test_clients_that_know_no_compression_get_the_plain_file(panel: Panel) -> None:
    """
    The plain file goes to who does not ask for a compressed one.
    """
    answer = panel.answer(["assets", "panel-1a2b.js"], {})

    assert (_SCRIPT, False) == (answer.body, b"content-encoding" in dict(answer.headers))


def test_scripts_say_what_they_are(panel: Panel) -> None:
    """
    Browsers run a script only when its media type says that it is one.
    """
    assert panel.answer(["assets", "panel-1a2b.js"], {}).media in (b"text/javascript", b"application/javascript")


@pytest.mark.parametrize("name", ["gone.js", "../index.html", "panel-1a2b.js.gz", ""])
def test_a_file_that_is_not_there_is_not_found(panel: Panel, name: str) -> None:
    """
    A missing script is no page: a browser with old names must see that they are gone.
    """
    assert panel.answer(["assets", name], {}).status == 404


def test_a_checkout_without_the_panel_says_how_to_build_it(tmp_path: Path) -> None:
    """
    Without the built files the page says what to run, and the server works.
    """
    assert b"make panel" in read_panel(tmp_path).answer([], {}).body
