"""What mail programs would get wrong in a letter, whatever template it was written with."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from newsroom.model import Issue, Problem, Severity
from newsroom.model.saying import say
from newsroom.render.mail.letter import Letter

UNFINISHED = "unfinished"  # nobody approves a letter with advice to its writer in it
_MOST_ENCODED = 100_000  # octets of quoted-printable: Gmail cuts a letter a little above
_LONGEST_LINE = 78
_ADVICE = re.compile(r"\[(?:Skriv|Write) [^\]]*\]")  # what a new or drafted issue begins with
_FRESH = re.compile(r"\{\{|\}\}|\bTODO\b|\bXXX\b|lorem ipsum", re.IGNORECASE)
# No in Outlook for Windows or in Gmail, and the layout falls without them (caniemail.com).
_UNSHOWN_STYLES = re.compile(
    r"(?:^|;)\s*(position\s*:|float\s*:|display\s*:\s*(?:flex|grid|inline-flex|inline-grid)"
    r"|background(?:-image)?\s*:[^;]*url\(|transform\s*:|animation)"
)
_UNSHOWN_ELEMENTS = (
    *("audio", "button", "canvas", "embed", "form", "iframe", "input", "object"),
    *("picture", "script", "select", "svg", "textarea", "video"),
)
_UNSHOWN_PICTURES = (".svg", ".webp", ".avif")


def letter_problems(letter: Letter, issue: Issue) -> tuple[Problem, ...]:
    """Everything that keeps a letter from being read as it was meant, each with its remedy."""
    from lxml.html import document_fromstring

    # css-inline writes a whole document, so there is always one to read.
    document = document_fromstring(letter.html)
    found = (
        *_words(letter),
        *_weight(letter),
        *_frame(document),
        *_headings(document),
        *_pictures(document),
        *_layout(document),
        *_text(letter, document),
    )
    return tuple(
        Problem(issue.source, None, Severity.ERROR, code, message, fix)
        for code, message, fix in found
    )


_Findings = Iterator[tuple[str, str, str]]


def _words(letter: Letter) -> _Findings:
    if letter.preheader.casefold() == letter.subject.casefold():
        yield (
            "mail-preheader",
            say(
                'the preheader says what the subject says: "{preheader}"',
                preheader=letter.preheader,
            ),
            say("write what else there is"),
        )
    advice = _ADVICE.search(letter.text)
    if advice:
        yield (
            UNFINISHED,
            say("the letter still says {advice}", advice=advice[0]),
            say("write the text in its place"),
        )
    fresh = _FRESH.search(letter.text) or _FRESH.search(letter.subject)
    if fresh:
        yield (
            "mail-unfinished",
            say('the letter still has "{fresh}" in it', fresh=fresh[0]),
            say("finish the text"),
        )


def _weight(letter: Letter) -> _Findings:
    import quopri

    octets = len(quopri.encodestring(letter.html.encode()))
    if octets > _MOST_ENCODED:
        yield (
            "mail-size",
            say(
                "the letter is {number} kB as it is sent, and Gmail cuts it at 102 kB",
                number=octets // 1000,
            ),
            say("shorten it"),
        )


def _frame(document: Any) -> _Findings:  # noqa: ANN401 (lxml has no types)
    first = next(iter(document.find("body")), None)
    for name, element in (("html", document), (say("the first element of body"), first)):
        missing = [a for a in ("lang", "dir") if element is None or not element.get(a)]
        if missing:
            yield (
                "mail-language",
                say("{name} has no {names}", name=name, names=", ".join(missing)),
                say("write lang and dir on html and on the first element of body"),
            )


def _headings(document: Any) -> _Findings:  # noqa: ANN401
    levels = [int(e.tag[1]) for e in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield (
            "mail-headings",
            say("the letter has {count} h1", count=levels.count(1)),
            say("give it one"),
        )
    for before, after in pairwise(levels):
        if after > before + 1:
            yield (
                "mail-headings",
                say("an h{after} follows an h{before}", after=after, before=before),
                say("skip no level"),
            )


def _pictures(document: Any) -> _Findings:  # noqa: ANN401
    for picture in document.iter("img"):
        address = picture.get("src", "")
        missing = [name for name in ("alt", "width", "height") if picture.get(name) is None]
        if missing:
            yield (
                "mail-picture",
                say(
                    'the picture "{address}" has no {names}',
                    address=address,
                    names=", ".join(missing),
                ),
                say("write the picture in Markdown, where its size is found by itself"),
            )
        if not address.startswith("https://") or address.endswith(_UNSHOWN_PICTURES):
            yield (
                "mail-picture",
                say('many mail programs do not show the picture "{address}"', address=address),
                say("use a JPEG or PNG that is on the site"),
            )


def _layout(document: Any) -> _Findings:  # noqa: ANN401
    for element in document.iter(*_UNSHOWN_ELEMENTS):
        yield (
            "mail-element",
            say("mail programs do not show <{tag}>", tag=element.tag),
            say("take it away"),
        )
    for element in document.xpath("//*[@style]"):
        unshown = _UNSHOWN_STYLES.search(element.get("style"))
        if unshown:
            yield (
                "mail-style",
                say(
                    '<{tag}> is laid out with "{style}", which Outlook or Gmail does not know',
                    tag=element.tag,
                    style=unshown[1].strip(),
                ),
                say("lay it out with a table"),
            )
    for table in document.iter("table"):
        if table.find(".//th") is None and table.get("role") != "presentation":
            yield (
                "mail-table",
                say("a table that only lays out is read aloud as one of data"),
                say('give it role="presentation", or head cells'),
            )


def _text(letter: Letter, document: Any) -> _Findings:  # noqa: ANN401
    lines = letter.text.splitlines()
    long = [line for line in lines if len(line) > _LONGEST_LINE and " " in line.strip()]
    if long:
        yield (
            "mail-text",
            say('a line of the text is too long: "{words} …"', words=long[0][:40]),
            say("break it"),
        )
    if "-- " not in lines:
        yield "mail-text", say("the text has no footer"), say('put a line of "-- " above it')
    addresses = {link.get("href", "") for link in document.iter("a")}
    for address in sorted(a for a in addresses if a.startswith(("http://", "https://"))):
        if address not in letter.text:
            yield (
                "mail-text",
                say("the text has no {address}", address=address),
                say("let text and HTML say the same"),
            )
