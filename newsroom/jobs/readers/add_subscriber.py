"""Put one person on the list who asked for the newsletter on paper, at a meeting, by telephone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.errors import SettingsError, StateError
from newsroom.model import SubscriberState
from newsroom.model.saying import say
from newsroom.readers import consent, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.turn import take_turn


def add_subscriber(
    engine: Engine, keys: Sequence[bytes], person: NewSubscriber, said: str, now: datetime
) -> int:
    """Add somebody whose consent the coordinator vouches for, and give their number.

    `said` tells where and how they agreed. Raises SettingsError without it, and StateError when the
    address is on the list or must stay out; then only the person's own sign-up brings it back.
    """
    if not said.strip():
        raise SettingsError(
            say("--consent is empty; write where this person agreed to the newsletter")
        )
    with transaction(engine) as connection:
        take_turn(connection)
        listed = subscribers.find(connection, person.email)
        if listed is not None and listed.state != SubscriberState.PENDING:
            raise StateError(
                say(
                    "{email}: is on the list already, as {state}",
                    email=person.email,
                    state=listed.state,
                )
            )
        reason = suppression.why_suppressed(connection, keys, person.email)
        if reason is not None:
            raise StateError(
                say(
                    "{email}: {reason}, and stays out; only the person's own sign-up lifts that",
                    email=person.email,
                    reason=reason,
                )
            )
        if listed is not None:
            subscribers.remove(connection, listed.id)
        (number,) = subscribers.add(connection, [person], now)
        wording = consent.keep_wording(connection, said.strip())
        consent.record(connection, Consent(number, Act.ADDED, now, "command", wording=wording))
        return number
