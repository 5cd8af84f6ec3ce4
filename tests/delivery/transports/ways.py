"""Every way out of the house, to a fake on loopback that answers as the documents say."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

import httpx

from newsroom.delivery.transports.aws_signature import Signer
from newsroom.delivery.transports.brevo import Brevo
from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.folder import FolderTransport
from newsroom.delivery.transports.postmark import Postmark
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.resend import Resend
from newsroom.delivery.transports.service import Service, ServiceTransport
from newsroom.delivery.transports.ses import Ses
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.delivery.transports.transport import Transport
from newsroom.outside.over_http.api import PATIENCE, Api
from newsroom.outside.over_http.client import open_client
from tests.delivery.letters import READER, Arrived, read_message
from tests.delivery.transports.scripted_provider import HANG_UP, Asked, Scripted, provider
from tests.delivery.transports.scripted_server import CLOSE, scripted
from tests.ports import free_port

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
KEY = "en-nyckel-som-ingen-gissar"


class Luck(Enum):
    """What may happen to a message, the same for all ways."""

    GOOD = auto()
    NO_SUCH_READER = auto()
    SENDER_REFUSED = auto()
    KEY_REFUSED = auto()
    BUSY = auto()
    DOWN = auto()  # it answers that it cannot just now
    BROKEN = auto()  # it breaks down over the message
    NOBODY_THERE = auto()
    LOST = auto()  # the line breaks once all has left
    NONSENSE = auto()  # a good answer that nobody can read


Received = Callable[[], list[Arrived]]


def service(name: str, url: str) -> Service:
    """A provider's interface that stands at `url`."""
    match name:
        case "postmark":
            return Postmark(KEY, "broadcast", url=url)
        case "brevo":
            return Brevo(KEY, url=url)
        case "resend":
            return Resend(KEY, url=url)
        case _:
            return Ses(Signer("AKIDEXAMPLE", KEY, "eu-north-1", "ses"), lambda: NOW, url)


def service_transport(name: str, url: str, patience: httpx.Timeout = PATIENCE) -> ServiceTransport:
    """The transport to a provider that stands at `url`."""
    kept = httpx.HTTPTransport(trust_env=False)  # as `open_api` has it
    client = open_client("https://nyheter.example.se", kept, patience)
    return ServiceTransport(service(name, url), Api(client))


SERVICES = ("postmark", "brevo", "ses", "resend")
ANSWERS: Mapping[str, Mapping[Luck, Scripted]] = {
    "postmark": {
        Luck.GOOD: Scripted(
            200, {"To": READER, "MessageID": "0a129aee", "ErrorCode": 0, "Message": "OK"}
        ),
        Luck.NO_SUCH_READER: Scripted(
            422,
            {
                "ErrorCode": 406,
                "Message": "You tried to send to a recipient that has been marked as inactive.\n"
                f"Found inactive addresses: {READER}.",
            },
        ),
        Luck.SENDER_REFUSED: Scripted(
            422,
            {
                "ErrorCode": 300,
                "Message": "Invalid 'From' address: 'nyheter@example.se' is not a verified sender",
            },
        ),
        Luck.KEY_REFUSED: Scripted(
            401, {"ErrorCode": 10, "Message": "No Account or Server API tokens were supplied"}
        ),
        Luck.BUSY: Scripted(
            429, {"ErrorCode": 429, "Message": "Rate Limit Exceeded"}, {"Retry-After": "7"}
        ),
        Luck.DOWN: Scripted(503, {"ErrorCode": 100, "Message": "Maintenance"}),
    },
    "brevo": {
        Luck.GOOD: Scripted(201, {"messageId": "<202609010600.1@relay.example>"}),
        Luck.NO_SUCH_READER: Scripted(
            400, {"code": "invalid_parameter", "message": "email is not valid in to"}
        ),
        Luck.SENDER_REFUSED: Scripted(
            400, {"code": "invalid_parameter", "message": "valid sender email required"}
        ),
        Luck.KEY_REFUSED: Scripted(401, {"code": "unauthorized", "message": "Key not found"}),
        Luck.BUSY: Scripted(
            429, {"code": "too_many_requests", "message": "slow down"}, {"Retry-After": "7"}
        ),
        Luck.DOWN: Scripted(503, {"code": "service_unavailable", "message": "try again"}),
    },
    "ses": {
        Luck.GOOD: Scripted(200, {"MessageId": "0107018a-1"}),
        Luck.NO_SUCH_READER: Scripted(
            400,
            {"message": "Missing final '@domain'"},
            {"x-amzn-ErrorType": "BadRequestException"},
        ),
        Luck.SENDER_REFUSED: Scripted(
            400,
            {"message": "Email address is not verified: nyheter@example.se"},
            {"x-amzn-ErrorType": "MessageRejected"},
        ),
        Luck.KEY_REFUSED: Scripted(
            403,
            {"message": "The security token included in the request is invalid."},
            {"x-amzn-ErrorType": "UnrecognizedClientException:http://internal.amazon.com/"},
        ),
        Luck.BUSY: Scripted(
            429,
            {"message": "Maximum sending rate exceeded."},
            {"x-amzn-ErrorType": "TooManyRequestsException", "Retry-After": "7"},
        ),
        Luck.DOWN: Scripted(503, "", {"x-amzn-ErrorType": "ServiceUnavailable"}),
    },
    "resend": {
        Luck.GOOD: Scripted(200, {"id": "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}),
        Luck.NO_SUCH_READER: Scripted(
            422,
            {"statusCode": 422, "name": "validation_error", "message": "Invalid `to` field."},
        ),
        Luck.SENDER_REFUSED: Scripted(
            403,
            {
                "statusCode": 403,
                "name": "validation_error",
                "message": "The example.se domain is not verified.",
            },
        ),
        Luck.KEY_REFUSED: Scripted(
            403,
            {"statusCode": 403, "name": "invalid_api_key", "message": "API key is invalid"},
        ),
        Luck.BUSY: Scripted(
            429,
            {"statusCode": 429, "name": "rate_limit_exceeded", "message": "Too many requests."},
            {"Retry-After": "7"},
        ),
        Luck.DOWN: Scripted(
            503,
            {"statusCode": 503, "name": "service_unavailable", "message": "Try again."},
        ),
    },
}
_ALIKE = {
    Luck.LOST: HANG_UP,
    Luck.NONSENSE: Scripted(200, "<html>Welcome to the hotel</html>"),
    Luck.BROKEN: Scripted(500, {"message": "An unexpected error occurred."}),
}
_SMTP: Mapping[Luck, Mapping[str, Sequence[str]]] = {
    Luck.GOOD: {},
    Luck.NO_SUCH_READER: {"RCPT": ["550 5.1.1 no such user"]},
    Luck.SENDER_REFUSED: {"MAIL": ["550 5.7.60 not allowed to send as this sender"]},
    Luck.KEY_REFUSED: {"CONNECT": ["554 5.7.1 go away"]},
    Luck.BUSY: {"MAIL": ["432 4.3.2 too many connections"]},
    Luck.DOWN: {"CONNECT": ["421 4.3.2 closing"]},
    Luck.LOST: {".": [CLOSE]},
    Luck.NONSENSE: {".": ["354 go on"]},
}


@dataclass(frozen=True, slots=True)
class Open:
    """A transport to its fake, and what has arrived there."""

    transport: Transport
    arrived: Received


@contextmanager
def opened(way: str, luck: Luck, folder: Path) -> Iterator[Open]:
    """A way out on which a message will have this luck."""
    if way == "folder":
        yield _folder(luck, folder)
    elif luck is Luck.NOBODY_THERE:
        yield Open(_to_nobody(way), list)
    elif way == "smtp":
        script = {command: list(answers) for command, answers in _SMTP[luck].items()}
        with scripted(script) as server:
            relay = parse_relay(f"smtp://localhost:{server.port}")
            yield Open(
                SmtpTransport(relay, Connector()),
                lambda: [_from_wire(message) for message in server.messages],
            )
    else:
        with provider([{**ANSWERS[way], **_ALIKE}[luck]]) as there:
            yield Open(
                service_transport(way, there.url),
                lambda: [understood(way, asked) for asked in there.asked],
            )


def understood(name: str, asked: Asked) -> Arrived:
    """What a provider would send, going by its documents."""
    said = asked.content
    match name:
        case "postmark":
            headers = {header["Name"]: header["Value"] for header in said["Headers"]}
            subject, text, html = said["Subject"], said["TextBody"], said["HtmlBody"]
            return Arrived(said["To"], said["From"], subject, text, html, headers)
        case "brevo":
            sender = f'"{said["sender"]["name"]}" <{said["sender"]["email"]}>'
            subject, text, html = said["subject"], said["textContent"], said["htmlContent"]
            return Arrived(said["to"][0]["email"], sender, subject, text, html, said["headers"])
        case "resend":
            subject, text, html = said["subject"], said["text"], said["html"]
            return Arrived(said["to"][0], said["from"], subject, text, html, said["headers"])
        case _:
            raw = base64.b64decode(said["Content"]["Raw"]["Data"])
            return read_message(raw, said["Destination"]["ToAddresses"][0])


def _folder(luck: Luck, folder: Path) -> Open:
    place = folder / "out"
    if luck is not Luck.GOOD:  # all that can befall a folder
        place.write_text("")
    return Open(
        FolderTransport(place),
        lambda: [read_message(file.read_bytes(), None) for file in sorted(place.glob("*.eml"))],
    )


def _to_nobody(way: str) -> Transport:
    port = free_port()
    if way == "smtp":
        return SmtpTransport(parse_relay(f"smtp://127.0.0.1:{port}"), Connector())
    return service_transport(way, f"http://127.0.0.1:{port}/send")


def _from_wire(message: bytes) -> Arrived:
    """A message that came over SMTP, its dots undoubled (RFC 5321, 4.5.2)."""
    return read_message(message.replace(b"\r\n..", b"\r\n."), READER)
