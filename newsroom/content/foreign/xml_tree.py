"""XML that somebody else wrote, read so that nothing in it can reach or swell beyond itself."""

import re
from pathlib import PurePosixPath

from lxml import etree

from newsroom.errors import ContentError
from newsroom.model.saying import say

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which no XML 1.0 may hold


def read_xml(content: bytes, source: PurePosixPath) -> etree._Element:
    """The tree of a file: no entity of its own is expanded, and nothing else is fetched or read.

    Control characters, which WordPress lets through and XML does not, are passed over. Raises
    ContentError, with the line, for what is no XML or ends too soon: half of it would be lost.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        return etree.fromstring(_CONTROLS.sub(b"", content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContentError(
            say(
                "{source}: this is no export that can be read ({fault}); export it again",
                source=source,
                fault=error,
            )
        ) from error


def inner(element: etree._Element, name: str) -> list[etree._Element]:
    """The inner elements of this name, `namespace:name` with the prefixes of the file."""
    prefix, colon, _ = name.partition(":")
    names = {key: uri for key, uri in element.nsmap.items() if key}
    return [] if colon and prefix not in names else element.findall(name, names)


def text_of(element: etree._Element, name: str) -> str:
    """The text of the first inner element of this name; "" of none."""
    found = inner(element, name)
    return (found[0].text or "").strip() if found else ""
