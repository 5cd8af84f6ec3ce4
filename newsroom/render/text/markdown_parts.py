"""What we add to Python-Markdown: bare addresses, headings that can be linked to."""

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from newsroom.model import slugify
from newsroom.model.bare_address import without_sentence_end

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Not after a letter or the end of a set-aside tag (\x03), where it is already part of a link.
_BARE = r"(?<![\w\x03/])((?:https?://|www\.(?=\w))[^\s<>\x02\x03\"”»]{1,2000})"
_SET_ASIDE = re.compile(HTML_PLACEHOLDER % "[0-9]+")  # HTML in a heading is none of its words


class BareAddress(InlineProcessor):
    """A web address written as it is becomes a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, converter: Markdown) -> None:
        super().__init__(_BARE, converter)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's names)
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        """The link, and the place in the text that it takes."""
        address = without_sentence_end(m[1])
        link = ET.Element("a", href=address if "://" in address else f"https://{address}")
        link.text = address
        return link, m.start(1), m.start(1) + len(address)


class Headings(Treeprocessor):
    """Each heading can be linked to."""

    def run(self, root: ET.Element) -> None:
        """Give each heading an id of its own."""
        taken: dict[str, int] = {}
        for element in root.iter():
            if element.tag in _HEADINGS:
                words = _SET_ASIDE.sub("", "".join(element.itertext()))
                element.set("id", _unique(slugify(words) or "h", taken))


class Columns(Treeprocessor):
    """Cells say by a class how their column is aligned; HTML has no attribute for it any more."""

    def run(self, root: ET.Element) -> None:
        """Put the class in place of the attribute; to the left is where text stands anyway."""
        for cell in root.iter():
            if cell.tag in {"td", "th"} and (side := cell.attrib.pop("align", "")) not in {
                "",
                "left",
            }:
                cell.set("class", side)


def _unique(name: str, taken: dict[str, int]) -> str:
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 1
    return candidate
