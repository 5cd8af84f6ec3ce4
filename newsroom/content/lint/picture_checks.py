"""Pictures that tell nothing to whoever cannot see them."""

import re
from collections.abc import Iterator

from newsroom.content.front.notes import quoted
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Markup
from newsroom.model import Image
from newsroom.model.saying import say

_POOR = re.compile(
    r"(?:an? |en |ett )?(?:img|image|picture|photo|pic|dsc[nf]?|pxl|bild|bilden|foto|fotot)"
    r"[\s_-]*\d*(?:\.\w{2,4})?|.{1,200}\.(?:avif|gif|jpe?g|png|svg|webp)",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<img\b([^<>]{0,2000})>", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc=[\"']([^\"'<>]{1,2000})[\"']", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:)?//([^/?#]{1,200})", re.IGNORECASE)
_ALT = re.compile(r"\balt=[\"']([^\"'<>]{1,500})[\"']", re.IGNORECASE)


def pictures(markup: Markup) -> Iterator[Finding]:
    """The pictures of a text that describe nothing, or that would be fetched from elsewhere."""
    for picture in markup.pictures:
        yield from _remote(picture.at, picture.address or "")
        if not picture.text:
            message = say(
                "the picture {file} has no description", file=quoted(picture.address or "")
            )
            fix = say("write what it shows: ![two people at a table](…)")
            yield Finding(picture.at, "missing-alt", message, fix)
        else:
            yield from _poor(picture.at, picture.text)
    for picture in markup.pictures_by_reference():
        yield from _remote(picture.at, picture.address or "")
    for match in _ELEMENT.finditer(markup.text):
        if source := _SOURCE.search(match[1]):
            yield from _remote(match.start(), source[1])
        if "alt=" not in match[1].lower():
            message, fix = say("an <img> has no description"), say('write alt="…" in it')
            yield Finding(match.start(), "missing-alt", message, fix)
        elif alt := _ALT.search(match[1]):
            yield from _poor(match.start(), alt[1])


def picture_of(image: Image) -> Iterator[Finding]:
    """The same of the picture that a piece has in its fields; one that decorates says `alt: ""`."""
    if image.alt is None:
        message = say("the picture {file} has no description", file=image.file.name)
        fix = say('write alt: "what it shows", or alt: "" when it only decorates')
        yield Finding(0, "missing-alt", message, fix)
    else:
        yield from _poor(0, image.alt)


def _remote(at: int, address: str) -> Iterator[Finding]:
    if remote := _REMOTE.match(address):
        message = say("the picture is on {host}, so it is not shown", host=remote[1])
        fix = say("save it beside this text and write the name of its file")
        yield Finding(at, "remote-picture", message, fix)


def _poor(at: int, alt: str) -> Iterator[Finding]:
    if _POOR.fullmatch(alt.strip()):
        message = say(
            "the description {words} does not tell what the picture shows", words=quoted(alt)
        )
        yield Finding(at, "poor-alt", message, say("write what you see in it"))
