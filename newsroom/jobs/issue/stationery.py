"""Frozen letters, filled in for one reader at a time, and what stands outside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.delivery.ledger.letters import read_letters
from newsroom.errors import StateError
from newsroom.model import Addresses, Site
from newsroom.model.delivery import Envelope, Recipient
from newsroom.model.saying import say
from newsroom.readers.return_address import return_address, return_token
from newsroom.readers.tokens import leave_token
from newsroom.render.mail.message import MessageTemplate, Personal


@dataclass(frozen=True, slots=True)
class Stationery:
    """The letters of the issues that are on their way."""

    site: Site
    database: Engine
    keys: Sequence[bytes]  # secrets, newest first
    clock: Callable[[], datetime]

    def letters(self, issue: str) -> Callable[[Recipient], bytes]:
        """An issue's letters, read and ready: what fills one in for a reader.

        Raises StateError when the ledger has none that can be used.
        """
        with reading(self.database) as connection:
            frozen = read_letters(connection, issue)
        if not frozen:
            raise StateError(
                say("{issue}: the ledger has no letter of it; restore a backup", issue=issue)
            )
        templates = {lang: _template(issue, lang, content) for lang, content in frozen.items()}
        return partial(self._fill, templates)

    def envelope(self, recipient: Recipient) -> Envelope:
        """What stands outside one reader's copy.

        Its id comes back in a bounce (RFC 3461 section 4.4); where the site says so (VERP), the
        bounce also comes to an address of the copy's own.
        """
        token = return_token(self.keys[0], recipient.issue, recipient.subscriber_id)
        mailbox = self.site.sender.bounces or self.site.sender.email
        sender = return_address(mailbox, token) if self.site.sender.verp else mailbox
        return Envelope(sender, recipient.email, token)

    def _fill(self, templates: Mapping[str, MessageTemplate], recipient: Recipient) -> bytes:
        """One reader's message in its final bytes, dated now: sending may span days."""
        token = leave_token(self.keys[0], recipient.subscriber_id)
        own = personal(self.site, recipient.email, recipient.name, recipient.message_id, token)
        now = self.clock().astimezone(self.site.timezone)
        return templates[recipient.lang].fill(own, now)


def _template(issue: str, lang: str, content: dict[str, Any]) -> MessageTemplate:
    try:
        return MessageTemplate.from_json(content)
    except (KeyError, TypeError, ValueError) as error:
        raise StateError(
            say(
                "{issue}: its letter in {lang} cannot be read ({error!r}); restore a backup",
                issue=issue,
                lang=lang,
                error=error,
            )
        ) from error


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
