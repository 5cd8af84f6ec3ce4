"""Leaving memos for the coordinator: each trouble told once, and its end when it was told.

A memo is left in the transaction of whoever has something to tell, so that what happened and that
it is to be told are one commit. It waits beside the mails of the public forms (`database.outbox`)
and is handed over as they are: tried again while the relay is down, by one process at a time.
"""

from datetime import datetime

from sqlalchemy import Connection

from newsroom.database import outbox
from newsroom.database.outbox import MailOrder
from newsroom.database.turn import take_turn
from newsroom.delivery.approval.desk_mails import (
    DeskMail,
    claim_mail,
    note_taken,
    release_mail,
    who_were_told,
)
from newsroom.model.memo import Memo
from newsroom.model.single_mail import Purpose

_COORDINATOR = ""  # whoever that is when the memo leaves
_NO_ISSUE = ""


def leave_memo(connection: Connection, memo: Memo, lang: str, now: datetime) -> bool:
    """Have the coordinator told; false when they were told of this occasion before."""
    take_turn(connection)
    mail = _mail(memo.kind, memo.occasion)
    if not claim_mail(connection, mail, now):
        return False
    note_taken(connection, mail)  # by the outbox, which sees to all the rest
    outbox.put(connection, MailOrder(None, Purpose.MEMO, lang, memo=memo), now)
    return True


def leave_all_clear(connection: Connection, memo: Memo, of: str, lang: str, now: datetime) -> bool:
    """Have the coordinator told that what a memo of the occasion `of` told is over.

    False when they never heard of it: one that still waits is taken back, and then there is
    nothing to tell.
    """
    take_turn(connection)
    if not who_were_told(connection, _NO_ISSUE, memo.kind, of):
        return False
    if outbox.withdraw_memo(connection, memo.kind, of):
        release_mail(connection, _mail(memo.kind, of))
        return False
    return leave_memo(connection, memo, lang, now)


def _mail(kind: str, occasion: str) -> DeskMail:
    return DeskMail(_NO_ISSUE, kind, occasion, _COORDINATOR)
