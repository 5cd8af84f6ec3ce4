"""How we show a relay who we are, and what follows when it does not believe it."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState
from newsroom.model.oauth_client import OAuthClient
from newsroom.outside.mail.access_tokens import AccessTokens
from tests.delivery.transports.scripted_server import CLOSE, ScriptedServer, scripted
from tests.delivery.transports.smtp_client import ENVELOPE, MESSAGE, Script, connect
from tests.outside.mail.token_authority import (
    CLIENT,
    SCOPE,
    SECRET,
    token_authority,
    trusting_client,
)

ANNA = "anna%40a.example:hemligt-l%C3%B6sen@"
PLAIN = b64encode("\0anna@a.example\0hemligt-lösen".encode()).decode()
BOTH, XOAUTH2 = ("AUTH LOGIN PLAIN",), ("AUTH LOGIN XOAUTH2",)


@dataclass(slots=True)
class FakeTokens:
    """Gives tokens from a list; the same one until a fresh one is asked for."""

    left: list[str | Exception] = field(default_factory=lambda: ["token-1", "token-2"])

    def token(self, *, fresh: bool) -> str:
        """The first of the list, or the next."""
        if fresh:
            self.left.pop(0)
        if isinstance(self.left[0], Exception):
            raise self.left[0]
        return self.left[0]


def logins(server: ScriptedServer) -> list[str]:
    """What the server was told after AUTH's mechanism, decoded."""
    said = [line.split() for line in server.commands if line.startswith("AUTH ")]
    return [b64decode(words[2]).decode() for words in said if len(words) == 3]


def send(
    certificate: Path,
    announces: tuple[str, ...],
    script: Script | None = None,
    tokens: FakeTokens | None = None,
) -> ScriptedServer:
    """What a server heard to which one message was to be sent; it has to arrive."""
    relay = scripted(script, certificate, announces)
    with (
        relay as server,
        closing(connect(server, "smtp+starttls", ANNA, tokens=tokens)) as transport,
    ):
        assert transport.send(ENVELOPE, MESSAGE).state is DeliveryState.ACCEPTED
    return server


def test_a_password_with_any_letters(certificate: Path) -> None:
    """A name and a password are told in one line, whatever letters they have (RFC 4616)."""
    server = send(certificate, BOTH)

    assert logins(server) == ["\0anna@a.example\0hemligt-lösen"]
    assert server.commands.index(f"AUTH PLAIN {PLAIN}") > server.commands.index("STARTTLS")


def test_a_server_that_only_knows_login(certificate: Path) -> None:
    """Old servers ask for the name and for the password."""
    asks = {"AUTH": ["334 VXNlcm5hbWU6"], "SECRET": ["334 UGFzc3dvcmQ6"]}
    server = send(certificate, ("AUTH LOGIN",), asks)

    heard = server.commands[server.commands.index("AUTH LOGIN") + 1 :][:2]
    assert [b64decode(line).decode() for line in heard] == ["anna@a.example", "hemligt-lösen"]


@pytest.mark.parametrize("announces", [(), ("AUTH CRAM-MD5",), ("AUTH XOAUTH2",)])
def test_no_way_to_log_in(certificate: Path, announces: tuple[str, ...]) -> None:
    """A relay that offers no login we can use is told with what it offers."""
    with pytest.raises(DeliveryError, match="offers no login that we can use"):
        send(certificate, announces)


def test_a_login_that_is_offered_in_clear_only() -> None:
    """Where a password could only travel in clear it does not travel."""
    with (
        scripted(announces=BOTH) as server,
        closing(connect(server, "smtp+starttls", ANNA)) as transport,
        pytest.raises(DeliveryError, match="offers no encryption"),
    ):
        transport.send(ENVELOPE, MESSAGE)

    assert logins(server) == []


def test_a_password_that_is_refused(certificate: Path) -> None:
    """A wrong password is tried once, since accounts are locked, and is not repeated to us."""
    script = {"AUTH": [f"535 5.7.139 {PLAIN} basic authentication is disabled"]}
    with (
        scripted(script, certificate, BOTH) as server,
        closing(connect(server, "smtp+starttls", ANNA)) as transport,
        pytest.raises(DeliveryError, match=r"535 5.7.139 … basic authentication is disabled"),
    ):
        transport.send(ENVELOPE, MESSAGE)

    assert len(logins(server)) == 1


@pytest.mark.parametrize("answer", ["454 4.7.0 later", "432 4.3.2 too many connections", CLOSE])
def test_a_login_that_may_work_later(certificate: Path, answer: str) -> None:
    """A relay that cannot check a login just now is left alone for a while."""
    with (
        scripted({"AUTH": [answer]}, certificate, BOTH) as server,
        closing(connect(server, "smtp+starttls", ANNA)) as transport,
    ):
        outcome = transport.send(ENVELOPE, MESSAGE)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


def test_a_token_instead_of_a_password(certificate: Path) -> None:
    """A token is told in XOAUTH2's form; no password leaves the house."""
    server = send(certificate, XOAUTH2, tokens=FakeTokens())

    assert logins(server) == ["user=anna@a.example\x01auth=Bearer token-1\x01\x01"]


def test_a_token_that_was_called_back(certificate: Path) -> None:
    """A token that is refused is replaced, once, and the message leaves."""
    script = {
        "AUTH": ["334 eyJzdGF0dXMiOiI0MDEifQ=="],
        "SECRET": ["535 5.7.3 Authentication unsuccessful"],
    }
    server = send(certificate, XOAUTH2, script, FakeTokens())

    assert [login.split("Bearer ")[1].strip("\x01") for login in logins(server)] == [
        "token-1",
        "token-2",
    ]


def test_a_program_that_may_not_send(certificate: Path) -> None:
    """Where a new token is refused too, the mailbox's permissions are the matter."""
    script = {"AUTH": ["535 5.7.3 unsuccessful"] * 2}

    with pytest.raises(DeliveryError, match="may the program send as this mailbox"):
        send(certificate, XOAUTH2, script, FakeTokens())


def test_no_token_just_now(certificate: Path) -> None:
    """While there is no token to be had, copies are put off."""
    tokens = FakeTokens([ConnectionError("no token from https://login.example")])
    with (
        scripted(None, certificate, XOAUTH2) as server,
        closing(connect(server, "smtp+starttls", ANNA, tokens=tokens)) as transport,
    ):
        outcome = transport.send(ENVELOPE, MESSAGE)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)
    assert "no token" in str(outcome.reason)


@pytest.fixture
def real_tokens() -> Iterator[AccessTokens]:
    """Tokens from an authority whose tokens last no time at all."""
    with token_authority() as authority, trusting_client() as client:
        authority.lasting = 0
        yield AccessTokens(OAuthClient(authority.issuer, CLIENT, SECRET, SCOPE), client)


def test_tokens_that_run_out_while_sending(certificate: Path, real_tokens: AccessTokens) -> None:
    """A relay that hangs up when a token is old gets the next one, and every copy arrives once."""
    hangs_up = {"MAIL": ["250 ok", "421 4.7.0 token expired", "250 ok", CLOSE]}
    with (
        scripted(hangs_up, certificate, XOAUTH2) as server,
        closing(connect(server, "smtp+starttls", ANNA, tokens=real_tokens)) as transport,
    ):
        messages = [b"Message-ID: <%d@a.example>\r\n\r\nHej!\r\n" % number for number in range(6)]
        states = [transport.send(ENVELOPE, message).state for message in messages]

    assert states == [DeliveryState.ACCEPTED] * 6
    assert server.messages == messages
    assert [login.split("token-")[1].strip("\x01") for login in logins(server)] == ["1", "2", "3"]
