"""Frozen letters, filled in for one reader at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select

from newsroom.database import transaction
from newsroom.database.tables import letter
from newsroom.model import Addresses, Site
from newsroom.model.delivery import Recipient
from newsroom.readers.tokens import leave_token
from newsroom.render.message import MessageTemplate, Personal


@dataclass(frozen=True, slots=True)
class Stationery:
    """The letters of the issues that are on their way. Each is read from the ledger once."""

    site: Site
    database: Engine
    keys: Sequence[bytes]  # secrets, newest first
    clock: Callable[[], datetime]
    _read: dict[tuple[str, str], MessageTemplate] = field(default_factory=dict)

    def fill(self, recipient: Recipient) -> bytes:
        """One reader's message in its final bytes, dated now: sending may span days."""
        token = leave_token(self.keys[0], recipient.subscriber_id)
        own = personal(self.site, recipient.email, recipient.name, recipient.message_id, token)
        now = self.clock().astimezone(self.site.timezone)
        return self._template(recipient.issue, recipient.lang).fill(own, now)

    def _template(self, issue: str, lang: str) -> MessageTemplate:
        if (issue, lang) not in self._read:
            wanted = (letter.c.issue == issue) & (letter.c.lang == lang)
            with transaction(self.database) as connection:
                content = connection.execute(select(letter.c.content).where(wanted)).scalar_one()
            self._read[issue, lang] = MessageTemplate.from_json(content)
        return self._read[issue, lang]


def personal(site: Site, email: str, name: str | None, message_id: str, token: str) -> Personal:
    """What one reader's message has of its own; the token ends in both of its ways out."""
    addresses = Addresses(site)
    return Personal(
        to_name=name or "",
        to_email=email,
        message_id=message_id,
        one_click_url=addresses.url(addresses.one_click(token)),
        leave_url=addresses.url(addresses.leave(token)),
    )
