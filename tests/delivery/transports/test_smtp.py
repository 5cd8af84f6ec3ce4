"""What each answer of a relay, and each broken line, is taken for."""

from contextlib import closing
from datetime import timedelta
from itertools import product

import pytest

from newsroom.delivery.ledger.claims import LEASE
from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.smtp import LONGEST, SmtpTransport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from tests.delivery.transports.scripted_server import CLOSE, HANG, SLOW, ScriptedServer, scripted
from tests.delivery.transports.smtp_client import (
    ENVELOPE,
    MESSAGE,
    PIPELINING,
    Script,
    connect,
    send_one,
)
from tests.ports import free_port

Announced = tuple[str, ...]


@pytest.fixture(params=[(), PIPELINING], ids=["one by one", "pipelined"])
def announces(request: pytest.FixtureRequest) -> Announced:
    """What the relay announces: what is said at once or one by one is taken for the same."""
    announced: Announced = request.param
    return announced


def test_message_arrives_byte_for_byte(server: ScriptedServer) -> None:
    """The message's bytes arrive as they are, dots doubled on the way as SMTP asks."""
    transport = connect(server)

    outcome = transport.send(ENVELOPE, MESSAGE)
    transport.close()

    assert outcome == Outcome(DeliveryState.ACCEPTED, "250 2.0.0")
    assert server.messages == [MESSAGE.replace(b"\r\n.dold", b"\r\n..dold")]
    assert "MAIL FROM:<studs@example.se>" in server.commands
    assert "RCPT TO:<anna@a.example>" in server.commands


@pytest.mark.parametrize(
    ("script", "state", "code", "severity"),
    [
        ({"RCPT": ["450 4.2.1 greylisted"]}, "deferred", "450 4.2.1", "soft"),
        ({"RCPT": ["550 5.1.1 no such user"]}, "refused", "550 5.1.1", "hard"),
        ({"RCPT": ["550 user unknown"]}, "refused", "550", "hard"),
        ({"RCPT": ["454 4.7.1 relay access denied"]}, "deferred", "454 4.7.1", "policy"),
        ({"RCPT": ["550-5.1.1 no\r\n550 such user"]}, "refused", "550 5.1.1", "hard"),
        ({"DATA": ["554 5.1.1 no valid recipients"]}, "refused", "554 5.1.1", "hard"),
        ({"RCPT": ["552 5.2.2 mailbox full"]}, "refused", "552 5.2.2", "soft"),
        ({"RCPT": ["554 5.7.1 blocked"]}, "deferred", "554 5.7.1", "policy"),
        ({"RCPT": ["421 4.3.2 too many"]}, "deferred", "421 4.3.2", "soft"),
        ({"DATA": ["451 4.3.0 later"]}, "deferred", "451 4.3.0", "soft"),
        ({".": ["451 4.3.0 later"]}, "deferred", "451 4.3.0", "soft"),
        ({".": ["550 5.7.26 unauthenticated"]}, "deferred", "550 5.7.26", "policy"),
        ({".": ["554 no thanks"]}, "refused", "554", "unknown"),
        ({".": ["550 user unknown"]}, "refused", "550", "policy"),  # the address was taken first
        ({"RCPT": ["550 5.7.133 RESOLVER.RST.NotAuthorized"]}, "refused", "550 5.7.133", "policy"),
    ],
)
def test_answers_about_one_message(
    script: Script, state: str, code: str, severity: str, announces: Announced
) -> None:
    """An answer to RCPT or DATA is about this copy: put off, refused, or our own fault."""
    outcome = send_one(script, announces)

    assert (outcome.state, outcome.code, outcome.severity) == (state, code, severity)
    assert not outcome.whole_relay


@pytest.mark.parametrize(
    "script",
    [
        {"MAIL": ["451 4.3.0 not now"]},
        {"MAIL": ["432 4.3.2 concurrent connections exceeded"]},
        {"MAIL": ["421 4.7.0 too many"]},
        {"CONNECT": ["421 4.3.2 closing"]},
        {"CONNECT": [CLOSE]},
        {"CONNECT": [HANG]},
        {"MAIL": [CLOSE]},
    ],
)
def test_relay_that_needs_rest(script: Script, announces: Announced) -> None:
    """A relay that cannot take anybody's mail just now puts the copy off and wants rest."""
    outcome = send_one(script, announces)

    assert outcome.state is DeliveryState.DEFERRED
    assert outcome.whole_relay


@pytest.mark.parametrize(
    ("script", "wait"),
    [
        ({".": ["432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"]}, None),
        ({"RCPT": ["432 4.3.2 too many connections"]}, None),
        (
            {".": ["554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"]},
            timedelta(hours=2),
        ),
        ({"RCPT": ["550 5.4.5 Daily user sending limit exceeded."]}, timedelta(hours=2)),
        ({"MAIL": ["550 5.4.5 Daily SMTP relay sending quota exceeded"]}, timedelta(hours=2)),
    ],
)
def test_an_account_that_is_used_up(
    script: Script, wait: timedelta | None, announces: Announced
) -> None:
    """Too many at once, or today, is no reader's matter: everybody's copy waits."""
    outcome = send_one(script, announces)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)
    assert outcome.wait == wait


NONSENSE = ("HTTP/1.1 400 Bad Request", "999 what", "", "x" * 100_000)
NO_ONE_REPLY = ("250-yes\r\n550 no", "\r\n".join(["250-on and on"] * 200))


@pytest.mark.parametrize(
    ("command", "nonsense"),
    [
        *(("CONNECT", nonsense) for nonsense in NONSENSE),
        *product(("MAIL", "RCPT", "DATA", "."), (*NONSENSE, *NO_ONE_REPLY)),
    ],
)
def test_what_is_no_reply(command: str, nonsense: str, announces: Announced) -> None:
    """Nonsense is no yes: it puts the copy off, or after the text leaves nobody knowing."""
    outcome = send_one({command: [nonsense]}, announces)

    assert outcome.state is (DeliveryState.UNKNOWN if command == "." else DeliveryState.DEFERRED)


def test_words_of_a_server_move_no_cursor() -> None:
    """Control characters in a reply stand in no log and on no terminal."""
    outcome = send_one({"RCPT": ["550 5.1.1 \x1b[2Jgone\x07"]})

    assert outcome.reason is not None
    assert outcome.reason.isprintable()


def test_line_broken_in_the_text(announces: Announced) -> None:
    """A text whose end never left was not handed over: no copy is in doubt for it."""
    with scripted(announces=announces) as server:
        server.breaks_off_in_text = True
        transport = connect(server)
        outcome = transport.send(ENVELOPE, MESSAGE + b"x" * 70 * 1_000_000)

    assert (outcome.state, outcome.code) == (DeliveryState.DEFERRED, None)


@pytest.mark.parametrize("script", [{"RCPT": [CLOSE]}, {"DATA": [CLOSE]}, {"DATA": [HANG]}])
def test_line_broken_before_the_text(script: Script, announces: Announced) -> None:
    """A line that breaks before the text has begun to leave hands nothing over."""
    outcome = send_one(script, announces)

    assert outcome.state is DeliveryState.DEFERRED
    assert not outcome.whole_relay


@pytest.mark.parametrize("answer", ["250 2.0.0 ok", "334 ", "220 hello"])
def test_only_354_asks_for_the_text(answer: str, announces: Announced) -> None:
    """Any other answer to DATA hands nothing over: the text would be taken for commands."""
    with scripted({"DATA": [answer]}, announces=announces) as server:
        outcome = connect(server).send(ENVELOPE, MESSAGE)

    assert outcome.state is DeliveryState.DEFERRED
    assert server.messages == []
    assert server.commands[-1] == "DATA"


def test_answer_to_the_text_that_says_neither_yes_nor_no(announces: Announced) -> None:
    """A text answered by neither 2xx nor a refusal leaves nobody knowing."""
    assert send_one({".": ["354 go on"]}, announces).state is DeliveryState.UNKNOWN


@pytest.mark.parametrize("answer", [CLOSE, HANG])
def test_line_broken_after_the_text(answer: str, announces: Announced) -> None:
    """A line that breaks while the server thinks leaves nobody knowing."""
    assert send_one({".": [answer]}, announces).state is DeliveryState.UNKNOWN


@pytest.mark.parametrize(
    "script",
    [
        {"MAIL": ["550 5.7.60 not allowed to send as this sender"]},
        {"CONNECT": ["554 5.7.1 go away"]},
    ],
)
def test_relay_that_wants_none_of_us(script: Script, announces: Announced) -> None:
    """A relay that refuses us, or our sender, for good stops everything."""
    with pytest.raises(DeliveryError, match=r"554|550"):
        send_one(script, announces)


def test_lease_is_longer_than_any_message() -> None:
    """A copy is not called unknown while its transport may still be at work on it."""
    assert LEASE.length > LONGEST


def test_slow_commands_share_their_time(announces: Announced) -> None:
    """Replies that each come in time, but together too late, put the copy off."""
    slow = f"{SLOW}250 ok"
    script = {"MAIL": [slow], "RCPT": [slow], "DATA": [f"{SLOW}354 go on"]}
    with scripted(script, announces=announces) as server:
        outcome = connect(server).send(ENVELOPE, MESSAGE)

    assert outcome.state is DeliveryState.DEFERRED
    assert server.messages == []


def test_nobody_listens() -> None:
    """A relay that is down puts the copy off."""
    transport = SmtpTransport(parse_relay(f"smtp://127.0.0.1:{free_port()}"), Connector())

    outcome = transport.send(ENVELOPE, MESSAGE)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


def test_connection_is_kept_and_renewed(server: ScriptedServer) -> None:
    """One connection carries a hundred messages; then a fresh one is opened."""
    transport = connect(server)

    for number in range(101):
        transport.send(Envelope("studs@example.se", f"reader{number}@a.example"), MESSAGE)
    transport.close()

    assert server.connections == 2
    assert len(server.messages) == 101


def test_a_relay_may_want_fewer(server: ScriptedServer) -> None:
    """How many messages go over one connection can be set with the relay's address."""
    with closing(connect(server, options="?messages=2")) as transport:
        for _ in range(5):
            transport.send(ENVELOPE, MESSAGE)

    assert server.connections == 3


@pytest.mark.parametrize("gone", ["421 4.4.2 idle too long", CLOSE])
def test_server_that_hung_up_on_the_idle(gone: str, announces: Announced) -> None:
    """A kept connection that the server has closed is opened again, without any outcome."""
    with scripted({"MAIL": ["250 ok", gone]}, announces=announces) as server:
        transport = connect(server)
        outcomes = [
            transport.send(Envelope("s@example.se", f"r{n}@a.example"), MESSAGE) for n in range(2)
        ]
        transport.close()

    assert [outcome.state for outcome in outcomes] == [DeliveryState.ACCEPTED] * 2
    assert server.connections == 2


def test_refused_reader_does_not_disturb_the_next(announces: Announced) -> None:
    """After a refusal the transaction starts over on the same connection."""
    with scripted({"RCPT": ["550 5.1.1 no such user"]}, announces=announces) as server:
        transport = connect(server)
        outcomes = [
            transport.send(Envelope("s@example.se", f"r{n}@a.example"), MESSAGE) for n in range(2)
        ]
        transport.close()

    assert [outcome.state for outcome in outcomes] == ["refused", "accepted"]
    assert server.connections == 1
    assert "RSET" in server.commands


@pytest.mark.parametrize("address", ["a@b>\r\nRCPT TO:<x@y", "åsa@a.example", "a b@c.example"])
def test_address_that_no_command_can_carry(server: ScriptedServer, address: str) -> None:
    """An address with line breaks, brackets or letters beyond ASCII never reaches the server."""
    transport = connect(server)

    outcome = transport.send(Envelope("studs@example.se", address), MESSAGE)

    assert outcome.state is DeliveryState.REFUSED
    assert server.commands == []
