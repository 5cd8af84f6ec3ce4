"""What a mail that came back still has of the message that was sent."""

import re

import pytest

from newsroom.bounces.opened import open_message
from newsroom.bounces.traces import Traces, traces
from tests.bounces.mails import OURS, mail, report
from tests.bounces.test_samples import FOLDER, KINDS, read, samples

PLANTED = "<planted@news.example.se>"


def found_in(message: bytes) -> Traces:
    """The traces in a message."""
    return traces(open_message(message))


def test_a_report_holds_all_of_them() -> None:
    """Where it came back to, the envelope's id and the returned Message-ID are all found."""
    message = (
        report("smtp; 550 5.1.1 gone")
        .replace(b"To: studs@example.se", b"To: <studs+abc@example.se>")
        .replace(b"Reporting-MTA: dns; mx.example", b"Original-Envelope-Id: abc")
    )

    found = found_in(message)

    assert found.return_addresses[0] == "studs+abc@example.se"
    assert found.envelope_ids == ("abc",)
    assert found.message_ids == ("<1@news.example.se>",)


def test_a_message_pasted_into_a_text_is_known_again() -> None:
    """A Message-ID is found in a text too, quoted or not; the mail's own is not taken for it."""
    text = "It failed.\n\n> " + OURS.replace("\n", "\n> ")

    found = found_in(mail("Message-ID: <own@mx.example>\nSubject: failure notice", text))

    assert found.message_ids == ("<1@news.example.se>",)


def test_exchange_names_what_it_answers() -> None:
    """Some systems say in the headers which message they write of."""
    found = found_in(mail("In-Reply-To: <1@news.example.se>\nSubject: Undeliverable", "no"))

    assert found.message_ids == ("<1@news.example.se>",)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the samples stand beside the project")
def test_ours_is_found_in_every_real_bounce() -> None:
    """With our Message-ID in the place of the returned message's, each sample is known again."""
    for name in (name for name, said in samples().items() if said["class"] not in KINDS):
        head, gap, body = read(name).replace(b"\r\n", b"\n").partition(b"\n\n")
        *_, last = (None, *re.finditer(rb"(?im)^message-id:\s*(<?[^\s>]+>?)", body))
        if last is not None:
            planted = body[: last.start(1)] + PLANTED.encode() + body[last.end(1) :]

            assert PLANTED in found_in(head + gap + planted).message_ids, name
