"""The way out as it is: connected to, secured, logged in at, told a sender, and left."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.relay import parse_relay
from newsroom.jobs.doctor.relay_checks import relay_checks
from newsroom.model.checkup import Check, CheckVerdict
from tests.delivery.transports.scripted_server import CLOSE, ScriptedServer, scripted
from tests.delivery.transports.smtp_client import AUTHORITY
from tests.ports import free_port
from tests.processes import PATIENCE

NOW = datetime.now(UTC)
FEATURES = ("SIZE 35882577", "DSN", "PIPELINING", "SMTPUTF8", "AUTH PLAIN LOGIN")


def looked_at(
    server: ScriptedServer,
    scheme: str = "smtp",
    login: str = "",
    size: int = 100_000,
    now: datetime = NOW,
) -> dict[str, Check]:
    """The checks of a server by their names; its authority is trusted."""
    import ssl

    trusted = ssl.create_default_context()
    AUTHORITY.configure_trust(trusted)
    relay = parse_relay(f"{scheme}://{login}localhost:{server.port}")
    checks = relay_checks(relay, Connector(trusted, PATIENCE), "studs@example.se", size, now)
    return {check.name: check for check in checks}


def test_a_relay_in_order(certificate: Path) -> None:
    """Everything is looked at up to the sender, which is taken back; no text is ever announced."""
    with scripted(certificate=certificate, announces=FEATURES) as server:
        checks = looked_at(server, "smtp+starttls", "anna:hemligt@")

    assert {check.verdict for check in checks.values()} == {CheckVerdict.OK}
    assert "TLSv1" in checks["relay-tls"].detail
    assert "DSN" in checks["relay-features"].detail
    assert "AUTH PLAIN LOGIN" in checks["relay-features"].detail
    said = [command.partition(" ")[0] for command in server.commands]
    assert said[-3:] == ["MAIL", "RSET", "QUIT"]
    assert not {"RCPT", "DATA"} & set(said)
    assert "SIZE=100000" in next(c for c in server.commands if c.startswith("MAIL"))


def test_a_certificate_that_ends_soon(certificate: Path) -> None:
    """A certificate that is good today and ends within two weeks is warned of."""
    with scripted(certificate=certificate, announces=FEATURES) as server:
        ends = looked_at(server, "smtp+starttls")["relay-tls"]
        soon = looked_at(server, "smtp+starttls", now=datetime(2999, 12, 25, tzinfo=UTC))

    assert ends.verdict is CheckVerdict.OK
    assert soon["relay-tls"].verdict is CheckVerdict.WARN


@pytest.mark.parametrize(
    ("script", "scheme", "login", "failed", "told"),
    [
        ({"CONNECT": [CLOSE]}, "smtp", "", "relay-connection", "localhost"),
        ({"CONNECT": ["554 5.7.1 go away"]}, "smtp", "", "relay-connection", "go away"),
        ({}, "smtp+starttls", "", "relay-tls", "STARTTLS"),
        (
            {"EHLO": ["250-scripted.example\r\n250 AUTH PLAIN"], "AUTH": ["535 5.7.8 no"]},
            "smtp+starttls",
            "anna:hemligt@",
            "relay-tls",
            "STARTTLS",
        ),
        ({"MAIL": ["550 5.7.60 not yours"]}, "smtp", "", "relay-sender", "studs@example.se"),
        ({"MAIL": ["552 5.3.4 too big"]}, "smtp", "", "relay-sender", "too big"),
    ],
)
def test_what_is_wrong_is_told_by_its_own_check(
    script: dict[str, list[str]], scheme: str, login: str, failed: str, told: str
) -> None:
    """A relay that shuts the door, offers no encryption or refuses the sender is told so."""
    with scripted(script) as server:
        checks = looked_at(server, scheme, login)

    assert [name for name, c in checks.items() if c.verdict is CheckVerdict.FAIL] == [failed]
    assert told in checks[failed].detail
    assert checks[failed].fix


def test_a_sender_that_is_put_off() -> None:
    """A relay that says not now to the sender may say yes in a while."""
    with scripted({"MAIL": ["451 4.7.1 later"]}) as server:
        check = looked_at(server)["relay-sender"]

    assert (check.verdict, check.outside) == (CheckVerdict.FAIL, True)


def test_a_refused_password(certificate: Path) -> None:
    """A login that is refused is told as one, and the password is in no word of it."""
    script = {"AUTH": ["535 5.7.8 hemligt is wrong"]}
    with scripted(script, certificate=certificate, announces=("AUTH PLAIN",)) as server:
        checks = looked_at(server, "smtp+starttls", "anna:hemligt@")

    assert list(checks) == ["relay-login"]
    assert checks["relay-login"].verdict is CheckVerdict.FAIL
    assert "hemligt" not in checks["relay-login"].detail


def test_a_certificate_of_nobodys(certificate: Path) -> None:
    """A certificate that nobody vouches for is told as that, not as a relay that is away."""
    with scripted(certificate=certificate) as server:
        relay = parse_relay(f"smtp+starttls://localhost:{server.port}")
        (check,) = relay_checks(relay, Connector(timeout=PATIENCE), "studs@example.se", 1000, NOW)

    assert (check.name, check.verdict, check.outside) == ("relay-tls", CheckVerdict.FAIL, False)


def test_a_relay_that_is_away_is_outside() -> None:
    """That nobody answers may pass without anybody's doing, and is marked as such."""
    relay = parse_relay(f"smtp://127.0.0.1:{free_port()}")

    (check,) = relay_checks(relay, Connector(timeout=PATIENCE), "studs@example.se", 1000, NOW)

    assert (check.name, check.verdict, check.outside) == (
        "relay-connection",
        CheckVerdict.FAIL,
        True,
    )


@pytest.mark.parametrize(
    ("announced", "size", "verdict"),
    [
        ("SIZE 50000", 100_000, CheckVerdict.FAIL),
        ("SIZE 500000", 100_000, CheckVerdict.WARN),
        ("SIZE 0", 100_000, CheckVerdict.OK),
        ("SIZE", 100_000, CheckVerdict.OK),
    ],
)
def test_how_large_a_message_may_be(announced: str, size: int, verdict: CheckVerdict) -> None:
    """A relay that takes nothing as large as an issue fails; one with little room is warned of."""
    with scripted(announces=(announced, "DSN")) as server:
        assert looked_at(server, size=size)["relay-features"].verdict is verdict
