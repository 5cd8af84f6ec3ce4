from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from newsroom.errors import AddressError, SettingsError, StateError
from newsroom.jobs.readers.add_subscriber import add_subscriber
from newsroom.jobs.readers.forget import forget
from newsroom.model import SubscriberState
from newsroom.readers import consent, subscribers
from newsroom.readers.subscribers import NewSubscriber

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANNA = NewSubscriber("anna@example.se", SubscriberState.ACTIVE, "sv", "Anna")
SAID = "Ringde kansliet den 20 november"


def test_somebody_who_asked_on_paper_is_added(database: Engine) -> None:
    """The person is a subscriber, and the log says how they agreed."""
    number = add_subscriber(database, KEYS, ANNA, SAID, NOW)

    with database.begin() as connection:
        person = subscribers.by_number(connection, number)
        (entry,) = consent.history(connection, number)
    assert person is not None
    assert person.state == SubscriberState.ACTIVE
    assert entry.text == SAID


def test_somebody_who_waits_need_not_confirm(database: Engine) -> None:
    """A pending sign-up gives way to what the coordinator vouches for."""
    with database.begin() as connection:
        waiting = NewSubscriber("anna@example.se", SubscriberState.PENDING, "en")
        subscribers.add(connection, [waiting], NOW)

    add_subscriber(database, KEYS, ANNA, SAID, NOW)

    with database.begin() as connection:
        person = subscribers.find(connection, "anna@example.se")
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


def test_nobody_is_added_without_a_word_about_consent(database: Engine) -> None:
    """An empty text is refused."""
    with pytest.raises(SettingsError, match="--consent is empty"):
        add_subscriber(database, KEYS, ANNA, "", NOW)


def test_nobody_is_added_twice(database: Engine) -> None:
    """Whoever is on the list, or has left it, is named with where they stand."""
    add_subscriber(database, KEYS, ANNA, SAID, NOW)

    with pytest.raises(StateError, match=r"anna@example\.se: .* already: gets the newsletter"):
        add_subscriber(database, KEYS, ANNA, SAID, NOW)


def test_who_was_forgotten_is_not_added(database: Engine) -> None:
    """Only the person's own sign-up lifts an erasure."""
    add_subscriber(database, KEYS, ANNA, SAID, NOW)
    assert forget(database, KEYS, " ANNA@example.se", NOW)

    with pytest.raises(StateError, match=r"anna@example\.se: was erased, and stays out"):
        add_subscriber(database, KEYS, ANNA, SAID, NOW)


def test_forgetting_needs_an_address(database: Engine) -> None:
    """What is no address is refused, and a stranger's leaves nothing to erase."""
    with pytest.raises(AddressError):
        forget(database, KEYS, "anna", NOW)

    assert not forget(database, KEYS, "stranger@example.se", NOW)
