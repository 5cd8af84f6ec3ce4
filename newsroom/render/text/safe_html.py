"""The HTML that may leave the house: an allow-list, for whatever was written in a text."""

import re
from collections.abc import Callable

import nh3

# No attribute that runs, loads or restyles anything.
_TAGS = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
_TITLE = "h1"  # the page has one of its own, so the outline of a text shows it as another heading
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
}
_ALIGNED = {"right", "center"}
_CLASSES = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
_NUMBERS = {"colspan", "height", "rowspan", "span", "start", "width"}
# Who wrote it is told of it; a reader's program would read the name of the file aloud.
_NO_WORDS = re.compile(r'<img(?=(?:(?! alt=") [a-z]+="[^"]*")*>)')
_NO_SOURCE = re.compile(r'<img(?:(?! src=)(?: alt="(?P<words>[^"]*)"| [a-z]+="[^"]*"))*>')
# As browsers read an address: without white space, and a backslash for a slash.
_ELSEWHERE = re.compile(r"https?:|//", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PASSED_OVER = re.compile(r"[\x00-\x20]")
_SCHEMES = {"http", "https", "mailto", "tel"}
_DROPPED_WHOLE = {"script", "style", "iframe", "object", "svg", "math", "template", "noscript"}


def clean(html: str, settle: Callable[[str, str, str], str | None]) -> str:
    """The harmless part of some HTML; `settle(tag, attribute, value)` has the last word.

    An attribute whose settled value is None is left out. A picture without a source that may be
    fetched leaves its description in its place: one of another host is never fetched, since that
    host would see every reader.
    """

    def checked(tag: str, attribute: str, value: str) -> str | None:
        if attribute in _NUMBERS and not value.isdecimal():
            return None
        if tag == "img" and attribute == "src" and is_elsewhere(value):
            return None
        if attribute == "cite" and not may_be_followed(value):
            return None  # nh3 looks at the scheme of links and sources alone
        return settle(tag, attribute, value) if value or attribute == "alt" else None

    harmless = nh3.clean(
        html,
        tags={*_TAGS.split(), _TITLE},
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=checked,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _NO_WORDS.sub('<img alt=""', _NO_SOURCE.sub(_words, harmless))


def is_elsewhere(address: str) -> bool:
    """Whether an address is one of another host, from which nothing is fetched."""
    return _ELSEWHERE.match(_PASSED_OVER.sub("", address).replace("\\", "/")) is not None


def may_be_followed(address: str) -> bool:
    """Whether an address is a path or of one of the schemes that a text may lead to."""
    return _scheme(address) in {"", *_SCHEMES}


def _scheme(address: str) -> str:
    """What the address begins with, before its colon; nothing when it is a path."""
    found = _SCHEME.match(_PASSED_OVER.sub("", address))
    return found[1].lower() if found else ""


def _words(picture: re.Match[str]) -> str:
    """What a picture shows, in words: those of an attribute mean the same between tags."""
    return picture["words"] or ""
