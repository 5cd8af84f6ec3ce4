"""`issue rehearse`: every reader's message is made, and none leaves."""

import json
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.issue.letters import HOST, add, outgoing
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW

KEYS = {
    *("issue", "frozen", "accepted", "refused", "excluded", "unsound", "domains", "languages"),
    *("octets", "largest", "begins", "ends", "problems", "folder"),
}
# Ends the process at its first socket, as PEP 578 lets an auditor do.
AUDITED = """
import sys
def no_socket(event, args):
    if event.startswith("socket."):
        sys.stderr.write(f"{event} {args}\\n")
        sys.exit(99)
sys.addaudithook(no_socket)
sys.argv = ["newsroom", *sys.argv[1:]]
from newsroom.cli import main
main()
"""


@pytest.fixture
def ready(written: Terminal) -> Terminal:
    """An issue that may be sent, and three readers."""
    text = (written.root / HOST).read_text()
    finished = text.replace("sedan i våras.", "sedan i våras, i två korta nyheter.")
    (written.root / HOST).write_text(finished)
    for name in ("asa", "bo", "cia"):
        add(written, f"{name}@kommun.example")
    return written


def test_a_list_with_nobody_on_it(written: Terminal, tmp_path: Path) -> None:
    """A rehearsal without a single reader says so, and has not gone well."""
    text = (written.root / HOST).read_text()
    finished = text.replace("sedan i våras.", "sedan i våras, i två korta nyheter.")
    (written.root / HOST).write_text(finished)

    said = written("issue", "rehearse", "2026-host", "--out", str(tmp_path / "out"), "--now", NOW)

    assert said.status == 1
    assert "2026-host: ingen på listan skulle få det" in said.err


def test_every_message_is_a_file(ready: Terminal, tmp_path: Path) -> None:
    """Each reader's message stands in the folder as it would be sent, and none is sent."""
    said = ready.do("issue", "rehearse", "2026-host", "--out", str(tmp_path / "out"), "--now", NOW)

    files = sorted((tmp_path / "out").glob("*.eml"))
    messages = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert {message["To"] for message in messages} == {
        f"{name}@kommun.example" for name in ("asa", "bo", "cia")
    }
    assert said.out.startswith(
        "2026-host: mottagare: 3, färdiga brev: 3, utelämnade: 0, avvisade: 0\n"
    )
    assert "kommun.example 3" in said.out
    assert outgoing(ready) == []
    assert ready.do("issue", "status", "2026-host", "--json").json()["frozen"] == 0


def test_the_report(ready: Terminal) -> None:
    """The same stands in report.json beside the messages, with the keys that others rely on."""
    printed = ready.do("issue", "rehearse", "2026-host", "--json", "--now", NOW).json()

    folder = ready.root / "var/rehearsals/2026-host"
    assert json.loads((folder / "report.json").read_text()) == printed
    assert printed.keys() == KEYS
    assert printed["domains"] == [{"domain": "kommun.example", "readers": 3}]
    assert printed["languages"] == [{"lang": "sv", "readers": 3}]
    assert (printed["begins"], printed["ends"]) == ("2026-12-01T08:00:00Z", "2026-12-01T08:00:00Z")


def test_an_issue_that_is_not_ready(ready: Terminal) -> None:
    """What forbids sending is told, the messages are made all the same, and the status is 1."""
    with (ready.root / HOST).open("a") as file:
        file.write("\nTODO: mer\n")

    said = ready("issue", "rehearse", "2026-host", "--now", NOW)

    assert said.status == 1
    assert f"{HOST}:14: " in said.err
    assert "TODO" in said.err
    assert len(list((ready.root / "var/rehearsals/2026-host").glob("*.eml"))) == 3


def test_what_speaks_against_it(ready: Terminal) -> None:
    """`issue check` tells the same without making a message; its status is 1 when that forbids."""
    whole = ready.do("issue", "check", "2026-host", "--now", NOW)
    with (ready.root / HOST).open("a") as file:
        file.write("\nTODO: [mer](http://127.0.0.1:1/)\n")

    faulty = ready("issue", "check", "2026-host", "--links", "--json", "--now", NOW)

    assert whole.out == "0 fel, 0 varningar, 0 upplysningar\n"
    assert faulty.status == 1
    told = [(each["severity"], each["code"]) for each in json.loads(faulty.out)]
    assert ("error", "unfinished") in told
    assert told[-1] == ("warning", "dead-link")


def test_no_socket_is_opened(ready: Terminal) -> None:
    """A rehearsal neither asks a name server nor opens any socket."""
    command = [sys.executable, "-c", AUDITED, "--root", str(ready.root)]
    ran = subprocess.run(
        [*command, "issue", "rehearse", "2026-host", "--now", NOW],
        capture_output=True,
        text=True,
        check=False,
    )
    caught = subprocess.run(
        [*command, "preview", "--port", "0"], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert caught.returncode == 99  # the auditor does hear of sockets
