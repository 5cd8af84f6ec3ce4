"""Lines under headings, on a screen of eighty columns."""

import pytest

from newsroom.cli.screen import Line, columns, plain, section

WORDS = "publicera det som är dags: misslyckat: deploy: rsync: connection unexpectedly closed"


def test_a_heading_stands_on_its_first_line() -> None:
    """The lines below it begin where its own words do."""
    lines = list(section("Utkast", [Line("ett"), Line("två")]))

    assert lines == ["Utkast      ett", "            två"]


def test_a_long_line_goes_on_below_its_words() -> None:
    """What stands before them has its column for itself, however many lines they take."""
    first, second, third = section("Har körts", [Line(WORDS, "sön 2026-11-22 09:05"), Line("x")])

    assert first.startswith("Har körts   sön 2026-11-22 09:05  publicera")
    assert second.startswith(" " * 34)
    assert second[34] != " "
    assert third == "            x"


@pytest.mark.parametrize("words", [WORDS, "å" * 200, f"kort {'/lång' * 40} kort", "漢字 " * 60, ""])
def test_no_line_is_wider_than_the_screen(words: str) -> None:
    """But for a word that cannot be cut, such as an address, which has a line for itself."""
    *lines, last = section("Väntar", [Line(words, "sön 2026-11-22 09:05")])

    long = [word for word in words.split() if columns(word) > 80 - 34]
    for line in (*lines, last):
        assert columns(line) <= 80 or line.split()[-1] in long


def test_no_word_is_lost() -> None:
    """All of them are there, in their order."""
    lines = section("Väntar", [Line(WORDS * 5)])

    assert " ".join(" ".join(lines).split()).removeprefix("Väntar ") == " ".join(
        (WORDS * 5).split()
    )


def test_what_came_from_elsewhere_does_nothing_to_the_terminal() -> None:
    """A server's words, or a title, hold no line break and no escape sequence on the screen."""
    (line,) = section("Fel", [Line("\x1b[2Jborta\r\nnästa\u202erad")])

    assert line == "Fel         [2Jborta nästa rad"
    assert plain("a\tb\x00c") == "a b c"


def test_columns() -> None:
    """An accent of its own takes none, a wide letter two."""
    assert [columns(text) for text in ("å", "a\u030a", "漢", "")] == [1, 1, 2, 0]
