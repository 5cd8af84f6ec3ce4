"""Autumn: an event is cancelled, the power is away for three days, the relay for two hours."""

from collections import Counter
from datetime import date

from tests.year.accounts import files_that_name, slots_that_ran, slots_to_run
from tests.year.chapters.spring import SPRING
from tests.year.chapters.summer import FORGOTTEN
from tests.year.chapters.winter import MAJA, OLGA, PER
from tests.year.writings import ADDRESS, ANNA, BO, CONFERENCE, HANDBOOK, MOVED, finished
from tests.year.year import Year

AUTUMN = "2026-host"
DRAFT = f"newsletters/{AUTUMN}.md"
TITLES = (  # of all that is announced in the year, once each
    *("Så mår vi i Norden", "Rekord på Promenadens dag", "Handboken är här"),
    *("Inställt: Årskonferensen i Lövhamn",),
)
EVENT = "events/2026-10-14-arskonferens.md"


def hub(year: Year) -> None:
    """A hub that is down for a day is asked again, and nobody is troubled with it."""
    year.story.chapter("September: navet för prenumeranter är nere")
    year.on("7 september 08.00")
    year.writes("news/2026-09-07-handbok.md", HANDBOOK)
    year.neighbours.answers["/hub"] = 503
    year.scene("Navet svarar inte. Nyheten om handboken kommer ut 08.30 ändå.")
    year.on("7 september 08.30")
    assert "Handboken är här" in year.page("/feed.xml")
    year.on("7 september 20.00")
    year.neighbours.answers["/hub"] = 200
    year.scene("Navet är tillbaka.")
    year.on("8 september 09.00")
    told = [call.form["hub.url"] for call in year.neighbours.called("/hub")]
    assert told.count(f"{ADDRESS}/feed.xml") > 0


def september(year: Year) -> None:
    """A cancelled event says so on its page and in everybody's calendar, and in a news item."""
    year.story.chapter("September: årskonferensen ställs in")
    year.on("28 september 10.30")
    year.scene("Anna ställer in årskonferensen och skriver en nyhet om det.")
    before = year.page("/kalender/arskonferens.ics")
    year.writes(EVENT, CONFERENCE.replace("summary:", "status: cancelled\nsummary:"))
    year.types("check", "--fix")
    year.writes("news/2026-09-28-installt.md", MOVED)
    year.on("28 september 11.00")

    after = year.page("/kalender/arskonferens.ics")
    assert "STATUS:CONFIRMED" in before
    assert "SEQUENCE:0" in before
    assert "STATUS:CANCELLED" in after
    assert "SEQUENCE:1" in after
    assert "Inställt" in year.page("/kalender/arskonferens/")
    assert "Inställt: Årskonferensen i Lövhamn" in year.page("/feed.xml")


def october(year: Year) -> None:
    """The night to 25 October has half past two twice; the job of that hour runs once."""
    year.story.chapter("Oktober: sommartiden slutar")
    year.on("26 oktober 12.00")
    assert year.books.runs_on("housekeeping", date(2026, 10, 25)) == ["02.30 done"]
    assert year.books.runs_on("backup", date(2026, 10, 25)) == ["03.15 done"]
    year.on("30 oktober 09.00")
    year.scene(
        "Olga anmäler sig igen, och bekräftar den här gången. Maja anmäler sig en gång till."
    )
    year.sign_up(OLGA, MAJA)
    year.confirm(OLGA)
    assert {OLGA, MAJA} <= year.books.active()


def november(year: Year) -> None:
    """Anna writes at once this time, and says yes."""
    year.story.chapter("November: höstbrevet skrivs")
    year.on("10 november 09.30")
    year.writes(DRAFT, finished(year.reads(DRAFT)))
    year.scene("Anna skriver klart brevet samma dag och godkänner det.")
    year.wait(minutes=10)
    year.answers(year.last_mail_to(ANNA), "approve")
    year.on("30 november 18.00")


def december(year: Year) -> None:
    """What was slept through for days is never sent by itself: a person is asked, and answers."""
    year.story.chapter("December: strömmen är borta i tre dagar")
    year.scene("Strömmen går.")
    year.switch_off()
    year.on("3 december 18.00")
    year.scene("Strömmen är tillbaka. Brevet skulle ha gått i tisdags.")
    year.switch_on()
    year.on("4 december 10.00")
    assert year.letters(AUTUMN) == []
    year.scene("Anna väljer en ny dag på granskningssidan.")
    year.answers(year.last_mail_to(ANNA), "day", day="2026-12-08")


def second_letter(year: Year) -> None:
    """A relay that dies in the middle costs time and nothing else."""
    year.story.chapter("December: höstbrevet skickas")
    year.on("8 december 09.00")
    readers = year.books.active()
    year.relay.go_away_after(20)
    year.on("8 december 11.00")
    assert len(year.letters(AUTUMN)) == 20
    year.scene("Reläet dog när det hade tagit tjugo brev. Nu är det tillbaka.")
    year.relay.come_back()
    year.on("8 december 16.00")
    assert sorted(mail.to for mail in year.letters(AUTUMN)) == sorted(readers)
    assert year.last_mail_to(BO).subject == f"Skickat: {len(readers)} av {len(readers)}"
    year.scene(f"{len(readers)} läsare har fått höstbrevet, var och en ett.")
    year.on("16 december 09.00")


def end(year: Year) -> None:
    """The accounts of the year: every slot once, every copy accounted for, the erased are gone."""
    year.story.chapter("Nyårsafton: bokslut")
    year.on("31 december 23.59")

    ran, due = slots_that_ran(year), slots_to_run(year)
    assert due - ran == Counter()
    assert [slot.job for slot in (ran - due).elements()] == ["links"]  # the second look in July
    for issue in (SPRING, AUTUMN):
        ledger = year.books.counts(issue, year.clock.time)
        assert ledger.adds_up
        assert (ledger.state, ledger.waiting, ledger.unknown) == ("done", 0, 0)
        readers = Counter(mail.to for mail in year.letters(issue))
        assert set(readers.values()) == {1}
        assert ledger.accepted == len(readers)
    told = Counter(call.json["data"]["title"] for call in year.neighbours.called("/intranet"))
    posted = Counter(call.json["status"].partition("\n")[0] for call in year.posted())
    assert told == posted == Counter(TITLES)
    for gone in (FORGOTTEN, PER):
        assert year.books.tables_that_name(gone) == []
    year.switch_off()
    for gone in (FORGOTTEN, PER):
        assert files_that_name(year.root.parent, gone) == []
