"""`issue evidence`: what can be proved of an issue, as files."""

import hashlib
import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from tests.cli.issue.letters import approve, send
from tests.cli.terminal import Terminal
from tests.newsrooms import write_newsroom

READERS = ("asa@example.se", "bo@example.se", "cia@example.se")
FILES = {
    *(f"2026-host.{lang}.{kind}" for lang in ("sv", "en") for kind in ("eml", "html", "txt")),
    *("evidence.json", "index.html", "SHA256SUMS"),
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """An issue that three readers have; proving it changes nothing."""
    terminal = Terminal(write_newsroom(tmp_path_factory.mktemp("sent") / "house"))
    approve(terminal)
    send(terminal)
    return terminal


def pack(terminal: Terminal, folder: Path) -> dict[str, bytes]:
    """The files of the evidence."""
    terminal.do("issue", "evidence", "2026-host", "--out", str(folder))
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_is_in_the_pack(sent: Terminal, tmp_path: Path) -> None:
    """The letters of each language, the facts for programs and for people, and a manifest."""
    files = pack(sent, tmp_path / "pack")

    assert files.keys() == FILES
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS"
    }


def test_the_facts(sent: Terminal, tmp_path: Path) -> None:
    """Totals, the yes with the hash of its text, the course and what was told."""
    facts = json.loads(pack(sent, tmp_path / "pack")["evidence.json"])

    assert (facts["recipients"], facts["totals"]["accepted"], facts["adds_up"]) == (3, 3, True)
    assert [(yes["by"], yes["was_sent"]) for yes in facts["approvals"]] == [("anna-ek", True)]
    assert facts["approvals"][0]["content_hash"] == facts["content_hash"]
    assert [step["step"] for step in facts["course"]] == ["frozen", "released", "done"]
    assert [told["item"] for told in facts["told"]] == [
        "urn:x:host",
        "urn:x:sommar",
        "urn:x:konferens",
    ]


def test_the_letter_as_everybody_got_it(sent: Terminal, tmp_path: Path) -> None:
    """The message can be opened; what each reader had of their own stands as the holes' words."""
    files = pack(sent, tmp_path / "pack")

    message = message_from_bytes(files["2026-host.sv.eml"], policy=policy.default)
    assert message["Subject"] == "Nyhetsbrev hösten 2026"
    assert message["To"] == "to-newsroom-hole@hole.invalid"
    assert b"leave-newsroom-hole" in files["2026-host.sv.html"]
    assert "Löven faller." in files["2026-host.sv.txt"].decode()


def test_nothing_personal_and_nothing_secret(sent: Terminal, tmp_path: Path) -> None:
    """No reader's address, no token of theirs and no secret of the newsroom is in any file."""
    secret = (sent.root / "var/secret").read_text().strip()

    files = pack(sent, tmp_path / "pack")

    for name, content in files.items():
        assert not any(reader.encode() in content for reader in READERS), name
        assert secret.encode() not in content, name


def test_the_same_bytes_each_time(sent: Terminal, tmp_path: Path) -> None:
    """The pack is made of the ledger alone, so it can be made again and compared."""
    assert pack(sent, tmp_path / "one") == pack(sent, tmp_path / "two")


def test_the_page(sent: Terminal, tmp_path: Path) -> None:
    """The page tells it in the desk's language, and leads to each file beside it."""
    page = document_fromstring(pack(sent, tmp_path / "pack")["index.html"])

    headings = [heading.text_content() for heading in page.iter("h1", "h2")]
    assert headings[0] == "Bevis: Nyhetsbrev hösten 2026"
    assert "Godkännanden" in headings
    links = {link.get("href") for link in page.iter("a")}
    assert links == FILES - {"index.html", "SHA256SUMS"}


def test_an_issue_that_was_not_sent(written: Terminal, tmp_path: Path) -> None:
    """Of an issue that was never frozen there is nothing to prove, and no folder is made."""
    said = written("issue", "evidence", "2026-host", "--out", str(tmp_path / "pack"))

    assert said.status == 1
    assert not (tmp_path / "pack").exists()
