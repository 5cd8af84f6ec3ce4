"""What a Markdown text is made of, as far as a lint must know: found in place, never rendered.

Every pattern stops at a bounded distance, so a hostile text costs time in proportion to its length.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from newsroom.model.bare_address import without_sentence_end

_ADDRESS = (
    r"\(\s{0,9}(?:<(?P<pointed>[^<>\n]{0,2000})>"
    r"|(?P<bare>(?:[^\s()<>]|\([^\s()]{0,500}\)|[ ](?=[^\s()<>\"'])){0,2000}))"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)"
)
_TEXT = r"\[(?P<text>[^\[\]]{0,2000})\]"
_PICTURE = re.compile("!" + _TEXT + "(?:" + _ADDRESS + r"|\[[^\[\]\n]{0,200}\])")
_REFERENCE = re.compile("!" + _TEXT + r"(?:\[(?P<name>[^\[\]\n]{0,200})\])?(?!\()")
_LINK = re.compile(_TEXT + "(?:" + _ADDRESS + r"|\[[^\[\]\n]{0,200}\])")
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]{0,9}(?:<([^<>\n]{0,2000})>|(\S{1,2000}))",
    re.MULTILINE,
)
_HEADING = re.compile(r"^(?P<marks>#{1,6})(?P<text>[^\n]*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?P<text>[^\n|]+)\n(?P<marks>=+|-+) *$", re.MULTILINE)
_UNDERLINE = re.compile(r"\n(?:=+|-+) *$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}+|~{3,}+)[^\n]*\n.*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,9})(?!`)[^\n]{1,500}?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,5000}?-->", re.DOTALL)
_ELEMENT = re.compile(
    r"<(?:img|a)\s[^<>]{0,2000}?\b(?:src|href)=[\"']([^\"'<>\n]{0,2000})[\"']", re.IGNORECASE
)
_VERBATIM = re.compile(
    r"(?P<begin><(pre|style|script|textarea)\b[^<>]{0,2000}>)(?P<inside>(?:(?!<\2\b).)*?)(?P<end></\2>)",
    re.DOTALL | re.IGNORECASE,
)
_ANCHOR = re.compile(r"<[a-z][^<>]{0,500}?\bid=[\"']?([\w:.-]{1,200})", re.IGNORECASE)
# A web address, which becomes a link unless it stands in a link or a tag already.
_WEB = re.compile(r"(?:https?://|www\.(?=\w))[^\s<>\[\]\"”»]{1,2000}")
_IN_A_LINK = ("](", "](<", "]:", "]: ", "[", "/", "=", '"', "'", "_")
_WORDED = re.compile(
    r"<a\s[^<>]{0,2000}?\bhref=[\"']([^\"'<>\n]{0,2000})[\"'][^<>]{0,2000}>"
    r"(?P<words>(?:(?!</?a\b).){0,2000}?)</a>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SIGN = re.compile(r"[\[\]()<>!#`|]")
_NOT_NEWLINE = re.compile(r"[^\n]")
_LIST_ITEM = re.compile(r" *(?:[-*+]|[0-9]{1,9}\.)[ \t]+\S")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
_ADVICE = re.compile(r"^\[(?:Skriv|Write) [^\]\n]*\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or a picture with its description. The address is None when it stands elsewhere."""

    at: int  # where in the text it begins
    text: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its level, 1 to 6."""

    at: int
    level: int
    text: str


class Markup:
    """A Markdown text whose code has been blanked out, each character still in its place."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.text = _without_code(body)

    def line(self, at: int) -> int:
        """The line of a place in the text, counted from 0."""
        return bisect_right(self._breaks, at - 1)

    @cached_property
    def _breaks(self) -> tuple[int, ...]:
        return tuple(match.start() for match in re.finditer("\n", self.body))

    @cached_property
    def pictures(self) -> tuple[Link, ...]:
        """Every picture."""
        return tuple(map(_link, _PICTURE.finditer(self.text))) if "![" in self.text else ()

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link; one around a picture shows the picture's description."""
        text = _PICTURE.sub(_description, self.text) if "![" in self.text else self.text
        return tuple(map(_link, _LINK.finditer(text)))

    @cached_property
    def addresses(self) -> tuple[Link, ...]:
        """Everything that leads somewhere: pictures, links, definitions, HTML, bare addresses."""
        found: tuple[Link, ...] = ()
        if "](" in self.text or "]:" in self.text:
            found = (*self.pictures, *self.links, *self.definitions())
        if "<" in self.text:
            found += tuple(self.elements())
        is_bare = "://" in self.text or "www." in self.text
        return (*found, *self.bare_addresses()) if is_bare else found

    def definitions(self) -> Iterator[Link]:
        """The addresses that reference links lead to: `[1]: https://…`."""
        for match in _DEFINITION.finditer(self.text):
            yield Link(match.start(), "", match[2] or match[3])

    def pictures_by_reference(self) -> Iterator[Link]:
        """The pictures whose address is defined elsewhere, first of all: `![two people][1]`."""
        homes = {_name(m[1]): m[2] or m[3] for m in reversed([*_DEFINITION.finditer(self.text)])}
        for match in _REFERENCE.finditer(self.text) if homes else ():
            if address := homes.get(_name(match["name"] or match["text"])):
                yield Link(match.start(), match["text"], address)

    def elements(self) -> Iterator[Link]:
        """The addresses that raw HTML shows or links to."""
        for match in _ELEMENT.finditer(self.text):
            yield Link(match.start(), "", match[1])

    def bare_addresses(self) -> Iterator[Link]:
        """The web addresses that stand by themselves, each of which becomes a link."""
        for match in _WEB.finditer(self.text):
            at = match.start()
            if self.text.endswith(_IN_A_LINK, 0, at) or self.text[at - 1 : at].isalnum():
                continue
            address = without_sentence_end(match[0])
            yield Link(at, "", address if "://" in address else f"https://{address}")

    def worded_elements(self) -> Iterator[Link]:
        """The links in raw HTML with the words they show; not those around a picture."""
        for match in _WORDED.finditer(self.text):
            if "<img" not in match["words"].lower():
                yield Link(match.start(), " ".join(_TAG.sub("", match["words"]).split()), match[1])

    def anchors(self) -> Iterator[tuple[int, str]]:
        """The ids that raw HTML gives itself."""
        for match in _ANCHOR.finditer(self.text):
            yield match.start(), match[1]

    def advice(self) -> Iterator[tuple[int, str]]:
        """What a new piece advises its writer, on a line of its own: `[Write the text here.]`."""
        if "[Skriv " not in self.text and "[Write " not in self.text:
            return
        for match in _ADVICE.finditer(self.text):
            yield match.start(), match[0]

    def late_lists(self) -> Iterator[int]:
        """Where a list begins right below a line of text, which Markdown reads as more text."""
        for block in _BLOCK.finditer(self.text):
            at, after_text = block.start(), False
            for line in block[0].splitlines(keepends=True):
                is_item = bool(_LIST_ITEM.match(line))
                if is_item and after_text:
                    yield at
                if is_item:
                    break
                after_text = line[0] not in "#>|<: \t"
                at += len(line)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Every heading, from the top."""
        marked = (
            Heading(match.start(), len(match["marks"]), match["text"].strip(" \t#"))
            for match in (_HEADING.finditer(self.text) if "#" in self.text else ())
        )
        underlined = (
            Heading(match.start(), 1 if match["marks"][0] == "=" else 2, match["text"].strip())
            for match in (_UNDERLINED.finditer(self.text) if _UNDERLINE.search(self.text) else ())
            if match["text"].strip() and not _LIST_ITEM.match(match["text"])
        )
        return tuple(sorted([*marked, *underlined], key=lambda heading: heading.at))


def _link(match: re.Match[str]) -> Link:
    address = match["pointed"] if match["pointed"] is not None else match["bare"]
    return Link(match.start(), " ".join(match["text"].split()), address)


def _name(written: str) -> str:
    """The name of a definition as names are compared."""
    return " ".join(written.casefold().split())


def _description(picture: re.Match[str]) -> str:
    """A picture's description, as long as the picture, so that nothing after it moves."""
    return picture["text"].replace("\n", " ").ljust(len(picture[0]))


def _without_code(body: str) -> str:
    if "~~~" in body or "```" in body:
        body = _FENCE.sub(_blank, body)
    if "`" in body:
        body = _CODE_SPAN.sub(_harmless, body)
    if "<!--" in body:
        body = _COMMENT.sub(_blank, body)
    if "</" in body:
        body = _VERBATIM.sub(_hollow, body)
    return _without_indented(body) if "\n    " in body or "\n\t" in body else body


def _without_indented(body: str) -> str:
    """Indented code blanked out; what is indented below a list item belongs to the list."""
    lines = body.split("\n")
    in_list = in_code = False
    after_blank = True
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        indented = line.startswith(("    ", "\t"))
        in_code = indented and not in_list and (in_code or after_blank)
        if in_code:
            lines[number] = " " * len(line)
        elif not indented:
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and not after_blank)
        after_blank = False
    return "\n".join(lines)


def _harmless(match: re.Match[str]) -> str:
    """A code span whose words still count as the text of a link, but whose signs mean nothing."""
    return _SIGN.sub("_", match[0])


def _hollow(match: re.Match[str]) -> str:
    """An element without what is inside it."""
    return f"{match['begin']}{_NOT_NEWLINE.sub(' ', match['inside'])}{match['end']}"


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match[0])
