"""The calendar and the page of an event."""

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from newsroom.model import Earlier, EventStatus, Online, Place, Registration, Speaker
from tests.render.pieces import at, make_event, make_newsroom, make_post
from tests.render.printed import NOW, printed

PAST = make_event("forr", title="Förra träffen", start=at("2026-03-01T10:00"), end=None)
SOON = make_event(
    "snart",
    title="Nästa träff",
    start=at("2026-12-03T13:00"),
    end=at("2026-12-03T16:00"),
    place=Place("Kulturhuset", "Hamnplan 2, Lövhamn"),
    registration=Registration("https://anmalan.example/1", at("2026-11-30T23:59"), "Gratis"),
)


def test_the_calendar_parts_what_is_coming_from_what_has_been() -> None:
    """Coming events stand by month in order, past ones by year with the newest first."""
    older = make_event("aldst", title="Äldsta träffen", start=at("2025-05-01T10:00"), end=None)
    old = make_event("aldre", title="Äldre träffen", start=at("2026-01-01T10:00"), end=None)
    later = make_event("sedan", title="Senare träff", start=at("2026-12-10T13:00"), end=None)

    page = printed(make_newsroom(events=(older, old, PAST, SOON, later)))["kalender/index.html"]

    order = ("Nästa träff", "Senare träff", ">Tidigare", "Förra", "Äldre", "Äldsta")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "December 2026" in page


def test_a_calendar_without_anything_to_come_says_so() -> None:
    """An empty list is said in words."""
    page = printed(make_newsroom(events=(PAST,)))["kalender/index.html"]

    assert "Just nu är inget planerat." in page


def test_an_event_tells_when_where_and_how() -> None:
    """Time with weekday, place with address, cost, and the button with its deadline."""
    page = printed(make_newsroom(events=(SOON,)))["kalender/snart/index.html"]

    assert '<time datetime="2026-12-03T13:00+01:00">' in page
    assert '<b>Torsdag <span data-pagefind-meta="date">' in page
    assert "<b>Kulturhuset</b><br>\nHamnplan 2, Lövhamn" in page
    assert "Gratis" in page
    assert (
        'Anmäl dig senast <time datetime="2026-11-30T23:59+01:00">30 november 2026</time>' in page
    )
    assert '<a class="button" href="https://anmalan.example/1">Anmäl dig</a>' in page
    assert 'href="/kalender/snart.ics"' in page


def test_registration_closes_at_its_deadline() -> None:
    """After the deadline the button gives way to the day on which registration closed."""
    page = printed(make_newsroom(events=(SOON,)), at("2026-12-01T09:00"))[
        "kalender/snart/index.html"
    ]

    assert "anmalan.example" not in page
    assert "Anmälan stängde" in page


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-22T09:00", "Anmäl dig senast"),
        ("2026-11-24T09:00", '<strong class="status">Stänger snart</strong> Anmäl dig senast'),
        ("2026-12-01T09:00", '<strong class="status">Stängd</strong> Anmälan stängde'),
    ],
)
def test_registration_says_where_it_stands(now: str, state: str) -> None:
    """It is open, closes within the week, or has closed; in words, not by a colour alone."""
    page = printed(make_newsroom(events=(SOON,)), at(now))["kalender/snart/index.html"]

    assert state in page
    assert ("Stänger snart" in page) == ("Stänger snart" in state)


def test_an_event_can_be_put_in_a_calendar_or_followed_there() -> None:
    """The file over https for every program, and webcal for those that subscribe."""
    page = printed(make_newsroom(events=(SOON,)))["kalender/snart/index.html"]

    assert '<a href="/kalender/snart.ics">Lägg in i din kalender</a>' in page
    assert 'href="webcal://nyheter.example.se/kalender/snart.ics"' in page


def test_what_was_announced_before_is_struck_out() -> None:
    """A moved event shows its earlier time and place, so that nobody goes by an old mail."""
    earlier = Earlier(
        start=at("2026-11-26T13:00"), end=at("2026-11-26T16:00"), place=Place("Rådhuset")
    )
    event = replace(SOON, status=EventStatus.MOVED, previously=(earlier,))

    page = printed(make_newsroom(events=(event,)))["kalender/snart/index.html"]

    hours = '<span class="whole">kl. 13.00–16.00</span>'
    assert f"<dt>Tidigare</dt>\n<dd><s>26 november 2026 {hours}, Rådhuset</s>" in page
    assert page.index("<dt>Var</dt>") < page.index("<dt>Tidigare</dt>")
    assert (
        "<strong>Ny dag: torsdag 3 december (tidigare 26 november). "
        "Ny plats: Kulturhuset (tidigare Rådhuset).</strong>"
    ) in page


def test_lists_say_what_is_new() -> None:
    """The calendar, the front page and a post about it say the new time, and only until it is."""
    earlier = Earlier(start=at("2026-11-26T13:00"), changed=at("2026-11-01T09:00"))
    event = replace(SOON, previously=(earlier,))
    newsroom = make_newsroom(events=(event,), posts=(make_post(event="snart"),))
    new = '<strong class="status">Ny dag: torsdag 3 december (tidigare 26 november).</strong>'

    site, afterwards = printed(newsroom), printed(newsroom, at("2026-12-04T09:00"))

    for path in ("kalender/index.html", "index.html", "nyheter/2026/ett/index.html"):
        assert new in site[path], path
        assert new not in afterwards[path], path
    assert "Det här har redan ägt rum." in afterwards["kalender/snart/index.html"]


def test_what_is_off_is_said_beside_the_time() -> None:
    """The time that is struck out has the word before it, for whoever sees or hears no line."""
    event = replace(SOON, status=EventStatus.CANCELLED)

    page = printed(make_newsroom(events=(event,)))["kalender/snart/index.html"]

    assert '<dd><strong class="status">Inställt</strong> <s><b>Torsdag ' in page
    assert '<meta name="description" content="Inställt. 3 december 2026' in page


def test_registration_without_deadline_is_open_until_the_event() -> None:
    """No deadline means that one can register until it is over."""
    event = replace(SOON, registration=Registration("https://anmalan.example/1"))

    assert "anmalan.example" in printed(make_newsroom(events=(event,)))["kalender/snart/index.html"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (EventStatus.CANCELLED, "Inställt."),
        (EventStatus.POSTPONED, "Uppskjutet."),
        (EventStatus.MOVED, "Ändrat."),
    ],
)
def test_a_changed_event_says_so_first(status: EventStatus, words: str) -> None:
    """What has changed stands above the facts, and in the list."""
    site = printed(make_newsroom(events=(replace(SOON, status=status),)))

    assert words in site["kalender/snart/index.html"]
    assert 'class="status"' in site["kalender/index.html"]


def test_a_cancelled_event_takes_no_registrations() -> None:
    """Nobody is asked to register or to pay, and what was planned is told of as planned."""
    event = replace(
        SOON, status=EventStatus.CANCELLED, program="Kaffe", speakers=(Speaker("Kim Berg"),)
    )

    page = printed(make_newsroom(events=(event,)))["kalender/snart/index.html"]

    assert "anmalan.example" not in page
    assert "<dt>Kostnad</dt>" not in page
    assert "<h2>Planerat program</h2>" in page
    assert "<h2>Planerade medverkande</h2>" in page


def test_a_programme_is_a_table_of_times() -> None:
    """Items that begin with a time have it in a column of its own."""
    event = replace(SOON, program="- 13.00 Kaffe\n- 13.30–16.00 Samtal")

    page = printed(make_newsroom(events=(event,)))["kalender/snart/index.html"]

    assert '<li class="timed"><span class="time">13.30–16.00</span> Samtal</li>' in page


def test_an_event_that_has_been_shows_what_was_left() -> None:
    """Documentation, recordings and news about it stand on the page afterwards."""
    event = replace(
        PAST,
        documentation="Läs [anteckningarna](../news/ett/index.md).",
        recordings=("https://film.example/1", "https://film.example/2"),
        program="| Tid | Vad |\n| --- | --- |\n| 10 | Kaffe |",
        speakers=(Speaker("Ebba Silfver", "utredare"), Speaker("Kim Berg")),
        online=Online("https://mote.example/1"),
        series="Hälsa där du bor",
    )
    other = replace(SOON, series="Hälsa där du bor")
    post = make_post(event="forr")

    page = printed(make_newsroom(events=(event, other), posts=(post,)))["kalender/forr/index.html"]

    assert "Det här har redan ägt rum." in page
    assert 'href="/nyheter/2026/ett/">anteckningarna' in page
    assert "Inspelning 2" in page
    assert "Ebba Silfver" in page
    assert ">Nyheten ett</a>" in page
    assert 'href="/kalender/snart/"' in page
    assert "Lägg in i din kalender" not in page
    assert page.index('id="afterwards"') < page.index(">Program<")
    assert '<a href="#afterwards">' in page


def test_an_event_is_described_by_when_and_where() -> None:
    """Search engines get the time and the place before the words."""
    page = printed(make_newsroom(events=(replace(SOON, body="Kom och fika."),)))

    assert (
        '<meta name="description" content="3 december 2026 kl. 13.00–16.00, Kulturhuset. '
        'Kom och fika.">'
    ) in page["kalender/snart/index.html"]


def test_an_all_day_event_has_days_and_no_hours() -> None:
    """The last day is the day before the exclusive end."""
    event = replace(SOON, start=at("2026-12-03T00:00"), end=at("2026-12-05T00:00"), all_day=True)

    site = printed(make_newsroom(events=(event,)))

    assert '<time datetime="2026-12-03">' in site["kalender/snart/index.html"]
    assert "Torsdag–fredag" in site["kalender/snart/index.html"]
    assert '<span class="leaf-day">3–4</span>' in site["kalender/index.html"]


def test_places_on_the_ground_and_on_the_web_are_told_in_lists() -> None:
    """A list says where: the place, the web, or both."""
    online = Online("https://mote.example/1")
    events = (
        replace(SOON, source=PurePosixPath("a.md"), online=online),
        replace(SOON, source=PurePosixPath("b.md"), place=None, online=online),
        replace(SOON, source=PurePosixPath("c.md"), place=None),
    )

    page = printed(make_newsroom(events=events), NOW)["kalender/index.html"]

    assert '<span class="where">Kulturhuset och på nätet</span>' in page
    assert '<span class="where">På nätet</span>' in page
    assert page.count('class="where"') == 2
