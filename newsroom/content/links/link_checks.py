"""Links whose words do not tell where they lead, or whose address no reader can follow."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from newsroom.content.front.notes import quoted, shortened
from newsroom.content.links.meaning import local_path
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Link, Markup
from newsroom.model.file_type import says_type, type_of
from newsroom.model.saying import say

_VAGUE = frozenset(
    (
        *("läs mer", "läs mer här", "läs vidare", "läs", "läs här", "läs hela", "se mer", "se här"),
        *("mer", "mer här", "mer info", "mer information", "info", "information", "fortsätt läsa"),
        *("här", "klicka här", "klicka", "tryck här", "gå hit", "hit", "hämta", "hämta här"),
        *("länk", "länken", "denna länk", "den här länken", "via länken", "följ länken"),
        *(
            "ladda ner",
            "ladda ned",
            "ladda ner här",
            "ladda ned här",
            "denna sida",
            "den här sidan",
        ),
        *("here", "click here", "click", "go here", "see here", "read more", "read more here"),
        *("more", "more here", "more info", "more information", "learn more", "find out more"),
        *("read on", "see more", "link", "this link", "the link", "this", "this page"),
        *("continue reading", "download", "download here", "more details"),
    )
)
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip)$", re.IGNORECASE)
# Mail programs, search engines and networks put their address around the one that was meant; its
# own stands in this field of the query.
_WRAPPERS = {
    ".safelinks.protection.outlook.com": "url",
    "//www.google.com/url?": "q",
    "//l.facebook.com/": "u",
}
SCHEMES = frozenset(["http", "https", "mailto", "tel"])  # the others are taken away
_OWN_MACHINE = re.compile(
    r"file:|[a-z]:[\\/]|\\\\|https?://(?:localhost|127\.0\.0\.1)(?![\w.-])", re.IGNORECASE
)
_WHOLE = re.compile(r"https?://", re.IGNORECASE)
_MISSPELT = re.compile(r"(?:h?t{1,3}ps?[:;]?/{1,2}|https?:)(?=[\w-]{1,63}\.)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,20}):", re.IGNORECASE)


def link_words(markup: Markup) -> Iterator[Finding]:
    """Links that show nothing, say nothing, or do not say that a file is behind them."""
    worded = markup.worded_elements() if "<a" in markup.text else ()
    for link in (*markup.links, *worded):
        words = link.text.strip("*_ .:!»>→›…").lower()
        if not words and link.address is not None:
            message = say("the link to {address} shows nothing", address=quoted(link.address))
            fix = say("write where it leads between the brackets")
            yield Finding(link.at, "empty-link", message, fix)
        elif words in _VAGUE:
            message = say(
                "the link text {words} does not say where it leads", words=quoted(link.text)
            )
            yield Finding(link.at, "vague-link", message, say("write what the reader finds there"))
        elif (file := _elsewhere(link.address or "")) and not says_type(words, file[0]):
            message = say(
                "the link {words} leads to a file without saying so", words=quoted(link.text)
            )
            fix = say("write ({type}) in the link text", type=type_of(file[0]))
            yield Finding(link.at, "file-link", message, fix)


def link_addresses(markup: Markup) -> Iterator[Finding]:
    """Addresses that only work on the editor's own machine, or are not what was meant."""
    for link in markup.addresses:
        address = link.address or ""
        if meant := _unwrapped(address):
            message = say("the link goes by way of {host}", host=urlsplit(address).hostname)
            fix = say("write the address itself: {address}", address=shortened(meant))
            yield Finding(link.at, "wrapped-link", message, fix)
        elif _OWN_MACHINE.match(address):
            message = say(
                "the link {address} leads into your own computer", address=quoted(address)
            )
            fix = say("put the file beside this one and write its name")
            yield Finding(link.at, "broken-link", message, fix)
        else:
            yield from _unreadable(link, address)


def _unreadable(link: Link, address: str) -> Iterator[Finding]:
    """Addresses that begin with nothing a browser knows."""
    if _WHOLE.match(address):
        return
    misspelt, scheme = _MISSPELT.match(address), _SCHEME.match(address)
    if misspelt:
        fix = say("write {words}", words=shortened(f"https://{address[misspelt.end() :]}"))
    elif scheme and scheme[1].lower() not in SCHEMES:
        fix = say("write one that begins with https:// or mailto:")
    else:
        return
    message = say("the link {address} leads nowhere", address=quoted(address))
    yield Finding(link.at, "broken-link", message, fix)


def _elsewhere(address: str) -> re.Match[str] | None:
    """A file of another site, by the end of its name; files of our own tell of themselves."""
    file = _FILE.search(address)
    return None if file is None or local_path(address) else file


def _unwrapped(address: str) -> str | None:
    """The address that another one was put around."""
    for wrapper, field in _WRAPPERS.items():
        if wrapper in address[:200]:
            try:
                found = parse_qs(urlsplit(address).query).get(field)
            except ValueError:
                return None
            if found and found[0].startswith(("https://", "http://")):
                return found[0]
    return None
