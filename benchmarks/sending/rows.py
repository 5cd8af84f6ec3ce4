"""The senders that are compared, each ready to send once."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.process import Surroundings, last_words, run
from benchmarks.sending import tally
from benchmarks.sending.figure import Figure
from benchmarks.sending.ours import send
from benchmarks.sending.postgres import fresh_database
from benchmarks.sending.sample import (
    approve,
    fitting_letter,
    surroundings,
    write_newsroom,
    write_readers,
)
from benchmarks.sending.signing_key import write_key
from benchmarks.sending.sink import HOST, postfix_tool, round_trip

_HERE: Final = Path(__file__).parent
_LOOPS: Final = {  # and the share of the messages that a slow one is given
    "message-each": ("a message built for each reader", 10),
    "holes-filled": ("holes filled, smtplib", 1),
    "pipelined": ("holes filled, pipelined, no reply read", 1),
}
_PEERS: Final = {  # by the package that tells whether one is installed
    "newsletter": (tally.DJANGO, "django_newsletter"),
    "mailman": (tally.MAILMAN, "mailman"),
}
_SESSIONS: Final = 8  # connections: while some wait for the disk, others have the processor
_SOURCE_SESSIONS: Final = 4  # more make smtp-source no quicker
_FAR_SESSIONS: Final = 10
_FEW: Final = 5_000  # readers
_TRIPS: Final = 2  # for a message with PIPELINING: the commands, then the text (RFC 2920)
_PATIENCE: Final = 600.0  # seconds for one run


@dataclass(frozen=True, slots=True)
class Row:
    """One sender."""

    name: str
    run: Callable[[], Figure]
    once: bool = False  # it takes long, and says the same each time


@dataclass(frozen=True, slots=True)
class Mission:
    """What newsroom is asked to do, and with how much."""

    port: int  # of the relay
    readers: int
    sessions: int = _SESSIONS  # connections of each process
    workers: int = 1
    dkim: str = ""  # NEWSROOM_DKIM


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is tried."""

    messages: int
    many: int  # and ten times as many, to see whether memory grows
    frozen: int  # readers of an issue that is frozen; and ten times as many


@dataclass
class Bench:
    """Where everything is tried."""

    folder: Path
    port: int  # of the sink
    far: int  # of the same sink at a distance
    sizes: Sizes
    _numbers: "count[int]" = field(default_factory=count)

    def new_folder(self) -> Path:
        """An empty folder for one run."""
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        return folder

    @cached_property
    def letter(self) -> tuple[int, bytes]:
        """How many stories the issue has, and the message that they make."""
        return fitting_letter(self.new_folder())

    @cached_property
    def message_file(self) -> Path:
        """The message, for those who send nothing else."""
        path = self.folder / "message.eml"
        path.write_bytes(self.letter[1])
        return path


def rows(bench: Bench, peers: Sequence[Path]) -> Iterator[Row]:
    """Everybody who can be tried here."""
    yield Row(tally.SOURCE, partial(_source, bench))
    for name, (words, share) in _LOOPS.items():
        yield Row(words, partial(_loop, bench, name, bench.sizes.messages // share))
    yield from _peers(bench, peers)
    usual = Mission(bench.port, bench.sizes.messages)
    yield Row(tally.SQLITE, partial(_on_sqlite, bench, usual))
    yield Row(tally.SIGNED, partial(_signed, bench, usual))
    yield Row(
        tally.POSTGRES,
        partial(_on_postgres, bench, replace(usual, sessions=_SESSIONS // 2, workers=2)),
    )
    yield Row(tally.TRIPS, partial(_allowed, bench))
    far = replace(usual, port=bench.far, sessions=_FAR_SESSIONS)
    yield Row(tally.FAR, partial(_on_sqlite, bench, far))
    for name, readers in (
        (tally.FREEZE, _FEW),
        (tally.FREEZE_MANY, bench.sizes.frozen),
        (tally.FREEZE_MORE, 10 * bench.sizes.frozen),
    ):
        yield Row(name, partial(_freeze, bench, readers), once=True)
    for name, readers in ((tally.LONG, bench.sizes.many), (tally.LONGER, 10 * bench.sizes.many)):
        mission = replace(usual, readers=readers)
        yield Row(name, partial(_on_sqlite, bench, mission), once=True)


def _source(bench: Bench) -> Figure:
    size, number = len(bench.letter[1]), bench.sizes.messages
    command = [postfix_tool("smtp-source"), "-d", "-s", str(_SOURCE_SESSIONS), "-l", str(size)]
    command += ["-m", str(number), "-f", "a@example.se", "-t", "b@example.se"]
    cost = run([*command, f"{HOST}:{bench.port}"], _place(bench), bench.folder / "nothing")
    return Figure(number, cost.seconds, cost.cpu)


def _loop(bench: Bench, name: str, number: int) -> Figure:
    command = (sys.executable, "-m", "benchmarks.sending.loops", name)
    return _printed(bench, (*command, str(bench.port), str(number), str(bench.message_file)))


def _peers(bench: Bench, folders: Sequence[Path]) -> Iterator[Row]:
    for folder in folders:
        for package, (name, driver) in _PEERS.items():
            if any(folder.glob(f"lib/python*/site-packages/{package}/__init__.py")):
                script = _HERE.parent / "peers" / driver / "send.py"
                number = str(max(1, bench.sizes.messages // 20))
                command = (str(folder.absolute() / "bin" / "python"), str(script), str(bench.port))
                yield Row(name, partial(_peer, bench, command, number))


def _peer(bench: Bench, command: Sequence[str], number: str) -> Figure:
    return _printed(bench, (*command, number, str(bench.message_file)))


def _on_sqlite(bench: Bench, mission: Mission) -> Figure:
    root = bench.new_folder()
    return _ours(bench, root, f"sqlite:///{root}/var/newsroom.db", mission)


def _on_postgres(bench: Bench, mission: Mission) -> Figure:
    with fresh_database(bench.new_folder()) as database:
        return _ours(bench, bench.new_folder(), database, mission)


def _signed(bench: Bench, mission: Mission) -> Figure:
    key = write_key(bench.new_folder() / "key.pem")
    return _on_sqlite(bench, replace(mission, dkim=f"bench@example.se:{key}"))


def _ours(bench: Bench, root: Path, database: str, mission: Mission) -> Figure:
    environment = {
        "NEWSROOM_DATABASE": database,
        "NEWSROOM_MAIL": f"smtp://{HOST}:{mission.port}",
        "NEWSROOM_DKIM": mission.dkim,
    }
    write_newsroom(root, bench.letter[0], mission.sessions)
    write_readers(database, mission.readers)
    approve(root, environment)
    return send(root, environment, mission.workers, _PATIENCE)


def _allowed(bench: Bench) -> Figure:
    """How fast a sender is that does nothing but wait for the relay's replies."""
    seconds = bench.sizes.messages * _TRIPS * round_trip(bench.far) / _FAR_SESSIONS
    return Figure(bench.sizes.messages, seconds)


def _freeze(bench: Bench, readers: int) -> Figure:
    database = f"sqlite:///{bench.new_folder()}/newsroom.db"
    write_readers(database, readers)
    return _printed(bench, (sys.executable, "-m", "benchmarks.sending.freezing", database))


def _printed(bench: Bench, command: Sequence[str]) -> Figure:
    """The figure that a process prints of itself."""
    where = _place(bench)
    run(command, where, bench.folder / "nothing")
    return Figure.printed(last_words(where))


def _place(bench: Bench) -> Surroundings:
    return surroundings(bench.new_folder(), {})
