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
        ("<p>\n{{ view + 1 }}", 'templates/page.html:2: can only concatenate str (not "int")'),
        ("<p>\n{{ view|round }}", "templates/page.html:2: type str doesn't define __round__"),
        ("{{ 1 / 0 }}", "templates/page.html:1: division by zero"),
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


def test_letters_of_another_encoding(tmp_path: Path) -> None:
    """A template that an older editor saved is told by its place too."""
    folder = tmp_path / "templates"
    (folder / "mail").mkdir(parents=True)
    (folder / "mail" / "footer.html").write_bytes("<p>\nHälsningar".encode("latin-1"))
    (folder / "page.html").write_text("{% include 'mail/footer.html' %}")

    with pytest.raises(ContentError) as raised:
        Templates([folder]).render("page.html")

    assert str(raised.value) == (
        "templates/mail/footer.html:2: these letters are not UTF-8; save the file as UTF-8"
    )


def test_faults_of_the_program_are_not_laid_on_templates(tmp_path: Path) -> None:
    """What goes wrong in the program is raised as it is, with all that leads to it."""
    (tmp_path / "page.html").write_text("{{ view() }}")

    def view() -> str:
        raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"):
        Templates([tmp_path]).render("page.html", view=view)
