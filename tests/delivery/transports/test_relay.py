"""The relay's address, read."""

from newsroom.delivery.transports.relay import parse_relay
from newsroom.model.oauth_client import OAuthClient


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


def test_what_else_can_be_said() -> None:
    """Options follow a question mark; where nothing is said, a connection carries a hundred."""
    usual = parse_relay("smtps://mail.example")
    told = parse_relay("smtps://mail.example?messages=5000&seconds=600&ca=/etc/ca.pem")

    assert (usual.messages, usual.seconds, usual.authority) == (100, 300.0, None)
    assert (told.messages, told.seconds, told.authority) == (5000, 600.0, "/etc/ca.pem")


def test_a_login_by_token() -> None:
    """What stands where the password would is the program's own secret, and shows nowhere."""
    relay = parse_relay(
        "smtp+starttls://brev%40a.example:s%2Fe%2Bc@smtp.office365.com?tenant=t-1&client=c-1"
    )

    assert relay.password is None
    assert relay.registration == OAuthClient(
        "https://login.microsoftonline.com/t-1/v2.0",
        "c-1",
        "s/e+c",
        "https://outlook.office365.com/.default",
    )
    assert "s/e+c" not in f"{relay!r} {relay}"


def test_another_who_gives_tokens() -> None:
    """Any system that gives programs tokens can be named, with what is asked of it."""
    relay = parse_relay(
        "smtps://a:b@mail.example?issuer=https://login.example/org&client=c&scope=smtp.send"
    )

    assert relay.registration == OAuthClient("https://login.example/org", "c", "b", "smtp.send")
