"""A year of a newsroom, as the chapters speak of it.

It lets the time pass, has people write, read and press buttons, lets misfortune befall the
machine, and has the story told.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from newsroom.jobs.tick import Done
from newsroom.render.sayings import in_language
from tests.cli.terminal import Terminal
from tests.newsrooms import put
from tests.outside.imap_server import Server
from tests.processes import PATIENCE, Said, environment
from tests.year import doomed, people
from tests.year.books import Books
from tests.year.clock import Clock, moment, spoken
from tests.year.inbox import inbox
from tests.year.machine import Machine
from tests.year.neighbours import Neighbours, neighbours
from tests.year.passing import Passing
from tests.year.relay import Mail, Relay, relay
from tests.year.story import Story
from tests.year.writings import ANNA, BO, OFFICE, SHARED, write_house

_ODDS = 0.06  # of a restart, each time that the clock goes on
_DAILY = {"publish", "bounces", "housekeeping", "backup"}  # no story while they go well
_NAMES: Mapping[str, str] = {ANNA: "Anna", BO: "Bo", OFFICE: "kansliet"}


@dataclass
class Year:
    """The newsroom, its people and its neighbours; and what has come of it all."""

    root: Path
    clock: Clock
    relay: Relay
    neighbours: Neighbours
    inbox: Server
    environ: dict[str, str]
    story: Story = field(default_factory=Story)
    ran: list[tuple[datetime, Done]] = field(default_factory=list)
    told: int = 0  # mails that are in the story
    fate: Random | None = None  # what draws the moments at which the machine is started anew
    restarts: int = 0

    def __post_init__(self) -> None:
        self.passing = Passing(self.clock, self._tell, self._write_down, self._meet_fate)

    # Time

    def on(self, when: str) -> None:
        """Let the time pass until then; everything that is due on the way is done."""
        self.passing.until(moment(when))

    def wait(self, **span: float) -> None:
        """Let so much time pass."""
        self.passing.until(self.clock.time + timedelta(**span))

    @property
    def today(self) -> str:
        """The time now, in words."""
        return spoken(self.clock.time)

    # The machine

    @property
    def machine(self) -> Machine:
        """The machine, which must be on."""
        assert self.passing.machine, "the machine is off"
        return self.passing.machine

    @property
    def books(self) -> Books:
        """What stands in the database."""
        return Books(self.machine.desk.database)

    def switch_on(self) -> None:
        """Start the newsroom, and see what is due."""
        assert self.passing.machine is None
        self.passing.machine = Machine(self.root, self.clock, self.environ)
        self.passing.round()

    def switch_off(self) -> None:
        """Stop it as one stops a machine in good order."""
        self.machine.stop()
        self.passing.machine = None

    def loses_its_disk(self) -> None:
        """Nothing is left of the folder but the backups, which are elsewhere."""
        self.switch_off()
        shutil.rmtree(self.root)
        self.root.mkdir()

    def is_brought_back(self, backup: Path) -> None:
        """Somebody restores a backup, and says that it is the one to go on with."""
        self.types("restore", str(backup), "--yes")
        taken = datetime.strptime(backup.name, "newsroom-%Y%m%dT%H%M%SZ.tar.gz").replace(tzinfo=UTC)
        just_before = taken - timedelta(
            seconds=1
        )  # the slot of the backup itself is not over in it
        self.passing.remembered = just_before
        self.types("restore", "--confirm")

    @property
    def last_backup(self) -> Path:
        """The newest of the backups."""
        return max((self.root.parent / "backups").glob("newsroom-*.tar.gz"))

    def is_killed(self, within: timedelta, after_mails: int) -> None:
        """Run in another process, which is ended while the relay takes so many mails of it.

        The machine is off then, and the time is what it was.
        """
        self.switch_off()
        ends = self.clock.time + within
        command = [sys.executable, doomed.__file__, str(self.root)]
        times = [self.clock.time.isoformat(), ends.isoformat()]
        with subprocess.Popen([*command, *times], env=environment(self.environ)) as process:
            self.relay.kills = (process.pid, after_mails)
            assert process.wait(PATIENCE) < 0, "nobody was killed"

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
        terminal = Terminal(self.root, environ=self.environ)
        said = terminal.do(*command, "--now", self.clock.time.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._write_down()
        return said

    def answers(self, mail: Mail, choice: str, **fields: str) -> None:
        """An approver follows the link of a mail, and presses a button of the review page."""
        link = people.link_in(mail, "granska")
        answer = people.press(self.machine.web, self.clock, link, choice, **fields)
        assert answer.status_code == 303, answer.text
        self._write_down()

    @property
    def desk_mails(self) -> list[Mail]:
        """The mails to those at the desk, from the beginning of the year."""
        return [mail for mail in self.relay.taken if mail.to in _NAMES]

    def last_mail_to(self, address: str) -> Mail:
        """The newest mail that somebody got."""
        return next(mail for mail in reversed(self.relay.taken) if mail.to == address)

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

    # The story

    def _meet_fate(self) -> None:
        """Be started anew, now and then, with nothing left but what was written down."""
        if self.fate and self.passing.machine and self.fate.random() < _ODDS:
            self.machine.stop()
            self.passing.machine = Machine(self.root, self.clock, self.environ)
            self.restarts += 1

    def _tell(self, done: Done) -> None:
        self.ran.append((self.clock.time, done))
        if done.idle or (done.state == "done" and done.slot.job in _DAILY):
            return
        words = in_language(done.note, "sv")
        self.story.note(self.clock.time, f"{done.slot.job}: {done.state}: {words}")

    def _write_down(self) -> None:
        """Put the mails to the desk that have come since into the story; one for those alike."""
        new = [mail for mail in self.relay.taken[self.told :] if mail.to in _NAMES]
        self.told = len(self.relay.taken)
        while new:
            first = new[0]
            alike = [mail for mail in new if mail.subject == first.subject and mail.at == first.at]
            self.story.mail([_NAMES[mail.to] for mail in alike], first)
            new = [mail for mail in new if mail not in alike]


@contextmanager
def new_year(root: Path, *, nightly: bool = False, fate: Random | None = None) -> Iterator[Year]:
    """A newsroom on New Year's Eve, whose machine has not been started."""
    clock = Clock(moment("1 januari 00.00") - timedelta(minutes=1))
    root.mkdir()
    with ExitStack() as world:
        mail, others = world.enter_context(relay(clock)), world.enter_context(neighbours(clock))
        mailbox = world.enter_context(inbox(root.parent))
        write_house(root, others.address("/hub"), nightly=nightly)
        environ = {
            "NEWSROOM_MAIL": mail.address,
            "NEWSROOM_INBOX": mailbox.url,
            "NEWSROOM_ANNOUNCE_WEBHOOK_INTRANET": f"{others.address('/intranet')} {SHARED}",
        }
        year = Year(root, clock, mail, others, mailbox, environ, fate=fate)
        yield year
        if year.passing.machine:
            year.switch_off()
