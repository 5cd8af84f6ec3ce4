"""What is wrong with the HTML of a mail: how it is read aloud, fetched, shown and recoloured."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from newsroom.model import Site
from newsroom.model.saying import say
from newsroom.render.mail.fault import Fault, Faults
from newsroom.render.mail.recolouring import contrast_faults
from newsroom.render.mail.runs import Run, runs
from newsroom.render.mail.support import support_faults

_SMALLEST = 16  # pixels
_FETCHED = re.compile(r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""")


def markup_faults(html: str, site: Site) -> Faults:
    """What mail programs would get wrong in a mail of a site, whatever it says."""
    from lxml.html import document_fromstring

    # css-inline writes a whole document, so there is always one to read.
    document = document_fromstring(html)
    yield from _frame(document)
    yield from _headings(document)
    yield from _pictures(document, site)
    yield from _tables(document)
    yield from _small_words(document)
    yield from _other_hosts(document, site)
    yield from support_faults(document)
    yield from contrast_faults(html)


def _frame(document: Any) -> Faults:  # noqa: ANN401 (lxml has no types)
    first = next(iter(document.find("body")), None)
    for name, element in (("html", document), (say("the first element of body"), first)):
        missing = [a for a in ("lang", "dir") if element is None or not element.get(a)]
        if missing:
            yield Fault(
                "mail-language",
                say("{name} has no {names}", name=name, names=", ".join(missing)),
                say("write lang and dir on html and on the first element of body"),
            )


def _headings(document: Any) -> Faults:  # noqa: ANN401
    levels = [int(e.tag[1]) for e in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield Fault(
            "mail-headings",
            say("the letter has {count} h1", count=levels.count(1)),
            say("give it one"),
        )
    for before, after in pairwise(levels):
        if after > before + 1:
            yield Fault(
                "mail-headings",
                say("an h{after} follows an h{before}", after=after, before=before),
                say("skip no level"),
            )


def _pictures(document: Any, site: Site) -> Faults:  # noqa: ANN401
    for picture in document.iter("img"):
        address = picture.get("src", "")
        missing = [name for name in ("alt", "width", "height") if picture.get(name) is None]
        if missing:
            yield Fault(
                "mail-picture",
                say(
                    'the picture "{address}" has no {names}',
                    address=address,
                    names=", ".join(missing),
                ),
                say("write the picture in Markdown, where its size is found by itself"),
            )
        if address.startswith("http://") and address.startswith(f"{site.url}/"):
            yield Fault(
                "mail-picture",
                say(
                    'many mail programs do not show the picture "{address}", since its address '
                    "begins with http",
                    address=address,
                ),
                say("have the site answer with https, and write url: https://… in site.yaml"),
            )
        elif not address.startswith("https://"):
            yield Fault(
                "mail-picture",
                say('many mail programs do not show the picture "{address}"', address=address),
                say("use a JPEG or PNG that is on the site"),
            )


def _tables(document: Any) -> Faults:  # noqa: ANN401
    for table in document.iter("table"):
        if table.find(".//th") is None and table.get("role") != "presentation":
            yield Fault(
                "mail-table",
                say("a table that only lays out is read aloud as one of data"),
                say('give it role="presentation", or head cells'),
            )


def _small_words(document: Any) -> Faults:  # noqa: ANN401
    small: dict[float, Run] = {}
    for run in runs(document):
        if run.size < _SMALLEST:
            small.setdefault(run.size, run)
    for size, run in small.items():
        yield Fault(
            "mail-size-of-text",
            say('"{words}" is {size} pixels high', words=run.words, size=f"{size:g}"),
            say("make it 16 pixels or more"),
        )


def _other_hosts(document: Any, site: Site) -> Faults:  # noqa: ANN401
    """What would be fetched from elsewhere when a mail is opened: it counts who reads."""
    own = urlsplit(site.url).netloc
    for address in dict.fromkeys(_fetched(document)):
        if urlsplit(address).netloc not in {"", own}:
            yield Fault(
                "mail-other-host",
                say('opening the letter would fetch "{address}" from elsewhere', address=address),
                say("take it away: nobody is to see who opens the letter"),
            )


def _fetched(document: Any) -> Iterator[str]:  # noqa: ANN401
    for element in document.iter("*"):
        yield from (element.get(name, "") for name in ("src", "background"))
    for link in document.iter("link"):
        yield link.get("href", "")
    for style in [*document.xpath("//style/text()"), *document.xpath("//@style")]:
        yield from map("".join, _FETCHED.findall(style))
