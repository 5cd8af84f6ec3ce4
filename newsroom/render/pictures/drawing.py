"""Drawings (SVG) that are safe to open: shapes, text and styles, nothing that runs or fetches.

A logo comes from an agency or out of a drawing program, with the program's notes and now and then
a script. Readers lose nothing without them, since browsers run no script in a picture; but a
drawing that is opened by its own address would, on our site. So they are taken out rather than the
drawing refused.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from newsroom.errors import ContentError
from newsroom.model.saying import say
from newsroom.render.pictures.bare import bare

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_LARGEST = 5_000_000  # bytes

# No animation elements: they can write a script's address into a link.
_SHAPES = """
    a circle clipPath defs desc ellipse filter g image line linearGradient marker mask path pattern
    polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
"""
_ELEMENTS = {f"{{{_SVG}}}{name}" for name in _SHAPES.split()}
_FOREIGN_KEPT = {f"{{{_XML}}}lang", f"{{{_XML}}}space"}
_HREFS = ("href", f"{{{_XLINK}}}href")
_PHOTO = re.compile(r"\s*data:(image/(?:png|jpe?g|gif|webp));base64,(.*)", re.DOTALL)
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:url|src|image-set)\([^)]*\)?", re.IGNORECASE)
_INSIDE = re.compile(r"url\(\s*['\"]?\s*(?:#|data:(?:font|application/(?:x-)?font))", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9.]+)(?:px)?\s*")


def clean_drawing(content: bytes) -> bytes:
    """The drawing without scripts, handlers, foreign content, outside addresses and notes.

    Raises ContentError, saying what is wrong, for what is no drawing.
    """
    from lxml import etree

    root = _parsed(content)
    for element in list(root.iter()):
        if element.tag in _ELEMENTS:
            _clean_element(element)
        elif (parent := element.getparent()) is not None:
            parent.remove(element)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", with_tail=False)) + b"\n"


def drawing_size(content: bytes) -> tuple[int | None, int | None]:
    """Width and height of a drawing, when it has any of its own.

    Raises ContentError, saying what is wrong, for what is no drawing.
    """
    root = _parsed(content)
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = [_NUMBER.fullmatch(side) for side in box[2:4] or _written_size(root)]
    try:
        width, height = (round(float(side[1])) for side in sides if side)
    except ValueError:
        return None, None
    return (width, height) if width and height else (None, None)


def _written_size(root: "_Element") -> list[str]:
    return [root.get("width", ""), root.get("height", "")]


def _parsed(content: bytes) -> "_Element":
    """The root of a drawing. Entities of its own are allowed, as Illustrator writes them."""
    from lxml import etree

    if len(content) > _LARGEST:
        raise ContentError(
            say("has {size} bytes, and a drawing may have {most}", size=len(content), most=_LARGEST)
        )
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
        if root.tag == "svg":  # written for the inside of a page, where it needs no namespace
            named = content.replace(b"<svg", b'<svg xmlns="%s"' % _SVG.encode(), 1)
            root = etree.fromstring(named, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContentError(say("is no drawing in SVG ({reason})", reason=str(error))) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ContentError(say("is no drawing in SVG"))
    return root


def _clean_element(element: "_Element") -> None:
    for name, value in list(element.attrib.items()):
        kept = _kept(str(name), value, links=element.tag != f"{{{_SVG}}}a")
        if kept is None:
            del element.attrib[name]
        else:
            element.set(name, kept)
    if element.tag == f"{{{_SVG}}}style":
        element.text = _clean_style(element.text or "")


def _kept(name: str, value: str, *, links: bool) -> str | None:
    """An attribute's value as it may stay.

    With the elements that are allowed, only handlers, addresses and styles can do anything.
    """
    if name in _HREFS:
        return _clean_href(value) if links else None
    if name.startswith("{"):
        return value if name in _FOREIGN_KEPT else None
    if name.lower().startswith("on"):
        return None
    return _clean_style(value) if "(" in value or name == "style" else value


def _clean_href(value: str) -> str | None:
    """A reference inside the drawing, or a photograph that it carries, without what that tells."""
    if value.strip().startswith("#"):
        return value
    photo = _PHOTO.fullmatch(value)
    if photo is None:
        return None
    try:
        kind = photo[1].replace("jpg", "jpeg")
        content = bare(b64decode(unquote_to_bytes(photo[2])), kind)
    except (NotBase64, ContentError):
        return None
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _clean_style(text: str) -> str:
    """Styles that point to the drawing itself only; none where signs are written in disguise."""
    if "\\" in text:
        return ""
    return _ADDRESS.sub(
        lambda found: found[0] if _INSIDE.match(found[0]) else "none", _IMPORT.sub("", text)
    )
