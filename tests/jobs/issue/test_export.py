"""An issue to look at."""

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from newsroom.jobs.issue.edition import Proof, make_proof
from newsroom.jobs.issue.export import export_issue, send_test
from newsroom.render.mail.holes import LEAVE
from tests.render.pieces import at, make_issue, make_newsroom, make_post
from tests.render.printed import packaged

NOW = at("2026-06-02T09:00")


@dataclass(slots=True)
class FakeMailer:
    """Keeps what it is given."""

    sent: list[tuple[bytes, str]] = field(default_factory=list)

    def send(self, message: bytes, to: str) -> None:
        self.sent.append((message, to))


@pytest.fixture
def proof() -> Proof:
    """An issue with one story."""
    newsroom = make_newsroom(posts=(make_post(),), issues=(make_issue(stories=("ett",)),))
    return make_proof(newsroom, "2026-var", NOW, packaged())


def test_three_files(proof: Proof, tmp_path: Path) -> None:
    """The message, its page and its text, without a hole left in them."""
    paths = export_issue(proof, tmp_path / "a/b", "asa@example.se", NOW)

    assert [path.name for path in paths] == ["2026-var.eml", "2026-var.html", "2026-var.txt"]
    message = message_from_bytes(paths[0].read_bytes(), policy=policy.default)
    assert message["To"] == "asa@example.se"
    for path in paths:
        assert LEAVE.encode() not in path.read_bytes()
        assert b"\x00" not in path.read_bytes()
    assert "Nyheten ett" in paths[2].read_text()


def test_the_same_files_each_time(proof: Proof, tmp_path: Path) -> None:
    """The same issue at the same time gives the same bytes."""
    first = [path.read_bytes() for path in export_issue(proof, tmp_path, "asa@example.se", NOW)]
    second = [path.read_bytes() for path in export_issue(proof, tmp_path, "asa@example.se", NOW)]

    assert first == second


def test_its_way_out_leads_to_nobody(proof: Proof, tmp_path: Path) -> None:
    """The links of a proof end no reader's subscription."""
    (message, *_) = export_issue(proof, tmp_path, "asa@example.se", NOW)

    headers = message_from_bytes(message.read_bytes(), policy=policy.default)
    assert headers["List-Unsubscribe"].startswith("<https://nyheter.example.se/u/exempel>")


def test_a_test_to_each_address(proof: Proof) -> None:
    """Each address gets a message of its own that says it is a test."""
    mailer = FakeMailer()

    send_test(proof, ["asa@example.se", "bo@example.se"], mailer, NOW)

    messages = [message_from_bytes(raw, policy=policy.default) for raw, _ in mailer.sent]
    assert [to for _, to in mailer.sent] == ["asa@example.se", "bo@example.se"]
    assert [message["To"] for message in messages] == ["asa@example.se", "bo@example.se"]
    assert len({message["Message-ID"] for message in messages}) == 2
    assert all(message["Subject"] != proof.letter.subject for message in messages)
