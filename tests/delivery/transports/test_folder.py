"""A folder as the way out."""

from pathlib import Path

import pytest

from newsroom.delivery.mailer import Mailer, transport_from
from newsroom.delivery.transports.folder import FolderTransport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope
from tests.delivery.transports.scripted_server import scripted

MESSAGE = b"Subject: Hej\r\nMessage-ID:\r\n <abc@example.se>\r\n\r\nHej!\r\n"


def test_message_becomes_a_file(tmp_path: Path) -> None:
    """A message is kept whole, in a file named by its Message-ID."""
    outcome = FolderTransport(tmp_path / "out").send(
        Envelope("s@example.se", "a@a.example"), MESSAGE
    )

    assert outcome.state is DeliveryState.ACCEPTED
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["abc@example.se.eml"]
    assert (tmp_path / "out/abc@example.se.eml").read_bytes() == MESSAGE


def test_second_time_changes_nothing(tmp_path: Path) -> None:
    """The same Message-ID is kept once."""
    transport = FolderTransport(tmp_path)
    transport.send(Envelope("s@example.se", "a@a.example"), MESSAGE)

    transport.send(Envelope("s@example.se", "a@a.example"), MESSAGE + b"again")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [MESSAGE]


def test_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    """Nothing in a Message-ID leads out of the folder."""
    message = b"Message-ID: <../../etc/passwd@x>\r\n\r\n"

    FolderTransport(tmp_path / "out").send(Envelope("s@example.se", "a@a.example"), message)

    assert [path.name for path in (tmp_path / "out").iterdir()] == [".._.._etc_passwd@x.eml"]


@pytest.mark.parametrize("message", [b"Subject: no id\r\n\r\n", b"Message-ID: <..>\r\n\r\n"])
def test_message_without_a_name(tmp_path: Path, message: bytes) -> None:
    """A message that has no Message-ID to be named by is refused."""
    with pytest.raises(DeliveryError, match="without a Message-ID"):
        FolderTransport(tmp_path).send(Envelope("s@example.se", "a@a.example"), message)


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that cannot be made stops everything, by name."""
    (tmp_path / "file").write_text("")

    with pytest.raises(DeliveryError, match="file/out: cannot be written"):
        FolderTransport(tmp_path / "file/out").send(
            Envelope("s@example.se", "a@a.example"), MESSAGE
        )


def test_address_names_the_transport(tmp_path: Path) -> None:
    """A folder takes no message twice; a relay may."""
    assert transport_from(f"folder:{tmp_path}").idempotent
    assert not transport_from("smtp://127.0.0.1:1025").idempotent


def test_single_mail_that_is_not_taken() -> None:
    """A single mail that the server does not take is an error in the server's words."""
    with scripted({"RCPT": ["550 5.1.1 no such user"]}) as server:
        mailer = Mailer(lambda: transport_from(f"smtp://127.0.0.1:{server.port}"), "s@example.se")

        with pytest.raises(DeliveryError, match=r"550 5\.1\.1 no such user"):
            mailer.send(MESSAGE, "a@a.example")


def test_single_mail(tmp_path: Path) -> None:
    """A single mail leaves at once."""
    Mailer(lambda: FolderTransport(tmp_path), "s@example.se").send(MESSAGE, "a@a.example")

    assert len(list(tmp_path.iterdir())) == 1
