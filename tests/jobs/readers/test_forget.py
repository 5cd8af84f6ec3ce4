from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.errors import AddressError, OutsideError
from newsroom.jobs.readers.forget import forget
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEYS = (b"secret",)
EMAIL = "anna.akesson@example.se"


def add_many(database: Engine) -> None:
    """Anna among two hundred others."""
    names = [f"reader{number}@example.se" for number in range(200)]
    people = [NewSubscriber(email, SubscriberState.ACTIVE, "sv") for email in (*names, EMAIL)]
    with transaction(database) as connection:
        subscribers.add(connection, people, NOW)


def test_no_file_of_the_database_has_the_address_any_more(database: Engine, tmp_path: Path) -> None:
    """Somebody who searches the files of the database, not its tables, finds nothing either."""
    add_many(database)
    files = [path for path in tmp_path.iterdir() if path.name.startswith("newsroom.db")]
    assert any(EMAIL.encode() in path.read_bytes() for path in files)

    assert forget(database, KEYS, "Anna.Akesson@EXAMPLE.se", NOW)

    assert [path.name for path in files if EMAIL.encode() in path.read_bytes()] == []
    assert any(b"reader7@example.se" in path.read_bytes() for path in files)


def test_mails_that_lie_in_a_folder_are_erased(database: Engine, tmp_path: Path) -> None:
    """Where mail is written to a folder, that to the person goes, and all other stays."""
    add_many(database)
    outgoing = tmp_path / "outgoing"
    outgoing.mkdir()
    (outgoing / "1.eml").write_bytes(b"To: Anna <anna.akesson@example.se>\r\n\r\nHej\r\n")
    (outgoing / "2.eml").write_bytes(b"To: reader1@example.se\r\n\r\nHej\r\n")

    forget(database, KEYS, EMAIL, NOW, [outgoing, tmp_path / "none"])

    assert [path.name for path in outgoing.iterdir()] == ["2.eml"]


def test_rehearsals_are_erased(database: Engine, tmp_path: Path) -> None:
    """A rehearsed message to the person goes, and a report that names the person."""
    add_many(database)
    rehearsal = tmp_path / "rehearsals/2026-var"
    rehearsal.mkdir(parents=True)
    (rehearsal / "1.eml").write_bytes(b"To: Anna <anna.akesson@example.se>\r\n\r\nHej\r\n")
    (rehearsal / "report.json").write_text(f'{{"unsound": [{{"email": "{EMAIL}"}}]}}')
    (rehearsal / ".rehearsal").write_text("")

    forget(database, KEYS, EMAIL, NOW, [tmp_path / "rehearsals"])

    assert [path.name for path in rehearsal.iterdir()] == [".rehearsal"]


def test_a_mail_that_was_never_finished_is_erased(database: Engine, tmp_path: Path) -> None:
    """A program that was killed while it wrote leaves a part, which may be the whole mail."""
    add_many(database)
    (tmp_path / "1.123.part").write_bytes(b"To: Anna <anna.akesson@example.se>\r\n\r\nHej\r\n")

    assert forget(database, KEYS, EMAIL, NOW, [tmp_path])

    assert not list(tmp_path.glob("*.part"))


def test_one_mail_that_stays_keeps_no_other(database: Engine, tmp_path: Path) -> None:
    """All else is erased before the fault is told: which file it is, and why."""
    add_many(database)
    outgoing = tmp_path / "outgoing"
    (outgoing / "0.eml").mkdir(parents=True)  # a folder is no mail
    (outgoing / "0.eml/1.eml").write_bytes(EMAIL.encode())
    (outgoing / "2.eml").symlink_to("2.eml")  # leads in a circle, and cannot be read
    (outgoing / "3.eml").write_bytes(EMAIL.encode())

    with pytest.raises(OutsideError, match=r"2\.eml: cannot be erased: links that lead"):
        forget(database, KEYS, EMAIL, NOW, [outgoing])

    assert {path.name for path in outgoing.rglob("*.eml")} == {"0.eml", "2.eml"}
    with reading(database) as connection:
        assert subscribers.find(connection, EMAIL) is None


def test_what_is_no_address_erases_nothing(database: Engine) -> None:
    """A slip is answered, and nobody is taken for somebody else."""
    add_many(database)

    with pytest.raises(AddressError):
        forget(database, KEYS, "anna.akesson", NOW)
    assert not forget(database, KEYS, "nobody@example.se", NOW)
