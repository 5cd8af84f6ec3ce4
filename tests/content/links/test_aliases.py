"""An earlier slug is written into a file, and nothing else in it changes."""

from pathlib import PurePosixPath

import pytest

from newsroom.content.links.aliases import with_alias
from newsroom.errors import ContentError

SOURCE = PurePosixPath("posts/news/a.md")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("title: A # så\n", "title: A # så\naliases: [gammal]\n"),
        ("aliases: [x]\ntitle: A\n", "aliases: [x, gammal]\ntitle: A\n"),
        ("aliases: x\ntitle: A\n", "aliases: [x, gammal]\ntitle: A\n"),
        ("aliases:\ntitle: A\n", "aliases: [gammal]\ntitle: A\n"),
        (
            "aliases: # förr\n    - x # först\n    - y\ntitle: A\n",
            "aliases: # förr\n    - x # först\n    - y\n    - gammal\ntitle: A\n",
        ),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_slug_stands_behind_those_before(written: str, mended: str, ending: str) -> None:
    """In the way the list is written, with the line ends of the file."""
    text = f"---\n{written}---\n\nHej\n".replace("\n", ending)

    assert with_alias(text, "gammal", SOURCE) == f"---\n{mended}---\n\nHej\n".replace("\n", ending)


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    """Without front matter there is no place for it."""
    with pytest.raises(ContentError):
        with_alias("Hej\n", "gammal", SOURCE)
