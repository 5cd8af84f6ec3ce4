"""Markdown as a plain text, written from Python-Markdown's own tree instead of from its HTML.

Python-Markdown ends with a serializer, which makes HTML of the tree. Here it is one that makes
text. What an author wrote as HTML is no part of that tree: a block that holds some is read as HTML.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape, unescape
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from newsroom.render.text.file_notes import SIZE, note_of
from newsroom.render.text.markdown import patient_converter, refuse_too_much
from newsroom.render.text.nesting import well_nested
from newsroom.render.text.outline import levels_below
from newsroom.render.text.plain_writer import PlainWriter
from newsroom.render.text.rendered import ANCHOR, Resolve
from newsroom.render.text.safe_html import clean, is_elsewhere, may_be_followed

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.postprocessors import Postprocessor
    from markdown.util import Registry

_IN_USE = Lock()  # the converter keeps notes of the text it is at
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Python-Markdown sets aside what is HTML already, and writes the signs of a hidden mail address
# one by one.
_SET_ASIDE = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_SIGN = re.compile("\x02amp\x03(#?[0-9A-Za-z]+;)")
_LEFT_OVER = re.compile("\x02[^\x02\x03]*\x03")
_ENTITY = re.compile("&#?[0-9A-Za-z]+;")


def render_text(body: str, resolve: Resolve) -> str:
    """The text of untrusted Markdown: headings underlined, links numbered and listed below.

    No line is longer than 72 characters but one that holds a single long word, such as an address.
    Raises ContentError when the text is too much for Markdown.
    """
    refuse_too_much(body)
    with _IN_USE:
        converter, finish = _converter()
        converter.reset()
        converter.serializer = serializer = _TextSerializer(converter, finish, resolve)
        converter.convert(body)
        return serializer.text


@cache
def _converter() -> "tuple[Markdown, Registry[Postprocessor]]":
    """The one converter of texts, and what it would finish HTML with."""
    from markdown.util import Registry

    from newsroom.render.text.markdown_sparing import make_sparing

    converter = patient_converter()
    make_sparing(converter)
    converter.stripTopLevelTags = False
    finish, converter.postprocessors = converter.postprocessors, Registry()
    return converter, finish


class _TextSerializer:
    """Makes text of the tree that Python-Markdown has made of a text, and keeps it."""

    def __init__(
        self, converter: "Markdown", finish: "Iterable[Postprocessor]", resolve: Resolve
    ) -> None:
        self._stash: list[Any] = converter.htmlStash.rawHtmlBlocks
        self._finish = finish
        self._resolve = resolve
        self.text = ""

    def __call__(self, root: ET.Element) -> str:
        """Write the text. Its beginning may be blanks, which Python-Markdown would take away."""
        blocks = [self._readable(child) for child in root]
        _set_levels(blocks)
        writer = PlainWriter()
        written = [text for block in blocks for text in writer.write(block)]
        self.text = "\n\n".join([*written, *writer.take_notes()])
        return ""

    def _readable(self, block: ET.Element) -> Any:  # noqa: ANN401 (lxml has no types)
        """A block in which texts are as people read them, and links lead somewhere or are none."""
        readable = self._from_html(block) if self._holds_html(block) else block
        for element in readable.iter():
            self._spell_out(element)
        for picture in readable.iter("img"):
            if is_elsewhere(picture.get("src", "")):  # is not fetched, and what it says is a word
                picture.tag, picture.text = "span", picture.get("alt")
        for link in readable.iter("a"):
            self._settle_link(link)
        return readable

    def _holds_html(self, block: ET.Element) -> bool:
        """Whether an author's HTML, more than a sign by its name, was set aside from a block."""
        texts = [text or "" for each in block.iter() for text in _texts(each)]
        numbers = _SET_ASIDE.findall("".join(texts))
        return not all(_ENTITY.fullmatch(str(self._stash[int(number)])) for number in numbers)

    def _from_html(self, block: ET.Element) -> Any:  # noqa: ANN401
        """The same block as a browser would read its HTML, sanitised."""
        from lxml.html import fragment_fromstring
        from markdown.serializers import to_html_string

        html = to_html_string(block)
        for each in self._finish:
            html = each.run(html)
        harmless = well_nested(clean(html, lambda tag, attribute, value: value))  # noqa: ARG005
        return fragment_fromstring(harmless, create_parent="div")

    def _spell_out(self, element: Any) -> None:  # noqa: ANN401
        """Give an element the signs that Python-Markdown keeps under other names."""
        in_code = element.tag == "code" and isinstance(element, ET.Element)
        for name, text in (("text", element.text), ("tail", element.tail)):
            if text:
                said = self._spelled_out(text)
                setattr(element, name, unescape(said) if in_code and name == "text" else said)
        for name in ("alt", "href"):
            if element.get(name):
                element.set(name, self._spelled_out(element.get(name)))

    def _spelled_out(self, text: str) -> str:
        if "\x02" not in text:
            return text
        text = _SET_ASIDE.sub(lambda found: unescape(str(self._stash[int(found[1])])), text)
        text = _SIGN.sub(lambda found: unescape(f"&{found[1]}"), text)
        return _LEFT_OVER.sub("", text)

    def _settle_link(self, link: Any) -> None:  # noqa: ANN401
        """Resolve a link: one to nowhere loses its address, one to a file says what that is."""
        address = link.get("href", "")
        if not address or not may_be_followed(address):
            link.set("href", "")
            return
        if (link.get("class") or "").startswith("footnote"):
            return
        inside = address.startswith("#") and len(address) > 1
        target = self._resolve(f"#{ANCHOR}{address[1:]}" if inside else address)
        link.set("href", target.url)
        if target.size and link.find(".//img") is None:
            _add_note(link, address, target.size)


def _add_note(link: Any, address: str, size: str) -> None:  # noqa: ANN401
    """Say at the end of a link to a file what it is, as far as its words do not."""
    after = f'">{escape("".join(link.itertext()))}</a>'
    note = note_of(address, after)
    if note is None:
        return
    said = after[: note.at] + note.words.replace(SIZE, size) + after[note.at :]
    for child in list(link):
        link.remove(child)
    link.text = unescape(said.removeprefix('">').removesuffix("</a>"))


def _set_levels(blocks: Iterable[Any]) -> None:
    """Give the headings of a text the levels that they have in its HTML."""
    headings = [each for block in blocks for each in block.iter() if each.tag in _HEADINGS]
    for heading, level in zip(
        headings, levels_below(int(each.tag[1]) for each in headings), strict=True
    ):
        heading.tag = f"h{level}"


def _texts(element: ET.Element) -> Iterator[str | None]:
    """Everywhere that words of an element may stand."""
    yield from (element.text, element.tail, *element.attrib.values())
