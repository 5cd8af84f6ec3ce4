"""What a provider tells, on record once and acted upon like a mail that came back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from newsroom.bounces.cause import Cause
from newsroom.bounces.classify import MailKind, Returned
from newsroom.bounces.hook_event import HookEvent
from newsroom.database.tables import incoming
from newsroom.jobs.returned.bounce import Handling, take_in
from newsroom.jobs.returned.hooks.take import take_events
from newsroom.jobs.returned.undo_bounce import undo_bounce
from newsroom.readers.return_address import token_of
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import (
    ASA,
    KEYS,
    came_back,
    complained,
    freeze_issues,
    hand_over,
    message_id,
    on_record,
    state_of,
    verp,
)


def event(
    cause: Cause = Cause.GONE,
    *,
    number: str = "1",
    kind: MailKind = MailKind.BOUNCE,
    message_ids: tuple[str, ...] = (),
) -> HookEvent:
    """What a provider told of one message."""
    return HookEvent(number, kind, Returned(ASA, cause), message_ids=message_ids)


@pytest.mark.parametrize("way", ["envelope id", "message id", "return address"])
def test_a_dead_address_gets_no_more_mail(either_database: Engine, way: str) -> None:
    """A copy is known by what was sent along, by its Message-ID or its return address."""
    freeze_issues(either_database, "2026-var")
    sent_back_to = verp(either_database)
    gone = Returned(ASA, Cause.GONE)
    told = {
        "envelope id": HookEvent(
            "1", MailKind.BOUNCE, gone, envelope_ids=(token_of(sent_back_to),)
        ),
        "message id": event(message_ids=(message_id(either_database),)),
        "return address": HookEvent("1", MailKind.BOUNCE, gone, return_addresses=(sent_back_to,)),
    }

    found = take_events(either_database, KEYS, "ses", [told[way]], NOW)

    assert found == {Handling.BOUNCED: 1}
    assert on_record(either_database) == [("2026-var", ASA, "hard")]
    assert state_of(either_database) == "suppressed"


def test_an_event_told_again_changes_nothing(either_database: Engine) -> None:
    """Providers repeat themselves; after an undo, too, the repetition strikes nobody."""
    freeze_issues(either_database, "2026-var")
    told = [event(message_ids=(message_id(either_database),))]
    take_events(either_database, KEYS, "ses", told, NOW)
    undo_bounce(either_database, KEYS, ASA, NOW)

    again = take_events(either_database, KEYS, "ses", told, NOW)

    assert (again, len(on_record(either_database))) == ({}, 1)
    assert state_of(either_database) != "suppressed"


def test_told_many_times_at_once(either_database: Engine) -> None:
    """A provider that does not wait for our answer tells it again meanwhile: it counts once."""
    freeze_issues(either_database, "2026-var")
    told = [event(message_ids=(message_id(either_database),))]

    def tell(_: int) -> int:
        return sum(take_events(either_database, KEYS, "ses", told, NOW).values())

    with ThreadPoolExecutor(8) as threads:
        counted = sum(threads.map(tell, range(16)))

    assert (counted, len(on_record(either_database))) == (1, 1)


def test_what_was_taken_back_stays_so_whoever_tells_it(either_database: Engine) -> None:
    """A person has said that this copy's bounce was wrong; the mail about it comes later."""
    freeze_issues(either_database, "2026-var")
    ours = message_id(either_database)
    take_events(either_database, KEYS, "ses", [event(message_ids=(ours,))], NOW)
    undo_bounce(either_database, KEYS, ASA, NOW)
    before = state_of(either_database)

    take_in(either_database, KEYS, came_back(message_id=ours), NOW)

    assert before == state_of(either_database) != "suppressed"


def test_two_providers_may_use_the_same_number(database: Engine) -> None:
    """An id is one provider's own."""
    freeze_issues(database, "2026-var")
    told = [event(Cause.FULL, message_ids=(message_id(database),))]

    for provider in ("ses", "brevo"):
        take_events(database, KEYS, provider, told, NOW)

    assert len(on_record(database)) == 2


def test_a_name_alone_condemns_nobody(database: Engine) -> None:
    """An event that only names a reader is on record, without any words, and nothing follows."""
    freeze_issues(database, "2026-var")

    found = take_events(database, KEYS, "ses", [event()], NOW)

    with database.begin() as connection:
        kept = connection.execute(select(incoming.c.email, incoming.c.raw)).one()
    assert (found, tuple(kept)) == ({Handling.NAMED: 1}, (ASA, None))
    assert (on_record(database), state_of(database)) == ([], "active")


def test_a_complaint_ends_a_subscription(database: Engine) -> None:
    """So does one by mail about the same copy; together they are one reader's."""
    freeze_issues(database, "2026-var")
    hand_over(database)
    number = message_id(database)

    told = take_events(
        database, KEYS, "ses", [event(kind=MailKind.COMPLAINT, message_ids=(number,))], NOW
    )
    take_in(database, KEYS, complained(number), NOW)

    assert told == {Handling.COMPLAINED: 1}
    assert state_of(database) == "suppressed"


def test_mail_and_webhook_of_one_issue_are_one_soft_bounce(database: Engine) -> None:
    """However many sources tell of it, an issue counts once; three issues are the end."""
    names = ("2025-var", "2025-host", "2026-var")
    freeze_issues(database, *names)
    states = []
    for name in names:
        ours = (message_id(database, name),)
        take_events(database, KEYS, "ses", [event(Cause.FULL, number=name, message_ids=ours)], NOW)
        states.append(state_of(database))
        take_in(database, KEYS, came_back("4.2.2", message_id=ours[0]), NOW)

    assert states == ["active", "active", "suppressed"]


def test_all_or_nothing(database: Engine) -> None:
    """What cannot be written down whole is not written at all, so that it can be told again."""
    freeze_issues(database, "2026-var")
    broken = event(Cause.FULL, number="2", message_ids=(message_id(database),))
    object.__setattr__(broken.told, "diagnostic", object())

    with pytest.raises(Exception, match="type"):
        take_events(database, KEYS, "ses", [event(message_ids=broken.message_ids), broken], NOW)

    assert (on_record(database), state_of(database)) == ([], "active")
