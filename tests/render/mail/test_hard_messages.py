import email
import os
import shutil
import subprocess
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.render.mail.hard_messages import FOLDER, MESSAGES

ROOT = Path(__file__).parents[3]
LETTERS = sorted(set(MESSAGES) - {"system"})
ASKED_FOR = (  # of every letter
    *("From", "To", "Date", "Message-ID", "Reply-To", "Subject", "List-Unsubscribe"),
    *("List-Unsubscribe-Post", "List-Id", "List-Help", "List-Archive", "List-Owner"),
    *("Feedback-ID", "Precedence", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"),
)


def other_pythons() -> list[str]:
    """Each Python of this machine that newsroom supports, besides the one that runs the tests."""
    found = (shutil.which(f"python3.{minor}") for minor in range(11, 15))
    return [each for each in found if each and _works(each)]


def _works(python: str) -> bool:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    code = f"import sys; sys.exit(sys.version.startswith('{version}.'))"
    return subprocess.run([python, "-c", code], check=False, capture_output=True).returncode == 0


def received(name: str) -> EmailMessage:
    """A message as a strict parser reads it."""
    message = email.message_from_bytes(MESSAGES[name](), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("name", MESSAGES)
def test_golden_bytes(name: str) -> None:
    """Each message has the bytes that were looked at once and found right.

    They are written anew with: python -m tests.render.mail.hard_messages tests/render/mail/messages
    """
    assert MESSAGES[name]() == (FOLDER / f"{name}.eml").read_bytes()


def test_nothing_else_is_kept() -> None:
    """Every file of golden bytes is one of a message that is written."""
    assert {file.stem for file in FOLDER.glob("*.eml")} == set(MESSAGES)


@pytest.mark.parametrize("python", [sys.executable, *other_pythons()])
def test_every_python_writes_the_same(python: str, tmp_path: Path) -> None:
    """The bytes are the same in every supported version of Python: each folds in its own way."""
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {**os.environ, "PYTHONPATH": libraries, "PYTHONDONTWRITEBYTECODE": "1"}

    subprocess.run(
        [python, "-m", "tests.render.mail.hard_messages", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        check=True,
    )

    for name in MESSAGES:
        written, kept = (folder / f"{name}.eml" for folder in (tmp_path, FOLDER))
        assert written.read_bytes() == kept.read_bytes()


@pytest.mark.parametrize("name", LETTERS)
def test_headers_of_a_letter(name: str) -> None:
    """Every letter has exactly one To and all headers of a list that one can leave, once each."""
    message = received(name)

    assert {header: message.keys().count(header) for header in ASKED_FOR} == dict.fromkeys(
        ASKED_FOR, 1
    )
    assert len(message["To"].addresses) == 1
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Auto-Submitted"] is None
    assert message["Return-Path"] is None
    assert 5 <= len(message["Feedback-ID"].rpartition(":")[2]) <= 15
    assert message["List-Id"] == "<newsletter.nyheter.example.se>"


def test_headers_of_a_system_mail() -> None:
    """A mail that a program wrote says so, and has nothing to leave (RFC 3834, section 5)."""
    message = received("system")

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Unsubscribe"] is None
    assert message["Precedence"] is None


@pytest.mark.parametrize("name", MESSAGES)
def test_how_a_message_travels(name: str) -> None:
    """7 bits, CRLF, lines of 78 characters but for whole addresses, text before HTML, no defect."""
    written = MESSAGES[name]()
    message = received(name)

    assert written.isascii()
    assert written.count(b"\n") == written.count(b"\r\n") == written.count(b"\r")
    long = [line for line in written.split(b"\r\n") if len(line) > 78]
    assert all(line.startswith((b"List-Unsubscribe: <https://", b" <mailto:")) for line in long)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert not [part.defects for part in message.walk() if part.defects]
    assert not [value.defects for value in message.values() if value.defects]


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_is_encoded_that_may_not_be(name: str) -> None:
    """No encoded word stands in a header of addresses or ids (RFC 2047, section 5)."""
    head = MESSAGES[name]().partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")

    encoded = {line.partition(b":")[0] for line in head.split(b"\r\n") if b"=?" in line}
    assert encoded <= {b"From", b"To", b"Subject"}
