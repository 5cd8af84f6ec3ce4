"""The first words of a text, for the description of a page that has no summary."""

import re

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LONGEST = 160  # characters: what search engines show


def opening(html: str) -> str:
    """The first paragraph of a page's HTML as plain text, cut between words; "" without one."""
    from markupsafe import Markup

    for paragraph in _PARAGRAPH.findall(html):
        words = Markup(paragraph).striptags()  # noqa: S704 (its tags are taken away)
        if words:
            return _shortened(words)
    return ""


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST - 1].rpartition(" ")[0].rstrip(" ,.;:–-") + "…"
