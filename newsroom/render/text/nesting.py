"""Repairs the nesting of sanitised HTML, so that every element stands where HTML allows it.

What an author's own HTML breaks beyond what parsers mend: a paragraph in a heading, text in a list
that is in no item, a caption without its figure (HTML Living Standard, section 4, "Content model").
"""

import re

from newsroom.render.text.html_families import settle_family
from newsroom.render.text.html_tree import (
    HEADINGS,
    INLINE,
    VOID,
    Element,
    Part,
    is_blank,
    is_hollow,
    written,
)

_PIECES = re.compile(r"(<[^<>]*>)")  # the sanitiser writes < and > as entities everywhere else
_NAME = re.compile(r"[a-z0-9]+")
_EMPTY_HEADING = re.compile(r"<h[1-6](?: [^<>]*)?>\s*</h")
_TRANSPARENT = frozenset(["a", "del", "ins"])  # they may hold what their parent may hold
_OF_WORDS = HEADINGS | {"p", "pre", "caption", "summary"}  # blocks that hold no blocks
_APART = "\n"  # a line break in preformatted text, white space elsewhere
_NEVER_IN = {
    **dict.fromkeys(HEADINGS, frozenset(["dt", "th"])),
    "a": {"a"},
    "dfn": {"dfn"},
}
_PARENTS = {
    "dd": ("dl",),
    "dt": ("dl",),
    "figcaption": ("figure",),
    "summary": ("details",),
    "caption": ("table",),
    "colgroup": ("table",),
    "col": ("colgroup",),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
}


def may_be_wrong(body: str, html: str) -> bool:
    """Whether the HTML of a Markdown text may need mending: most texts hold no HTML of their own.

    A heading without words needs none to be wrong.
    """
    return "<" in body or _EMPTY_HEADING.search(html) is not None


def well_nested(html: str) -> str:
    """Sanitised HTML, mended; where nothing is wrong, it is the same to the letter."""
    around = Element("div")
    opened = [around]
    for piece in _PIECES.split(html):
        if piece.startswith("</"):
            _close(opened)
        elif piece.startswith("<"):
            opened.append(_element(piece, opened))
            if _name(piece) in VOID:
                _close(opened)
        elif piece:
            opened[-1].children.append(piece)
    settle_family(around)
    return written(around)


def _name(tag: str) -> str:
    found = _NAME.search(tag)
    return found[0] if found else ""


def _element(tag: str, opened: list[Element]) -> Element:
    """The element that a tag begins, as what it can be where it stands."""
    name, parent = _name(tag), opened[-1]
    around = parent.around | {parent.name}
    element = Element(name, tag, around, block=name not in INLINE, apart=name not in INLINE)
    if _is_too_much(name, parent, around):
        element.dissolve()
    elif _is_out_of_place(name, opened) or (name == "details" and "a" in around):
        element.become("div")
    return element


def _is_too_much(name: str, parent: Element, around: frozenset[str]) -> bool:
    """Whether there may be no such thing here, but only what is in it."""
    if name not in INLINE and around & _OF_WORDS:
        return not (name in HEADINGS and parent.name == "summary")
    return not around.isdisjoint(_NEVER_IN.get(name, ()))


def _is_out_of_place(name: str, opened: list[Element]) -> bool:
    """Whether it is a part of something that is not around it."""
    parent = opened[-1]
    if name in {"dt", "dd"} and parent.name == "div":  # which may hold a group of a list
        return len(opened) == 1 or opened[-2].name != "dl"
    return name in _PARENTS and parent.name not in _PARENTS[name]


def _close(opened: list[Element]) -> None:
    """Settle the element that ends, and put it into the one around it."""
    element = opened.pop()
    settle_family(element)
    if element.name in INLINE and any(isinstance(c, Element) and c.block for c in element.children):
        element.block = True
        if element.name not in _TRANSPARENT:
            element.become("div")
    element.hollow = element.name != "img" and all(map(is_hollow, element.children))
    if element.hollow and element.name in HEADINGS:
        element.vanish()
    opened[-1].children += _in_its_place(element)


def _in_its_place(element: Element) -> list[Part]:
    """The element, or what is in it; words that a block kept apart are still apart."""
    inside: list[Part] = [element] if element.name else element.children
    if element.block or not element.apart:
        return inside
    before = [] if inside and is_blank(inside[0]) else [_APART]
    after = [] if inside and is_blank(inside[-1]) else [_APART]
    return [*before, *inside, *after]
