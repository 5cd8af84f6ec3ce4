"""`dkim`: keys that mail is signed with."""

import json
from pathlib import Path

import dkim
import pytest

from tests.cli.terminal import Terminal

LINE = "NEWSROOM_DKIM=nyhetsbrev@example.se:var/dkim/nyhetsbrev.pem"


def test_a_new_key_says_what_to_publish(terminal: Terminal) -> None:
    """The record for the sender's domain, whole and as a zone file has it, and the next step."""
    said = terminal.do("dkim", "new")

    name, record, zone = said.out.splitlines()
    assert name == "nyhetsbrev._domainkey.example.se  TXT"
    assert record.startswith("v=DKIM1; k=rsa; p=MII")
    assert zone.count('"') == 4
    assert LINE in said.err
    assert "PRIVATE" not in said.out + said.err


def test_a_second_key_of_another_kind(terminal: Terminal) -> None:
    """Selector, domain and kind can be chosen."""
    said = terminal.do(
        "dkim", "new", "n2", "--domain", "brev.example.se", "--kind", "ed25519", "--json"
    )

    [key] = json.loads(said.out)
    assert key == {
        "selector": "n2",
        "domain": "brev.example.se",
        "kind": "ed25519",
        "name": "n2._domainkey.brev.example.se",
        "record": key["record"],
    }
    assert len(key["record"]) < 80


@pytest.mark.parametrize(
    ("domain", "counts"),
    [("example.se", True), ("brev.example.se", True), ("relay.example", False)],
)
def test_a_key_of_another_domain(terminal: Terminal, domain: str, counts: bool) -> None:  # noqa: FBT001
    """A signature that receivers will not count for the sender is pointed out at once."""
    said = terminal.do("dkim", "new", "--domain", domain, "--kind", "ed25519")

    assert ("mottagare räknar den inte" in said.err) is not counts


def test_a_key_that_the_settings_name_already(terminal: Terminal) -> None:
    """Who writes the line first is told how to make the key, and can."""
    (terminal.root / ".env").write_text(LINE + "\n")

    refused = terminal("dkim", "show")
    made = terminal("dkim", "new")
    shown = terminal("dkim", "show")

    assert (refused.status, made.status, shown.status) == (2, 0, 0)
    assert "newsroom dkim new nyhetsbrev" in refused.err
    assert shown.out == made.out


def test_nothing_is_signed_yet(terminal: Terminal) -> None:
    """Without a key it says how to begin; in JSON that is an empty list."""
    said = terminal("dkim", "show")

    assert (said.status, said.out) == (1, "")
    assert "newsroom dkim new" in said.err
    assert json.loads(terminal.do("dkim", "show", "--json").out) == []


def test_a_key_that_others_can_read(terminal: Terminal) -> None:
    """A key that is open to others on the machine stops every command that could send."""
    terminal.do("dkim", "new")
    (terminal.root / ".env").write_text(LINE + "\n")
    (terminal.root / "var/dkim/nyhetsbrev.pem").chmod(0o644)

    said = terminal("status")

    assert said.status == 2
    assert "chmod 600" in said.err


@pytest.mark.parametrize("kinds", [["rsa"], ["rsa", "ed25519"]])
def test_mail_is_signed(terminal: Terminal, kinds: list[str]) -> None:
    """A mail that leaves carries a signature of each key, which holds."""
    records = {}
    for kind in kinds:
        [key] = json.loads(terminal.do("dkim", "new", kind, "--kind", kind, "--json").out)
        records[f"{key['name']}.".encode()] = key["record"].encode()
    keys = ",".join(f"{kind}@example.se:var/dkim/{kind}.pem" for kind in kinds)
    (terminal.root / ".env").write_text(f"NEWSROOM_DKIM={keys}\n")

    issue = terminal.root / "posts/newsletters/2026-var.md"
    terminal.do("issue", "test", issue.stem, "--to", "anna@example.se")

    [mail] = Path(terminal.root, "var/outgoing").glob("*.eml")
    for number in range(len(kinds)):
        verifier = dkim.DKIM(mail.read_bytes())
        assert verifier.verify(number, dnsfunc=lambda name, **_: records[name])
