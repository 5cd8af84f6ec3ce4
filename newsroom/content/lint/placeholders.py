"""What stands where words are still to be written: advice, and fields for another program."""

import re
from collections.abc import Iterator

# Advice as a new or a drafted piece gives it, and as people leave it to themselves.
_ADVICE = r"\[(?:Skriv|Write|Fyll i|Fill in|Lägg in|Insert)\b[^\]\n]{0,200}\](?![(\[:])"
_WORD = r"\[(?:namn|name|datum|date|plats|place|rubrik|title|text|länk|link|…|\.{3})\](?![(\[:])"
_MARK = r"\b(?:TODO|TBD|FIXME|XXX)\b|\?{3,}|\blorem ipsum\b"
_DAY = r"\b(?:ÅÅÅÅ|YYYY)-MM-DD\b"
# Fields of Jinja and Liquid, of Mailchimp, and of other mailing programs.
_FIELD = r"\{\{[^{}\n]{0,100}\}\}|\{%[^%\n]{0,100}%\}|\*\|[A-Z0-9_:]{1,50}\|\*|(##|%%)\w{1,50}\1"
_PLACEHOLDER = re.compile(f"{_FIELD}|{_ADVICE}|{_WORD}|{_MARK}|{_DAY}", re.IGNORECASE)


def placeholders(text: str) -> Iterator[tuple[int, str]]:
    """Each place of a text that waits for its words: how many lines down, and what stands there."""
    for at, words in placeholders_at(text):
        yield text.count("\n", 0, at), words


def placeholders_at(text: str) -> Iterator[tuple[int, str]]:
    """The same, each with how far into the text it stands."""
    for match in _PLACEHOLDER.finditer(text):
        yield match.start(), match[0]
