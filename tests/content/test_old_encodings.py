"""Texts that were not saved as UTF-8."""

import pytest

from newsroom.content.old_encodings import recoded

SWEDISH = "---\ntitle: Möte på Åland – ”Sjöö”\n---\n\nVälkommen, André! 1914–1918… L’été.\r\n"


@pytest.mark.parametrize(
    ("encoding", "named"), [("cp1252", "Windows-1252 (ANSI)"), ("utf-16", "UTF-16")]
)
def test_a_swedish_text_is_read_as_it_was_meant(encoding: str, named: str) -> None:
    """Every sign of it, line ends too, with a word that shows it."""
    found = recoded(SWEDISH.encode(encoding))

    assert found is not None
    assert (found.text, found.encoding, found.word) == (SWEDISH, named, "Möte")


@pytest.mark.parametrize(
    "content",
    [
        "Möte på Åland".encode("cp850"),
        "Möte på Åland".encode("mac-roman"),
        "Möte och köp".encode("cp850"),
        "Привет всем".encode("cp1251"),
        "ελληνικά".encode("iso8859-7"),
        "Žluťoučký".encode("cp1250"),
        "Möte på".encode() + "Åland".encode("cp1252"),
        b"M\xf6te\0",
        b"\xff\xfea",
        b"\x81\x8d",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_may_be_anything_is_left_alone(content: bytes) -> None:
    """Other encodings, two in one file, and what is no text: nobody can be sure of them."""
    assert recoded(content) is None
