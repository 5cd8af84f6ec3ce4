from datetime import date
from zoneinfo import ZoneInfo

import pytest

from newsroom.model import Sender, Site, SubscriberState
from newsroom.model.delivery import Counts
from newsroom.model.readership import Month, Readership
from newsroom.render.readership import readership_files
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words

SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket Exempel", "nyhetsbrev@example.se"),
)
STATES = dict(zip(SubscriberState, (2, 150, 30, 4), strict=True))
ISSUE = Counts(
    issue="2026-var",
    state="done",
    frozen=120,
    pending=0,
    claimed=0,
    deferred=0,
    accepted=110,
    refused=6,
    excluded=3,
    unknown=1,
    cancelled=0,
    unknown_recipients=(),
    lanes=(),
    bounced=5,
)
MONTHS = (Month(date(2026, 5, 1), 100, 0, 0, 100), Month(date(2026, 6, 1), 60, 8, 2, 150))
FULL = Readership(STATES, {"sv": 140, "en": 10}, MONTHS, (ISSUE,), 170, None)
EMPTY = Readership(dict.fromkeys(SubscriberState, 0), {}, (), (), 0, None)


def files(counted: Readership, lang: str = "sv") -> dict[str, str]:
    """What is written, as text."""
    written = readership_files(counted, SITE, Words(lang), Templates([default_templates()]))
    return {name: content.decode("utf-8-sig") for name, content in written.items()}


def test_every_figure_of_a_drawing_stands_in_a_table() -> None:
    """Those who do not see the drawings read the same on the page and in the files."""
    written = files(FULL)

    assert (
        '<th scope="row">juni 2026</th><td>60</td><td>8</td><td>2</td><td>150</td>'
        in written["index.html"]
    )
    assert written["growth.csv"].splitlines() == [
        "month,joined,left,kept_out,active",
        "2026-05,100,0,0,100",
        "2026-06,60,8,2,150",
    ]
    assert written["issues.csv"].splitlines()[1] == "2026-var,120,110,5,6,3,1,0,0"


def test_a_drawing_is_described() -> None:
    """The description says what a glance at the drawing tells."""
    written = files(FULL)

    assert "Från maj 2026, med 100 läsare, till juni 2026, med 150." in written["growth.svg"]
    described = "2026-var: 110 av 120 mottagna, 5 av dem kom tillbaka, 6 avvisade"
    assert described in written["issues.svg"]


@pytest.mark.parametrize("counted", [FULL, EMPTY], ids=["full", "empty"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_page_is_whole(counted: Readership, lang: str) -> None:
    """In both languages, with both drawings for wide and narrow windows, and it fetches nothing."""
    page = files(counted, lang)["index.html"]

    assert page.count("<svg ") == 4
    assert "src=" not in page
    assert "href=" not in page
    assert f'<html lang="{lang}">' in page


def test_nothing_is_said_to_be_delivered() -> None:
    """What a server took is accepted; nobody knows more."""
    written = " ".join(files(FULL, "en").values())

    assert "deliver" not in written.lower()
    assert "accepted" in written
