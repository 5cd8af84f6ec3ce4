"""The relay's address, read."""

from newsroom.delivery.transports.relay import parse_relay


def test_relay_address() -> None:
    """The parts of a relay's address, unquoted; the password shows nowhere."""
    relay = parse_relay("smtp+starttls://anna%40a.example:p%3Ass@mail.example")

    assert (relay.host, relay.port, relay.user, relay.password) == (
        "mail.example",
        587,
        "anna@a.example",
        "p:ss",
    )
    assert "p:ss" not in f"{relay} {relay!r}"
