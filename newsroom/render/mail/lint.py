"""What mail programs would get wrong in a letter, whatever template it was written with."""

import re
from itertools import chain

from newsroom.model import Issue, Problem, Severity, Site
from newsroom.model.saying import say
from newsroom.render.mail.bare_look import bare_faults
from newsroom.render.mail.fault import Fault, Faults
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.markup import markup_faults
from newsroom.render.mail.weight import too_heavy

UNFINISHED = "unfinished"  # nobody approves a letter with advice to its writer in it
_LONGEST_LINE = 78
_PREHEADER = range(40, 91)  # characters: what lists of letters have room for
_ADVICE = re.compile(r"\[(?:Skriv|Write) [^\]]*\]")  # what a new or drafted issue begins with
_FRESH = re.compile(r"\{\{|\}\}|\{%|%\}|\bTODO\b|\bXXX\b|lorem ipsum", re.IGNORECASE)


def letter_problems(letter: Letter, issue: Issue, site: Site) -> tuple[Problem, ...]:
    """Everything that keeps a letter from being read as it was meant, each with its remedy."""
    faults = chain(
        _words(letter),
        _preheader(letter, issue),
        _weight(letter),
        markup_faults(letter.html, site),
        bare_faults(letter.html),
        _text(letter),
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


def _preheader(letter: Letter, issue: Issue) -> Faults:
    if letter.preheader.casefold() == letter.subject.casefold():
        yield Fault(
            "mail-preheader",
            say(
                'the preheader says what the subject says: "{preheader}"',
                preheader=letter.preheader,
            ),
            say("write what else there is"),
        )
    elif len(letter.preheader) not in _PREHEADER and not issue.preheader:
        yield Fault(
            "mail-preheader",
            say("preheader is empty: lists of letters show the first words of the letter"),
            say("write one sentence that goes on where the subject ends"),
            Severity.WARNING,
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


def _text(letter: Letter) -> Faults:
    from lxml.html import document_fromstring

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
    links = document_fromstring(letter.html).iter("a")
    addresses = {link.get("href", "") for link in links}
    for address in sorted(a for a in addresses if a.startswith(("http://", "https://"))):
        if address not in letter.text:
            yield Fault(
                "mail-text",
                say("the text has no {address}", address=address),
                say("let text and HTML say the same"),
            )
