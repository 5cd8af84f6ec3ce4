"""What is wrong with a template."""

from pathlib import Path

import pytest

from newsroom.errors import ContentError
from newsroom.render.templates import Templates
from newsroom.render.words import Words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>\n{% if %}", "templates/page.html:2: Expected an expression"),
        ("<p>\n\n{{ nobody }}", "templates/page.html:3: 'nobody' is undefined"),
        ("{% include 'none.html' %}", "templates/page.html:1: none.html"),
        ("{{ view.date.year }}", "templates/page.html:1: 'str object' has no attribute 'date'"),
        ("{% extends 'other.html' %}", "templates/other.html:2: 'nobody' is undefined"),
    ],
)
@pytest.mark.parametrize("words", [None, Words("sv")])
def test_a_fault_is_told_by_its_place(
    tmp_path: Path, words: Words | None, text: str, told: str
) -> None:
    """The file that the newsroom has, the line, and what Jinja says of it; also from the cache."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(text)
    (folder / "other.html").write_text("\n{{ nobody }}")

    for _ in range(2):
        with pytest.raises(ContentError) as raised:
            Templates([folder], tmp_path / "cache").render("page.html", words, view="x")

        assert str(raised.value).startswith(told)
        assert "mend it, or take it away" in str(raised.value)
