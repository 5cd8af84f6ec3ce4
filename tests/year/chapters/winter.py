"""Winter: the machine is started, news goes out, readers come, one night has only 23 hours."""

from datetime import date

from tests.year.writings import REPORT
from tests.year.year import Year

CONSENT = "Anmälan på årsmötet 2025"
MEMBERS = tuple(
    f"{name}@{place}.example"
    for place in ("lovhamn", "angslunda", "kvarnmo", "strandeby")
    for name in ("alva", "birger", "cecilia", "david", "eva", "frank", "gun", "hans", "ida")
)
MAJA, NILS = "maja@kommun.example", "nils@region.example"
OLGA, PER = "olga@kommun.example", "per@region.example"


def january(year: Year) -> None:
    """A site from the first minute; the members' old list is taken in."""
    year.story.chapter("Januari: maskinen startas")
    year.on("1 januari 10.00")
    year.scene("Anna startar maskinen och läser in listan från årsmötet: 36 läsare.")
    year.switch_on()
    file = year.saves("medlemmar.csv", "\n".join(["epost", *MEMBERS]))
    year.types("subscribers", "import", str(file), "--consent", CONSENT)

    assert "Välkommen till vår nya webbplats" in year.page("/")
    assert "SUMMARY:Årskonferens i Lövhamn" in year.page("/calendar.ics")
    assert year.books.active() == set(MEMBERS)
    year.on("31 januari 23.00")
    assert year.desk_mails == []


def february(year: Year) -> None:
    """A post goes live in its minute, is announced once; people sign up, one never confirms."""
    year.story.chapter("Februari: en rapport släpps")
    year.on("5 februari 14.20")
    year.scene("Anna skriver om rapporten. Den ska ut måndag den 9 februari 09.00.")
    year.writes("news/2026-02-09-rapport.md", REPORT)
    asked = len(year.neighbours.called("/hub"))

    year.on("9 februari 08.59")
    assert not year.is_there("/nyheter/2026/rapport/")
    assert "Så mår vi i Norden" not in year.page("/feed.xml")
    year.on("9 februari 09.00")
    assert "Så mår vi i Norden" in year.page("/nyheter/2026/rapport/")
    for feed in ("/feed.xml", "/atom.xml", "/feed.json"):
        assert "Så mår vi i Norden" in year.page(feed)
    told = [call.form["hub.url"] for call in year.neighbours.called("/hub")[asked:]]
    assert len(told) == len(set(told)) > 0
    year.on("9 februari 18.00")
    assert len(year.neighbours.called("/hub")) == asked + len(told)

    year.on("10 februari 19.30")
    year.scene("Fyra personer anmäler sig på webbplatsen. Två av dem bekräftar.")
    year.sign_up(MAJA, NILS, OLGA, PER)
    year.wait(minutes=20)
    year.confirm(MAJA, NILS)
    assert year.books.active() == {*MEMBERS, MAJA, NILS}
    year.on("28 februari 12.00")
    assert not {OLGA, PER} & year.books.known()
    assert year.desk_mails == []


def march(year: Year) -> None:
    """The night to 29 March has no half past two: the job of that hour runs all the same, once."""
    year.story.chapter("Mars: sommartiden börjar")
    year.on("28 mars 12.00")
    year.on("29 mars 12.00")
    assert year.books.runs_on("housekeeping", date(2026, 3, 29)) == ["03.00 done"]
    assert year.desk_mails == []
