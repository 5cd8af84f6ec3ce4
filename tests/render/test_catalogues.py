"""The compiled catalogues say what their sources say."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from newsroom.render.words import CATALOGUES

SOURCES = sorted(CATALOGUES.rglob("*.po"))


def messages(catalogue: Catalog) -> dict[object, object]:
    """Each message with its translation."""
    return {message.id: message.string for message in catalogue if message.id}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_compiled_catalogue_is_current(source: Path) -> None:
    """Each .mo holds what its .po says, every message translated; `make catalogues` makes it so."""
    with source.open("rb") as text, source.with_suffix(".mo").open("rb") as compiled:
        written, current = messages(read_po(text)), messages(read_mo(compiled))

    assert current == written
    assert all(written.values())
