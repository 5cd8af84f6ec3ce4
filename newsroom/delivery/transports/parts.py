"""A message taken apart again, for providers that want its parts and build it anew."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from uuid import NAMESPACE_URL, uuid5

from newsroom.errors import DeliveryError
from newsroom.model.saying import say

# What providers write themselves from what they are told. The date is among it: without it a second
# request for the same message is the same to the byte, as idempotency keys want it.
_THEIRS = {"from", "to", "subject", "reply-to", "date", "mime-version"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message says, decoded."""

    sender: Address
    to: Address
    reply_to: Address | None
    subject: str
    text: str
    html: str | None
    headers: tuple[tuple[str, str], ...]  # all others, in their order
    message_id: str

    @property
    def is_newsletter(self) -> bool:
        """Whether it went to many: one can leave it, which one cannot leave a confirmation."""
        return any(name.lower() == "list-unsubscribe" for name, _ in self.headers)

    @property
    def key(self) -> str:
        """A UUID of the message, the same on every attempt (RFC 9562 section 5.5, RFC 2392)."""
        return str(uuid5(NAMESPACE_URL, f"mid:{self.message_id}"))


def take_apart(message: bytes) -> Parts:
    """The parts of one of our own messages. Raises DeliveryError for one without a Message-ID."""
    whole = message_from_bytes(message, EmailMessage, policy=policy.default)
    message_id = str(whole["Message-ID"] or "").strip("<> ")
    if not message_id:
        raise DeliveryError(say("a message without a Message-ID cannot be sent"))
    sender, to = _person(whole, "From"), _person(whole, "To")
    if sender is None or to is None:
        raise DeliveryError(say("a message without From or To cannot be sent"))
    return Parts(
        sender=sender,
        to=to,
        reply_to=_person(whole, "Reply-To"),
        subject=str(whole["Subject"] or ""),
        text=_body(whole, "plain") or "",
        html=_body(whole, "html"),
        headers=tuple(
            (name, str(value)) for name, value in whole.items() if not _is_theirs(name.lower())
        ),
        message_id=message_id,
    )


def _is_theirs(name: str) -> bool:
    return name in _THEIRS or (name.startswith("content-") and name != "content-language")


def _person(message: EmailMessage, name: str) -> Address | None:
    header = message[name]
    return header.addresses[0] if header is not None and header.addresses else None


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    if part is None:
        return None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")
