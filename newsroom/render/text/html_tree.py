"""Sanitised HTML as a tree of elements, and the tree as HTML again, to the letter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# What may stand among words (HTML Living Standard, section 3.2.5.2.5); everything else is a block.
_AMONG_WORDS = """
    a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u
    var
"""
INLINE = frozenset(_AMONG_WORDS.split())
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
VOID = frozenset(["br", "col", "hr", "img"])

_EVERYWHERE = re.compile(r' (?:id|lang|dir|title)="[^"]*"')  # attributes that any element may have


@dataclass(slots=True, eq=False)
class Element:
    """An element and what is in it; one without a name is what is in it and no more."""

    name: str
    start: str = ""  # the tag that it begins with, as written
    around: frozenset[str] = frozenset()  # the names of all elements that it stands in
    block: bool = True  # whether it may not stand among words
    apart: bool = True  # whether it was a block as it was written
    hollow: bool = False  # whether it shows nothing and says nothing
    children: list["Element | str"] = field(default_factory=list)

    def become(self, name: str) -> None:
        """Be another element, with the attributes that any may have."""
        self.name = name
        self.start = f"<{name}{''.join(_EVERYWHERE.findall(self.start))}>"
        self.block = name not in INLINE

    def dissolve(self) -> None:
        """Leave what is in it; its language and its id, if it has any, stay around that."""
        if self.name not in VOID and _EVERYWHERE.search(self.start):
            self.become("span")
        else:
            self.vanish()

    def vanish(self) -> None:
        """Leave what is in it."""
        self.name = self.start = ""
        self.block = False

    @property
    def solid(self) -> list["Element | str"]:
        """What is in it but for white space between the tags."""
        return [child for child in self.children if not is_blank(child)]

    @property
    def elements(self) -> list["Element"]:
        """The elements in it, without what stands between them."""
        return [child for child in self.children if isinstance(child, Element)]


Part = Element | str


def is_blank(part: Part) -> bool:
    """Whether it is nothing but white space."""
    return isinstance(part, str) and not part.strip(" \t\r\n")


def is_hollow(part: Part) -> bool:
    """Whether nothing of it is seen or heard."""
    return is_blank(part) if isinstance(part, str) else part.hollow


def is_named(part: Part, *names: str) -> bool:
    """Whether it is an element with one of these names."""
    return isinstance(part, Element) and part.name in names


def gathered(children: Sequence[Part], name: str, is_stray: Callable[[Part], bool]) -> list[Part]:
    """The same children; strays that stand beside each other are put into an element together."""
    result: list[Part] = []
    around: Element | None = None
    for child in children:
        if is_blank(child):
            (around.children if around else result).append(child)
        elif is_stray(child):
            if around is None:
                around = Element(name, f"<{name}>")
                result.append(around)
            around.children.append(child)
        else:
            around = None
            result.append(child)
    return result


def written(root: Element) -> str:
    """What is in an element as HTML; however deep it goes, since texts are untrusted."""
    html: list[str] = []
    waiting: list[Part] = root.children[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            html.append(part)
        else:
            html.append(part.start)
            if part.name and part.name not in VOID:
                waiting.append(f"</{part.name}>")
            waiting += part.children[::-1]
    return "".join(html)
