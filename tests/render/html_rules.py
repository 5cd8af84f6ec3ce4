"""What HTML that others show must keep: nothing that runs, no address that depends on a place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import html

DANGEROUS = {
    *("script", "style", "form", "input", "button", "iframe", "object", "embed", "svg", "math"),
    *("link", "meta", "base", "frame", "frameset", "applet", "noscript", "template"),
}
ADDRESSES = {"href", "src", "poster", "cite", "srcset", "data", "action", "background"}


@dataclass(frozen=True)
class Given:
    """What is known of the feed from outside it."""

    url: str  # where the document is
    site: str  # the address of the site, without a slash at the end
    now: datetime
    limit: int | None = 30  # entries; None for a document of the archive


def html_faults(text: str, given: Given) -> Iterator[str]:
    """What is wrong with HTML that a reader shows."""
    if not text.strip():
        return
    for element in html.fragment_fromstring(text, create_parent="div").iter():
        if not isinstance(element.tag, str):
            yield "it has a comment"
            continue
        if element.tag in DANGEROUS:
            yield f"it has a {element.tag}"
        yield from attribute_faults(element, given)
        if element.tag == "img":
            yield from picture_faults(element, given)


def attribute_faults(element: Any, given: Given) -> Iterator[str]:  # noqa: ANN401
    """What is wrong with the attributes of an element."""
    for name, value in element.attrib.items():
        if name.startswith("on") or name in {"style", "ping"}:
            yield f"a {element.tag} has {name}"
        if name in ADDRESSES:
            for address in addresses_of(name, value):
                yield from address_faults(f"{element.tag} {name}", address, given)


def addresses_of(name: str, value: str) -> Iterable[str]:
    """The addresses in an attribute: `srcset` has one before each comma."""
    if name != "srcset":
        return [value]
    return [part.split()[0] for part in value.split(",") if part.strip()]


def address_faults(place: str, address: str | None, given: Given) -> Iterator[str]:
    """What is wrong with an address: that it depends on where it is read."""
    parts = urlsplit(address or "")
    if parts.scheme in {"mailto", "tel"}:
        return
    if parts.scheme not in {"https", "http"} or not parts.netloc:
        yield f"the {place} {address} is not a whole address"
    elif parts.scheme == "http" and parts.netloc == urlsplit(given.site).netloc:
        yield f"the {place} {address} is not protected"


def picture_faults(picture: Any, given: Given) -> Iterator[str]:  # noqa: ANN401
    """What is wrong with a picture: its words and its size are kept, and none is a spy."""
    source, size = picture.get("src", ""), (picture.get("width"), picture.get("height"))
    if "alt" not in picture.attrib:
        yield f"the picture {source} has no alt"
    if source.startswith(given.site) and not all(size):
        yield f"the picture {source} has no size"
    if not source.startswith(f"{given.site}/"):
        yield f"the picture {source} is fetched from elsewhere"
    if size == ("1", "1"):
        yield f"the picture {source} is a tracking pixel"
