"""Summer: letters come back, readers leave, one is forgotten; else nothing happens, and quietly."""

from tests.year import people
from tests.year.chapters.spring import SPRING
from tests.year.inbox import away, returned
from tests.year.year import Year

GONE, FULL, AWAY = "alva@lovhamn.example", "birger@kvarnmo.example", "eva@strandeby.example"
LEAVER, CLICKER = "gun@angslunda.example", "hans@lovhamn.example"
FORGOTTEN = "ida@kvarnmo.example"


def after_the_letter(year: Year) -> None:
    """Only an address that is no more ends a subscription; who leaves is off the list at once."""
    year.story.chapter("Juni: det som kom tillbaka")
    year.on("3 juni 07.30")
    year.scene("Tre brev kommer tillbaka: en adress finns inte, en låda är full, en har semester.")
    letters = {reader: year.letter_to(reader, SPRING) for reader in (GONE, FULL, AWAY)}
    year.inbox.deliver(
        returned(letters[GONE], "5.1.1", "User unknown"),
        returned(letters[FULL], "5.2.2", "Mailbox full"),
        away(letters[AWAY]),
    )
    year.wait(hours=1)
    assert GONE not in year.books.active()
    assert {FULL, AWAY} <= year.books.active()

    year.on("3 juni 12.00")
    year.scene("Två läsare avslutar prenumerationen, en med knappen i sitt e-postprogram.")
    answer = people.one_click(year.machine.web, year.letter_to(CLICKER, SPRING))
    assert answer.status_code == 200
    link = people.link_in(year.letter_to(LEAVER, SPRING), "avsluta")
    assert LEAVER in year.books.active()
    people.press(year.machine.web, year.clock, link, "leave")
    assert not {LEAVER, CLICKER} & year.books.active()


def july(year: Year) -> None:
    """Somebody asks to be forgotten, and is."""
    year.story.chapter("Juli och augusti: det är tyst")
    year.on("8 juli 10.00")
    year.scene("En läsare ringer och vill bli glömd.")
    year.types("subscribers", "forget", FORGOTTEN)
    assert FORGOTTEN not in year.books.known()
    before = len(year.desk_mails)
    year.on("31 augusti 23.00")
    assert len(year.desk_mails) == before
