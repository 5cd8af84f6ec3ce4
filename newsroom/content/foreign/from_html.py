"""HTML of another system as the Markdown that editors write."""

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

_FRAMES = ("iframe", "embed", "object", "video", "audio", "source")
_TAKEN_AWAY = ("script", "style", "noscript", "form", "template", "svg")
_MISSED = ("script", "form", "svg")  # of these, those that a reader saw something of
_APART = ("p", "br", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # no text of ours may hold them
_ITEM = "    "  # Markdown counts what is below an item by four spaces
_LINE = re.compile(r"^(?=.)", re.MULTILINE)
_SPACES_ALONE = re.compile(
    r"^[ \t]+$|(?<=\S)[ \t]$", re.MULTILINE
)  # two at an end are a line break
_BLANK_LINES = re.compile(r"\n{3,}")


class _Converter(MarkdownConverter):
    """As the library does it, but for what our Markdown reads in another way."""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """An item; what is below its first line stands four spaces in."""
        whole = str(super().convert_li(el, "x", parent_tags))  # type: ignore[misc]
        first = whole.split("x", 1)[0]
        inside = _LINE.sub(_ITEM, text.strip())
        return f"{first}{inside.lstrip()}\n" if inside else "\n"

    def convert_figcaption(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """A caption, as a paragraph in italics below its picture."""
        return (
            f"\n\n*{text.strip()}*\n\n" if text.strip() and "_inline" not in parent_tags else text
        )

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Words that begin no element: what was written as &lt; stays that."""
        safe = text.replace("&", "&amp;").replace("<", "&lt;") if text else ""
        return str(super().escape(safe, parent_tags))  # type: ignore[misc]


def to_markdown(html: str) -> str:
    """The text of HTML as Markdown; films and frames of other sites become links to them.

    Nothing in it can run: what only machines read is left out, and the rest is made safe again when
    a page is made.
    """
    soup = BeautifulSoup(_CONTROLS.sub("", html), "lxml")
    for element in soup.find_all(_TAKEN_AWAY):
        element.decompose()
    for frame in soup.find_all(_FRAMES):
        _make_link(soup, frame)
    converter = _Converter(heading_style="ATX", bullets="-", table_infer_header=True)
    text = str(converter.convert_soup(soup)).replace("\u00a0", " ")
    return _BLANK_LINES.sub("\n\n", _SPACES_ALONE.sub("", text)).strip("\n")


def to_words(html: str) -> str:
    """The words of HTML on one line."""
    soup = BeautifulSoup(html, "lxml")
    for block in soup.find_all(_APART):
        block.append(" ")
    return "".join(filter(str.isprintable, " ".join(soup.get_text().split())))


def left_out_of(html: str) -> tuple[str, ...]:
    """The names of the elements that readers saw something of and that are left out, each once."""
    soup = BeautifulSoup(html, "lxml")
    lost = [element.name for element in soup.find_all(_MISSED)]
    frames = (frame for frame in soup.find_all(_FRAMES) if not frame.find_parent(("picture",)))
    lost += [each.name for each in frames if not _address(each) and not each.find(_FRAMES)]
    return tuple(dict.fromkeys(lost))


def frames_in(html: str) -> tuple[str, ...]:
    """Where the films and frames in HTML lead, each once."""
    found = (_address(frame) for frame in BeautifulSoup(html, "lxml").find_all(_FRAMES))
    return tuple(dict.fromkeys(address for address in found if address))


def _make_link(soup: BeautifulSoup, frame: Any) -> None:  # noqa: ANN401 (Tag or what was in one)
    address = _address(frame)
    if address is None or frame.parent is None:
        frame.unwrap()
        return
    paragraph, link = soup.new_tag("p"), soup.new_tag("a", href=address)
    link.string = frame.get("title") or urlsplit(address).hostname or PurePosixPath(address).name
    paragraph.append(link)
    frame.replace_with(paragraph)


def _address(frame: Any) -> str | None:  # noqa: ANN401
    """Where a frame leads: on the web, or on the site that the text was on."""
    written = str(frame.get("src") or frame.get("data") or "").strip()
    whole = f"https:{written}" if written.startswith("//") else written
    try:
        parts = urlsplit(whole)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and parts.netloc
    return whole if is_web or (not parts.scheme and parts.path) else None
