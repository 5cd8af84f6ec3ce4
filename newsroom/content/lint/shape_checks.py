"""Headings, tables, lists and raw HTML: the shape that a screen reader finds its way by."""

import re
from bisect import bisect
from collections.abc import Iterator

from newsroom.content.front.notes import quoted, shortened
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Heading, Markup
from newsroom.model import slugify
from newsroom.model.saying import say

# The elements that the sanitiser keeps; a test compares them with its own list.
_KEPT = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
KEPT_ELEMENTS = frozenset(_KEPT.split())
# Not after the ]( or ]: of a link, where the brackets are around its address.
_ELEMENT = re.compile(
    r"(?<!\]\()(?<!\]:)(?<!\]: )<([a-zA-Z][a-zA-Z0-9-]{0,30}(?::[a-zA-Z][\w-]{0,30})?)(?=[\s/>])"
)
_TABLE_RULE = re.compile(
    r"^(?P<above>[^\n]*)\n(?P<rule> {0,3}\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*)$", re.MULTILINE
)
_TABLE = re.compile(r"<table\b(?:(?!</?table\b).)*", re.IGNORECASE | re.DOTALL)
_TABLE_HEADING = re.compile(r"<th[\s>]", re.IGNORECASE)
# A paragraph of a few bold words, more text below it; a sentence is no heading.
_BOLD = re.compile(
    r"(?:^|\n[ \t]*\n)(?P<mark>\*\*|__)(?P<text>[^\n*_]{3,60}[^\n*_.!?,;…\"”])(?P=mark):?[ \t]*\n"
    r"[ \t]*\n(?=[^\n]*\w)"
)
_MARKS = ("**", "__")
_DOT = re.compile("[•●▪◦‣∙·\uf0b7\uf0a7]|^o\t", re.MULTILINE)  # of Word's fonts, too
_PASTED_ITEM = re.compile(rf"^[ \t]{{0,9}}(?:{_DOT.pattern})[ \t]{{0,9}}\S", re.MULTILINE)


def headings(title: str, markup: Markup) -> Iterator[Finding]:
    """Headings that skip a level, or repeat what the page's own heading says already."""
    above, top = 1, _bare(title)
    for heading in markup.headings:
        same = _bare(heading.text) == top
        if same and above == 1:
            message = say("{heading} is the title once more", heading=quoted(heading.text))
            yield Finding(heading.at, "repeated-title", message, say("take the line away"))
        elif heading.level == 1:
            message = say(
                "{heading} is a top heading, and the title is that already",
                heading=quoted(heading.text),
            )
            fix = say("write {words}", words=f"## {shortened(heading.text)}")
            yield Finding(heading.at, "top-heading", message, fix)
        elif heading.level > above + 1:
            yield _skipped(heading, above)
        above = heading.level


def bold_headings(markup: Markup) -> Iterator[Finding]:
    """Paragraphs of a few bold words that stand where a heading should."""
    real, text = markup.headings, markup.text
    if not text.startswith(_MARKS) and not any(f"\n{mark}" in text for mark in _MARKS):
        return
    for match in _BOLD.finditer(text):
        above = bisect(real, match.start(), key=lambda heading: heading.at)
        level = real[above - 1].level if above else 1
        words = match["text"].rstrip(":")
        message = say("{words} looks like a heading and is none", words=quoted(words))
        fix = say("write {words}", words=f"{'#' * min(level + 1, 6)} {shortened(words)}")
        yield Finding(match.start("mark"), "bold-heading", message, fix)


def anchors(markup: Markup) -> Iterator[Finding]:
    """Ids that stand twice in a text, so that a link to one of them finds the other."""
    named = list(markup.anchors()) if "<" in markup.text else []
    taken = {slugify(heading.text) for heading in markup.headings} if named else set()
    for at, name in named:
        if name in taken:
            message = say('the id "{name}" stands twice in the text', name=name)
            fix = say("write {words}", words=f'id="{name}-2"')
            yield Finding(at, "duplicate-anchor", message, fix)
        taken.add(name)


def tables(markup: Markup) -> Iterator[Finding]:
    """Tables whose columns have no headings."""
    message = say("a table has no headings above its columns")
    for match in _TABLE_RULE.finditer(markup.text) if "|" in markup.text else ():
        if not match["above"].strip(" \t|"):
            fix = say("name each column above this line")
            yield Finding(match.start("rule"), "table-header", message, fix)
    for match in _TABLE.finditer(markup.text) if "<" in markup.text else ():
        if not _TABLE_HEADING.search(match[0]):
            fix = say("write <th> in place of <td> in its first row")
            yield Finding(match.start(), "table-header", message, fix)


def html(markup: Markup) -> Iterator[Finding]:
    """Raw HTML that the page does not show."""
    for match in _ELEMENT.finditer(markup.text):
        name = match[1].lower()
        if name == "h1":
            message = say("an <h1> is a top heading, and the title is that already")
            yield Finding(match.start(), "top-heading", message, say("write ## and the heading"))
        elif name not in KEPT_ELEMENTS:
            message = say("<{name}> is taken away when the page is made", name=name)
            fix = say("write it in Markdown, or leave it out")
            yield Finding(match.start(), "raw-html", message, fix)


def lists(markup: Markup) -> Iterator[Finding]:
    """Lists that become running text."""
    for at in markup.late_lists():
        message = say("a list follows a line of text directly, so it runs on as text")
        yield Finding(at, "list-start", message, say("leave a blank line before the list"))
    for items in _pasted(markup) if _DOT.search(markup.text) else ():
        message = say("a list has dots that were pasted, so it runs on as text")
        if len(items) > 1:
            message = say(
                "a list of {count} lines has dots that were pasted, so it runs on as text",
                count=len(items),
            )
        yield Finding(items[0], "pasted-list", message, say("write - in place of each dot"))


def _pasted(markup: Markup) -> list[list[int]]:
    """The places of pasted dots, list by list: at most a blank line stands between two."""
    runs: list[list[int]] = []
    for match in _PASTED_ITEM.finditer(markup.text):
        at = match.start()
        if runs and markup.line(at) <= markup.line(runs[-1][-1]) + 2:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _skipped(heading: Heading, above: int) -> Finding:
    message = say(
        "{heading} skips from level {above} to {level}",
        heading=quoted(heading.text),
        above=above,
        level=heading.level,
    )
    fix = say("write {words}", words=f"{'#' * (above + 1)} {shortened(heading.text)}")
    return Finding(heading.at, "heading-order", message, fix)


def _bare(text: str) -> str:
    return " ".join(text.strip("*_ ").casefold().split())
