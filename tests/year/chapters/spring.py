"""Spring: a morning without power; a letter is drafted, reminded of, approved, sent, cut short."""

from datetime import timedelta

from tests.year.writings import ANNA, BO, STROLL, finished
from tests.year.year import Year

SPRING = "2026-var"
DRAFT = f"newsletters/{SPRING}.md"


def april(year: Year) -> None:
    """What fell due while the machine was off is made good when it is back: once."""
    year.story.chapter("April: strömmen är borta i sex timmar")
    year.on("17 april 15.00")
    year.writes("news/2026-04-20-promenad.md", STROLL)
    year.on("20 april 08.00")
    year.scene("Strömmen går.")
    year.switch_off()
    year.on("20 april 14.00")
    year.scene("Strömmen kommer tillbaka. Nyheten skulle ha kommit ut 10.00.")
    year.switch_on()

    assert "Rekord på Promenadens dag" in year.page("/feed.xml")
    assert year.desk_mails == []


def may(year: Year) -> None:
    """The draft is written on its day; who does not answer is reminded, and the deputy asked."""
    year.story.chapter("Maj: vårbrevet skrivs och godkänns")
    year.on("12 maj 08.59")
    assert not (year.root / "posts" / DRAFT).exists()
    year.on("15 maj 08.59")
    assert [mail.to for mail in year.desk_mails] == [ANNA]
    year.on("15 maj 09.00")
    assert [mail.to for mail in year.desk_mails] == [ANNA, BO]
    year.on("28 maj 09.00")
    assert [mail.to for mail in year.desk_mails] == [ANNA, BO, ANNA, BO]

    year.on("28 maj 13.10")
    year.scene("Anna skriver klart brevet och godkänner det på granskningssidan.")
    year.writes(DRAFT, finished(year.reads(DRAFT)))
    year.wait(minutes=10)
    year.answers(year.last_mail_to(ANNA), "approve")
    year.wait(minutes=10)


def june(year: Year) -> None:
    """The letter leaves at its time; the process dies in the middle, and nobody gets two."""
    year.story.chapter("Juni: vårbrevet skickas")
    year.on("2 juni 09.10")
    readers = year.books.active()
    year.scene("Brevet börjar gå 09.15. När det åttonde är på väg dör maskinen.")
    year.is_killed(within=timedelta(hours=1), after_mails=8)
    year.clock.forward(minutes=50)
    year.scene("Anna startar maskinen igen.")
    year.switch_on()
    year.on("2 juni 12.00")

    assert not year.all_is_well
    left = year.books.counts(SPRING, year.clock.time)
    assert left.adds_up
    assert (left.accepted, left.unknown) == (len(readers) - 1, 1)
    year.scene("Anna ser i reläets logg att brevet kom fram, och säger det.")
    year.types("issue", "resolve", SPRING, "--accepted")
    year.wait(minutes=10)
    assert year.books.counts(SPRING, year.clock.time).state == "done"
    assert sorted(mail.to for mail in year.letters(SPRING)) == sorted(readers)
    year.scene(f"{len(readers)} läsare har fått vårbrevet, var och en ett.")
