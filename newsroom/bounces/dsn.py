"""Delivery status notifications: what a mail system reports of a message it could not deliver."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from newsroom.bounces.verdict import enhanced_status, severity
from newsroom.model.delivery import BounceSeverity


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that a message did not reach."""

    email: str
    severity: BounceSeverity
    status: str | None  # 5.1.1
    diagnostic: str | None  # the refusing server's words


def read_dsn(message: Message) -> tuple[Failure, ...]:
    """The failures that a notification reports (RFC 3464), in its order.

    Empty for anything else, and for reports of delay, delivery or relaying.
    """
    return tuple(
        failure
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
        if (failure := _failure(block)) is not None
    )


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields: the parser makes each a message of its own."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))


def _failure(block: Message) -> Failure | None:
    if _field(block, "Action").lower() not in {"failed", ""}:
        return None
    address = _address(block, "Original-Recipient") or _address(block, "Final-Recipient")
    if not address:
        return None
    diagnostic = _typed(_field(block, "Diagnostic-Code"))
    status = enhanced_status(_field(block, "Status"))
    code = int(diagnostic[:3]) if diagnostic[:3].isdigit() else None
    # "5.0.0" says no more than "failed": the server's own words often hold the real status.
    if status is None or status.endswith(".0.0"):
        status = enhanced_status(diagnostic) or status
    return Failure(address, severity(code, status, diagnostic), status, diagnostic or None)


def _address(block: Message, name: str) -> str:
    """The address of a `type; address` field."""
    return parseaddr(_typed(_field(block, name)))[1].strip().lower()


def _typed(value: str) -> str:
    """What follows the type in `rfc822; anna@example.se` and `smtp; 550 5.1.1 …`."""
    kind, separator, rest = value.partition(";")
    return rest.strip() if separator and " " not in kind.strip() else value


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())
