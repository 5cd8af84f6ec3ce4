"""Summer: letters come back, readers leave, one is forgotten; else nothing happens, and quietly."""

from tests.year import people
from tests.year.chapters.spring import SPRING
from tests.year.inbox import away, returned
from tests.year.year import Year

GONE, FULL, AWAY = "alva@lovhamn.example", "birger@kvarnmo.example", "eva@strandeby.example"
LEAVER, CLICKER = "gun@angslunda.example", "hans@lovhamn.example"
FORGOTTEN, LATE_LEAVER = "ida@kvarnmo.example", "cecilia@strandeby.example"


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
    year.on("10 juni 09.00")


def july(year: Year) -> None:
    """Somebody is forgotten; a new secret signs; a link dies, which is told when it is certain."""
    year.story.chapter("Juli: en läsare vill bli glömd")
    year.on("8 juli 10.00")
    year.scene("En läsare ringer och vill bli glömd.")
    year.types("subscribers", "forget", FORGOTTEN, "--yes")
    assert FORGOTTEN not in year.books.known()
    year.on("9 juli 10.00")
    year.scene("Anna byter hemligheten som länkarna i alla brev hänger på, och startar om.")
    year.types("secret", "rotate")
    year.switch_off()
    year.switch_on()
    year.on("16 juli 12.00")
    year.scene("Institutet tar bort sin rapport, som vi länkar till.")
    year.neighbours.answers["/rapport"] = 404
    before = len(year.desk_mails)
    year.on("19 juli 12.00")
    assert len(year.desk_mails) == before  # one look is no verdict
    year.on("31 juli 23.00")
    assert len(year.desk_mails) == before + 1


def august(year: Year) -> None:
    """The disk is gone; the newsroom comes back from its backup, and who left stays away."""
    year.story.chapter("Augusti: disken går sönder")
    year.on("18 augusti 10.00")
    year.scene("En läsare avslutar prenumerationen med länken i brevet från juni.")
    link = people.link_in(year.letter_to(LATE_LEAVER, SPRING), "avsluta")
    people.press(year.machine.web, year.clock, link, "leave")
    assert LATE_LEAVER not in year.books.active()  # a letter answers to the secret of its day
    year.wait(hours=1)
    year.on("18 augusti 15.00")
    readers, front = year.books.active(), year.page("/")
    announced = len(year.neighbours.called("/hub")), len(year.neighbours.called("/intranet"))
    year.scene("Disken går sönder. Det som finns kvar är säkerhetskopiorna, på en annan disk.")
    year.loses_its_disk()

    year.on("19 augusti 09.30")
    year.scene("Anna sätter i en ny disk och läser tillbaka den senaste säkerhetskopian.")
    year.is_brought_back(year.last_backup)
    year.switch_on()
    year.on("19 augusti 12.00")
    assert year.books.active() == readers
    assert year.page("/") == front
    calls = year.neighbours.called
    assert (len(calls("/hub")), len(calls("/intranet"))) == announced
    assert "Avsluta prenumerationen" in year.page(
        people.link_in(year.letter_to(FULL, SPRING), "avsluta")
    )
    year.on("31 augusti 23.00")
