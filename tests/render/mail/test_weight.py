"""How heavy a letter may be."""

import quopri

import pytest

from newsroom.render.mail.weight import MOST_ENCODED, MOST_OCTETS, encoded_octets, too_heavy

ROW = '<tr><td class="side"><h2>{}</h2>{}</td></tr>'


def letter(*rows: tuple[str, str]) -> str:
    """A letter of some rows, each with a heading."""
    written = "".join(ROW.format(title, words) for title, words in rows)
    return f"<html><body><table>{written}</table></body></html>"


def test_a_letter_of_common_size() -> None:
    """What Gmail shows whole is nothing to speak of."""
    assert too_heavy(letter(("Ett", "ord " * 5_000))) is None


def test_too_much_html() -> None:
    """80 kB is the most, and the three largest parts are named, the largest first."""
    told = too_heavy(
        letter(("Ett", "a" * 10_000), ("Två", "b" * 50_000), ("Tre", "c" * 20_000), ("Fyra", "d"))
    )

    assert told is not None
    assert f"may be {MOST_OCTETS // 1000} kB" in told
    assert told.index('"Två" (5') < told.index('"Tre" (2') < told.index('"Ett" (1')
    assert "Fyra" not in told


def test_too_much_as_it_travels() -> None:
    """60 kB of Swedish vowels are more than 100 kB in quoted-printable."""
    html = letter(("Vokaler", "ö" * 30_000), ("Konsonanter", "x" * 1_000))

    told = too_heavy(html)

    assert len(html.encode()) < MOST_OCTETS
    assert told is not None
    assert f"may be {MOST_ENCODED // 1000} kB" in told
    assert '"Vokaler" (18' in told


def test_another_layout_has_parts_too() -> None:
    """Where templates have no rows of ours, the innermost cells are named."""
    cells = f"<td>Smått</td><td><b>Stort</b> {'x' * 90_000}</td>"

    told = too_heavy(f"<html><body><table><tr>{cells}</tr></table></body></html>")

    assert told is not None
    assert 'are "Stort x' in told


@pytest.mark.parametrize("text", ["a\n" * 100, "ö = ö\n" * 50, "x" * 500])
def test_the_size_is_that_of_the_message(text: str) -> None:
    """The count is of the octets that leave: soft line breaks and CRLF are among them."""
    sent = quopri.encodestring(text.encode().replace(b"\n", b"\r\n"))

    assert encoded_octets(text) == len(sent)
