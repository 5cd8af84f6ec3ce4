"""The sitemap and robots.txt: what search engines are told."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from xml.etree import ElementTree as ET

from newsroom.model.digest import digest_of
from newsroom.render.page import Page
from newsroom.render.pages.frame import Frame
from newsroom.render.pages.leaf import Leaf

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 1_000  # addresses in one document; the protocol's own limit is 50,000

Entry = tuple[str, str | None]  # an address below the root, and when its content last changed


def sitemaps(frame: Frame, leaves: Iterable[Leaf]) -> Iterator[Page]:
    """Every page that is to be found, with the true time of its last change where it is known.

    A large site has a document for each part of it, listed in `sitemap.xml`, so that a new post
    changes only the list and the document of its year.
    """
    entries = sorted((leaf.address, _stamp(leaf.modified)) for leaf in leaves if leaf.listed)
    if len(entries) <= _MOST:
        yield _document("sitemap.xml", frame, entries)
        return
    parts: dict[str, list[Entry]] = {}
    for entry in entries:
        parts.setdefault(_part(entry[0]), []).append(entry)
    for name, part in parts.items():
        yield _document(name, frame, part)
    newest = [
        (name, max((at for _, at in part if at), default=None))
        for name, part in sorted(parts.items())
    ]
    inputs = (frame.url(""), tuple(newest))
    yield Page("sitemap.xml", inputs, partial(_xml, "sitemapindex", "sitemap", frame, newest))


def robots(frame: Frame) -> Page:
    """Everything may be read; a preview asks not to be."""
    rule = "Disallow: /" if frame.preview else "Disallow:"
    text = f"User-agent: *\n{rule}\n\nSitemap: {frame.url('sitemap.xml')}\n"
    return Page("robots.txt", (text,), text.encode)


def _document(path: str, frame: Frame, entries: list[Entry]) -> Page:
    lines = "\n".join(f"{address} {modified}" for address, modified in entries)
    digest = digest_of(frame.url(""), lines)
    return Page(path, digest, partial(_xml, "urlset", "url", frame, entries))


def _part(address: str) -> str:
    """The document an address stands in: that of its folder and, for posts, of their year."""
    first, _, rest = address.partition("/")
    year = rest[:4] if rest[:4].isdigit() else ""
    return f"sitemap-{first}-{year}.xml" if year else f"sitemap-{first or 'site'}.xml"


def _stamp(modified: date | str | None) -> str | None:
    """A time as sitemaps want it (W3C Datetime): with offset, or a day alone."""
    if isinstance(modified, datetime):
        return modified.isoformat(timespec="seconds")
    return modified.isoformat() if isinstance(modified, date) else modified


def _xml(root_name: str, name: str, frame: Frame, entries: Iterable[Entry]) -> bytes:
    root = ET.Element(root_name, xmlns=_NAMESPACE)
    for address, modified in entries:
        item = ET.SubElement(root, name)
        ET.SubElement(item, "loc").text = frame.url(address)
        if modified:
            ET.SubElement(item, "lastmod").text = modified
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
