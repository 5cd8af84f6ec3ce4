"""Markdown as a plain text that reads well in a mail: what the HTML says, without any markup."""

import re
import textwrap
from typing import Any

from newsroom.render.markdown import Rendered, Resolve, Target, render_html

WIDTH = 72  # short enough to survive being quoted (RFC 3676, section 4.2)
_NARROWEST = 20  # however deep a list stands inside lists
_PAIR = 2  # columns
_UNFILLED = 100_000  # characters: a width at which no line is broken

_UNDER = {"h1": "=", "h2": "=", "h3": "-", "h4": "-", "h5": "-", "h6": "-"}
_BLOCKS = {
    *_UNDER,
    *("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "table"),
    *("div", "figure", "figcaption", "details", "summary"),
}
_BREAK = "\x0b"  # where a line ends on purpose, until the words are filled into lines


def render_text(body: str, resolve: Resolve) -> str:
    """The text of untrusted Markdown: headings underlined, links numbered and listed below.

    No line is longer than WIDTH but one that holds a single long word, such as an address.
    Raises ContentError when the text is too much for Markdown.
    """
    writer = _Writer()
    blocks: list[str] = []
    for element in _tree(render_html(body, resolve)):
        if element.tag in _UNDER:
            blocks += writer.take_notes()
        blocks += writer.block(element, WIDTH)
    return "\n\n".join(blocks + writer.take_notes())


def first_paragraph(text: Rendered) -> str | None:
    """The words of the first paragraph that has any, on one line; None when no paragraph has.

    What is said of files is left out, since their links are gone.
    """
    for paragraph in _tree(text.html(Target)).iter("p"):
        words = " ".join(paragraph.text_content().split())
        if words:
            return words
    return None


def plain_lines(text: Rendered) -> tuple[str, ...]:
    """Each paragraph, heading, item and row on a line of its own; links are words alone."""
    from lxml.etree import strip_tags

    tree = _tree(text.html(Target))
    strip_tags(tree, "a")
    for heading in tree.iter(*_UNDER):
        heading.tag = "p"
    blocks = _Writer().block(tree, _UNFILLED)
    return tuple(line for block in blocks for line in block.splitlines() if line)


def filled(text: str, width: int = WIDTH, *, first: str = "", rest: str = "") -> str:
    """Words on lines, behind `first` on the first line and `rest` on the others."""
    lines: list[str] = []
    for part in text.split(_BREAK):
        lines += textwrap.wrap(
            part,
            max(_NARROWEST, width),
            initial_indent=rest if lines else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def underlined(title: str, sign: str) -> str:
    """A heading over a line as long as itself."""
    heading = filled(title)
    return f"{heading}\n{sign * max(map(len, heading.splitlines()))}" if heading else ""


# lxml has no types of its own, so its elements are Any here and nowhere else.
def _tree(html: str) -> Any:  # noqa: ANN401
    from lxml.html import fragment_fromstring

    return fragment_fromstring(html, create_parent="div")


class _Writer:
    """Writes elements as text, and keeps the links it met until somebody takes them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._waiting: list[str] = []

    def take_notes(self) -> list[str]:
        """The list of the links met since last asked, as one block or none."""
        waiting, self._waiting = self._waiting, []
        return ["\n".join(waiting)] if waiting else []

    def block(self, element: Any, width: int) -> list[str]:  # noqa: ANN401
        """The blocks of text that one element becomes."""
        if element.tag in _UNDER:
            heading = underlined(self._words(element), _UNDER[element.tag])
            return [heading] if heading else []
        if element.tag in {"ul", "ol"}:
            return [self._items(element, width)]
        if element.tag == "table":
            return self._rows(element, width)
        if element.tag == "pre":
            return [textwrap.indent(element.text_content().rstrip("\n"), "    ")]
        if element.tag == "hr":
            return []
        if element.tag == "blockquote":
            quoted = "\n\n".join(self._blocks(element, width - 2))
            return [textwrap.indent(quoted, "> ", lambda _: True).replace("> \n", ">\n")]
        return self._blocks(element, width)

    def _blocks(self, element: Any, width: int) -> list[str]:  # noqa: ANN401
        """The blocks inside an element, words between them too."""
        blocks: list[str] = []
        words = element.text or ""
        for child in element:
            if child.tag in _BLOCKS:
                blocks += [filled(_tidy(words), width), *self.block(child, width)]
                words = child.tail or ""
            else:
                words += self._inline(child) + (child.tail or "")
        blocks.append(filled(_tidy(words), width))
        return [block for block in blocks if block]

    def _items(self, element: Any, width: int) -> str:  # noqa: ANN401
        """The items of a list; those that hold paragraphs stand apart from each other."""
        joint = "\n" if element.find("li/p") is None else "\n\n"
        items = []
        for number, child in enumerate(element.iterchildren("li"), int(element.get("start", 1))):
            mark = f"{number}. " if element.tag == "ol" else "- "
            text = joint.join(self._blocks(child, width - len(mark)))
            items.append(mark + textwrap.indent(text, " " * len(mark)).lstrip())
        return joint.join(items)

    def _rows(self, element: Any, width: int) -> list[str]:  # noqa: ANN401
        """Each row of a table as a block of `label: value` lines; of two columns, as one line."""
        rows = [[self._words(cell) for cell in row] for row in element.iter("tr")]
        labels = rows.pop(0) if rows and element.find(".//th") is not None else []
        caption = element.find("caption")
        blocks = [] if caption is None else [filled(self._words(caption), width)]
        if all(len(row) == _PAIR for row in (labels, *rows)):  # the first names the second
            lines = [" – ".join(filter(None, labels)), *(": ".join(filter(None, r)) for r in rows)]
            return [*blocks, "\n".join(filled(line, width, rest="  ") for line in lines if line)]
        for row in rows:
            pairs = zip(labels or [""] * len(row), row, strict=False)
            lines = [f"{label}: {value}" if label else value for label, value in pairs if value]
            blocks.append("\n".join(filled(line, width, rest="  ") for line in lines))
        return [block for block in blocks if block]

    def _words(self, element: Any) -> str:  # noqa: ANN401
        """The words inside an element on one line."""
        return _tidy(self._inside(element)).replace(_BREAK, " ")

    def _inside(self, element: Any) -> str:  # noqa: ANN401
        parts = [element.text or ""]
        for child in element:
            parts += [self._inline(child), child.tail or ""]
        return "".join(parts)

    def _inline(self, element: Any) -> str:  # noqa: ANN401
        if element.tag == "br":
            return _BREAK
        if element.tag == "img":
            return f"[{element.get('alt')}]" if element.get("alt") else ""
        if element.tag == "a":
            return self._link(self._inside(element), element)
        return self._inside(element)

    def _link(self, words: str, element: Any) -> str:  # noqa: ANN401
        """The words of a link and its number in the list below; footnotes have their own."""
        kind, address = element.get("class"), element.get("href", "")
        if kind == "footnote-backref":
            return ""
        if kind == "footnote-ref":
            return f" ({words})"
        bare = re.sub("^(?:https?://|mailto:|tel:)", "", address)
        if not bare or words.strip() in {"", address, bare}:
            return words or bare
        if address not in self._numbers:
            self._numbers[address] = len(self._numbers) + 1
            self._waiting.append(f"[{self._numbers[address]}] {address.removeprefix('mailto:')}")
        return f"{words} [{self._numbers[address]}]"


def _tidy(words: str) -> str:
    """Runs of blanks as one, none at the ends or around a line break; hard spaces stay."""
    single = re.sub(r"[ \t\n\r]+", " ", words).strip(" \xa0")
    return re.sub(f" ?{_BREAK} ?", _BREAK, single)
