"""The way out that the settings name, as the desk opens it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.delivery.transports.folder import FolderTransport
from newsroom.delivery.transports.service import ServiceTransport
from newsroom.delivery.transports.signing import SigningTransport
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.dkim.key import KeyKind
from newsroom.errors import SettingsError
from newsroom.jobs.make_key import make_key
from newsroom.settings import Settings
from newsroom.wiring.post_out import read_keys, way_out

SECRET = "en-lang-hemlighet-som-ingen-gissar"
BY_TOKEN = f"smtps://anna:{SECRET}@smtp.example?tenant=t-1&client=c-1"


def settings(root: Path, **values: str) -> Settings:
    """The settings with these variables."""
    named = {f"NEWSROOM_{name.upper()}": value for name, value in values.items()}
    return Settings.from_env(root, {"NEWSROOM_SECRET": SECRET, **named})


def now() -> datetime:
    """A time to sign at."""
    return datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        ("folder:var/outgoing", FolderTransport),
        ("smtp://127.0.0.1:1025", SmtpTransport),
        (BY_TOKEN, SmtpTransport),
        (f"postmark://{SECRET}", ServiceTransport),
    ],
)
def test_each_way_is_opened(tmp_path: Path, mail: str, kind: type) -> None:
    """A new transport each time, of the kind that the address names; nothing is connected yet."""
    opens = way_out(settings(tmp_path, mail=mail), "https://nyheter.example.se", now)

    first, second = opens(), opens()

    assert (type(first), type(second)) == (kind, kind)
    assert first is not second
    first.close()
    second.close()


def test_what_leaves_in_its_own_bytes_is_signed(tmp_path: Path) -> None:
    """With a key in the settings each transport signs, and gives the same promises as before."""
    make_key(tmp_path / "var/dkim/n.pem", "n", "example.se", KeyKind.ED25519)
    with_key = settings(tmp_path, dkim="n@example.se:var/dkim/n.pem")

    transport = way_out(with_key, "https://nyheter.example.se", now)()

    assert isinstance(transport, SigningTransport)
    assert transport.idempotent, "a folder is"
    transport.close()


def test_a_key_that_cannot_sign_is_told_before_anything_leaves(tmp_path: Path) -> None:
    """A file that holds no key stops at the start, not at the first message."""
    path = tmp_path / "n.pem"
    path.touch(mode=0o600)
    bad = settings(tmp_path, dkim="n@example.se:n.pem")

    with pytest.raises(SettingsError, match="holds no key that can sign"):
        read_keys(bad)
    with pytest.raises(SettingsError, match="holds no key that can sign"):
        way_out(bad, "https://nyheter.example.se", now)
