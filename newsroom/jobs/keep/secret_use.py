"""What hangs on each secret: before one is added, or dropped for good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select, update

from newsroom.database.tables import suppression
from newsroom.model.seal import mark_of
from newsroom.readers.subscribers import everyone
from newsroom.readers.suppression import address_hash
from newsroom.settings.secret import LinkSecret

LINKS_WORK = timedelta(days=1096)  # 36 months after the last mail that a secret signed


@dataclass(frozen=True, slots=True)
class SecretUse:
    """One secret, and what would be lost with it."""

    mark: str  # tells the secrets apart without giving them away
    newest: bool
    since: date | None  # when it became the newest, where that is known
    until: date | None  # when the next one did; None of the newest, or when nobody wrote it down
    kept_out: int  # addresses that must stay out, and are known by it alone
    perhaps: int  # the same, of which nobody wrote down by which secret
    leaked: bool = False  # it opens nothing that is one person's alone

    @property
    def is_needed(self) -> bool:
        """Whether somebody who must stay out could come back without it."""
        return self.kept_out + self.perhaps > 0

    @property
    def may_go(self) -> date | None:
        """The first day on which no link that it signed has to work; None when nobody knows."""
        return None if self.until is None else self.until + LINKS_WORK + timedelta(days=1)

    def links_end(self, today: date) -> bool:
        """Whether the links of the last mails it signed need work no longer."""
        return self.may_go is not None and today >= self.may_go


def uses(connection: Connection, secrets: Sequence[LinkSecret]) -> tuple[SecretUse, ...]:
    """What hangs on each of the secrets, newest first."""
    counted = select(suppression.c.key, func.count().label("many")).group_by(suppression.c.key)
    many = {row.key: int(row.many) for row in connection.execute(counted)}
    return tuple(_each(secrets, many))


def write_down_marks(connection: Connection, keys: Sequence[bytes]) -> None:
    """Note by which secret each address is kept out, as far as that can be known.

    With one secret it is that one. With several only of those who are on the list themselves.
    """
    unknown = suppression.c.key.is_(None)
    if len(keys) == 1:
        only = update(suppression).where(unknown).values(key=mark_of(keys[0]).hex())
        connection.execute(only)
        return
    waiting = set(connection.scalars(select(suppression.c.address_hash).where(unknown)))
    if not waiting:
        return
    for person in tuple(everyone(connection)):
        for key in keys:
            hashed = address_hash(key, person.email)
            if hashed in waiting:
                mine = update(suppression).where(suppression.c.address_hash == hashed)
                connection.execute(mine.values(key=mark_of(key).hex()))


def _each(secrets: Sequence[LinkSecret], many: dict[str | None, int]) -> Iterator[SecretUse]:
    until: date | None = None
    for place, one in enumerate(secrets):
        mark = mark_of(one.word.encode()).hex()
        yield SecretUse(
            mark=mark,
            newest=place == 0,
            since=one.since,
            until=until,
            kept_out=many.get(mark, 0),
            perhaps=many.get(None, 0),
            leaked=one.leaked,
        )
        until = one.since
