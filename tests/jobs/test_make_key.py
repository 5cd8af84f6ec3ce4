"""Making a key that mail is signed with."""

from pathlib import Path

import pytest

from newsroom.dkim.key import KeyKind, read_key
from newsroom.errors import StateError
from newsroom.jobs.make_key import make_key


@pytest.mark.parametrize("kind", KeyKind)
def test_a_key_is_for_nobody_else(tmp_path: Path, kind: KeyKind) -> None:
    """The file is its owner's alone, and holds the key whose record is given."""
    path = tmp_path / "var" / "dkim" / "host.pem"

    key = make_key(path, "host", "example.se", kind)

    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key("example.se", "host", path.read_bytes(), str(path)).record == key.record


def test_no_key_is_written_over(tmp_path: Path) -> None:
    """Mail that is under way is verified with the key that it was signed with."""
    path = tmp_path / "host.pem"
    make_key(path, "host", "example.se", KeyKind.ED25519)
    before = path.read_bytes()

    with pytest.raises(StateError, match="is there already"):
        make_key(path, "host", "example.se", KeyKind.ED25519)

    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "Host", "a b", "../host", "å", "-a", "a..b"])
def test_names_that_no_domain_has(tmp_path: Path, name: str) -> None:
    """A selector or a domain that cannot stand in DNS makes no key."""
    path = tmp_path / "host.pem"

    for selector, domain in ((name, "example.se"), ("host", name)):
        with pytest.raises(StateError, match="cannot stand in a domain"):
            make_key(path, selector, domain, KeyKind.RSA)

    assert not path.exists()
