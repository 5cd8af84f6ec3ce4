"""The end of what we hold about a person: nothing stays but a keyed hash of the address.

Deliveries keep their place in the ledger, so its sum still holds, under a name that means nobody.
The hash stays because an objection must be remembered (GDPR article 21(3)).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import message_from_bytes

from sqlalchemy import ColumnElement, Connection, case, func, literal, or_, select, update
from sqlalchemy import String as Text

from newsroom.database.tables import bounce, delivery, incoming
from newsroom.model import Subscriber
from newsroom.readers import consent, notices, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.suppression import Reason
from newsroom.readers.turn import take_turn

_SOFT_BREAK = re.compile(rb"=\r?\n")  # where quoted-printable folds a line
_AT_ONCE = 50  # copies of mails in memory


def forget(  # noqa: PLR0913 (who, when, and what the log says of it)
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
    take_turn(connection)
    person = subscribers.find(connection, email)
    held = _erase_traces(connection, email, person)
    if person is not None:
        consent.drop_words_of(connection, person.id)
        subscribers.remove(connection, person.id)
        consent.record(connection, Consent(person.id, Act.ERASED, now, method))
    notices.forget(connection, keys, email)
    suppression.suppress(connection, keys, email, reason, now)
    return held or person is not None


def names(mail: bytes, email: str) -> bool:
    """Whether a mail has a canonical address in it: folded, in capitals, or in a coded part."""
    wanted = email.encode()
    if wanted in _SOFT_BREAK.sub(b"", mail).lower():
        return True
    parts = (part.get_payload(decode=True) for part in message_from_bytes(mail).walk())
    return any(isinstance(part, bytes) and wanted in part.lower() for part in parts)


def leave_nameless(connection: Connection, which: ColumnElement[bool]) -> int:
    """Let deliveries stand for nobody, their states and totals untouched; how many those were.

    What a server said of one may name the reader, and goes with the name.
    """
    nobody = literal("erased-").concat(delivery.c.subscriber_id.cast(Text)).concat("@invalid")
    says = case((delivery.c.reason.contains("@"), None), else_=delivery.c.reason)
    return connection.execute(
        update(delivery).where(which).values(email=nobody, name=None, reason=says)
    ).rowcount


def _erase_traces(connection: Connection, email: str, person: Subscriber | None) -> bool:
    """Whether deliveries, bounces or copies of mails held the address; they no longer do."""
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
    copies = list(_copies_with(connection, email))
    connection.execute(
        update(incoming).where(incoming.c.digest.in_(copies)).values(email=None, raw=None)
    )
    return sent + returned + len(copies) > 0


def _copies_with(connection: Connection, email: str) -> Iterator[str]:
    """The digests of the mails on record that are about an address, or have it in their words."""
    rows = connection.execute(
        select(incoming.c.digest, incoming.c.email, incoming.c.raw)
        .where(or_(incoming.c.email == email, incoming.c.raw.is_not(None)))
        .execution_options(yield_per=_AT_ONCE)
    )
    for digest, about, raw in rows:
        if about == email or names(raw or b"", email):
            yield digest
