"""Winter: the machine is started, news goes out, readers come, one night has only 23 hours."""

from datetime import date

from newsroom.outside.channels.webhook import signature
from tests.year.writings import REPORT, SHARED
from tests.year.year import Year

CONSENT = "Anmälan på årsmötet 2025"
MEMBERS = tuple(
    f"{name}@{place}.example"
    for place in ("lovhamn", "angslunda", "kvarnmo", "strandeby")
    for name in ("alva", "birger", "cecilia", "david", "eva", "frank", "gun", "hans", "ida")
)
MAJA, NILS = "maja@kommun.example", "nils@region.example"
INSTITUTE = "institutet.example"
OLGA, PER = "olga@kommun.example", "per@region.example"


def january(year: Year) -> None:
    """A site from the first minute; the members' old list is taken in."""
    year.story.chapter("Januari: maskinen startas")
    year.on("1 januari 10.00")
    year.scene("Anna startar maskinen och läser in listan från årsmötet: 36 läsare.")
    year.switch_on()
    file = year.saves("medlemmar.csv", "\n".join(["epost", *MEMBERS]))
    year.types("subscribers", "import", str(file), "--consent", CONSENT)
    file.unlink()

    assert "Välkommen till vår nya webbplats" in year.page("/")
    assert "SUMMARY:Årskonferens i Lövhamn" in year.page("/calendar.ics")
    assert year.books.active() == set(MEMBERS)
    year.on("25 januari 12.00")
    assert year.all_is_well
    assert year.desk_mails == []


def february(year: Year) -> None:
    """A post goes live in its minute, is announced once; people sign up, one never confirms."""
    year.story.chapter("Februari: en rapport släpps")
    year.on("5 februari 14.20")
    year.scene("Anna skriver om rapporten. Den ska ut måndag den 9 februari 09.00.")
    link = year.neighbours.site(INSTITUTE, "/rapport")
    year.writes("news/2026-02-09-rapport.md", REPORT.replace("LINK", link))
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
    (call,) = year.neighbours.called("/intranet")
    assert call.json["data"]["title"] == "Så mår vi i Norden"
    number, time = call.headers["webhook-id"], call.headers["webhook-timestamp"]
    assert call.headers["webhook-signature"] == signature(SHARED, number, time, call.body)

    year.on("10 februari 19.30")
    year.scene("Fyra personer anmäler sig på webbplatsen. Två av dem bekräftar.")
    year.sign_up(MAJA, NILS, OLGA, PER)
    year.wait(minutes=20)
    year.confirm(MAJA, NILS)
    assert year.books.active() == {*MEMBERS, MAJA, NILS}
    year.on("1 mars 12.00")
    assert not {OLGA, PER} & year.books.known()
    assert year.desk_mails == []


def march(year: Year) -> None:
    """The night to 29 March has no half past two: the job of that hour runs all the same, once."""
    year.story.chapter("Mars: sommartiden börjar")
    year.on("29 mars 12.00")
    assert year.books.runs_on("housekeeping", date(2026, 3, 29)) == ["03.00 done"]
    assert year.books.runs_on("backup", date(2026, 3, 29)) == ["03.15 done"]
    assert year.desk_mails == []
