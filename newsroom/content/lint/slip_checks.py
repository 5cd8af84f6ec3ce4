"""Links and tables that are none, by a slip of the finger: readers see their signs."""

import re
from collections.abc import Iterator

from newsroom.content.front.notes import quoted, shortened
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Markup
from newsroom.model.saying import Saying, say

_WORDS = r"(?<!!)\[(?P<words>[^\[\]\n]{1,200})\]"
_APART = re.compile(
    _WORDS + r"[ \t]{1,3}\((?P<address>(?:https?://|mailto:|www\.|\.{0,2}/)[^\s()]{1,500}"
    r"|[^\s()]{1,200}\.(?:md|pdf|docx?|xlsx?|pptx?))\)"
)
# Its end may still come on the next line.
_OPENED = re.compile(
    _WORDS + r"\((?P<address>[^\s()<>]{1,500}+)[^()\n]*+$(?!\n[^()\n]{0,500}\))", re.MULTILINE
)
_ROWS = re.compile(r"^(?: {0,3}\|[^\n]*\|[ \t]*(?:\n|\Z)){2,}", re.MULTILINE)
_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")


def half_links(markup: Markup) -> Iterator[Finding]:
    """Links with a space before their address, or without an end."""
    for match in _APART.finditer(markup.text) if "] " in markup.text else ():
        message = say("{words} is no link: there is a space after ]", words=quoted(match[0]))
        yield _half(match, message)
    whole = {link.at for link in (*markup.links, *markup.pictures) if link.address is not None}
    if markup.text.count("](") <= len(whole):
        return
    for match in _OPENED.finditer(markup.text):
        if match.start() not in whole:
            message = say("{words} is no link: it is never closed", words=quoted(match[0]))
            yield _half(match, message)


def broken_tables(markup: Markup) -> Iterator[Finding]:
    """Rows of a table that become running text."""
    if "\n|" not in markup.text and not markup.text.startswith("|"):
        return
    for match in _ROWS.finditer(markup.text):
        rows = match[0].splitlines()
        above = _line_above(markup.text, match.start())
        if not any(_RULE.fullmatch(row) for row in rows):
            rule = "|" + "---|" * (rows[0].strip().count("|") - 1)
            message = say("a table has no line below its headings, so it runs on as text")
            fix = say("write {words} on a line below the first", words=rule)
            yield Finding(match.start(), "broken-table", message, fix)
        elif above and not above.startswith("#"):
            message = say("a table follows a line of text directly, so it runs on as text")
            fix = say("leave a blank line before the table")
            yield Finding(match.start(), "broken-table", message, fix)


def _line_above(text: str, at: int) -> str:
    end = max(at - 1, 0)
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _half(match: re.Match[str], message: Saying) -> Finding:
    link = f"[{shortened(match['words'])}]({match['address']})"
    return Finding(match.start(), "not-a-link", message, say("write {words}", words=link))
