"""Repairs lists, tables, figures and details whose parts have lost their parent."""

import re
from collections.abc import Callable

from newsroom.render.text.html_tree import Element, Part, gathered, is_named

_LISTS = ("ol", "ul")
_GROUPS = re.compile(r"(?:t+d+)*")  # of terms and what is said of them
_PARTS_OF_TABLE = ("caption", "colgroup", "thead", "tbody", "tfoot")  # in this order


def settle_family(element: Element) -> None:
    """Mend what an element has for children, which are settled themselves."""
    if element.name in _LISTS:
        _put_lists_into_items(element)
        element.children = gathered(element.children, "li", lambda part: not is_named(part, "li"))
    elif element.name and any(is_named(child, "li") for child in element.children):
        element.children = gathered(element.children, "ul", lambda part: is_named(part, "li"))
    settle = _SETTLE.get(element.name)
    if settle:
        settle(element)


def _put_lists_into_items(element: Element) -> None:
    """A list that stands between the items of another is about the item before it."""
    item: Element | None = None
    for child in element.elements:
        if item and child.name in _LISTS:
            element.children.remove(child)
            item.children.append(child)
        item = child if child.name == "li" else item


def _settle_terms(element: Element) -> None:
    """A list of terms holds groups alone, or each in a div; what holds others is no such list."""
    divs = [child for child in element.elements if child.name == "div"]
    if len(divs) == len(element.solid):
        whole = all(div.solid and _are_groups(div) for div in divs)
    else:
        whole = _are_groups(element)
    if whole:
        return
    element.become("div")
    for holder in (element, *divs):
        for child in holder.elements:
            if child.name in {"dt", "dd"}:
                child.become("div")


def _are_groups(element: Element) -> bool:
    kinds = {"dt": "t", "dd": "d"}
    signs = (
        kinds.get(part.name, "-") if isinstance(part, Element) else "-" for part in element.solid
    )
    return _GROUPS.fullmatch("".join(signs)) is not None


def _settle_details(element: Element) -> None:
    """What is folded away begins with its summary, the only one; without it nothing is folded."""
    summaries = [child for child in element.elements if child.name == "summary"]
    if not summaries:
        element.become("div")
        return
    first, *others = summaries
    for other in others:
        other.become("div")
    if element.solid[0] is not first:
        element.children.remove(first)
        element.children.insert(0, first)


def _settle_figure(element: Element) -> None:
    """The caption of a figure is the first or the last in it."""
    ends = (*element.solid[:1], *element.solid[-1:])
    kept = next((part for part in ends if is_named(part, "figcaption")), None)
    for child in element.elements:
        if child.name == "figcaption" and child is not kept:
            child.become("div")


def _settle_table(element: Element) -> None:
    """A table has one caption, one head and one foot, and its parts stand in order."""
    met: dict[str, Element] = {}
    for part in element.elements:
        first = met.setdefault(part.name, part)
        if part is not first and part.name in {"thead", "tfoot"}:
            part.become("tbody")
        elif part is not first and part.name == "caption":
            first.children += ["\n", *part.children]
            part.children = []
            part.vanish()
    ranks = [_rank(part) for part in element.elements]
    if ranks != sorted(ranks):
        element.children.sort(key=_rank)


def _rank(part: Part) -> int:
    """Where a part of a table stands among the others; white space goes first."""
    return _PARTS_OF_TABLE.index(part.name) if isinstance(part, Element) and part.name else -1


def _settle_row(element: Element) -> None:
    """A row has cells."""
    if not element.solid:
        element.vanish()


_SETTLE: dict[str, Callable[[Element], None]] = {
    "dl": _settle_terms,
    "details": _settle_details,
    "figure": _settle_figure,
    "table": _settle_table,
    "tr": _settle_row,
}
