"""A transport to a scripted server, patient where the server is quick."""

import ssl

import trustme

from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.login import Tokens
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.model.delivery import Envelope, Outcome
from tests.delivery.transports.scripted_server import HANG, SLOW, ScriptedServer, scripted

AUTHORITY = trustme.CA()  # made anew for each run: no key lies in the repository
MESSAGE = b"Message-ID: <1@example.se>\r\n\r\nHej!\r\n.dold punkt\r\n"
ENVELOPE = Envelope("studs@example.se", "anna@a.example")
PIPELINING = ("PIPELINING",)
Script = dict[str, list[str]]


def connect(
    server: ScriptedServer,
    scheme: str = "smtp",
    login: str = "",
    options: str = "",
    tokens: Tokens | None = None,
) -> SmtpTransport:
    """A transport to the server, which trusts the tests' authority.

    It soon has enough where the server is going to be slow, and waits for ever elsewhere.
    """

    def patience(*commands: str) -> float:
        answers = [answer for command in commands for answer in server.script.get(command, ())]
        if any(answer.startswith(SLOW) for answer in answers):
            return 0.5  # less than the slow answers take together
        return 3.0 if HANG in answers else 60.0  # so that what goes before is done in time

    return SmtpTransport(
        parse_relay(f"{scheme}://{login}localhost:{server.port}{options}"),
        Connector(_trusting(), timeout=patience("CONNECT"), tokens=tokens),
        commands=patience("RSET", "MAIL", "RCPT", "DATA"),
        text=patience("."),
    )


def connect_to(port: int, scheme: str = "smtp") -> SmtpTransport:
    """A transport to whatever listens on a port of this machine."""
    return SmtpTransport(parse_relay(f"{scheme}://localhost:{port}"), Connector(_trusting()))


def _trusting() -> ssl.SSLContext:
    tls = ssl.create_default_context()
    AUTHORITY.configure_trust(tls)
    return tls


def send_one(script: Script, announces: tuple[str, ...] = ()) -> Outcome:
    """How one message fares with a server that answers so."""
    with scripted(script, announces=announces) as server:
        transport = connect(server)
        outcome = transport.send(ENVELOPE, MESSAGE)
        transport.close()
    return outcome
