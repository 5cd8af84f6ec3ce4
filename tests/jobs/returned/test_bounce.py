"""A mail that came back: what it is known by, and what follows from it."""

import pytest
from sqlalchemy import Engine, select

from newsroom.database.tables import incoming, rate
from newsroom.delivery.sending.course import finish
from newsroom.jobs.issue.issue_status import issue_status, status_json, status_line
from newsroom.jobs.readers.forget import forget
from newsroom.jobs.returned.bounce import Handled, Handling, take_in
from newsroom.jobs.returned.undo_bounce import undo_bounce
from newsroom.model.delivery import DeliveryState
from newsroom.readers.consent import Act, Consent, record
from newsroom.readers.return_address import token_of
from newsroom.readers.suppression import why_suppressed
from newsroom.readers.tokens import leave_token
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import (
    ASA,
    KEYS,
    MAILBOX,
    came_back,
    complained,
    freeze_issues,
    hand_over,
    message_id,
    on_record,
    state_of,
    verp,
)


def known_by(database: Engine) -> str | None:
    """What the one mail on record was known by."""
    with database.begin() as connection:
        known: str | None = connection.execute(select(incoming.c.known_by)).scalar_one()
        return known


@pytest.mark.parametrize("way", ["token", "envelope-id", "message-id"])
def test_a_dead_address_gets_no_more_mail(either_database: Engine, way: str) -> None:
    """A copy is known by its return address, its envelope id or its Message-ID."""
    freeze_issues(either_database, "2026-var")
    sent_back_to = verp(either_database)
    messages = {
        "token": came_back(to=sent_back_to.upper()),
        "envelope-id": came_back(envelope=token_of(sent_back_to)),
        "message-id": came_back(message_id=message_id(either_database)),
    }

    handled = take_in(either_database, KEYS, messages[way], NOW)

    assert handled == Handled(Handling.BOUNCED)
    assert known_by(either_database) == way
    assert on_record(either_database) == [("2026-var", ASA, "hard")]
    assert state_of(either_database) == "suppressed"


def test_the_same_mail_twice_counts_once(either_database: Engine) -> None:
    """A mail is on record by its digest, however often it is read."""
    freeze_issues(either_database, "2026-var")
    message = came_back("4.2.2", to=verp(either_database))

    first, second = (take_in(either_database, KEYS, message, NOW) for _ in range(2))

    assert (first.again, second) == (False, Handled(Handling.BOUNCED, again=True))
    assert len(on_record(either_database)) == 1


def test_a_name_alone_condemns_nobody(database: Engine) -> None:
    """A mail that only names a reader, and shows nothing that we sent, is left for a person."""
    freeze_issues(database, "2026-var")

    handled = take_in(database, KEYS, came_back(named=ASA), NOW)

    assert handled == Handled(Handling.NAMED)
    assert on_record(database) == []
    assert state_of(database) == "active"


def test_no_token_can_be_made_up(database: Engine) -> None:
    """A return address with another reader's number, or of another issue, is nobody's."""
    freeze_issues(database, "2026-var", emails=(ASA, "bo@kommun.example"))
    right = token_of(verp(database))
    wrong = token_of(verp(database, email="bo@kommun.example"))
    forged = f"studs+{wrong[:10]}{right[10:]}@example.se"

    assert take_in(database, KEYS, came_back(to=forged), NOW).what is Handling.NAMED
    assert state_of(database) == "active"


def test_a_number_too_large_for_the_database_is_nobodys(either_database: Engine) -> None:
    """A return address that somebody made up, with any number in it, is put on record as theirs."""
    freeze_issues(either_database, "2026-var")
    made_up = f"studs+{'7' * 32}@example.se"

    handled = take_in(either_database, KEYS, came_back(to=made_up), NOW)

    assert handled == Handled(Handling.NAMED)
    assert state_of(either_database) == "active"


def test_an_address_too_long_for_one_is_left_out(either_database: Engine) -> None:
    """A report on an address of 430 characters is kept, and names nobody."""
    endless = f"{'a' * 60}@{'.'.join(['b' * 60] * 6)}.example"

    handled = take_in(either_database, KEYS, came_back(named=endless), NOW)

    assert handled == Handled(Handling.NAMED)
    with either_database.begin() as connection:
        assert connection.execute(select(incoming.c.email)).scalar_one() is None


def test_a_full_mailbox_counts_by_issue(database: Engine) -> None:
    """Full three issues running is the end; three mails about one issue are one."""
    names = ("2025-var", "2025-host", "2026-var")
    freeze_issues(database, *names)
    for name in (names[0], names[0], names[1]):
        later = came_back(
            "4.2.2", to=verp(database, name), words=f"full {len(on_record(database))}"
        )
        take_in(database, KEYS, later, NOW)
    before = state_of(database)

    take_in(database, KEYS, came_back("4.2.2", to=verp(database, names[2])), NOW)

    assert (before, state_of(database)) == ("active", "suppressed")


def test_policy_never_punishes_a_reader(either_database: Engine) -> None:
    """What hosts hold against us stops the sending when it comes from several, and no reader."""
    readers = tuple(f"asa@kommun{number}.example" for number in range(3))
    freeze_issues(either_database, "2026-var", emails=readers)
    hand_over(either_database)
    states = []
    for email in readers:
        states.append(issue_status(either_database, "2026-var", NOW).state)
        message = came_back("5.7.26", to=verp(either_database, email=email), named=email)
        take_in(either_database, KEYS, message, NOW)

    assert {state_of(either_database, email) for email in readers} == {"active"}
    assert [*states, issue_status(either_database, "2026-var", NOW).state] == [
        *["sending"] * 3,
        "paused",
    ]


def test_one_host_that_distrusts_us_rests_alone(database: Engine) -> None:
    """Three readers behind the same host are that host's opinion: its lane stops, not the issue."""
    readers = tuple(f"reader{number}@kommun.example" for number in range(3))
    freeze_issues(database, "2026-var", emails=readers)
    hand_over(database)
    for email in readers:
        message = came_back("5.7.515", to=verp(database, email=email), named=email)
        take_in(database, KEYS, message, NOW)

    with database.begin() as connection:
        stopped = connection.scalars(select(rate.c.key).where(rate.c.paused_until > NOW)).all()
    assert len(stopped) == 1
    assert issue_status(database, "2026-var", NOW).state == "sending"


def test_nothing_rests_for_an_issue_that_is_done(database: Engine) -> None:
    """What comes back after the last mail left stops no lane: the next issue goes through it."""
    readers = tuple(f"reader{number}@kommun.example" for number in range(3))
    freeze_issues(database, "2026-var", emails=readers)
    hand_over(database)
    with database.begin() as connection:
        finish(connection, "2026-var", NOW)
    for email in readers:
        message = came_back("5.7.515", to=verp(database, email=email), named=email)
        take_in(database, KEYS, message, NOW)

    with database.begin() as connection:
        assert connection.scalars(select(rate.c.key).where(rate.c.paused_until > NOW)).all() == []
    status = issue_status(database, "2026-var", NOW)
    assert (status.state, status.causes) == ("done", (("distrust", 3),))


def test_readers_own_filters_stop_nothing(database: Engine) -> None:
    """That the readers' own lists take no mail from outside is nothing that we could mend."""
    readers = tuple(f"asa@kommun{number}.example" for number in range(4))
    freeze_issues(database, "2026-var", emails=readers)
    hand_over(database)
    for email in readers:
        words = "RESOLVER.RST.SenderNotAuthenticatedForGroup"
        message = came_back("5.7.133", to=verp(database, email=email), named=email, words=words)
        take_in(database, KEYS, message, NOW)

    assert issue_status(database, "2026-var", NOW).state == "sending"
    assert {state_of(database, email) for email in readers} == {"active"}


def test_complaints_stop_an_issue(database: Engine) -> None:
    """When three readers have called an issue spam, a person looks before it goes on."""
    readers = tuple(f"asa@kommun{number}.example" for number in range(3))
    freeze_issues(database, "2026-var", emails=readers)
    hand_over(database)
    for email in readers:
        take_in(database, KEYS, complained(message_id(database, email=email)), NOW)

    assert issue_status(database, "2026-var", NOW).state == "paused"


def test_what_came_back_had_arrived(either_database: Engine) -> None:
    """A bounce settles an unknown copy: a server had accepted it, and the sum still holds."""
    freeze_issues(either_database, "2026-var")
    hand_over(either_database, state=DeliveryState.UNKNOWN)

    take_in(either_database, KEYS, came_back("4.2.2", to=verp(either_database)), NOW)

    status = issue_status(either_database, "2026-var", NOW)
    assert (status.accepted, status.unknown, status.adds_up) == (1, 0, True)


def test_status_says_why_copies_came_back(either_database: Engine) -> None:
    """What came back stands beside the accepted copies it is among, with its causes."""
    readers = tuple(f"reader{number}@kommun.example" for number in range(4))
    freeze_issues(either_database, "2026-var", emails=readers)
    hand_over(either_database)
    for email, code in zip(readers, ("5.1.1", "5.1.1", "5.2.2"), strict=False):
        message = came_back(code, to=verp(either_database, email=email), named=email)
        take_in(either_database, KEYS, message, NOW)
    take_in(either_database, KEYS, complained(message_id(either_database, email=readers[3])), NOW)

    status = issue_status(either_database, "2026-var", NOW)

    assert (status.accepted, status.bounced, status.complained) == (4, 3, 1)
    assert (status.causes, status.adds_up) == ((("gone", 2), ("full", 1)), True)
    assert "3 of the accepted came back (no such address: 2, the mailbox is full: 1)" in str(
        status_line(status)
    )
    assert status_json(status)["causes"] == {"gone": 2, "full": 1}


def test_what_was_undone_is_not_counted(database: Engine) -> None:
    """A bounce that was taken back is no exception of the issue."""
    freeze_issues(database, "2026-var")
    hand_over(database)
    take_in(database, KEYS, came_back(to=verp(database)), NOW)
    undo_bounce(database, KEYS, ASA, NOW)

    assert issue_status(database, "2026-var", NOW).bounced == 0


def test_a_complaint_ends_a_subscription(database: Engine) -> None:
    """A reader who calls us spam gets no more, and only a person at the desk can change that."""
    freeze_issues(database, "2026-var")

    handled = take_in(database, KEYS, complained(message_id(database)), NOW)

    with database.begin() as connection:
        why = why_suppressed(connection, KEYS, ASA)
    assert (handled.what, why) == (Handling.COMPLAINED, "complained")


@pytest.mark.parametrize(
    "subject", ["Automatic reply: Nytt", "Re: Nytt", "Delayed: Nytt", "Please confirm your message"]
)
def test_other_mail_is_not_ours(database: Engine, subject: str) -> None:
    """Holiday replies and people's answers are neither put on record nor acted upon."""
    freeze_issues(database, "2026-var")
    message = f"From: {ASA}\nTo: {verp(database)}\nSubject: {subject}\n\nUser unknown.\n".encode()

    assert take_in(database, KEYS, message, NOW) == Handled(Handling.NOT_OURS)
    with database.begin() as connection:
        assert connection.execute(select(incoming)).all() == []


def test_leaving_by_mail(database: Engine) -> None:
    """The mail that a mail program sends to leave the list does that, and nothing else does."""
    freeze_issues(database, "2026-var")
    head = f"From: {ASA}\nTo: {MAILBOX}\nSubject: unsubscribe"

    nobody = take_in(database, KEYS, f"{head} {'x' * 30}\n\n".encode(), NOW)
    before = state_of(database)
    left = take_in(database, KEYS, f"{head} {leave_token(KEYS[0], 1)}\n\n".encode(), NOW)

    assert (nobody.what, before) == (Handling.NOT_OURS, "active")
    assert (left.what, state_of(database)) == (Handling.LEFT, "unsubscribed")


def test_undone_bounces_count_no_more(database: Engine) -> None:
    """What was taken back does not add up with what comes later."""
    names = ("2025-var", "2025-host", "2026-var")
    freeze_issues(database, *names)
    for name in names[:2]:
        take_in(database, KEYS, came_back("4.2.2", to=verp(database, name)), NOW)
    undo_bounce(database, KEYS, ASA, NOW)

    take_in(database, KEYS, came_back("4.2.2", to=verp(database, names[2])), NOW)

    assert state_of(database) == "active"


def test_an_erased_reader_stays_erased(database: Engine) -> None:
    """What comes back for somebody who was erased since leaves no trace of them."""
    freeze_issues(database, "2026-var")
    message = came_back(to=verp(database))
    forget(database, KEYS, ASA, NOW)

    handled = take_in(database, KEYS, message, NOW)

    assert handled.what is Handling.BOUNCED
    with database.begin() as connection:
        assert connection.execute(select(incoming.c.raw)).scalar_one() is None
    ((_, email, _),) = on_record(database)
    assert email.endswith("@invalid")


def test_undo(either_database: Engine) -> None:
    """A verdict that was wrong is taken back: the reader stands where they stood before."""
    freeze_issues(either_database, "2026-var")
    with either_database.begin() as connection:
        record(connection, Consent(1, Act.ADDED, NOW, "command"))
    take_in(either_database, KEYS, came_back(to=verp(either_database)), NOW)

    undone = undo_bounce(either_database, KEYS, ASA, NOW)

    assert undone
    assert state_of(either_database) == "active"
    assert not undo_bounce(either_database, KEYS, ASA, NOW)
