import pytest

from newsroom.web.languages import LANGUAGES, language_names, liked_languages, other_languages
from tests.web.house import House


@pytest.mark.parametrize(
    ("header", "liked"),
    [
        ("sv-SE,sv;q=0.9,en-US;q=0.8,en;q=0.7", ("sv", "en")),
        ("en;q=0.5, sv;q=0.8", ("sv", "en")),
        ("da, en-gb;q=0.8, en;q=0.7", ("da", "en")),
        ("sv;q=0, en", ("en",)),
        ("*", ()),
        ("", ()),
        (";;q=,,sv;q=2,å", ()),
        ("en;q=1.000 , sv ; q=1", ("en", "sv")),
    ],
)
def test_a_browser_says_which_languages_it_likes(header: str, liked: tuple[str, ...]) -> None:
    """By weight, of equals the first; what is refused or cannot be read is left out."""
    assert liked_languages(header) == liked


def test_a_header_without_end_is_read_quickly() -> None:
    """Of ten thousand ranges the first twenty are looked at."""
    assert liked_languages("da," * 10_000 + "sv") == ("da",)


def test_each_page_leads_to_the_same_in_other_languages() -> None:
    """The words of the link are in the language that it leads to."""
    assert LANGUAGES == ("en", "sv")
    assert other_languages("sv") == (("en", "This page in English"),)
    assert other_languages("en") == (("sv", "Den här sidan på svenska"),)
    assert language_names() == (("en", "English"), ("sv", "svenska"))


def test_the_address_wins_over_the_browser(house: House) -> None:
    """`?lang=` first, then what the browser likes, then the site's own language."""

    def html_lang(address: str, accept: str) -> str:
        page = house.client.get(address, headers={"Accept-Language": accept})
        return page.text.partition('<html lang="')[2][:2]

    assert html_lang("/avsluta/", "en-GB,en;q=0.9") == "en"
    assert html_lang("/avsluta/", "fi") == "sv"
    assert html_lang("/avsluta/?lang=sv", "en") == "sv"
    assert html_lang("/avsluta/?lang=en", "sv") == "en"
    assert html_lang("/avsluta/?lang=xx", "en") == "en"


def test_the_language_of_the_reader_wins_over_the_browser(house: House) -> None:
    """Who signed up in Swedish reads Swedish behind the links in their mails."""
    house.sign_up(lang="sv")

    page = house.client.get(house.mailbox.link(), headers={"Accept-Language": "en"})

    assert '<html lang="sv">' in page.text
    assert '<a href="?lang=en" hreflang="en" lang="en">This page in English</a>' in page.text


def test_what_was_posted_does_not_lead_elsewhere(house: House) -> None:
    """The answer to a form cannot be had again by following a link, so it has none."""
    assert b"?lang=" not in house.sign_up()
