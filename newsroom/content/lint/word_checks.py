"""What the words of a text give away: damage, haste, another language, dates that contradict."""

import re
from collections.abc import Iterator
from contextlib import suppress

from newsroom.content.front.days import is_known
from newsroom.content.front.notes import quoted
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Markup
from newsroom.content.lint.placeholders import placeholders_at
from newsroom.content.lint.text_language import language_of
from newsroom.model import Event, Piece, Post, Publication
from newsroom.model.saying import Saying, say

# UTF-8 that was read as Windows-1252: Ã¤ for ä, â€™ for ’; and what stands for a lost sign.
_GARBLED = re.compile(r"\w{0,20}(?:Ã[¤¥¶©¨–„…]|â€[™œ“”¦\x9d])\S{0,20}|\S{0,20}\ufffd\S{0,20}")
_DAMAGED = ("Ã", "â€", "\ufffd")  # one of them is in whatever is garbled
_FILLER = re.compile(r"\blorem ipsum\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\([^()\n]{0,500}\)|https?://\S{1,500}|<[^<>\n]{0,500}>")
_NAMES = {"sv": say("Swedish"), "en": say("English")}


def year_of(piece: Piece) -> int | None:
    """The year that a date without one is most likely of; None when nobody knows."""
    match piece:
        case Post(published=moment) | Publication(published=moment) | Event(start=moment):
            return moment.year if is_known(moment) else None
    return None


def garbled(text: str) -> Iterator[Finding]:
    """Letters that were damaged on their way here, told once for a text."""
    if not any(sign in text for sign in _DAMAGED):
        return
    if match := _GARBLED.search(text):
        message = say("{words} was damaged when it was copied", words=quoted(match[0]))
        yield Finding(match.start(), "garbled", message, _mended(match[0]))


def unfinished(markup: Markup) -> Iterator[Finding]:
    """What stands in place of a text that is still to be written."""
    advice = dict(markup.advice())
    for at, words in advice.items():
        yield _left(at, "unfinished", words)
    if "lorem" in markup.text.lower():
        for found in _FILLER.finditer(markup.text):
            yield _left(found.start(), "filler-text", found[0])
    for at, words in placeholders_at(markup.text):
        if at not in advice and not _FILLER.fullmatch(words):
            yield _left(at, "placeholder", words)


def _left(at: int, code: str, words: str) -> Finding:
    message = say("the text still says {words}", words=quoted(words))
    return Finding(at, code, message, say("write the text in its place, or take it away"))


def foreign(markup: Markup, lang: str) -> Iterator[Finding]:
    """A text in another language than its piece says: it would be read aloud with wrong sounds."""
    found = language_of(_ADDRESS.sub(" ", markup.text), lang)
    if found:
        message = say(
            "the text is in {language}, but is marked as {lang}", language=_NAMES[found], lang=lang
        )
        yield Finding(0, "text-language", message, say("write {words}", words=f"lang: {found}"))


def _mended(word: str) -> Saying:
    with suppress(UnicodeError):
        return say("write {words}", words=quoted(word.encode("cp1252").decode("utf-8")))
    return say("write the word anew")
