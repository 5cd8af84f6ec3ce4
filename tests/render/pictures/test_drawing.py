from base64 import b64encode

import pytest

from newsroom.errors import ContentError
from newsroom.render.pictures.drawing import clean_drawing, drawing_size
from tests.photographs import SECRET, corners, telling

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" '
OPEN = f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK}'


def clean(inside: str, attributes: str = "") -> str:
    """What is left of a drawing with this inside."""
    return clean_drawing(f"{OPEN}{attributes}>{inside}</svg>".encode()).decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<script xlink:href='https://x.test/a.js'/>",
        "<g onload='alert(1)'/>",
        "<g ONCLICK='alert(1)'/>",
        "<a xlink:href='javascript:alert(1)'><g/></a>",
        "<a href='&#106;avascript:alert(1)'><g/></a>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>alert(1)</body></foreignObject>",
        "<g><set attributeName='href' to='javascript:alert(1)'/></g>",
        "<animate attributeName='xlink:href' values='javascript:alert(1)'/>",
        "<image xlink:href='data:image/svg+xml;base64,YWxlcnQoMSk='/>",
        "<use href='data:image/svg+xml,alert(1)#a'/>",
        "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<style>@import 'https://x.test/alert.css';</style>",
    ],
)
def test_nothing_runs(inside: str) -> None:
    """No script, handler, foreign content or written link is left to run."""
    left = clean(inside)

    assert "alert" not in left.lower()
    assert "javascript" not in left


@pytest.mark.parametrize(
    "inside",
    [
        "<image href='https://x.test/a.png'/>",
        "<image xlink:href='//x.test/a.png'/>",
        "<use href='other.svg#a'/>",
        "<g style=\"fill: url('https://x.test/a')\"/>",
        "<g filter='url(https://x.test/a.svg#f)'/>",
        "<g filter='URL( //x.test/a)'/>",
        "<style>g { background: image-set('https://x.test/a' 1x) }</style>",
        "<style>g { background: u\\72l(https://x.test/a) }</style>",
        "<style>@font-face { src: url(https://x.test/a.woff2) }</style>",
        "<?xml-stylesheet href='https://x.test/a.css'?>",
        "<g xml:base='https://x.test/'/>",
    ],
)
def test_nothing_is_fetched(inside: str) -> None:
    """A drawing that is opened asks no other host for anything."""
    assert "x.test" not in clean(inside)


def test_what_is_drawn_stays() -> None:
    """Shapes, gradients, text, styles and references inside the drawing are as they were."""
    inside = (
        "<title>Loggan</title><style>.a{fill:url(#g)}</style>"
        '<defs><linearGradient id="g"><stop offset="1" stop-color="#0b6e6e"/></linearGradient>'
        '<path id="p" d="M0 0h9"/></defs>'
        '<g transform="rotate(9)"><rect class="a" width="9" height="9" fill="url(#g)"/>'
        '<text x="1">Å <tspan>Ö</tspan></text><use href="#p"/></g>'
    )

    left = clean(inside, 'viewBox="0 0 9 9" role="img" ')

    assert left == f'{OPEN.replace(XLINK, "")}viewBox="0 0 9 9" role="img">{inside}</svg>\n'


def test_a_photograph_in_a_drawing_tells_nothing() -> None:
    """A photograph inside a drawing keeps its pixels and loses its place; a broken one goes."""
    photo = b64encode(telling(corners(), "JPEG")).decode()

    left = clean(
        f"<image href='data:image/jpeg;base64,{photo}'/><image href='data:image/png;base64,e'/>"
    )

    assert left.count("data:image/") == 1
    assert b64encode(SECRET)[:8].decode() not in left
    assert len(left) < len(photo)


def test_a_programs_notes_go() -> None:
    """Who drew it, with what, and comments are not for readers; neither are own entities."""
    drawing = (
        '<?xml version="1.0"?><!-- Bo --><!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
        '<svg xmlns="&ns;" xmlns:i="urn:i" i:author="Bo"><metadata>Bo</metadata><i:x>Bo</i:x>'
        "<rect/></svg>"
    )

    assert clean_drawing(drawing.encode()) == (
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>\n'
    )


def test_a_drawing_cut_out_of_a_page() -> None:
    """Without a namespace no browser shows it as a file, so it gets one."""
    assert clean_drawing(b"<svg><rect/></svg>") == (
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>\n'
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html/>",
        b"\x89PNG",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg><text>&a;</text></svg>',
        b"<!DOCTYPE svg ["
        b'<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b"]><svg><text>&j;</text></svg>",
        b"<svg>" + b"<g>" * 5_000 + b"</g>" * 5_000 + b"</svg>",
    ],
)
def test_what_is_no_drawing(content: bytes) -> None:
    """Broken files, files of the machine, and entities that would fill its memory are refused."""
    with pytest.raises(ContentError, match="is no drawing in SVG"):
        clean_drawing(content)


def test_a_drawing_too_large_to_be_one() -> None:
    """Five megabytes are a map or a mistake; both are better as a PNG."""
    with pytest.raises(ContentError, match="may have 5000000"):
        clean_drawing(b" " * 5_000_001)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 120 60.4"', (120, 60)),
        ('viewBox="-5,-5,10,20" width="1cm"', (10, 20)),
        ('width="30px" height="40"', (30, 40)),
        ('width="100%" height="100%"', (None, None)),
        ('viewBox="0 0 0 0"', (None, None)),
        ('viewBox="0 0 1"', (None, None)),
        ("", (None, None)),
    ],
)
def test_how_large_a_drawing_is(attributes: str, size: tuple[int | None, int | None]) -> None:
    """By its box, else by its sides in pixels; else it has no size of its own."""
    assert drawing_size(f"{OPEN}{attributes}/>".encode()) == size
