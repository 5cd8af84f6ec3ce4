"""What mail programs would get wrong in a letter, whatever template it was written with."""

import re
from itertools import chain, pairwise
from typing import Any
from urllib.parse import urlsplit

from newsroom.model import Issue, Problem, Severity, Site
from newsroom.model.saying import say
from newsroom.render.mail.bare_look import bare_faults
from newsroom.render.mail.fault import Fault, Faults
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.recolouring import contrast_faults
from newsroom.render.mail.runs import Run, runs
from newsroom.render.mail.support import support_faults
from newsroom.render.mail.weight import too_heavy

UNFINISHED = "unfinished"  # nobody approves a letter with advice to its writer in it
_LONGEST_LINE = 78
_SMALLEST = 16  # pixels
_PREHEADER = range(40, 91)  # characters: what lists of letters have room for
_ADVICE = re.compile(r"\[(?:Skriv|Write) [^\]]*\]")  # what a new or drafted issue begins with
_FRESH = re.compile(r"\{\{|\}\}|\bTODO\b|\bXXX\b|lorem ipsum", re.IGNORECASE)
_FETCHED = re.compile(r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""")


def letter_problems(letter: Letter, issue: Issue, site: Site) -> tuple[Problem, ...]:
    """Everything that keeps a letter from being read as it was meant, each with its remedy."""
    from lxml.html import document_fromstring

    # css-inline writes a whole document, so there is always one to read.
    document = document_fromstring(letter.html)
    faults = chain(
        _words(letter),
        _preheader(letter),
        _weight(letter),
        _frame(document),
        _headings(document),
        _pictures(document),
        _tables(document),
        _small_words(document),
        _other_hosts(document, site),
        support_faults(document),
        contrast_faults(letter.html),
        bare_faults(letter.html),
        _text(letter, document),
    )
    return tuple(
        Problem(issue.source, None, fault.severity, fault.code, fault.message, fault.fix)
        for fault in faults
    )


def _words(letter: Letter) -> Faults:
    advice = _ADVICE.search(letter.text)
    if advice:
        yield Fault(
            UNFINISHED,
            say("the letter still says {advice}", advice=advice[0]),
            say("write the text in its place"),
        )
    fresh = _FRESH.search(letter.text) or _FRESH.search(letter.subject)
    if fresh:
        yield Fault(
            "mail-unfinished",
            say('the letter still has "{fresh}" in it', fresh=fresh[0]),
            say("finish the text"),
        )


def _preheader(letter: Letter) -> Faults:
    if letter.preheader.casefold() == letter.subject.casefold():
        yield Fault(
            "mail-preheader",
            say(
                'the preheader says what the subject says: "{preheader}"',
                preheader=letter.preheader,
            ),
            say("write what else there is"),
        )
    elif len(letter.preheader) not in _PREHEADER:
        yield Fault(
            "mail-preheader",
            say(
                "the preheader has {count} characters: lists of letters show {least} to {most}",
                count=len(letter.preheader),
                least=_PREHEADER.start,
                most=_PREHEADER.stop - 1,
            ),
            say("write one sentence that goes on where the subject ends"),
            Severity.WARNING,
        )


def _weight(letter: Letter) -> Faults:
    heavy = too_heavy(letter.html)
    if heavy:
        yield Fault("mail-size", heavy, say("shorten it"))


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


def _pictures(document: Any) -> Faults:  # noqa: ANN401
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
        if not address.startswith("https://"):
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
    """What would be fetched from elsewhere when a letter is opened: it counts who reads."""
    own = urlsplit(site.url).netloc
    fetched = [each.get(name, "") for name in ("src", "background") for each in document.iter("*")]
    fetched += [each.get("href", "") for each in document.iter("link")]
    for style in [*document.xpath("//style/text()"), *document.xpath("//@style")]:
        fetched += ["".join(found) for found in _FETCHED.findall(style)]
    for address in dict.fromkeys(fetched):
        if urlsplit(address).netloc not in {"", own}:
            yield Fault(
                "mail-other-host",
                say('opening the letter would fetch "{address}" from elsewhere', address=address),
                say("take it away: nobody is to see who opens the letter"),
            )


def _text(letter: Letter, document: Any) -> Faults:  # noqa: ANN401
    lines = letter.text.splitlines()
    long = [line for line in lines if len(line) > _LONGEST_LINE and " " in line.strip()]
    if long:
        yield Fault(
            "mail-text",
            say('a line of the text is too long: "{words} …"', words=long[0][:40]),
            say("break it"),
        )
    if "-- " not in lines:
        yield Fault("mail-text", say("the text has no footer"), say('put a line of "-- " above it'))
    addresses = {link.get("href", "") for link in document.iter("a")}
    for address in sorted(a for a in addresses if a.startswith(("http://", "https://"))):
        if address not in letter.text:
            yield Fault(
                "mail-text",
                say("the text has no {address}", address=address),
                say("let text and HTML say the same"),
            )
