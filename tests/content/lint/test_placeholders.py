"""Places that wait for their words."""

import pytest

from newsroom.content.lint.placeholders import placeholders


@pytest.mark.parametrize(
    "text",
    [
        *("[Skriv några rader till läsarna här.]", "[Write the text here.]", "[Fyll i datum]"),
        *("Hej [namn]!", "Läs mer på [länk].", "TODO: siffran", "tbd", "Ses ???"),
        *("Lorem ipsum dolor", "Den ÅÅÅÅ-MM-DD", "Hej {{ namn }}!", "{% if x %}"),
        *("Hej *|FNAME|*!", "Hej ##Förnamn##!", "Hej %%name%%!"),
    ],
)
def test_what_is_still_to_be_written(text: str) -> None:
    """Advice, marks of haste, and the fields of mailing programs, in Swedish and English."""
    assert len(list(placeholders(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("Vad händer nu??", "[namn](anna.md)", "![text](bild.jpg)", "[1]", "{en mängd}"),
        *("Todos los santos", "100 % av 50 %", "## Rubrik ##", "Skriv till oss [gärna i dag]."),
    ],
)
def test_what_is_written(text: str) -> None:
    """Links, questions, headings and percentages are nobody's placeholders."""
    assert list(placeholders(text)) == []


def test_where_it_stands() -> None:
    """Each is told with how many lines down it is."""
    assert list(placeholders("Hej\n\nTODO och\n{{ x }}")) == [(2, "TODO"), (3, "{{ x }}")]
