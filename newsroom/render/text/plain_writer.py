"""A tree of elements as a plain text that reads well in a mail, without any markup.

The tree may be Python-Markdown's own or one that lxml has read: what is asked of either is the same
in both.
"""

import re
import textwrap
from typing import Any

WIDTH = 72  # short enough to survive being quoted (RFC 3676, section 4.2)
BREAK = "\x0b"  # where a line ends on purpose, until the words are filled into lines
_NARROWEST = 20  # however deep a list stands inside lists
_PAIR = 2  # columns
_CODE = "    "
_UNDER = {"h1": "=", "h2": "=", "h3": "-", "h4": "-", "h5": "-", "h6": "-"}
_BLOCKS = {
    *_UNDER,
    *("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "table"),
    *("div", "figure", "figcaption", "details", "summary"),
}


def filled(text: str, width: int = WIDTH, *, first: str = "", rest: str = "") -> str:
    """Words on lines, behind `first` on the first line and `rest` on the others."""
    lines: list[str] = []
    for part in text.split(BREAK):
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


class PlainWriter:
    """Writes elements as text, and keeps the links it met until their section ends."""

    def __init__(self, width: int = WIDTH) -> None:
        self._width = width
        self._numbers: dict[str, int] = {}
        self._waiting: list[str] = []

    def take_notes(self) -> list[str]:
        """The list of the links met since last asked, as one block or none."""
        waiting, self._waiting = self._waiting, []
        return ["\n".join(waiting)] if waiting else []

    def write(self, element: Any) -> list[str]:  # noqa: ANN401
        """The blocks of text that one element becomes."""
        return self._block(element, self._width)

    def _block(self, element: Any, width: int) -> list[str]:  # noqa: ANN401
        if element.tag in _UNDER:
            # A heading that stands in something ends no section.
            notes = self.take_notes() if width == self._width else []
            heading = underlined(self._words(element), _UNDER[element.tag])
            return [*notes, heading] if heading else notes
        if element.tag in {"ul", "ol"}:
            return [self._items(element, width)]
        if element.tag == "table":
            return self._rows(element, width)
        if element.tag == "pre":
            return [_set_in("".join(element.itertext()), width)]
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
                blocks += [filled(_tidy(words), width), *self._block(child, width)]
                words = child.tail or ""
            else:
                words += self._inline(child) + (child.tail or "")
        blocks.append(filled(_tidy(words), width))
        return [block for block in blocks if block]

    def _items(self, element: Any, width: int) -> str:  # noqa: ANN401
        """The items of a list; those that hold paragraphs stand apart from each other."""
        joint = "\n" if element.find("li/p") is None else "\n\n"
        items = []
        for number, child in enumerate(element.findall("li"), int(element.get("start", 1))):
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
        return _tidy(self._inside(element)).replace(BREAK, " ")

    def _inside(self, element: Any) -> str:  # noqa: ANN401
        parts = [element.text or ""]
        for child in element:
            parts += [self._inline(child), child.tail or ""]
        return "".join(parts)

    def _inline(self, element: Any) -> str:  # noqa: ANN401
        if element.tag == "br":
            return BREAK
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
        alone = re.sub("^(?:mailto:|tel:)", "", address)
        if not alone:
            return words
        if words.strip() in {"", address, re.sub("^https?://", "", alone)}:
            return alone  # whole, since mail programs make a link of nothing less
        if address not in self._numbers:
            self._numbers[address] = len(self._numbers) + 1
            self._waiting.append(f"[{self._numbers[address]}] {address.removeprefix('mailto:')}")
        return f"{words} [{self._numbers[address]}]"


def _set_in(code: str, width: int) -> str:
    """Lines that stand as they were written, but for those too long for a mail."""
    lines = []
    for line in code.rstrip().splitlines():
        lead = " " * min(len(line) - len(line.lstrip()), width // 2)
        lines += textwrap.wrap(
            line,
            max(_NARROWEST, width - len(_CODE)),
            subsequent_indent=lead,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return textwrap.indent("\n".join(lines), _CODE)


def _tidy(words: str) -> str:
    """Runs of blanks as one, none at the ends or around a line break; hard spaces stay."""
    single = re.sub(r"[ \t\n\r]+", " ", words).strip(" \xa0")
    return re.sub(f" ?{BREAK} ?", BREAK, single)
