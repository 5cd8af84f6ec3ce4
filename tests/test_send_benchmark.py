"""The benchmark of sending measures real senders, and says what it did not measure."""

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.process import ToolFailedError
from benchmarks.send import is_wanted, measure, read_options
from benchmarks.sending import tally as names
from benchmarks.sending.figure import Figure
from benchmarks.sending.machine import state_of
from benchmarks.sending.rows import Bench, Row, Sizes, rows
from benchmarks.sending.sample import SIZE
from benchmarks.sending.sink import HOST, far_away, round_trip
from benchmarks.sending.tally import Tally, as_json, lines, targets
from newsroom.delivery.catcher import MailCatcher

FEW = 12


@pytest.fixture
def caught(tmp_path: Path) -> Iterator[MailCatcher]:
    """A server that keeps what it takes, in place of the sink."""
    with MailCatcher(tmp_path / "inbox") as catcher:
        yield catcher


@pytest.fixture
def bench(tmp_path: Path, caught: MailCatcher) -> Bench:
    """A benchmark of a handful of messages."""
    port = int(caught.address.rpartition(":")[2])
    folder = tmp_path / "bench"
    folder.mkdir()
    return Bench(folder, port, port, Sizes(FEW, FEW, 300))


def row(bench: Bench, name: str) -> Row:
    """The sender of this name."""
    return next(row for row in rows(bench, []) if row.name == name)


def tally_of(**rates: float) -> Tally:
    """A run of a thousand messages with these rates, by the names of the senders."""
    made = Tally()
    for name, rate in rates.items():
        made.add(getattr(names, name), Figure(1_000, 1_000 / rate, 0.5, 90_000_000))
    return made


@pytest.mark.slow
def test_newsroom_sends_its_issue_through_its_own_commands(
    bench: Bench, caught: MailCatcher
) -> None:
    """Every reader gets a message of about 65 KB, once; the ledger says how long it took."""
    figure = row(bench, names.SQLITE).run()

    assert figure.messages == FEW - 1
    assert figure.seconds > 0
    assert len(caught.recipients) == len(set(caught.recipients)) == FEW
    assert abs(len(bench.letter[1]) - SIZE) < SIZE * 0.03
    assert (figure.memory or 0) > 20_000_000


@pytest.mark.parametrize("loop", ["message-each", "holes-filled", "pipelined"])
def test_bare_loops_reach_everybody(tmp_path: Path, caught: MailCatcher, loop: str) -> None:
    """Each of them sends a whole message to each reader."""
    sample = tmp_path / "sample.eml"
    sample.write_bytes(
        b"From: a@example.se\r\nTo: b@example.se\r\nSubject: Hi\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/plain\r\n\r\nHi\r\n.\r\n--x\r\nContent-Type: text/html\r\n\r\n"
        b"<p>Hi</p>\r\n--x--\r\n"
    )
    port = caught.address.rpartition(":")[2]

    command = [sys.executable, "-m", "benchmarks.sending.loops", loop, port, "3", str(sample)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert Figure.printed(said).messages == 3
    assert list(caught.recipients) == [f"reader{number}@example.se" for number in range(3)]


def test_freezing_is_measured(bench: Bench) -> None:
    """As many rows as there are readers are written by the real freeze."""
    assert row(bench, names.FREEZE_MANY).run().messages == 300


def test_a_line_at_a_distance_takes_its_time() -> None:
    """A command and its reply each come half a round trip later, and none of them is lost."""
    with socket.create_server((HOST, 0)) as server, far_away(server.getsockname()[1], 30) as port:
        threading.Thread(target=_greet_and_repeat, args=(server,), daemon=True).start()

        assert round_trip(port) >= 0.03


def _greet_and_repeat(server: socket.socket) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line, line.makefile("rb") as lines_:
            line.sendall(b"220 hello\r\n")
            for said in lines_:
                line.sendall(b"250 " + said)


def test_targets_are_ratios_of_the_same_run() -> None:
    """A target is met when our middle rate is at least its share of the other's."""
    made = tally_of(SOURCE=3_000, SQLITE=1_200, DJANGO=90, MAILMAN=130, POSTGRES=600)

    judged = {target.what: target for target in targets(made)}

    assert judged["SQLite, one process"].is_reached
    assert judged["SQLite, against smtp-source"].measured == pytest.approx(0.4)
    assert judged["SQLite, against django-newsletter"].is_reached
    assert judged["SQLite, against Mailman 3"].is_reached is False
    assert judged["PostgreSQL, against smtp-source"].is_reached is False
    assert judged["signed, one process"].is_reached is None


def test_what_may_not_grow_is_judged_the_other_way() -> None:
    """Time and memory are met when they are below their limit."""
    made = tally_of(FREEZE=2_000, LONG=800, LONGER=800)

    judged = {target.what: target for target in targets(made)}

    assert judged["freezing 5,000"].is_reached
    assert judged["memory, many messages"].measured == pytest.approx(90)
    assert judged["memory, ten times as many"].is_reached


def test_the_report_shows_every_sender_and_target() -> None:
    """A line for each sender with its share of smtp-source, one for each target, and the notes."""
    made = tally_of(SOURCE=3_000, SQLITE=1_200)
    made.notes[names.FAR] = "left out: the time was up"

    text = "\n".join(lines(made))

    assert "newsroom, SQLite, one process" in text
    assert "0.40" in text
    assert text.count("not measured") == sum(one.is_reached is None for one in targets(made))
    assert text.endswith("newsroom, relay 20 ms away: left out: the time was up")
    assert json.loads(json.dumps(as_json(made)))["runs"][names.SOURCE][0]["messages"] == 1_000


def test_the_machine_is_told_of(tmp_path: Path) -> None:
    """A report says how busy the machine was, and how long its disk took."""
    assert re.fullmatch(r"\d+ cores, load [\d.]+, [\d.]+ ms to the disk", state_of(tmp_path))


def test_a_sender_that_fails_is_told_of() -> None:
    """Its last words stand in the notes, and the others go on."""

    def fail() -> Figure:
        raise ToolFailedError("no such relay")

    made = Tally()
    measure(Row("broken", fail), made)

    assert made.notes == {"broken": "failed: no such relay"}
    assert not made.figures


def test_senders_are_chosen_by_words(bench: Bench) -> None:
    """Words of a name choose senders; without any all are tried, peers where they are installed."""
    found = [row.name for row in rows(bench, [])]

    assert [name for name in found if is_wanted(Row(name, _never), "source, 20 ms")] == [
        names.SOURCE,
        names.FAR,
    ]
    assert all(is_wanted(Row(name, _never), "") for name in found)
    assert names.DJANGO not in found


def _never() -> Figure:
    raise AssertionError("only the name was asked for")


def test_peers_are_found_where_they_are_installed(bench: Bench, tmp_path: Path) -> None:
    """An environment is searched for the packages of the peers."""
    package = tmp_path / "env" / "lib" / "python3.11" / "site-packages" / "mailman"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()

    found = [row.name for row in rows(bench, [tmp_path / "env"])]

    assert names.MAILMAN in found
    assert names.DJANGO not in found


def test_what_is_written_beside_quick_holds() -> None:
    """A quick run with a number of one's own takes that number, and is quick in all else."""
    options = read_options(["--quick", "--messages", "77"])

    assert (options.messages, options.rounds) == (77, 1)


def test_quick_stands_for_small_values() -> None:
    """A quick run is one round of few messages."""
    options = read_options(["--quick"])

    assert (options.rounds, options.messages) == (1, 1_000)
    assert read_options([]).rounds == 3
