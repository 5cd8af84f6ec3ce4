"""Joining, leaving, keeping out: each change of a reader's state together with its proof."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from newsroom.database.turn import take_turn
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import subscribers, suppression
from newsroom.readers.consent import Act, Consent, history, record
from newsroom.readers.departed import DepartedWord, note, note_reason
from newsroom.readers.suppression import Reason

UNDO = timedelta(hours=24)  # later than this, coming back takes a new confirmation


def confirm(
    connection: Connection, keys: Sequence[bytes], person: Subscriber, source: str, now: datetime
) -> None:
    """Begin or take up again a subscription that its owner has just confirmed.

    It lifts what kept the address out: the owner's own wish is newer. Who complained about our mail
    stays out, and an operator who lets them in again finds that they have confirmed.
    """
    suppression.lift(connection, keys, person.email)
    subscribers.set_state(connection, person.id, SubscriberState.ACTIVE, now)
    record(connection, Consent(person.id, Act.CONFIRMED, now, "web", source))
    note(connection, person.email, DepartedWord.RETURNED, now)
    if suppression.why_suppressed(connection, keys, person.email) is Reason.COMPLAINED:
        keep_out(connection, keys, person.email, Reason.COMPLAINED, now)


def decline(connection: Connection, person: Subscriber, source: str, now: datetime) -> None:
    """Close a confirmation link that its reader did not ask for; who only waited is erased."""
    if person.state == SubscriberState.PENDING:
        subscribers.remove(connection, person.id)
    else:
        subscribers.close_confirmation(connection, person.id)
    record(connection, Consent(person.id, Act.DECLINED, now, "web", source))


def leave(
    connection: Connection, person: Subscriber, method: str, source: str, now: datetime
) -> None:
    """End a subscription; nothing happens when it has ended already.

    Of somebody who bounced or complained it is written down, for the day that this is taken back.
    """
    if has_left(connection, person):
        return
    if person.state != SubscriberState.SUPPRESSED:
        subscribers.set_state(connection, person.id, SubscriberState.UNSUBSCRIBED, now)
    record(connection, Consent(person.id, Act.LEFT, now, method, source))
    note(connection, person.email, DepartedWord.LEFT, now)


def has_left(connection: Connection, person: Subscriber) -> bool:
    """Whether somebody ended their subscription, before or after mail to them came back."""
    if person.state == SubscriberState.SUPPRESSED:
        return _last_word(connection, person) is Act.LEFT
    return person.state == SubscriberState.UNSUBSCRIBED


def may_undo(person: Subscriber, now: datetime) -> bool:
    """Whether somebody left so lately that one button brings them back."""
    return person.state == SubscriberState.UNSUBSCRIBED and now - person.since < UNDO


def come_back(connection: Connection, person: Subscriber, source: str, now: datetime) -> bool:
    """Take back a leaving within `UNDO`; False when it is too late or there is nothing to undo."""
    if not may_undo(person, now):
        return False
    subscribers.set_state(connection, person.id, SubscriberState.ACTIVE, now)
    record(connection, Consent(person.id, Act.RETURNED, now, "web", source))
    note(connection, person.email, DepartedWord.RETURNED, now)
    return True


def keep_out(
    connection: Connection, keys: Sequence[bytes], email: str, reason: Reason, now: datetime
) -> None:
    """Send nothing more to an address that bounced or complained, whether it is listed or not."""
    take_turn(connection)
    suppression.suppress(connection, keys, email, reason, now)
    note_reason(connection, email, reason, now)
    person = subscribers.find(connection, email)
    if person is None or person.state == SubscriberState.SUPPRESSED:
        return
    subscribers.set_state(connection, person.id, SubscriberState.SUPPRESSED, now)
    record(connection, Consent(person.id, Act.SUPPRESSED, now, "mail", source=str(reason)))


def let_in_again(connection: Connection, keys: Sequence[bytes], email: str, now: datetime) -> bool:
    """Take back `keep_out`: the reader stands where they stood before. False if nothing was kept.

    An erasure and a leaving are the reader's own wish, and stay.
    """
    if not suppression.acquit(connection, keys, email):
        return False
    note(connection, email, DepartedWord.ACQUITTED, now)
    person = subscribers.find(connection, email)
    if person is not None and person.state == SubscriberState.SUPPRESSED:
        state = _state_before(connection, person)
        subscribers.set_state(connection, person.id, state, now)
        record(connection, Consent(person.id, Act.RETURNED, now, "command", source="undo"))
    return True


def _state_before(connection: Connection, person: Subscriber) -> SubscriberState:
    """Where a suppressed reader stood. Of who had not confirmed the link was closed for good."""
    is_out = _last_word(connection, person) in {None, Act.LEFT, Act.ERASED}
    return SubscriberState.UNSUBSCRIBED if is_out else SubscriberState.ACTIVE


def _last_word(connection: Connection, person: Subscriber) -> Act | None:
    """The newest thing that was somebody's own doing and began or ended their subscription."""
    for entry in reversed(history(connection, person.id)):
        match entry.consent:
            case Consent(act=Act.SUPPRESSED | Act.REQUESTED | Act.DECLINED | Act.CHANGED):
                continue
            case Consent(act=Act.RETURNED, method="command"):  # let in again, by somebody else
                continue
            case Consent(act=act):
                return act
    return None
