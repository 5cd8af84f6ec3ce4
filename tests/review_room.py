"""A newsroom with an issue under review: a folder, two approvers, a mailbox and a page."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from newsroom.database import reading, transaction
from newsroom.database.tables import metadata
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.running.rota import Done
from newsroom.jobs.running.tick import tick
from newsroom.model import SubscriberState
from newsroom.model.issue_state import IssueState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.render.sayings import in_language
from newsroom.settings import Settings
from newsroom.web.app import application
from newsroom.wiring import Desk
from newsroom.wiring.review import Attendant, ReviewTable
from newsroom.wiring.rota import make_rota
from newsroom.wiring.site_folder import public_folder
from tests.newsrooms import ISSUE, SITE, put, write_newsroom

NAME = "2026-host"
HOST = f"posts/newsletters/{NAME}.md"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SLOT = datetime(2026, 12, 1, 8, tzinfo=UTC)  # a Tuesday, 09.00 in Stockholm
SENDING = (
    "sending: {pace: unlimited, lane_pace: unlimited, hours: always, canary: none,"
    " undo: 15 minutes, doctor: never}\n"
)
BO = "---\nid: urn:x:bo\nname: Bo Berg\nemail: bo@example.se\nverified: 2026-11-01\n---\n"
SCHEDULE = """\
newsletter:
  host:
    {month: december, day: first tuesday, at: "09:00", draft: 21 days before, remind: 5 days before}
"""


@dataclass
class Clock:
    """A clock that is set by hand."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.time


@dataclass
class ReviewRoom:
    """The newsroom, what is said in it, and the page on which one approver decides."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    mail: str = "folder:var/outgoing"
    database: str | None = None  # SQLite in its own folder

    def __post_init__(self) -> None:
        self.desk = self.another_desk()
        self.table = ReviewTable(self.desk)
        self.attendant = Attendant(self.desk)
        app = application(
            self.desk.front_desk,
            self.desk.frame,
            public_folder(self.desk),
            self.clock,
            review=self.table,
        )
        self.client = TestClient(app, base_url="https://nyheter.natverket.test")
        self.client.follow_redirects = False

    def another_desk(self) -> Desk:
        """The same newsroom as another process on the same clock has it."""
        environ = {"NEWSROOM_MAIL": self.mail}
        if self.database is not None:
            environ["NEWSROOM_DATABASE"] = self.database
        return Desk(Settings.from_env(self.root, environ), self.clock)

    def close(self) -> None:
        """Give everything back."""
        self.client.close()
        self.desk.close()

    def write(self, text: str = ISSUE) -> None:
        """Write the issue's file."""
        put(self.root, HOST, text)

    def add_readers(self, *emails: str) -> None:
        """Put some on the list."""
        people = [NewSubscriber(email, SubscriberState.ACTIVE, "sv") for email in emails]
        with transaction(self.desk.database) as connection:
            subscribers.add(connection, people, NOW)

    def tick(self) -> tuple[Done, ...]:
        """What the clock does each minute: the slots that are due, then a look at the issues."""
        ran = tick(make_rota(self.desk), self.clock())
        self.attendant.look()
        return ran

    def mails(self) -> list[EmailMessage]:
        """Every mail that has left, oldest first."""
        folder = self.root / "var/outgoing"
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(folder.glob("*.eml"), key=_written)
        ]

    def told(self) -> list[tuple[str, str]]:
        """To whom the mails went, and their subjects."""
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.mails()]

    def state(self) -> IssueState | None:
        """Where the issue stands."""
        with reading(self.desk.database) as connection:
            return state_of(connection, NAME)

    def note(self) -> str:
        """What the status says of why."""
        with reading(self.desk.database) as connection:
            note = counts(connection, NAME, self.clock()).note
        return in_language(note or "", "sv")

    def state_hash(self) -> str:
        """A digest of every row of every table."""
        digest = sha256()
        with reading(self.desk.database) as connection:
            for table in metadata.sorted_tables:
                for row in connection.execute(select(table)):
                    digest.update(repr(row).encode())
        return digest.hexdigest()

    def link(self, approver: str = "anna-ek") -> str:
        """One approver's own address of the page, as the mails have it."""
        from newsroom.wiring.review import review_desk

        url = review_desk(self.desk).post.review_url(NAME, approver, self.clock())
        return url.removeprefix("https://nyheter.natverket.test")

    def page(self, link: str | None = None) -> str:
        """The page of an approver, Anna's when no other is named, with plain spaces."""
        answer = self.client.get(link or self.link())
        assert answer.status_code == 200, answer.text
        return str(answer.text).replace("\N{NO-BREAK SPACE}", " ")

    def press(
        self, choice: str, link: str | None = None, wait: float = 5, **fields: str
    ) -> Response:
        """Look at the page as a person does, and press one of its buttons a little later."""
        where = link or self.link()
        form = fields_of(self.client.get(where).text) | {"choice": choice, "lang": "sv", **fields}
        self.clock.time += timedelta(seconds=wait)
        return self.client.post(where, data=form)


def make_room(
    root: Path,
    approval: str = "",
    mail: str = "folder:var/outgoing",
    database: str | None = None,
) -> ReviewRoom:
    """A newsroom whose issue Anna and Bo approve; `approval` is a line of its site.yaml."""
    write_newsroom(root)
    site = SITE.replace("approvers: [anna-ek]", "approvers: [anna-ek, bo-berg]")
    put(root, "posts/site.yaml", site + SENDING + approval)
    put(root, "posts/contacts/bo-berg.md", BO)
    put(root, "schedule.yaml", SCHEDULE)
    room = ReviewRoom(root, mail=mail, database=database)
    room.add_readers("asa@kommun.example", "bengt@kommun.example", "cia@region.example")
    return room


def body(mail: EmailMessage, kind: str = "plain") -> str:
    """The text of a mail, or its HTML."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage) -> str:
    """The path of the review page that a mail leads to."""
    found = re.search(r"https://nyheter\.natverket\.test(/granska/\S+)", body(mail))
    assert found
    return found[1]


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("name") in {"stamp", "shown"}:
            self.fields[str(found["name"])] = found.get("value") or ""


def fields_of(html: str) -> dict[str, str]:
    """The hidden fields that every button of the page sends."""
    parser = _Fields()
    parser.feed(html)
    return parser.fields


def _written(path: Path) -> tuple[int, int]:
    """When a file was written; of two that share a tick of the disk's clock, the first is first."""
    state = path.stat()
    return state.st_mtime_ns, state.st_ino
