"""The texts of an issue that approvers were shown or said yes to, kept to be compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import approval, reviewed_text


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An earlier text of an issue."""

    texts: Mapping[str, str]  # by language
    at: datetime  # when it was approved, or mailed for review
    approved_by: str | None  # a contact's slug; None: it was only mailed


def keep_text(
    connection: Connection, name: str, content_hash: str, texts: Mapping[str, str], now: datetime
) -> None:
    """Remember a text; one that is there already was shown once more."""
    row = insert(reviewed_text).values(
        issue=name, content_hash=content_hash, texts=dict(texts), at=now
    )
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        same = and_(reviewed_text.c.issue == name, reviewed_text.c.content_hash == content_hash)
        connection.execute(update(reviewed_text).where(same).values(at=now))


def text_before(connection: Connection, name: str, content_hash: str) -> Reviewed | None:
    """The last approved text before this one; where none was, the last that was mailed."""
    earlier = and_(reviewed_text.c.issue == name, reviewed_text.c.content_hash != content_hash)
    same = and_(
        approval.c.issue == reviewed_text.c.issue,
        approval.c.content_hash == reviewed_text.c.content_hash,
    )
    approved = connection.execute(
        select(reviewed_text.c.texts, approval.c.at, approval.c.approved_by)
        .join(approval, same)
        .where(earlier)
        .order_by(approval.c.id.desc())
        .limit(1)
    ).one_or_none()
    if approved is not None:
        return Reviewed(approved.texts, approved.at, approved.approved_by)
    mailed = connection.execute(
        select(reviewed_text).where(earlier).order_by(reviewed_text.c.at.desc()).limit(1)
    ).one_or_none()
    return None if mailed is None else Reviewed(mailed.texts, mailed.at, None)
