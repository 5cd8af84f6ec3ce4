"""Templates: which file wins, and how words come into them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from newsroom.errors import ContentError
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words


def write(folder: Path, name: str, text: str) -> None:
    """A template file."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_own_file_wins_over_the_packaged_one(tmp_path: Path) -> None:
    """A file in the first folder replaces the one of the same name; other files remain."""
    write(tmp_path / "own", "site/a.html", "own")
    write(tmp_path / "packaged", "site/a.html", "packaged")
    write(tmp_path / "packaged", "site/b.html", "packaged b")
    templates = Templates([tmp_path / "own", tmp_path / "packaged"])

    assert templates.render("site/a.html", Words("sv")) == "own"
    assert templates.render("site/b.html", Words("sv")) == "packaged b"


def test_own_file_can_change_one_block_of_the_packaged_one(tmp_path: Path) -> None:
    """What it does not name stays as the packaged file has it, and changes when that does."""
    own = "{% extends 'packaged/site/a.html' %}{% block facts %}{{ super() }}, own{% endblock %}"
    write(tmp_path / "own", "site/a.html", own)
    write(
        tmp_path / "packaged",
        "site/a.html",
        "{% block facts %}facts{% endblock %}, {% block people %}people{% endblock %}",
    )
    templates = Templates([tmp_path / "own", tmp_path / "packaged"])

    assert templates.render("site/a.html", Words("sv")) == "facts, own, people"


def test_the_page_of_an_event_is_made_of_blocks() -> None:
    """A newsroom can change each part of it by itself."""
    page = Templates([default_templates()]).text("site/event.html")

    for name in ("opening", "facts", "text", "afterwards", "programme", "speakers", "people"):
        assert f"{{% block {name} %}}" in page


def test_values_are_escaped_in_translations_too(tmp_path: Path) -> None:
    """What is filled in is escaped; the translator's own markup is kept."""
    write(tmp_path, "a.html", "{{ x }} {% trans x=x %}<b>{{ x }}</b>{% endtrans %}")

    text = Templates([tmp_path]).render("a.html", Words("sv"), x="<i>")

    assert text == "&lt;i&gt; <b>&lt;i&gt;</b>"


def test_one_environment_speaks_every_language(tmp_path: Path) -> None:
    """The language belongs to the rendering, not to the environment."""
    write(tmp_path, "a.html", "{{ _('HH:mm') }}")
    templates = Templates([tmp_path])

    assert templates.render("a.html", Words("sv")) == "HH.mm"
    assert templates.render("a.html", Words("en")) == "HH:mm"


def test_plural_forms_carry_their_number(tmp_path: Path) -> None:
    """A message about n things takes the form for n."""
    write(tmp_path, "a.html", "{{ ngettext('%(num)s file', '%(num)s files', n) }}")
    templates = Templates([tmp_path])

    assert templates.render("a.html", Words("en"), n=1) == "1 file"
    assert templates.render("a.html", Words("en"), n=2) == "2 files"


def test_a_missing_name_is_an_error(tmp_path: Path) -> None:
    """A template that asks for what it was not given fails rather than showing nothing."""
    write(tmp_path, "a.html", "{{ nobody }}")

    with pytest.raises(ContentError, match="'nobody' is undefined"):
        Templates([tmp_path]).render("a.html", Words("en"))


def test_packaged_templates_exist() -> None:
    """The packaged folder is found from the repository and from a wheel."""
    assert default_templates().is_dir()


@dataclass(frozen=True)
class Surroundings:
    """A frame as templates know it, as far as `once` goes."""

    digest: str


def test_what_surrounds_pages_is_printed_once(tmp_path: Path) -> None:
    """A part is printed anew for another frame, language or value, and for nothing else."""
    write(tmp_path, "part.html", "{{ frame.digest }} {{ _('HH:mm') }} {{ here }} {{ ask() }}|")
    write(tmp_path, "a.html", "{{ once('part.html', here=here, ask=ask) }}{{ here }}")
    printed: list[str] = []

    def ask() -> str:
        printed.append("once")
        return "<b>"

    def page(digest: str, lang: str, here: str) -> str:
        frame = Surroundings(digest)
        return templates.render("a.html", Words(lang), frame=frame, here=here, ask=ask)

    templates = Templates([tmp_path])
    pages = [page(*of) for of in (("x", "sv", "a"), ("x", "sv", "a"), ("y", "sv", "a"))]
    pages += [page(*of) for of in (("y", "en", "a"), ("y", "en", "b"), ("x", "sv", "a"))]

    assert pages[0] == pages[1] == pages[5] == "x HH.mm a &lt;b&gt;|a"
    assert pages[2:5] == [f"y {of} &lt;b&gt;|{of[-1]}" for of in ("HH.mm a", "HH:mm a", "HH:mm b")]
    assert len(printed) == len({"x sv a", "y sv a", "y en a", "y en b"})
