"""A year of a newsroom, as the chapters speak of it.

It lets the time pass, has people write, read and press buttons, lets misfortune befall the
machine, and has the story told.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from newsroom.cli.outlook import state_words
from newsroom.jobs.running.job_words import words_of
from newsroom.jobs.running.rota import Done
from newsroom.model.saying import joined
from newsroom.render.sayings import in_language
from tests.cli.terminal import Terminal
from tests.newsrooms import put
from tests.outside.mail.imap_server import Server
from tests.processes import Said
from tests.year import people
from tests.year.clock import Clock, moment
from tests.year.house import House
from tests.year.inbox import inbox
from tests.year.neighbours import Call, Neighbours, neighbours
from tests.year.relay import Mail, relay
from tests.year.server import server
from tests.year.story import Story
from tests.year.writings import ANNA, BO, MASTODON, OFFICE, SHARED, write_house

_DAILY = {"publish", "bounces", "housekeeping", "backup"}  # no story while they go well
_SCANNED = "@lovhamn.example"
_NAMES: Mapping[str, str] = {ANNA: "Anna", BO: "Bo", OFFICE: "kansliet"}


@dataclass
class Year(House):
    """A house with its people and neighbours; and what has come of it all."""

    neighbours: Neighbours = field(kw_only=True)
    inbox: Server = field(kw_only=True)
    story: Story = field(default_factory=Story)
    ran: list[tuple[datetime, Done]] = field(default_factory=list)
    told: int = 0  # mails that are in the story

    def hear(self, done: Done) -> None:
        """Keep what was run, and tell it if that is of any interest."""
        self.ran.append((self.clock.time, done))
        if done.idle or (done.state == "done" and done.slot.job in _DAILY):
            return
        said = joined(": ", (words_of(done.slot.job), state_words(done.state), done.note))
        self.story.note(self.clock.time, in_language(said, "sv"))

    def look_around(self) -> None:
        """Put the mails to the desk that have come since into the story; one for those alike.

        Gateways that fetch every link stand before all at the desk, and before one of the towns.
        """
        come = self.relay.taken[self.told :]
        self.told = len(self.relay.taken)
        new = [mail for mail in come if mail.to in _NAMES]
        for mail in come:
            if self.passing.machine and (mail in new or mail.to.endswith(_SCANNED)):
                people.scan(self.machine.web, mail)
        while new:
            first = new[0]
            alike = [mail for mail in new if mail.subject == first.subject and mail.at == first.at]
            self.story.mail([_NAMES[mail.to] for mail in alike], first)
            new = [mail for mail in new if mail not in alike]

    # People at the desk

    def scene(self, words: str) -> None:
        """Have the story say what happens."""
        self.story.scene(self.clock.time, words)

    def writes(self, name: str, text: str) -> Path:
        """Somebody saves a file in the content folder."""
        return put(self.root, f"posts/{name}", text)

    def reads(self, name: str) -> str:
        """Somebody opens a file of the content folder."""
        return (self.root / "posts" / name).read_text(encoding="utf-8")

    def saves(self, name: str, text: str) -> Path:
        """Somebody saves a file beside the newsroom's folder."""
        return put(self.root.parent, name, text)

    def types(self, *command: str) -> Said:
        """Somebody types a command, now."""
        said = self._type(*command)
        assert said.status == 0, (command, said)
        self.look_around()
        return said

    def is_brought_back(self, backup: Path) -> None:
        """Somebody restores a backup, and says that it is the one to go on with."""
        self.types("restore", str(backup), "--yes")
        taken = datetime.strptime(backup.name, "newsroom-%Y%m%dT%H%M%SZ.tar.gz").replace(tzinfo=UTC)
        # In a backup its own slot is not over yet.
        self.passing.remembered = taken - timedelta(seconds=1)
        self.types("restore", "--confirm")

    @property
    def all_is_well(self) -> bool:
        """Whether the status asks for nobody; then the health page rings for nobody, either.

        It rings for the machine alone, and the desk may have something to do all the same.
        """
        says_so = self._type("status").status == 0
        assert not says_so or self.machine.web.get("/healthz").status_code == 200
        return says_so

    def _type(self, *command: str) -> Said:
        now = self.clock.time.strftime("%Y-%m-%dT%H:%M:%SZ")
        return Terminal(self.root, environ=self.environ)(*command, "--now", now)

    def answers(self, mail: Mail, choice: str, **fields: str) -> None:
        """An approver follows the link of a mail, and presses a button of the review page."""
        link = people.link_in(mail, "granska")
        answer = people.press(self.machine.web, self.clock, link, choice, **fields)
        assert answer.status_code == 303, answer.text
        self.look_around()

    @property
    def desk_mails(self) -> list[Mail]:
        """The mails to those at the desk, from the beginning of the year."""
        return [mail for mail in self.relay.taken if mail.to in _NAMES]

    def last_mail_to(self, address: str) -> Mail:
        """The newest mail that somebody got."""
        return next(mail for mail in reversed(self.relay.taken) if mail.to == address)

    def posted(self) -> list[Call]:
        """What was posted on Mastodon."""
        return self.neighbours.called("/api/v1/statuses")

    # Readers

    def letters(self, issue: str) -> list[Mail]:
        """The copies of an issue that the relay has taken."""
        name = f"/nyhetsbrev/{issue}/"
        return [mail for mail in self.relay.taken if mail.to not in _NAMES and name in mail.text]

    def letter_to(self, reader: str, issue: str) -> Mail:
        """Somebody's own copy."""
        (found,) = (mail for mail in self.letters(issue) if mail.to == reader)
        return found

    def page(self, path: str) -> str:
        """What somebody reads at an address of the site."""
        answer = self.machine.web.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.text).replace("\N{NO-BREAK SPACE}", " ")

    def is_there(self, path: str) -> bool:
        """Whether there is such a page."""
        return bool(self.machine.web.get(path).status_code == 200)

    def sign_up(self, *emails: str) -> None:
        """Some fill in the form, and get a mail."""
        for email in emails:
            answer = people.sign_up(self.machine.web, self.clock, email)
            assert answer.status_code == 200, answer.text
            self.machine.settle()
            assert self.last_mail_to(email)

    def confirm(self, *emails: str) -> None:
        """Some press the button behind the link in their mail."""
        for email in emails:
            link = people.link_in(self.last_mail_to(email), "bekrafta")
            answer = people.press(self.machine.web, self.clock, link, "confirm")
            assert answer.status_code == 200, answer.text


@contextmanager
def new_year(
    root: Path, postgres: str | None = None, *, nightly: bool = False, fate: Random | None = None
) -> Iterator[Year]:
    """A newsroom on New Year's Eve, whose machine has not been started.

    Its database is a file, or a new one on the server at `postgres`.
    """
    eve = moment("1 januari 00.00") - timedelta(minutes=1)
    root.mkdir()
    with ExitStack() as world:
        database = world.enter_context(server(postgres)) if postgres else None
        clock = Clock(eve, database.show) if database else Clock(eve)
        mail, others = world.enter_context(relay(clock)), world.enter_context(neighbours(clock))
        mailbox = world.enter_context(inbox(root.parent))
        write_house(root, others.address("/hub"), others.address(""), nightly=nightly)
        environ = {
            "NEWSROOM_MAIL": mail.address,
            "NEWSROOM_INBOX": mailbox.url,
            "NEWSROOM_ANNOUNCE_WEBHOOK_INTRANET": f"{others.address('/intranet')} {SHARED}",
            "NEWSROOM_ANNOUNCE_MASTODON": MASTODON,
        }
        if database:
            environ["NEWSROOM_DATABASE"] = database.address
        year = Year(*(root, clock, mail, environ, database, fate), neighbours=others, inbox=mailbox)
        yield year
        if year.passing.machine:
            year.switch_off()
