from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.errors import AddressError
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber, clean_name

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ACTIVE, PENDING = SubscriberState.ACTIVE, SubscriberState.PENDING
ANNA = NewSubscriber("anna@example.se", ACTIVE, "sv", "Anna Åkesson", ("press", "medlem"))
BO = NewSubscriber("bo@example.se", PENDING, "sv")
CARL = NewSubscriber("carl@example.org", ACTIVE, "en", tags=("press",))


def test_people_are_found_as_they_were_added(either_database: Engine) -> None:
    """Numbers come in the order given, and address and number lead to the same person."""
    with either_database.begin() as connection:
        numbers = subscribers.add(connection, [CARL, ANNA], NOW)
        anna = subscribers.find(connection, "anna@example.se")

        assert anna is not None
        assert anna.id == numbers[1]
        assert (anna.name, anna.tags, anna.since) == ("Anna Åkesson", ("press", "medlem"), NOW)
        assert subscribers.by_number(connection, anna.id) == anna
        assert subscribers.find(connection, "nobody@example.se") is None
        assert subscribers.by_number(connection, 99) is None


def test_the_list_can_be_narrowed(either_database: Engine) -> None:
    """State, language and tag each narrow the list, which is in order of address."""
    with either_database.begin() as connection:
        subscribers.add(connection, [CARL, BO, ANNA], NOW)

        def emails(**which: object) -> list[str]:
            found = subscribers.everyone(connection, **which)  # type: ignore[arg-type]
            return [person.email.partition("@")[0] for person in found]

        assert emails() == ["anna", "bo", "carl"]
        assert emails(state=ACTIVE) == ["anna", "carl"]
        assert emails(lang="sv") == ["anna", "bo"]
        assert emails(tag="press") == ["anna", "carl"]
        assert emails(tag="press", lang="en") == ["carl"]


def test_every_state_is_counted(either_database: Engine) -> None:
    """States that nobody is in count zero."""
    with either_database.begin() as connection:
        subscribers.add(connection, [ANNA, BO, CARL], NOW)

        assert subscribers.counts(connection) == {
            SubscriberState.PENDING: 1,
            SubscriberState.ACTIVE: 2,
            SubscriberState.UNSUBSCRIBED: 0,
            SubscriberState.SUPPRESSED: 0,
        }


def test_leaving_closes_the_confirmation_link(either_database: Engine) -> None:
    """A link from before somebody left cannot bring them back."""
    with either_database.begin() as connection:
        (number,) = subscribers.add(connection, [BO], NOW)
        subscribers.open_confirmation(connection, number, "d" * 64, NOW + timedelta(days=7))
        found = subscribers.confirmation(connection, "d" * 64)

        assert found is not None
        assert (found.subscriber.id, found.expires) == (number, NOW + timedelta(days=7))

        later = NOW + timedelta(days=1)
        subscribers.set_state(connection, number, SubscriberState.UNSUBSCRIBED, later)
        gone = subscribers.by_number(connection, number)

        assert gone is not None
        assert (gone.state, gone.since) == (SubscriberState.UNSUBSCRIBED, later)
        assert subscribers.confirmation(connection, "d" * 64) is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [("  Anna ", "Anna"), ("", None), (None, None), ("=SUM(1)", "=SUM(1)"), ("x" * 300, "x" * 200)],
)
def test_names_are_kept_as_written(written: str | None, kept: str | None) -> None:
    """Space around a name goes, an empty one is none, and a long one ends somewhere."""
    assert clean_name(written) == kept


@pytest.mark.parametrize("name", ["Anna\r\nBcc: x@example.net", "An\0na", "Anna\u2028Å", "A\tB"])
def test_a_name_cannot_forge_a_header(name: str) -> None:
    """Line breaks and control characters in a name are refused."""
    with pytest.raises(AddressError, match="one line"):
        clean_name(name)
