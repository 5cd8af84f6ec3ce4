"""What is sent along with a message, so that a provider's webhook can name the copy."""

from contextlib import closing

import pytest

from newsroom.bounces.hooks import brevo, postmark, resend, ses
from newsroom.model.delivery import Envelope
from tests.bounces.hooks.test_provider_events import BREVO, POSTMARK, RESEND, SES
from tests.delivery.letters import READER, SENDER, letter
from tests.delivery.transports.scripted_provider import provider
from tests.delivery.transports.ways import ANSWERS, Luck, service_transport

COPY = "mfrggzdfmztwq2lknnwg23tpobyxe43u"


def content(name: str, envelope_id: str | None = COPY) -> dict[str, object]:
    """What a provider is asked with a message in such an envelope."""
    with (
        provider([ANSWERS[name][Luck.GOOD]]) as there,
        closing(service_transport(name, there.url)) as transport,
    ):
        transport.send(Envelope(SENDER, READER, envelope_id), letter())
        found: dict[str, object] = there.asked[0].content
        return found


def test_postmark_keeps_metadata() -> None:
    """Its webhooks give back no header, but the metadata."""
    (event,) = postmark.events({**POSTMARK, "Metadata": content("postmark")["Metadata"]})

    assert event.envelope_ids == (COPY,)


def test_brevo_keeps_a_header_of_its_own() -> None:
    """`X-Mailin-custom` comes back as it was sent."""
    headers = content("brevo")["headers"]
    assert isinstance(headers, dict)

    (event,) = brevo.events({**BREVO, "X-Mailin-custom": headers["X-Mailin-custom"]})

    assert event.envelope_ids == (COPY,)


def test_resend_keeps_tags() -> None:
    """Sent as a list of pairs; documents show them coming back as one and as an object."""
    tags = content("resend")["tags"]

    for came in (tags, {"copy": COPY}):
        (event,) = resend.events({**RESEND, "data": {**_data(RESEND), "tags": came}})
        assert event.envelope_ids == (COPY,)


def test_ses_keeps_tags() -> None:
    """A tag comes back with the list of its values."""
    (tag,) = content("ses")["EmailTags"]  # type: ignore[misc]
    mail = {"tags": {tag["Name"]: [tag["Value"]]}}  # type: ignore[has-type]

    (event,) = ses.events({**SES, "mail": mail})

    assert event.envelope_ids == (COPY,)


@pytest.mark.parametrize("name", ["postmark", "brevo", "resend", "ses"])
def test_without_an_id_nothing_is_sent_along(name: str) -> None:
    """A single mail, such as a confirmation, has none."""
    assert COPY not in str(content(name, None))


def _data(body: object) -> dict[str, object]:
    assert isinstance(body, dict)
    found: dict[str, object] = body["data"]
    return found
