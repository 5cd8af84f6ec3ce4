"""Hand over the mails to readers that are due, each by one process, until it is taken or too late.

Of a mail that is taken, refused or given up nothing is kept but that it was asked for.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from newsroom.database import transaction
from newsroom.errors import ContentError
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.system_mail import Draft, alarm, draft, message_of
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.model.saying import say
from newsroom.readers import notices, outbox, subscribers
from newsroom.readers.outbox import Claim, PutOff
from newsroom.readers.turn import take_turn

log = logging.getLogger(__name__)

_OVER = {DeliveryState.ACCEPTED, DeliveryState.REFUSED}


def hand_over_due(desk: FrontDesk, now: Callable[[], datetime]) -> int:
    """Hand over what is due and give how many mails were taken.

    A relay that takes nobody's mail is left alone until the next look.
    """
    taken = 0
    while (held := _claim(desk, now())) is not None:
        outcome = _attempt(desk, held, now())
        if outcome is None:
            continue
        _write_down(desk, held, outcome, now())
        taken += outcome.state is DeliveryState.ACCEPTED
        if outcome.whole_relay:
            break
    return taken


def _claim(desk: FrontDesk, now: datetime) -> Claim | None:
    with transaction(desk.engine) as connection:
        return outbox.claim(connection, now)


def _attempt(desk: FrontDesk, held: Claim, now: datetime) -> Outcome | None:
    """How it went; None for a mail that is given up, or that there is no reason for any more."""
    if held.is_over(now):
        _give_up(desk, held)
        return None
    try:
        if held.order.subscriber_id is None:
            return desk.mailer.hand_over(alarm(desk, now), desk.site.mailbox)
        drafted = _draft(desk, held, now)
        if drafted is None:
            return None
        return desk.mailer.hand_over(message_of(desk, drafted, now), drafted.to)
    except ContentError as error:  # a template of the newsroom's own
        return Outcome(DeliveryState.DEFERRED, reason=error.sentence)


def _draft(desk: FrontDesk, held: Claim, now: datetime) -> Draft | None:
    with transaction(desk.engine) as connection:
        take_turn(connection)
        drafted = draft(connection, desk, held.order, now)
        if drafted is None:
            outbox.end(connection, held)
    return drafted


def _write_down(desk: FrontDesk, held: Claim, outcome: Outcome, now: datetime) -> None:
    """Erase the mail or put it off. No log has the server's words, which may name the reader."""
    code = outcome.code or say("no answer")
    with transaction(desk.engine) as connection:
        if outcome.state in _OVER:
            outbox.end(connection, held)
            will_be_tried = False
        else:
            in_doubt = outcome.state is DeliveryState.UNKNOWN
            why = PutOff(outcome.code, outcome.reason, outcome.wait, in_doubt)
            will_be_tried = outbox.put_off(connection, held, why, now)
    if will_be_tried:
        log.warning(say("a mail to a reader was put off, and is tried again: {code}", code=code))
    elif outcome.state is DeliveryState.REFUSED:
        log.info(say("a mail to a reader was refused: {code}", code=code))
    elif outcome.state not in _OVER:
        _give_up(desk, held)


def _give_up(desk: FrontDesk, held: Claim) -> None:
    """Whoever asks again is mailed again: a mail that never left does not count as theirs."""
    order = held.order
    with transaction(desk.engine) as connection:
        person = subscribers.by_number(connection, order.subscriber_id or 0)
        if person is not None:
            notices.give_back(connection, desk.keys, person.email, order.kind, held.asked)
        outbox.end(connection, held)
    log.warning(say("a mail to a reader was given up: {kind}", kind=str(order.kind)))
