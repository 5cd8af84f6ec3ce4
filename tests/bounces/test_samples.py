"""Real messages, with what each of them says: how many of them are understood."""

import json
from pathlib import Path

import pytest

from newsroom.bounces.classify import MailKind, classify

FOLDER = Path(__file__).parent.parent.parent.parent / "shared/data/bounces"
KINDS = {
    "complaint": MailKind.COMPLAINT,
    "auto-reply": MailKind.AUTO_REPLY,
    "not-a-bounce": MailKind.OTHER,
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the samples stand beside the project")


def samples() -> dict[str, dict[str, object]]:
    """What each sample says."""
    messages: dict[str, dict[str, object]] = json.loads((FOLDER / "expected.json").read_text())[
        "messages"
    ]
    return messages


def read(name: str) -> bytes:
    """A sample."""
    return (FOLDER / name).read_bytes()


def test_what_each_message_is() -> None:
    """At least 95 of 100 messages are taken for what they are."""
    right = [
        classify(read(name)).kind is KINDS.get(str(said["class"]), MailKind.BOUNCE)
        for name, said in samples().items()
    ]

    assert sum(right) >= len(right) * 0.95


def test_whom_each_message_names() -> None:
    """At least 95 of 100 recipients are named exactly."""
    wanted = [
        (name, str(one["recipient"]).lower())
        for name, said in samples().items()
        for one in said["recipients"]  # type: ignore[attr-defined]
        if one["recipient"]
    ]
    named = [
        email in {(one.email or "").lower() for one in classify(read(name)).recipients}
        for name, email in wanted
    ]

    assert sum(named) >= len(named) * 0.95


def test_dead_addresses_are_found() -> None:
    """Of the addresses that are dead at least 95 of 100 are called so."""
    hard = [name for name, said in samples().items() if said["class"] == "hard"]
    found = [
        any(one.severity == "hard" for one in classify(read(name)).recipients) for name in hard
    ]

    assert sum(found) >= len(found) * 0.95


def test_few_are_called_dead_who_are_not() -> None:
    """Of the recipients that are called dead nine in ten are labelled so.

    The labels file each "user unknown" that is no reply to the recipient's command under filters,
    and so do we where somebody only quotes it; the system's own word is believed here.
    """
    labels = [
        str(one["severity"])
        for name, said in samples().items()
        for one in said["recipients"]  # type: ignore[attr-defined]
        for ours in classify(read(name)).recipients
        if ours.severity == "hard" and (ours.email or "").lower() == one["recipient"].lower()
    ]

    assert labels.count("hard") >= len(labels) * 0.9


def test_nobody_is_struck_for_a_holiday() -> None:
    """What is no bounce is never called a dead address."""
    for name, said in samples().items():
        if said["class"] in KINDS:
            assert all(one.severity != "hard" for one in classify(read(name)).recipients), name


def test_line_ends_change_nothing() -> None:
    """CR, LF and CRLF at the ends of the lines give the same verdict."""
    for name in samples():
        message = read(name).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        first = classify(message)

        assert classify(message.replace(b"\n", b"\r\n")) == first, name
        assert classify(message.replace(b"\n", b"\r")) == first, name
