import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.errors import ContentError, SettingsError, StateError
from newsroom.jobs.readers.import_subscribers import Imported, ListFile, import_subscribers
from newsroom.jobs.readers.read_language import language_meant
from newsroom.model import SubscriberState
from newsroom.readers import consent, standing, subscribers
from newsroom.readers.consent import Act
from newsroom.readers.erasure import erase
from newsroom.readers.suppression import Reason
from newsroom.render.sayings import in_language

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LISTS = Path(__file__).parents[2] / "data" / "subscribers"
EXPECTED = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))["files"]
SAID = "Blanketten på årskonferensen 2026, ruta 3"


def take_in(database: Engine, content: bytes | str, name: str = "people.csv") -> Imported:
    """Import a list with a consent text."""
    raw = content.encode() if isinstance(content, str) else content
    return import_subscribers(
        database, KEYS, ListFile(name, raw, SAID, "sv", is_address_book=True), NOW
    )


def states(database: Engine) -> dict[str, SubscriberState]:
    """Where everybody on the list stands."""
    with database.begin() as connection:
        return {person.email: person.state for person in subscribers.everyone(connection)}


# Of address books expected.json does not say who may be active: whoever is vouched for.
VOUCHED = {
    "outlook-contacts.csv": 10,
    "outlook-kontakter-sv.csv": 17,
    "excel-sv.csv": 9,
    "google-contacts-utf16.csv": 6,
    "one-per-line.txt": 5,
    "troublesome.csv": 13,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_lists_of_known_services(database: Engine, name: str) -> None:
    """From every service's export, exactly those come in who may, and each row is accounted for."""
    said = EXPECTED[name]

    done = take_in(database, (LISTS / name).read_bytes(), name)

    everyone = Counter(states(database).values())
    assert done.rows == said.get("rows", said.get("addresses"))
    assert done.added == everyone[SubscriberState.ACTIVE] == said.get("active", VOUCHED.get(name))
    ended = everyone[SubscriberState.UNSUBSCRIBED] + everyone[SubscriberState.SUPPRESSED]
    assert ended == said.get("suppress", 0)
    assert (done.ended, done.lost) == (ended, 0)
    assert everyone[SubscriberState.PENDING] == 0  # theirs never confirmed, ours cannot
    assert done.rows == done.added + done.known + len(done.skipped)
    assert len(done.skipped) == done.rows - done.added


@pytest.mark.parametrize(
    ("name", "reason", "number"),
    [
        ("listmonk-export.csv", "has unsubscribed, and stays so", 3),
        ("buttondown-export.csv", "signed up but never confirmed", 2),
        ("mailchimp-cleaned.csv", "mail to it has bounced, and it stays out", 2),
        ("outlook-contacts.csv", "there is no address", 1),
        ("excel-sv.csv", "the list does not say that this person agreed", 6),
    ],
)
def test_whoever_stays_out_is_told_by_the_services_own_word(
    database: Engine, name: str, reason: str, number: int
) -> None:
    """Each service's way to say that somebody left, bounced or never agreed is understood."""
    done = take_in(database, (LISTS / name).read_bytes(), name)

    assert Counter(skip.reason for skip in done.skipped)[reason] == number


def test_the_troublesome_list_loses_its_bad_rows_and_no_others(database: Engine) -> None:
    """Ten rows have no address that mail can be sent to, and one is there twice."""
    said = EXPECTED["troublesome.csv"]

    done = take_in(database, (LISTS / "troublesome.csv").read_bytes(), "troublesome.csv")

    twins = [skip for skip in done.skipped if skip.reason.startswith("the same address")]
    assert len(twins) == said["duplicates"]
    assert len(done.skipped) - len(twins) >= said["clearly_invalid"]


def test_a_rehearsal_says_all_and_changes_nothing(either_database: Engine) -> None:
    """A dry run gives the same answer, row for row, as the import after it."""
    name = "troublesome.csv"
    listed = ListFile(name, (LISTS / name).read_bytes(), SAID, "sv", is_address_book=True)

    said = import_subscribers(either_database, KEYS, listed, NOW, dry_run=True)
    assert states(either_database) == {}
    with reading(either_database) as connection:
        assert consent.head(connection).number == 0

    assert import_subscribers(either_database, KEYS, listed, NOW) == said


def test_a_long_import_says_how_far_it_is(database: Engine) -> None:
    """Every few hundred addresses, of how many."""
    told: list[tuple[int, int]] = []
    content = "email\n" + "".join(f"r{n}@example.se\n" for n in range(1000))
    listed = ListFile("l.csv", content.encode(), SAID, "sv")

    import_subscribers(database, KEYS, listed, NOW, lambda *far: told.append(far))

    assert told == [(0, 1000), (400, 1000), (800, 1000)]


def test_every_list_one_after_the_other(either_database: Engine) -> None:
    """Who left in one list is out whatever the others say, and a second round adds nobody."""
    for _ in range(2):
        for name in EXPECTED:
            done = take_in(either_database, (LISTS / name).read_bytes(), name)
            assert done.rows == done.added + done.known + len(done.skipped)
    everyone = states(either_database)

    assert done.added == 0
    for name in ("mailchimp-unsubscribed.csv", "mailchimp-cleaned.csv"):
        for line in (LISTS / name).read_text().splitlines()[1:]:
            assert everyone[line.partition(",")[0].lower()] != SubscriberState.ACTIVE
    with either_database.begin() as connection:
        assert consent.first_broken(connection) is None


def test_each_refused_row_is_named_with_its_reason(database: Engine) -> None:
    """A troublesome list loses its bad rows, each with row, address and reason, and no others."""
    done = take_in(database, (LISTS / "troublesome.csv").read_bytes(), "troublesome.csv")

    by_row = {skip.row: (skip.email, skip.reason) for skip in done.skipped}
    assert by_row[3] == ("ANNA.AKESSON@example.se", "the same address as row 2")
    assert by_row[5][0] == "inte-en-adress"
    assert "write it like name@example.se" in by_row[5][1]
    assert "line break" in by_row[12][1]
    assert "\n" not in by_row[12][0]
    assert by_row[17] == ("", "there is no address")
    assert "more than one address" in by_row[22][1]


def test_each_reason_can_be_said_in_swedish(database: Engine) -> None:
    """A Swedish desk reads why a row was left out in its own language, whatever the reason."""
    done = take_in(database, (LISTS / "troublesome.csv").read_bytes(), "troublesome.csv")

    swedish = {skip.row: in_language(skip.reason, "sv") for skip in done.skipped}

    assert swedish[3] == "samma adress som på rad 2"
    assert swedish[17] == "adressen saknas"
    assert [skip.row for skip in done.skipped if swedish[skip.row] == skip.reason] == []


def test_consent_is_recorded_for_each_person(database: Engine) -> None:
    """The log holds the file's name and the very words that say where consent was given."""
    take_in(database, "email\nanna@example.se\n", "konferensen.csv")

    with database.begin() as connection:
        person = subscribers.find(connection, "anna@example.se")
        assert person is not None
        (entry,) = consent.history(connection, person.id)
    assert (entry.consent.act, entry.consent.source) == (Act.IMPORTED, "konferensen.csv")
    assert entry.text == SAID


@pytest.mark.parametrize(
    ("written", "lang"),
    [
        ("svenska", "sv"),
        ("Svenska (Sverige)", "sv"),
        ("sv-SE", "sv"),
        ("SWE", "sv"),
        ("Engelska", "en"),
        ("English", "en"),
        ("en_GB", "en"),
        ("", "sv"),
    ],
)
def test_a_language_may_be_written_by_code_or_by_name(
    database: Engine, written: str, lang: str
) -> None:
    """As address books, spreadsheets and people write the languages that letters come in."""
    done = take_in(database, f"email;språk\na@example.se;{written}\n")

    with reading(database) as connection:
        person = subscribers.find(connection, "a@example.se")
    assert person is not None
    assert person.lang == lang
    assert done.unwritten == ()


def test_a_language_that_no_letter_comes_in_is_told_and_not_kept(database: Engine) -> None:
    """Who asks for it gets the site's own; of those who are not added nothing is told."""
    take_in(database, "email\nknown@example.se\n")
    rows = ("a;finska", "b;finska", "c;fr-CA", "d;sv?", "known;de", "fel;de")

    done = take_in(database, "email;språk\n" + "\n".join(rows).replace(";", "@example.se;", 5))

    assert [(each.language, each.people) for each in done.unwritten] == [
        ("finska", 2),
        ("fr-CA", 1),
        ("sv?", 1),
    ]
    with reading(database) as connection:
        assert {person.lang for person in subscribers.everyone(connection)} == {"sv"}


def test_a_site_of_another_language_has_that_one_too() -> None:
    """Its own language and region win over the bare language; an unheard-of one breaks nothing."""
    assert language_meant("suomi", "fi") == "fi"
    assert language_meant("Swedish", "sv-FI") == "sv-FI"
    assert language_meant("svenska", "qaa") == "sv"
    assert language_meant("", "sv") is None


def test_the_columns_are_told(database: Engine) -> None:
    """Which column was read, and which others hold addresses, is part of the answer."""
    done = take_in(database, "E-post;Chefens e-post\na@example.se;b@example.se\n")

    assert (done.columns, done.columns_unread) == (("E-post",), ("Chefens e-post",))


def test_without_a_word_about_consent_nothing_is_imported(database: Engine) -> None:
    """An empty consent text is refused before anything is read."""
    with pytest.raises(SettingsError, match="--consent is empty"):
        import_subscribers(
            database, KEYS, ListFile("l.csv", b"email\na@example.se", " ", "sv"), NOW
        )

    assert states(database) == {}


def test_a_file_that_is_no_list_changes_nothing(database: Engine) -> None:
    """The refusal comes from reading, before the transaction."""
    with pytest.raises(ContentError, match="no column of addresses"):
        take_in(database, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert states(database) == {}


def test_who_left_or_was_erased_here_is_refused_and_listed(either_database: Engine) -> None:
    """An import brings back neither those who left, nor those who bounced, nor the erased."""
    names = "left", "bounced", "erased", "stays"
    text = "email\n" + "".join(f"{name}@example.se\n" for name in names)
    take_in(either_database, text)
    with either_database.begin() as connection:
        left = subscribers.find(connection, "left@example.se")
        assert left is not None
        standing.leave(connection, left, "web", "page", NOW)
        bounced = Reason.BOUNCED
        standing.keep_out(connection, KEYS, "bounced@example.se", bounced, NOW)
        erase(connection, KEYS, "erased@example.se", NOW)

    done = take_in(either_database, text)

    assert (done.added, done.known) == (0, 1)
    assert [(skip.row, skip.email) for skip in done.skipped] == [
        (2, "left@example.se"),
        (3, "bounced@example.se"),
        (4, "erased@example.se"),
    ]
    assert "erased at the person's request" in done.skipped[2].reason


def test_a_list_of_those_who_left_ends_subscriptions(database: Engine) -> None:
    """Somebody who unsubscribed elsewhere gets nothing more from here, and can be told so."""
    take_in(database, "email\nanna@example.se\nbo@example.se\n")

    done = take_in(database, "email,status\nanna@example.se,unsubscribed\nbo@example.se,cleaned\n")

    assert states(database) == {
        "anna@example.se": SubscriberState.UNSUBSCRIBED,
        "bo@example.se": SubscriberState.SUPPRESSED,
    }
    assert done.added == done.known == 0


def test_whoever_an_import_ends_is_counted(database: Engine) -> None:
    """Strangers who left there and readers of ours are told apart, and nobody is counted twice."""
    take_in(database, "email\na@example.se\n")
    gone = "email,status\na@example.se,unsubscribed\nb@example.se,unsubscribed\n"

    first, second = take_in(database, gone), take_in(database, gone)

    assert (first.ended, first.lost) == (2, 1)
    assert (second.ended, second.lost) == (0, 0)


def test_who_bounced_here_and_left_there_has_left(database: Engine) -> None:
    """When the bounce is taken back, the leaving that a list told of still holds."""
    take_in(database, "email\nanna@example.se\n")
    with transaction(database) as connection:
        standing.keep_out(connection, KEYS, "anna@example.se", Reason.BOUNCED, NOW)

    for _ in range(2):
        take_in(database, "email,status\nanna@example.se,unsubscribed\n")
    with transaction(database) as connection:
        standing.let_in_again(connection, KEYS, "anna@example.se", NOW)
        acts = [entry.consent.act for entry in consent.history(connection, 1)]

    assert states(database) == {"anna@example.se": SubscriberState.UNSUBSCRIBED}
    assert acts == [Act.IMPORTED, Act.SUPPRESSED, Act.LEFT, Act.RETURNED]


def test_a_column_that_says_no_ends_nothing(database: Engine) -> None:
    """Many lists tell of everybody whether they have left; who has not goes on reading."""
    take_in(database, "email\nanna@example.se\nbo@example.se\n")

    take_in(database, "email,unsubscribed\nanna@example.se,false\nbo@example.se,true\n")

    assert states(database) == {
        "anna@example.se": SubscriberState.ACTIVE,
        "bo@example.se": SubscriberState.UNSUBSCRIBED,
    }


@pytest.mark.parametrize("order", [("enabled", "unsubscribed"), ("unsubscribed", "enabled")])
def test_of_two_rows_the_one_that_forbids_counts(database: Engine, order: tuple[str, str]) -> None:
    """An address that is both enabled and unsubscribed in one file has unsubscribed."""
    first, second = order

    take_in(database, f"email,status\nanna@example.se,{first}\nANNA@example.se,{second}\n")

    assert states(database) == {"anna@example.se": SubscriberState.UNSUBSCRIBED}


def test_a_name_with_a_line_break_is_refused(database: Engine) -> None:
    """It could forge a header in every mail to come."""
    done = take_in(database, 'email,name\na@example.se,"Anna\nBcc: x@example.net"\n')

    assert done.added == 0
    assert "the name holds a line break" in done.skipped[0].reason


def test_fifty_thousand_rows_in_one_transaction(database: Engine) -> None:
    """A large list comes in whole, in seconds, with an unbroken consent log."""
    text = "email,name\n" + "".join(f"r{n}@example.se,Läsare {n}\n" for n in range(50_000))

    done = take_in(database, text)

    assert done.added == 50_000
    with database.begin() as connection:
        assert subscribers.counts(connection)[SubscriberState.ACTIVE] == 50_000
        assert consent.first_broken(connection) is None


@pytest.mark.parametrize("name", EXPECTED)
def test_an_address_book_is_no_yes(database: Engine, name: str) -> None:
    """What Outlook and Google export as contacts is refused until its owner vouches for each.

    A look changes nothing and says it beside the figures; no export of a newsletter is refused.
    """
    listed = ListFile(name, (LISTS / name).read_bytes(), SAID, "sv")
    is_one = name.startswith(("outlook-", "google-"))

    rehearsed = import_subscribers(database, KEYS, listed, NOW, dry_run=True)
    if is_one:
        with pytest.raises(StateError, match="looks like an address book"):
            import_subscribers(database, KEYS, listed, NOW)
    else:
        import_subscribers(database, KEYS, listed, NOW)

    assert bool(rehearsed.contacts) == is_one
    assert bool(states(database)) != is_one
