"""Hand over the mails that are due, each by one process, until it is taken or too late.

They are to readers, or memos to the coordinator. Of a mail that is taken, refused or given up
nothing is kept but that it was asked for. A memo that is refused is not given up: nobody asks for
it again, and the address in the newsroom's files may be mended.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from newsroom.database import outbox, reading, transaction
from newsroom.database.outbox import MailClaim, PutOff
from newsroom.database.patience import insist
from newsroom.database.turn import take_turn
from newsroom.errors import ContentError
from newsroom.jobs.outbox.memo_mail import memo_message
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.system_mail import Draft, draft, message_of
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.model.saying import say
from newsroom.readers import mail_caps, subscribers

log = logging.getLogger(__name__)

_PATIENCE = 60.0  # seconds with a database that refuses: a mail that was taken is not sent again
_AFTER_REFUSAL = timedelta(hours=6)  # time to mend an address, and no drumfire on a wrong one


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


def _claim(desk: FrontDesk, now: datetime) -> MailClaim | None:
    with reading(desk.engine) as connection:
        if not outbox.is_due(connection, now):
            return None
    with transaction(desk.engine) as connection:
        return outbox.claim(connection, now)


def _attempt(desk: FrontDesk, held: MailClaim, now: datetime) -> Outcome | None:
    """How it went; None for a mail that is given up, or that there is no reason for any more."""
    if held.is_over(now):
        _give_up(desk, held)
        return None
    try:
        if held.order.memo is not None:
            return desk.mailer.hand_over(*memo_message(desk, held.order.memo, held.asked))
        drafted = _draft(desk, held, now)
        if drafted is None:
            return None
        return desk.mailer.hand_over(message_of(desk, drafted, now), drafted.to)
    except ContentError as error:  # a template of the newsroom's own
        return Outcome(DeliveryState.DEFERRED, reason=error.sentence)


def _draft(desk: FrontDesk, held: MailClaim, now: datetime) -> Draft | None:
    """What it will say; None when there is no reason for it, or it is another's by now."""
    with transaction(desk.engine) as connection:
        take_turn(connection)
        if not outbox.is_held(connection, held):
            return None
        drafted = draft(connection, desk, held.order, now)
        if drafted is None:
            outbox.end(connection, held)
    return drafted


def _write_down(desk: FrontDesk, held: MailClaim, outcome: Outcome, now: datetime) -> None:
    """Erase the mail or put it off. No log has the server's words, which may name the reader."""
    code, why = outcome.code or say("no answer"), _put_off_by(outcome, held)
    if why is None:
        insist(lambda: _end(desk, held), _PATIENCE)
        if outcome.state is DeliveryState.REFUSED:
            log.info(say("a mail to a reader was refused: {code}", code=code))
        return
    if why.refused:
        log.error(say("the mail to the coordinator was refused: {code}", code=code))
    if not insist(lambda: _put_off(desk, held, why, now), _PATIENCE):
        _give_up(desk, held, in_doubt=why.in_doubt)
    elif not why.refused:
        log.warning(say("a mail was put off, and is tried again: {code}", code=code))


def _put_off_by(outcome: Outcome, held: MailClaim) -> PutOff | None:
    """Why the mail is to be tried again; None when it is over."""
    match outcome.state:
        case DeliveryState.ACCEPTED:
            return None
        case DeliveryState.REFUSED if held.order.memo is None:
            return None
        case DeliveryState.REFUSED:
            return PutOff(outcome.code, outcome.reason, _AFTER_REFUSAL, refused=True)
    in_doubt = outcome.state is DeliveryState.UNKNOWN
    return PutOff(outcome.code, outcome.reason, outcome.wait, in_doubt)


def _end(desk: FrontDesk, held: MailClaim) -> None:
    with transaction(desk.engine) as connection:
        outbox.end(connection, held)


def _put_off(desk: FrontDesk, held: MailClaim, why: PutOff, now: datetime) -> bool:
    with transaction(desk.engine) as connection:
        return outbox.put_off(connection, held, why, now)


def _give_up(desk: FrontDesk, held: MailClaim, *, in_doubt: bool = False) -> None:
    """Try no more. A mail that certainly never left does not count: who asks again gets another."""
    order = held.order
    with transaction(desk.engine) as connection:
        take_turn(connection)
        person = subscribers.by_number(connection, order.subscriber_id or 0)
        if person is not None and not (in_doubt or held.doubts):
            mail_caps.give_back(connection, desk.keys, person.email, order.kind, held.asked)
        outbox.end(connection, held)
    log.warning(say("a mail was given up: {kind}", kind=str(order.kind)))
