"""A newsroom with all that its mail stands on, on loopback: DNS, a relay, the public address."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Self

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

from newsroom.database import reading
from newsroom.database.tables import doctor_run
from newsroom.delivery.listener import Listener
from newsroom.settings import Settings
from newsroom.web.app import application
from newsroom.wiring import Desk
from newsroom.wiring.site_folder import public_folder
from tests.cli.terminal import Terminal
from tests.jobs.doctor.zones import GOOD
from tests.newsrooms import FILES, put, write_newsroom
from tests.outside.name_servers.name_server import NameServer, Records
from tests.ports import free_port
from tests.processes import PATIENCE

AWAY = "127.0.0.2"  # loopback too, and for newsroom another machine than its own
_SENDING = (
    "sending: {pace: unlimited, lane_pace: unlimited, hours: always, canary: none,"
    " undo: 0 minutes, doctor: 24 hours}\n"
)


class Relay:
    """Takes every message, and keeps whom it was for."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.messages: list[str] = []  # decoded, headers and text
        self._listener: Listener  # while the context lasts

    @property
    def address(self) -> str:
        """As NEWSROOM_MAIL wants it."""
        return self._listener.address

    def __enter__(self) -> Self:
        self._listener = Listener(self, AWAY)
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.stop()

    async def handle_DATA(  # noqa: N802 (the name aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep one message."""
        self.recipients += envelope.rcpt_tos
        self.messages.append(_readable(envelope.content))
        return "250 2.0.0 taken"


def _readable(content: bytes | str | None) -> str:
    """A message as a person reads it: its subject and its text."""
    raw = content.encode() if isinstance(content, str) else content or b""
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n{body.get_content() if body else ''}"


@dataclass
class Surgery:
    """The newsroom's terminal, and what stands around it."""

    terminal: Terminal
    names: NameServer
    relay: Relay
    port: int
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The newsroom's folder."""
        return self.terminal.root

    def desk(self, ahead: timedelta = timedelta(0)) -> Desk:
        """The newsroom as a process of its own has it, whose clock may be ahead."""
        settings = Settings.from_env(self.root, self.environ)
        return Desk(settings, lambda: datetime.now(UTC) + ahead)

    def verdicts(self) -> int:
        """How many verdicts are kept."""
        with closing(self.desk()) as desk, reading(desk.database) as connection:
            return connection.scalar(select(func.count()).select_from(doctor_run)) or 0

    @contextmanager
    def without(self, name: str, kind: str) -> Iterator[None]:
        """The DNS without some records, as long as the context lasts."""
        records = self.names.records.pop((name, kind))
        yield
        self.names.records[name, kind] = records

    def publish_record(self, name: str, kind: str, *records: str) -> None:
        """Put records into the DNS, in place of those that are there."""
        self.names.records[name, kind] = records


@contextmanager
def surgery(folder: Path, zone: Records = GOOD) -> Iterator[Surgery]:
    """A newsroom in a folder whose domain, relay and public address are in order."""
    port = free_port()
    root = write_newsroom(folder)
    site = FILES["posts/site.yaml"].partition("sending:")[0]
    url = f"http://127.0.0.1:{port}"
    site = site.replace("https://nyheter.natverket.test", url).replace("returer@", "studs@")
    put(root, "posts/site.yaml", site + _SENDING)
    with NameServer(zone) as names, Relay() as relay:
        environ = {"NEWSROOM_MAIL": relay.address, "NEWSROOM_DNS": names.address}
        terminal = Terminal(root, relay.address, {"NEWSROOM_DNS": names.address})
        for page in ("index.html", "feed.xml", "atom.xml", "feed.json", "calendar.ics"):
            put(root, f"public/{page}", "as good as built\n")
        room = Surgery(terminal, names, relay, port, environ)
        with _web(room):
            yield room


@contextmanager
def _web(room: Surgery) -> Iterator[None]:
    """The site and its forms, at the public address."""
    with ExitStack() as end:
        desk = room.desk()
        end.callback(desk.close)
        app = application(desk.front_desk, desk.frame, public_folder(desk), desk.clock)
        config = uvicorn.Config(app, host="127.0.0.1", port=room.port, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert time.monotonic() < until, "the web did not start"
            time.sleep(0.01)
        yield
        server.should_exit = True
        thread.join(PATIENCE)
