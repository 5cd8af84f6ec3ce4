"""The placeholder that replaces an erased reader's address in deliveries, so totals stay right."""

from sqlalchemy import ColumnElement, String, literal

from newsroom.database.tables import delivery

_END = "@invalid"  # no address: the domain is kept free of hosts (RFC 6761 section 6.4)


def is_nameless(email: str) -> bool:
    """Whether this is the placeholder of an erased reader's address."""
    return email.endswith(_END)


def is_named() -> ColumnElement[bool]:
    """Whether a delivery still says whom it was to."""
    return delivery.c.email.not_like(f"%{_END}")


def nobody() -> ColumnElement[str]:
    """The placeholder of each delivery: one of its own, as addresses are unique in an issue."""
    return literal("erased-").concat(delivery.c.subscriber_id.cast(String)).concat(_END)
