import time
from contextlib import suppress

import pytest

from tessera.errors import ValidationError
from tessera.storage.images import Image, image_of
from tests.unit.storage.pictures import jpeg, png, svg

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(40, 30), Image(media="image/png", width=40, height=30)),
        (jpeg(40, 30), Image(media="image/jpeg", width=40, height=30)),
        (svg(), Image(media="image/svg+xml", width=20, height=10)),
        (svg(attributes='width="20.4px" height="9.5"'), Image(media="image/svg+xml", width=20, height=10)),
        (svg(attributes='viewBox="0 0 24.4, 12"'), Image(media="image/svg+xml", width=24, height=12)),
        (svg(attributes='width="100%" viewBox="0 0 24 12"'), Image(media="image/svg+xml", width=24, height=12)),
        (svg(attributes=""), Image(media="image/svg+xml", width=None, height=None)),
        (svg(before=f'<?xml version="1.0"?>{DOCTYPE}'), Image(media="image/svg+xml", width=20, height=10)),
    ],
)
def test_an_image_is_what_its_bytes_say(content: bytes, expected: Image) -> None:
    """
    The kind and the pixels are read from the bytes; a drawing without a size has that of its view box, or none.
    """
    assert expected == image_of(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"GIF89a\1\0\1\0",
        png(1, 1)[:20],
        png(1, 1)[:-8],
        png(0, 5),
        jpeg(0, 5),
        jpeg(5, 5)[:-2],
        jpeg(5, 5)[:24],
        b"\xff\xd8\xff\xe0\xff\xff\xff\xd9",
        b"\xff\xd8\xff\xd9" * 100,
        b"<html><script>alert(1)</script></html>",
        b"<svg/>",
        b'<svg xmlns="http://www.w3.org/2000/svg">',
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0" encoding="nonsense"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_f28_what_is_no_whole_image_is_none(content: bytes) -> None:
    """
    Other kinds, empty and broken images, and pages that call themselves one.
    """
    assert image_of(content) is None


@pytest.mark.parametrize(
    "content",
    [
        svg("<script>alert(1)</script>"),
        svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
        svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
        svg('<g><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></g>'),
        svg('<g xmlns=""><script>alert(1)</script></g>'),
        svg('<rect onload="alert(1)"/>'),
        svg('<rect ONLOAD="alert(1)"/>'),
        svg("", attributes='onload="alert(1)"'),
        svg('<a href="javascript:alert(1)"><text>x</text></a>'),
        svg('<a href="#x"><animate attributeName="href" to="javascript:alert(1)"/></a>'),
        svg('<set attributeName="onload" to="x"/>'),
        svg(f'<a {XLINK} xlink:href=" java&#10;script:alert(1)"/>'),
        svg(f'<use {XLINK} xlink:href="https://example.com/x.svg#y"/>'),
        svg('<image href="//example.com/x.png"/>'),
        svg('<image href="data:image/svg+xml,&lt;svg/>"/>'),
        svg('<g xml:base="https://example.com/"><use href="#x"/></g>'),
        svg('<rect fill="url(https://example.com/x.svg#y)"/>'),
        svg('<rect style="fill: url( &quot;//example.com/x&quot; )"/>'),
        svg('<rect style="fill:u\\72l(//example.com/x)"/>'),
        svg('<style>@import "https://example.com/x.css";</style>'),
        svg('<style>@imp<!-- -->ort "https://example.com/x.css";</style>'),
        svg("<style><![CDATA[@imp]]><![CDATA[ort 'x']]></style>"),
        svg("<style>rect { background: image-set('https://example.com/x' 1x) }</style>"),
        svg("<style><g/></style>"),
        svg(before='<?xml-stylesheet href="https://example.com/x.css"?>'),
        svg("&x;", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        svg("&c;", before='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
        svg("<g>" * 300 + "</g>" * 300),
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_refused(content: bytes) -> None:
    """
    Scripts and handlers, other documents' elements, links that lead out, style sheets that fetch, and entities.
    """
    with pytest.raises(ValidationError, match=r"^The drawing "):
        image_of(content)


@pytest.mark.parametrize(
    "content",
    [
        svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="fill:url( \'#a\' )"/><use href="#b"/>'),
        svg("<style>.a{fill:red}</style><title>Onion \\ on</title><path class='a' d='M0 0'/>"),
        svg('<image href="data:image/png;base64,AAAA"/>'),
        svg(
            '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
            '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
            ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:export-filename="C:\\logo.png"/>'
        ),
    ],
)
def test_what_drawing_programs_write_is_taken(content: bytes) -> None:
    """
    References within the drawing, images inside it, styles, and the notes of well-known programs.
    """
    assert image_of(content) == Image(media="image/svg+xml", width=20, height=10)


@pytest.mark.parametrize(
    "content",
    [
        svg(f"<style>{'url(' + ' ' * 1_000_000}</style>"),
        svg(f"<style>{'url(' * 250_000}</style>"),
        svg(f'<rect x="{" " * 1_000_000}"/>', attributes=f'viewBox="{"1 " * 500_000}" width="{"1" * 500_000}"'),
        svg("<g/>" * 200_000),
        b"\xff\xd8" + b"\xff\xd0" * 500_000 + b"\xff\xd9",
        b"<" * 1_000_000,
    ],
)
def test_no_megabyte_holds_the_reader_up(content: bytes) -> None:
    """
    Every megabyte is judged in linear time.
    """
    started = time.process_time()
    with suppress(ValidationError):
        image_of(content)

    assert time.process_time() - started < 2
