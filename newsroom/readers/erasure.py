"""Erasing a person everywhere: only a keyed hash of the address stays.

Deliveries keep their place in the ledger, so its sum still holds, under a name that means nobody.
The hash stays because an objection must be remembered (GDPR article 21(3)).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes

from sqlalchemy import ColumnElement, Connection, case, delete, func, or_, select, update

from newsroom.database.nameless import nobody
from newsroom.database.tables import bounce, delivery, incoming, mail_host, rate, subscriber
from newsroom.database.turn import take_turn
from newsroom.model import Subscriber
from newsroom.readers import consent, mail_caps, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.departed import note_reason
from newsroom.readers.suppression import Reason

_SOFT_BREAK = re.compile(rb"=\r?\n")  # where quoted-printable folds a line
FEW = "few"  # the lane of copies whose own would name a person; no mail domain, it has no dot
_AT_ONCE = 50  # copies of mails in memory


def erase(  # noqa: PLR0913 (who, when, and what the log says of it)
    connection: Connection,
    keys: Sequence[bytes],
    email: str,
    now: datetime,
    reason: Reason = Reason.ERASED,
    *,
    method: str = "command",
) -> bool:
    """Erase an address everywhere and keep only its keyed hash; False when nothing held it.

    `method` is how it came about: command, web, retention.
    """
    return erase_all(connection, keys, {email: reason}, now, method=method)


def erase_all(
    connection: Connection,
    keys: Sequence[bytes],
    reasons: Mapping[str, Reason],
    now: datetime,
    *,
    method: str,
) -> bool:
    """Erase some addresses, each for its reason; False when nothing held any of them.

    The copies of mails, which take longest to look through, are gone through once for all.
    """
    take_turn(connection)
    held = _erase_copies(connection, reasons)
    for email, reason in reasons.items():
        person = subscribers.find(connection, email)
        held |= _erase_traces(connection, email, person)
        if person is not None:
            held = True
            consent.drop_words_of(connection, person.id)
            subscribers.remove(connection, person.id)
            consent.record(connection, Consent(person.id, Act.ERASED, now, method))
        mail_caps.drop(connection, keys, email)
        suppression.suppress(connection, keys, email, reason, now)
        note_reason(connection, email, reason, now)
    for domain in sorted({email.rpartition("@")[2] for email in reasons}):
        _forget_domain(connection, domain)
    return held


def names(mail: bytes, *emails: str) -> bool:
    """Whether a mail has one of these canonical addresses in it.

    It may be folded, in capitals, or in a coded part.
    """
    wanted = [email.encode() for email in emails]
    folded = _SOFT_BREAK.sub(b"", mail).lower()
    if any(email in folded for email in wanted):
        return True
    parts = (part.get_payload(decode=True) for part in message_from_bytes(mail).walk())
    words = [part.lower() for part in parts if isinstance(part, bytes)]
    return any(email in part for part in words for email in wanted)


def leave_nameless(connection: Connection, which: ColumnElement[bool]) -> int:
    """Let deliveries stand for nobody, their states and totals untouched; how many those were.

    What a server said of one may name the reader, and goes with the name.
    """
    says = case((delivery.c.reason.contains("@"), None), else_=delivery.c.reason)
    return connection.execute(
        update(delivery).where(which).values(email=nobody(), name=None, reason=says)
    ).rowcount


def _erase_traces(connection: Connection, email: str, person: Subscriber | None) -> bool:
    """Whether deliveries or bounces held the address; they no longer do."""
    theirs = delivery.c.email == email
    if person is not None:
        theirs = or_(theirs, delivery.c.subscriber_id == person.id)
    sent = leave_nameless(connection, theirs)
    named = func.lower(bounce.c.diagnostic).contains(email, autoescape=True)
    returned = connection.execute(
        update(bounce)
        .where(or_(bounce.c.email == email, named))
        .values(email=None, diagnostic=None)
    ).rowcount
    return sent + returned > 0


def _forget_domain(connection: Connection, domain: str) -> None:
    """A mail domain at which nobody reads any more may have been one person's own."""
    readers = select(subscriber.c.id).where(subscriber.c.email.endswith(f"@{domain}"))
    if connection.execute(readers.limit(1)).first() is not None:
        return
    connection.execute(update(delivery).where(delivery.c.lane == domain).values(lane=FEW))
    connection.execute(delete(mail_host).where(mail_host.c.domain == domain))
    connection.execute(delete(rate).where(rate.c.key == f"lane:{domain}"))


def _erase_copies(connection: Connection, emails: Collection[str]) -> bool:
    """Whether copies of mails that came back held one of the addresses; they no longer do."""
    copies = list(_copies_with(connection, emails))
    for digest in copies:
        erased = update(incoming).where(incoming.c.digest == digest)
        connection.execute(erased.values(email=None, raw=None))
    return bool(copies)


def _copies_with(connection: Connection, emails: Collection[str]) -> Iterator[str]:
    """The digests of the mails on record that are about an address, or have it in their words."""
    rows = connection.execute(
        select(incoming.c.digest, incoming.c.email, incoming.c.raw)
        .where(or_(incoming.c.email.is_not(None), incoming.c.raw.is_not(None)))
        .execution_options(yield_per=_AT_ONCE)
    )
    for digest, about, raw in rows:
        if about in emails or names(raw or b"", *emails):
            yield digest
