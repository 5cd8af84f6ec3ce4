"""The sitemap and robots.txt: what search engines are told."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from xml.etree import ElementTree as ET

from newsroom.render.page import Page
from newsroom.render.pages.frame import Frame
from newsroom.render.pages.leaf import Leaf

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, str | None]  # an absolute address, and when its content last changed


def sitemap(frame: Frame, leaves: Iterable[Leaf]) -> Page:
    """Every page that is to be found, with the true time of its last change where it is known."""
    entries = tuple(
        sorted((frame.url(leaf.address), _stamp(leaf.modified)) for leaf in leaves if leaf.listed)
    )
    return Page("sitemap.xml", (entries,), partial(_sitemap_bytes, entries))


def robots(frame: Frame) -> Page:
    """Everything may be read; a preview asks not to be."""
    rule = "Disallow: /" if frame.preview else "Disallow:"
    text = f"User-agent: *\n{rule}\n\nSitemap: {frame.url('sitemap.xml')}\n"
    return Page("robots.txt", (text,), text.encode)


def _stamp(modified: date | None) -> str | None:
    """A time as sitemaps want it (W3C Datetime): with offset, or a day alone."""
    if isinstance(modified, datetime):
        return modified.isoformat(timespec="seconds")
    return modified.isoformat() if modified else None


def _sitemap_bytes(entries: tuple[Entry, ...]) -> bytes:
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for address, modified in entries:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = address
        if modified:
            ET.SubElement(url, "lastmod").text = modified
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
