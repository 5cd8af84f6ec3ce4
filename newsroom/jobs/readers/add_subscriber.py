"""Put one person on the list who asked for the newsletter on paper, at a meeting, by telephone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.turn import take_turn
from newsroom.errors import SettingsError, StateError
from newsroom.jobs.readers.standing_words import KEPT_OUT, STANDS
from newsroom.model import SubscriberState
from newsroom.model.saying import say
from newsroom.readers import consent, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason


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
        reason = suppression.why_suppressed(connection, keys, person.email)
        if reason is not None:
            raise _stays_out(person.email, reason)
        if listed is not None and listed.state != SubscriberState.PENDING:
            raise StateError(
                say(
                    "{email}: is on the list already: {standing}",
                    email=person.email,
                    standing=STANDS[listed.state],
                )
            )
        if listed is not None:
            subscribers.remove(connection, listed.id)
        (number,) = subscribers.add(connection, [person], now)
        wording = consent.keep_wording(connection, said.strip())
        consent.record(connection, Consent(number, Act.ADDED, now, "command", wording=wording))
        return number


def _stays_out(email: str, reason: Reason) -> StateError:
    """What lifts it: of a complaint and of a bounce the desk's word that it was a mistake.

    Who complained gets not even a mail to confirm, so that their own sign-up cannot help.
    """
    if reason is Reason.BOUNCED:
        return StateError(
            say(
                "{email}: {reason}, so it stays out; if the address is right, write: {command}",
                email=email,
                reason=KEPT_OUT[reason],
                command=f"newsroom inbox undo {email}",
            )
        )
    if reason is Reason.COMPLAINED:
        return StateError(
            say(
                "{email}: {reason}; if they want it after all, first write: {command}",
                email=email,
                reason=KEPT_OUT[reason],
                command=f"newsroom inbox undo {email}",
            )
        )
    return StateError(
        say(
            "{email}: {reason}, and stays out; only the person's own sign-up lifts that",
            email=email,
            reason=KEPT_OUT[reason],
        )
    )
