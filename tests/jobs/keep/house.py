"""A newsroom that sends, is backed up, and is lost with its machine."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text

from newsroom.database import migrate, open_database, overwrite_deleted
from newsroom.delivery.sending.batches import Hold
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.jobs.issue.confirm_restore import Confirmed
from newsroom.jobs.keep.restore import Restored
from newsroom.model.delivery import Counts
from newsroom.settings import Settings
from newsroom.wiring import Desk, bringing_back
from newsroom.wiring.backup_by_hand import back_up, legible_newsroom
from tests.delivery.fakes import FakeTime, FakeTransport, a_mailroom
from tests.delivery.sample_ledger import AT_ONCE, NOW
from tests.delivery.sending import test_dispatch
from tests.newsrooms import write_newsroom

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SECRET = "en-hemlighet-som-ingen-gissar"


@dataclass(slots=True)
class House:
    """One machine: its folder, its database, and the post that it shares with the next one."""

    root: Path
    url: str
    transport: FakeTransport = field(default_factory=lambda: FakeTransport(FakeTime()))
    secret: str | None = None  # in its environment

    @property
    def environ(self) -> dict[str, str]:
        """Where its database is."""
        given = {"NEWSROOM_SECRET": self.secret} if self.secret else {}
        return {"NEWSROOM_DATABASE": self.url, **given}

    def desk(self, now: datetime = NOW) -> Desk:
        """What can be done here."""
        return Desk(Settings.from_env(self.root, self.environ), lambda: now)

    def do(self, task: Callable[[Engine], object], now: datetime = NOW) -> None:
        """Do something with the database, as a process of its own would."""
        with closing(self.desk(now)) as desk:
            task(desk.database)

    def back_up(self, now: datetime, file: Path) -> Path:
        """Keep it as it is now."""
        return back_up(legible_newsroom(self.root, self.environ), file, now).path

    def restore(self, file: Path, now: datetime) -> Restored:
        """Bring it back."""
        return bringing_back.bring_back(self.root, self.environ, file, now, lambda _: None)

    def confirm(self, now: datetime) -> Confirmed:
        """Say that it is to be gone on with."""
        with closing(self.desk(now)) as desk:
            return bringing_back.confirm(desk)

    def work(self, now: datetime, stop_after: int | None = None) -> Counts:
        """Look at what is due, and work through what was handed out, or a part of it."""
        with closing(self.desk(now)) as desk:
            return self._work(desk.database, now, stop_after)

    def _work(self, engine: Engine, now: datetime, stop_after: int | None) -> Counts:
        time = self.transport.time
        time.now, time.stopped = now, False

        def count(_reader: str) -> None:
            time.stopped = stop_after is not None and len(self.transport.sent) >= stop_after

        self.transport.on_send = count
        sender = test_dispatch.Desk(engine, AT_ONCE, transport=self.transport)
        marks = SendingMarks(self.root / "var" / "marks")
        handed: list[Hold] = []
        replace(sender.dispatch(), marks=marks, enqueue=handed.append).look(now)
        mailroom = replace(a_mailroom(engine, self.transport), marks=marks)
        for hold in handed:
            mailroom.run_batch(hold.issue, hold.number, hold.attempt)
        return sender.tally(now)


def new_house(root: Path, url: str | None = None) -> House:
    """A machine with a small newsroom on it."""
    write_newsroom(root)
    if url is not None:
        return House(root, url)
    file = root / "var" / "newsroom.db"
    file.parent.mkdir(mode=0o700)
    file.write_bytes(migrated())
    return House(root, f"sqlite:///{file}")


@cache
def migrated() -> bytes:
    """A SQLite database with all tables, made once: migrating is what takes longest here."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "newsroom.db"
        engine = open_database(f"sqlite:///{file}")
        migrate(engine)
        overwrite_deleted(engine)
        engine.dispose()
        return file.read_bytes()


def empty_postgres(url: str) -> str:
    """A PostgreSQL database that nothing is in."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
