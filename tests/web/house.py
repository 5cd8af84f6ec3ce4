"""A newsroom's web inside the test: real database, real templates, a mailbox that is a list."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from httpx2 import Response
from sqlalchemy import Engine, select
from starlette.testclient import TestClient

from newsroom.database import reading
from newsroom.database.tables import metadata
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.model import Issue, Newsroom, Sender, Site, Subscriber, SubscriberState
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.render.pages.frame import make_frame
from newsroom.render.templates import Templates, default_templates
from newsroom.web.app import application
from newsroom.web.later import Later

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Öberg, Åsa – Nätverket", "nyhetsbrev@example.se", reply_to="kansli@example.se"),
    postal_address="Hamnplan 2, 999 10 Lövhamn",
)


@dataclass
class Mailbox:
    """A mailer that keeps what it is given."""

    sent: list[tuple[str, EmailMessage]] = field(default_factory=list)
    broken: bool = False

    def text(self, number: int = -1) -> str:
        """The words of the newest mail, or of another."""
        body = self.sent[number][1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Keep the message, or put it off as a relay does that is down."""
        if self.broken:
            why = "127.0.0.1:25: connection refused; is the relay running?"
            return Outcome(DeliveryState.DEFERRED, reason=why, whole_relay=True)
        self.sent.append((to, message))
        return Outcome(DeliveryState.ACCEPTED, "250 2.0.0")

    def link(self, number: int = -1) -> str:
        """The path that the newest mail leads to, or another."""
        found = re.search(r"https://nyheter\.example\.se(/\S+)", self.text(number))
        assert found
        return found[1]


@dataclass
class Clock:
    """A clock that is set by hand."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.time

    def seconds(self) -> float:
        """The same as a number that grows."""
        return self.time.timestamp()

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.time += timedelta(**span)


@dataclass
class House:
    """The web and what stands behind it."""

    client: TestClient
    database: Engine
    mailbox: Mailbox
    later: Later
    post: Later
    clock: Clock
    public: Path
    keys: tuple[bytes, ...]
    templates: Templates

    def person(self, email: str = "anna@example.se") -> Subscriber | None:
        """Somebody on the list."""
        with reading(self.database) as connection:
            return subscribers.find(connection, email)

    def add(self, email: str, state: SubscriberState, lang: str = "sv") -> int:
        """Put somebody on the list."""
        with self.database.begin() as connection:
            (number,) = subscribers.add(connection, [NewSubscriber(email, state, lang)], NOW)
        return number

    def settle(self) -> None:
        """Wait for the work that follows answers, and for the mails."""
        for thread in (self.later, self.post):
            done = Event()
            thread.do(done.set)
            done.wait()

    def sign_up(self, email: str = "anna@example.se", **fields: str) -> bytes:
        """Fill in the form, and wait for the mail."""
        answer = self.press(email, **fields)
        self.settle()
        return answer

    def press(self, email: str, **fields: str) -> bytes:
        """Fill in the form as a person does: look, write, press. The mail comes later."""
        stamp = fields_of(self.client.get("/prenumerera/").text)["stamp"]
        self.clock.forward(seconds=5)
        form = {"email": email, "lang": "sv", "website": "", "stamp": stamp, **fields}
        answer = self.client.post("/prenumerera/", data=form)
        assert answer.status_code == 200
        return answer.content

    def follow(
        self,
        choice: str = "confirm",
        link: str | None = None,
        headers: Mapping[str, str] | None = None,
        **fields: str,
    ) -> Response:
        """Open a link as a person does, and press a button there a little later."""
        link = link or self.mailbox.link()
        form = fields_of(self.client.get(link).text)
        self.clock.forward(seconds=5)
        return self.client.post(link, data={**form, "choice": choice, **fields}, headers=headers)

    def state_hash(self) -> str:
        """A digest of every row of every table."""
        digest = sha256()
        with self.database.begin() as connection:
            for table in metadata.sorted_tables:
                for row in connection.execute(select(table)):
                    digest.update(repr(row).encode())
        return digest.hexdigest()


@contextmanager
def open_house(
    database: Engine,
    tmp_path: Path,
    site: Site,
    *,
    surprises: bool = True,
    next_issue: datetime | None = None,
    issues: tuple[Issue, ...] = (),
) -> Iterator[House]:
    """The web of a newsroom; `public` is empty but for what a test puts there.

    Without `surprises` a fault is an answer, as a browser sees it, and not the test's end.
    """
    mailbox, later, post, clock = Mailbox(), Later(), Later(), Clock()
    keys = (b"secret of today", b"secret of five years ago")
    public = tmp_path / "public"
    public.mkdir()
    templates = Templates([default_templates()])
    desk = FrontDesk(
        site,
        database,
        keys,
        templates,
        mailbox,
        (tmp_path / "mail",),
        next_issue=lambda: next_issue,
    )
    frame = make_frame(Newsroom(site=site, issues=issues), logo=None, style="style.css")
    app = application(
        desk, lambda: frame, public, clock, later=later, mails=post, clock=clock.seconds
    )
    with TestClient(
        app, base_url="https://nyheter.example.se", raise_server_exceptions=surprises
    ) as client:
        client.follow_redirects = False
        yield House(client, database, mailbox, later, post, clock, public, keys, templates)


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._choosing = ""  # the name of the list whose options are being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "select":
            self._choosing = name
        if tag == "option" and "selected" in found:
            self.fields[self._choosing] = value
        if tag == "input" and name and (found.get("type") != "checkbox" or "checked" in found):
            self.fields[name] = value


def fields_of(html: str) -> dict[str, str]:
    """The fields that a browser would send with the forms on a page, as they stand there."""
    parser = _Fields()
    parser.feed(html)
    return parser.fields
