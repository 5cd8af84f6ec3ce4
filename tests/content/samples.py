"""A site.yaml, the text of a post, and how a reading is looked at."""

from collections.abc import Callable
from pathlib import Path

from newsroom.content.folder import Reading
from newsroom.content.kinds.piece import Parsed

SITE_YAML = """\
name: Nätverket
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
categories: {nyhet: Nyhet}
"""

Parse = Callable[..., Parsed]
Put = Callable[[str, str], Path]


POST = "---\nid: {id}\ntitle: {title}\ndate: {date}\n{more}---\n\n{body}\n"


def post(
    title: str = "Hej", date: str = "2026-04-12", id_: str = "", more: str = "", body: str = "Text."
) -> str:
    """The text of a news item with an id of its own."""
    return POST.format(id=id_ or f"urn:x:{title}", title=title, date=date, more=more, body=body)


def told(reading: Reading) -> list[str]:
    """The problems as they are printed."""
    return [str(problem) for problem in reading.problems]


def slugs(reading: Reading) -> list[str]:
    """The slugs of the posts, in their order."""
    assert reading.newsroom is not None
    return [piece.slug for piece in reading.newsroom.posts]
