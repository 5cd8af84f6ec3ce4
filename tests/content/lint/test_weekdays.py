import pytest

from newsroom.content.lint.weekdays import wrong_weekdays


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Vi ses tisdag den 14 maj 2026.", "torsdag"),
        ("Tisdagen den 14:e maj 2026", "torsdag"),
        ("tis 14/5 2026", "torsdag"),
        ("tisdag 2026-05-14", "torsdag"),
        ("lör. 17 maj 2026", "söndag"),
        ("tisdag 14–15 maj 2026", "torsdag"),
        ("on Tuesday 14 May 2026", "Thursday"),
        ("Tuesday, May 14th, 2026", "Thursday"),
        ("Tuesday the 14th of May 2026", "Thursday"),
        ("Fri 14 May 2026", "Thursday"),
        ("måndag 14 maj", "torsdag"),  # neither in 2026 nor in the years beside it
    ],
)
def test_a_weekday_that_contradicts_its_date(text: str, weekday: str) -> None:
    """The right weekday is told, in the language of the text."""
    (found,) = wrong_weekdays(text, 2026)

    assert weekday in found.fix
    assert found.code == "weekday"


@pytest.mark.parametrize(
    "text",
    [
        "torsdag den 14 maj 2026",
        "Thursday, May 14, 2026",
        "onsdag 14 maj",  # right in 2025
        "fredag 14 maj",  # right in 2027
        "tisdag–torsdag 12–14 maj 2026",
        "tisdag och torsdag 14 maj 2026",
        "varje tisdag 14 maj 2026–3 juni",
        "tisdag 31 februari 2026",
        "tisdag kl. 14.00 den 14 maj 2026",
        "Sunday Times 14 May 2026",
        "Tisdagsklubben 14 maj 2026",
        "fredagar 14 maj",
    ],
)
def test_what_may_well_be_right(text: str) -> None:
    """Ranges, what comes again, other years and mere names are left alone."""
    assert list(wrong_weekdays(text, 2026)) == []


def test_without_a_year_of_its_own() -> None:
    """A page has no date, so a date in it needs its year to be wrong."""
    assert list(wrong_weekdays("måndag 14 maj", None)) == []
    assert len(list(wrong_weekdays("måndag 14 maj 2026", None))) == 1
