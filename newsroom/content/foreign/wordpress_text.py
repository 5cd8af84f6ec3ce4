"""The text of a WordPress post: HTML of two kinds, with codes in square brackets in it.

The block editor writes whole HTML between comments. The older one leaves out paragraphs, which
WordPress puts in when a page is shown: a blank line ends one, and a line break is a line break.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from urllib.parse import urlsplit

_BLOCK_MARK = re.compile(r"<!--\s*(?P<end>/)?wp:(?:[^-]|-(?!->))*?(?P<empty>/)?-->")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK = (
    r"(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figure|figcaption|footer|form|"
    r"h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|"
    r"thead|tr|ul|video|audio)"
)
_BEGINS_BLOCK = re.compile(rf"\s*</?{_BLOCK}\b", re.IGNORECASE)
_BEFORE_BLOCK = re.compile(rf"\s*(<{_BLOCK}\b)", re.IGNORECASE)
_AFTER_BLOCK = re.compile(rf"(</{_BLOCK}>)\s*", re.IGNORECASE)
_PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE)
CAPTION = re.compile(
    r"\[caption(?P<what>[^\]]{0,2000})\](?P<inside>.*?)\[/caption\]", re.DOTALL | re.IGNORECASE
)
_CAPTION_WORDS = re.compile(
    r"\bcaption=(?:\"(?P<words>[^\"]*)\"|'(?P<others>[^']*)')", re.IGNORECASE
)
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.DOTALL | re.IGNORECASE)
EMBED = re.compile(r"\[embed[^\]]{0,200}\]\s*(?P<url>https?://[^\s\[\]]+)\s*\[/embed\]")
PLAYER = re.compile(
    r"\[(?:audio|video|playlist)\b[^\]]*?(?:src|mp3|mp4|m4a|ogg|webm)="
    r"[\"'](?P<url>(?:https?:/)?/[^\"']+)"
    r"[\"'][^\]]*\](?:\s*\[/(?:audio|video)\])?",
    re.IGNORECASE,
)
GALLERY = re.compile(r"\[gallery\b(?P<what>[^\]]{0,2000})\]", re.IGNORECASE)
_IDS = re.compile(r"\bids\s*=\s*[\"']?([\d,\s]+)")


def html_of(content: str, pictures: Mapping[str, str], here: str | None) -> str:
    """The HTML of a post. `pictures` are addresses of files by their number in WordPress.

    `here` is the number of the post, whose own pictures a gallery without numbers shows: their
    keys in `pictures` begin with it.
    """
    text = CAPTION.sub(_figure, content)
    text = EMBED.sub(_link, text)
    text = PLAYER.sub(_link, text)
    text = GALLERY.sub(lambda match: _shown(match, pictures, here), text)
    return "".join(_COMMENT.sub("", part) for part in _whole(text))


def _whole(text: str) -> Iterator[str]:
    """The parts of a text, those outside all blocks with their paragraphs."""
    depth = begin = 0
    for mark in _BLOCK_MARK.finditer(text):
        between = text[begin : mark.start()]
        yield between if depth else with_paragraphs(_COMMENT.sub("", between))
        begin = mark.end()
        if mark["end"]:
            depth = max(0, depth - 1)
        elif not mark["empty"]:
            depth += 1
    yield text[begin:] if depth else with_paragraphs(_COMMENT.sub("", text[begin:]))


@dataclass(frozen=True, slots=True)
class Gallery:
    """What a gallery shows."""

    pictures: tuple[str, ...]  # their addresses
    missing: tuple[str, ...]  # the numbers of those that the export does not have


def gallery_of(match: re.Match[str], pictures: Mapping[str, str], here: str | None) -> Gallery:
    """What a code of a gallery shows: the pictures that it names, or all of its post."""
    ids = _IDS.search(match["what"])
    if ids is None:
        own = (url for key, url in pictures.items() if here and key.startswith(f"{here}/"))
        return Gallery(tuple(url for url in own if _is_picture(url)), ())
    numbers = [number for one in ids[1].split(",") if (number := one.strip())]
    return Gallery(
        tuple(pictures[number] for number in numbers if number in pictures),
        tuple(number for number in numbers if number not in pictures),
    )


def _is_picture(url: str) -> bool:
    kind, _ = guess_type(urlsplit(url).path)
    return kind is not None and kind.startswith("image/")


def with_paragraphs(text: str) -> str:
    """The HTML of the older editor with the paragraphs that it leaves to WordPress."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    text = _PRE.sub(keep, text.replace("\r\n", "\n").replace("\x00", ""))
    text = _AFTER_BLOCK.sub(r"\1\n\n", _BEFORE_BLOCK.sub(r"\n\n\1", text))
    html = "\n".join(_paragraphs(text))
    return re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], html)


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text):
        bare = part.strip()
        if not bare:
            continue
        if _BEGINS_BLOCK.match(bare) or bare.startswith("\x00"):
            yield bare
        else:
            yield "<p>{}</p>".format(re.sub(r"(?<!>)\n|(?<=<br>)\n", "<br>\n", bare))


def _figure(match: re.Match[str]) -> str:
    inside = match["inside"]
    image = _IMAGE.search(inside)
    if image is None:
        return inside
    words = (inside[: image.start()] + inside[image.end() :]).strip()
    if not words and (given := _CAPTION_WORDS.search(match["what"])):  # as WordPress 3.3 wrote it
        words = given["words"] or given["others"] or ""
    return f"<figure>{image[0]}<figcaption>{words}</figcaption></figure>"


def _link(match: re.Match[str]) -> str:
    return f'<p><a href="{match["url"]}">{match["url"]}</a></p>'


def _shown(match: re.Match[str], pictures: Mapping[str, str], here: str | None) -> str:
    """The pictures of a gallery one below the other; the code itself where there are none."""
    found = gallery_of(match, pictures, here).pictures
    return "".join(f'<p><img src="{url}"></p>' for url in found) or match[0]
