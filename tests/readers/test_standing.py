from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import consent, erasure, standing, subscribers, suppression
from newsroom.readers.consent import Act
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EMAIL = "anna@example.se"


def anna(connection: Connection, state: SubscriberState = SubscriberState.ACTIVE) -> Subscriber:
    """Anna, newly on the list."""
    subscribers.add(connection, [NewSubscriber(EMAIL, state, "sv")], NOW)
    return now_of(connection)


def now_of(connection: Connection) -> Subscriber:
    """Anna as she stands now."""
    person = subscribers.find(connection, EMAIL)
    assert person is not None
    return person


def acts(connection: Connection) -> list[Act]:
    """What the log says of Anna."""
    return [entry.consent.act for entry in consent.history(connection, 1)]


def test_a_confirmation_begins_a_subscription_and_lifts_what_kept_out(database: Engine) -> None:
    """The owner's own confirmation is newer than an erasure or a bounce."""
    with database.begin() as connection:
        person = anna(connection, SubscriberState.PENDING)
        suppression.suppress(connection, KEYS, EMAIL, Reason.ERASED, NOW)

        standing.confirm(connection, KEYS, person, "the page", NOW)

        assert now_of(connection).state == SubscriberState.ACTIVE
        assert suppression.why_suppressed(connection, KEYS, EMAIL) is None
        assert acts(connection) == [Act.CONFIRMED]


def test_leaving_twice_is_leaving_once(database: Engine) -> None:
    """A second leaving changes neither the state's time nor the log."""
    with database.begin() as connection:
        standing.leave(connection, anna(connection), "one-click", "a mail", NOW)
        standing.leave(connection, now_of(connection), "web", "a page", NOW + timedelta(hours=1))

        assert now_of(connection).state == SubscriberState.UNSUBSCRIBED
        assert now_of(connection).since == NOW
        assert acts(connection) == [Act.LEFT]


@pytest.mark.parametrize(("hours", "log"), [(23, [Act.LEFT, Act.RETURNED]), (24, [Act.LEFT])])
def test_leaving_can_be_undone_for_a_day(database: Engine, hours: int, log: list[Act]) -> None:
    """Within a day one button brings somebody back; after that it takes a new confirmation."""
    with database.begin() as connection:
        standing.leave(connection, anna(connection), "web", "a page", NOW)

        later = NOW + timedelta(hours=hours)
        came_back = standing.come_back(connection, now_of(connection), "page", later)

        assert came_back == (Act.RETURNED in log)
        assert (now_of(connection).state == SubscriberState.ACTIVE) == came_back
        assert acts(connection) == log


def test_there_is_nothing_to_undo_for_those_who_stayed(database: Engine) -> None:
    """The undo button of somebody who never left does nothing."""
    with database.begin() as connection:
        assert not standing.come_back(connection, anna(connection), "page", NOW)
        assert acts(connection) == []


def test_an_address_that_bounced_is_kept_out(database: Engine) -> None:
    """The subscriber is suppressed, the hash is kept and the log says so, once."""
    with database.begin() as connection:
        anna(connection)

        for _ in range(2):
            standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)

        assert now_of(connection).state == SubscriberState.SUPPRESSED
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.BOUNCED
        assert acts(connection) == [Act.SUPPRESSED]


def test_a_stranger_can_be_kept_out(database: Engine) -> None:
    """An address that is not on the list is only remembered by its hash."""
    with database.begin() as connection:
        standing.keep_out(connection, KEYS, EMAIL, Reason.COMPLAINED, NOW)

        assert subscribers.find(connection, EMAIL) is None
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.COMPLAINED


@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.COMPLAINED])
def test_a_verdict_is_taken_back(database: Engine, reason: Reason) -> None:
    """Who was kept out by a bounce or a complaint stands again where they stood before."""
    with database.begin() as connection:
        person = anna(connection)
        consent.record(connection, consent.Consent(person.id, Act.ADDED, NOW, "command"))
        standing.keep_out(connection, KEYS, EMAIL, reason, NOW)

        lifted = standing.let_in_again(connection, KEYS, EMAIL, NOW)

        assert lifted
        assert now_of(connection).state == SubscriberState.ACTIVE
        assert acts(connection)[-2:] == [Act.SUPPRESSED, Act.RETURNED]
        assert suppression.why_suppressed(connection, KEYS, EMAIL) is None


def test_who_left_stays_away(database: Engine) -> None:
    """A verdict that is taken back brings nobody back who had left before it."""
    with database.begin() as connection:
        person = anna(connection)
        standing.leave(connection, person, "web", "link", NOW)
        standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)

        standing.let_in_again(connection, KEYS, EMAIL, NOW)

        assert now_of(connection).state == SubscriberState.UNSUBSCRIBED


def test_who_leaves_while_kept_out_has_left(database: Engine) -> None:
    """Who presses "leave" after a bounce is not mailed again when the bounce is taken back."""
    with database.begin() as connection:
        person = anna(connection)
        consent.record(connection, consent.Consent(person.id, Act.CONFIRMED, NOW, "web"))
        standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)

        for _ in range(2):
            standing.leave(connection, now_of(connection), "one-click", "link", NOW)
        assert now_of(connection).state == SubscriberState.SUPPRESSED
        standing.let_in_again(connection, KEYS, EMAIL, NOW)

        assert now_of(connection).state == SubscriberState.UNSUBSCRIBED
        assert acts(connection) == [Act.CONFIRMED, Act.SUPPRESSED, Act.LEFT, Act.RETURNED]


@pytest.mark.parametrize("state", [SubscriberState.UNSUBSCRIBED, SubscriberState.ACTIVE])
def test_a_second_verdict_remembers_as_much(database: Engine, state: SubscriberState) -> None:
    """To be let in again is nobody's own doing: after the next bounce it says nothing of a wish."""
    with database.begin() as connection:
        person = anna(connection)
        consent.record(connection, consent.Consent(person.id, Act.CONFIRMED, NOW, "web"))
        if state == SubscriberState.UNSUBSCRIBED:
            standing.leave(connection, person, "web", "link", NOW)

        for _ in range(2):
            standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)
            standing.let_in_again(connection, KEYS, EMAIL, NOW)

        assert now_of(connection).state == state


@pytest.mark.parametrize("verdict", [Reason.BOUNCED, Reason.COMPLAINED])
@pytest.mark.parametrize("erased", ["before", "after"])
def test_an_erasure_is_not_taken_back(database: Engine, verdict: Reason, erased: str) -> None:
    """What somebody asked for themselves outlasts a verdict, whichever came first."""
    with database.begin() as connection:
        anna(connection)
        if erased == "before":
            erasure.erase(connection, KEYS, EMAIL, NOW)
        standing.keep_out(connection, KEYS, EMAIL, verdict, NOW)
        if erased == "after":
            erasure.erase(connection, KEYS, EMAIL, NOW)

        standing.let_in_again(connection, KEYS, EMAIL, NOW)

        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.ERASED


def test_who_complained_stays_out_whatever_they_confirm(database: Engine) -> None:
    """Only an operator lifts a complaint; the confirmation counts from then on."""
    with database.begin() as connection:
        person = anna(connection, SubscriberState.PENDING)
        standing.keep_out(connection, KEYS, EMAIL, Reason.COMPLAINED, NOW)

        standing.confirm(connection, KEYS, person, "the page", NOW)
        assert now_of(connection).state == SubscriberState.SUPPRESSED

        standing.let_in_again(connection, KEYS, EMAIL, NOW)
        assert now_of(connection).state == SubscriberState.ACTIVE
