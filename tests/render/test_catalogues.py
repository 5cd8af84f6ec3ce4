"""The catalogues: complete, and compiled as they are written."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from newsroom.render.templates import default_templates
from newsroom.render.words import CATALOGUES, Words

SOURCES = sorted(CATALOGUES.rglob("*.po"))
CODE = Path(__file__).parent.parent.parent / "newsroom"
FOR_THE_DESK = {"commands", "desk"}
_FUNCTIONS = dict.fromkeys(("_", "gettext", "ngettext"))
_OPTIONS = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}


def messages(catalogue: Catalog) -> dict[str, str]:
    """Each message with its translation, plural forms side by side."""
    return {_text(message.id): _text(message.string) for message in catalogue if message.id}


def _text(words: str | Sequence[str] | None) -> str:
    return words if isinstance(words, str) else " | ".join(words or ())


def plain_messages(source: Path) -> Iterator[tuple[str, str]]:
    """The messages of a catalogue that have no plural, with their translations."""
    with source.open("rb") as file:
        yield from (
            (message.id, str(message.string))
            for message in read_po(file)
            if isinstance(message.id, str) and message.id
        )


def written() -> Iterator[tuple[str, str]]:
    """Every message in the templates and the code that make pages, with where it stands."""
    for path in sorted(default_templates().rglob("*.html")):
        with path.open("rb") as file:
            found = babel_extract(file, tuple(_FUNCTIONS), (), _OPTIONS)
            yield from (_first(path, line, message) for line, _, message, _ in found)
    for path in sorted(CODE.rglob("render/**/*.py")):
        with path.open("rb") as file:
            read = extract_python(file, _FUNCTIONS, (), {})
            yield from (_first(path, line, message) for line, _, message, _ in read)


def _first(path: Path, line: int, message: object) -> tuple[str, str]:
    """The singular is what a catalogue is asked for; a message made of pieces is no message."""
    first = message[0] if isinstance(message, tuple | list) and message else message
    return f"{path.name}:{line}", first if isinstance(first, str) else ""


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_compiled_catalogue_is_current(source: Path) -> None:
    """Each .mo holds what its .po says, every message translated; `make catalogues` makes it so."""
    with source.open("rb") as text, source.with_suffix(".mo").open("rb") as compiled:
        words, current = messages(read_po(text)), messages(read_mo(compiled))

    assert current == words
    assert all(words.values())


def test_every_message_has_its_swedish() -> None:
    """A message in a template or in the code that makes pages stands in a readers' catalogue."""
    known: set[str] = set()
    for source in SOURCES:
        if source.stem in FOR_THE_DESK:
            continue
        with source.open("rb") as file:
            for message in read_po(file):
                ids = message.id if isinstance(message.id, tuple | list) else [message.id]
                known.update(ids)

    missing = [
        f"{place}: {message}" for place, message in written() if message and message not in known
    ]

    assert missing == []


def test_catalogues_of_all_rooms_are_read_as_one() -> None:
    """Words of the pages, of the forms and of mails are found by the same Words; no desk's are."""
    words = Words("sv-FI")
    found = {
        source.stem
        for source in SOURCES
        if all(words.gettext(message) == said for message, said in plain_messages(source))
    }

    assert found == {source.stem for source in SOURCES} - FOR_THE_DESK

    assert words.gettext("News") == "Nyheter"
    assert words.ngettext("%(num)s post", "%(num)s posts", 2) == "%(num)s nyheter"
