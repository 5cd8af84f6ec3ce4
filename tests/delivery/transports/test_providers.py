"""What is each provider's own: its request, its faults, its key."""

import ssl
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from newsroom.delivery.transports.providers import provider_transport
from newsroom.delivery.transports.service import ServiceTransport
from newsroom.errors import DeliveryError
from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.delivery import BounceSeverity, DeliveryState, Envelope, Outcome
from newsroom.outside.over_http.api import Api
from newsroom.outside.over_http.client import open_client
from newsroom.settings.mail import provider_of
from tests.delivery.letters import READER, SENDER, letter
from tests.delivery.transports.scripted_provider import HANG_UP, SILENCE, Asked, Scripted, provider
from tests.delivery.transports.ways import (
    ANSWERS,
    KEY,
    NOW,
    SERVICES,
    Luck,
    service,
    service_transport,
)
from tests.processes import PATIENCE

GATEWAY = Scripted(504, "<html>Gateway Time-out</html>")


def ask(name: str, *answers: Scripted, message: bytes | None = None) -> tuple[Outcome, list[Asked]]:
    """How a message fares with a provider that answers so, and what it was asked."""
    with (
        provider(answers) as there,
        closing(service_transport(name, there.url)) as transport,
    ):
        return transport.send(Envelope(SENDER, READER), message or letter()), there.asked


def good(name: str) -> Scripted:
    """The answer to a message that was taken."""
    return ANSWERS[name][Luck.GOOD]


def content(name: str, message: bytes | None = None) -> Any:  # noqa: ANN401 (it is JSON)
    """What a provider is asked with a message."""
    _, [asked] = ask(name, good(name), message=message)
    return asked.content


def test_postmark_counts_neither_opens_nor_clicks() -> None:
    """Both are switched off in each message."""
    asked = content("postmark")

    assert (asked["TrackOpens"], asked["TrackLinks"]) == (False, "None")


def test_postmark_has_a_stream_for_what_goes_to_many() -> None:
    """A newsletter goes out with the broadcasts, a confirmation with the single mails."""
    alone = letter(html=None, without=("List-Unsubscribe", "List-Unsubscribe-Post"))

    assert content("postmark")["MessageStream"] == "broadcast"
    assert content("postmark", alone)["MessageStream"] == "outbound"


def test_postmark_is_asked_to_keep_the_message_id() -> None:
    """Without this header it writes one of its own, and bounces could not be told apart."""
    assert {"Name": "X-PM-KeepID", "Value": "true"} in content("postmark")["Headers"]


def test_postmark_is_shown_the_token_in_a_header() -> None:
    """Where its documents want it, and nowhere else."""
    _, [asked] = ask("postmark", good("postmark"))

    assert asked.headers["x-postmark-server-token"] == KEY
    assert KEY.encode() not in asked.body


def test_postmark_knows_addresses_that_are_dead() -> None:
    """One that bounced for good or complained is not written to again."""
    outcome, _ = ask("postmark", ANSWERS["postmark"][Luck.NO_SUCH_READER])

    assert outcome.severity is BounceSeverity.HARD


def test_a_good_status_with_a_bad_result_is_noticed() -> None:
    """Postmark may say 200 and yet that the one reader will get nothing."""
    words = "Message OK, but will not deliver to these inactive addresses: asa@a.example."
    outcome, _ = ask("postmark", Scripted(200, {"ErrorCode": 0, "Message": words}))

    assert outcome.state is DeliveryState.REFUSED


def test_postmark_that_will_be_late() -> None:
    """It leaves its number out when it takes a message and cannot send it at once."""
    words = "Message accepted, but delivery may be delayed."
    outcome, _ = ask("postmark", Scripted(200, {"MessageID": "0a129aee", "Message": words}))

    assert outcome.state is DeliveryState.ACCEPTED


def test_postmark_names_an_address_that_is_none() -> None:
    """Only the words tell whose address it was."""
    words = "Error parsing 'To': Illegal email domain 'a..example' in address 'asa@a..example'."
    outcome, _ = ask("postmark", Scripted(422, {"ErrorCode": 300, "Message": words}))

    assert outcome.state is DeliveryState.REFUSED


def test_brevo_is_given_html_always() -> None:
    """It takes no message without; plain words stand in it as they are."""
    asked = content("brevo", letter(html=None))

    assert asked["htmlContent"].startswith("<pre ")
    assert "Hej Åsa!\n" in asked["htmlContent"]


def test_resend_on_trial_is_the_senders_matter() -> None:
    """The words are about `to`, but it is our domain that is not verified."""
    words = "Invalid `to` field. Please use our testing email address instead of domains like a."
    fault = Scripted(422, {"statusCode": 422, "name": "validation_error", "message": words})

    with pytest.raises(DeliveryError, match="testing email address"):
        ask("resend", fault)


def test_ses_carries_the_bytes_as_they_are() -> None:
    """Its request holds the message itself, the one reader, and where bounces go."""
    asked = content("ses")

    assert asked["Destination"] == {"ToAddresses": [READER]}
    assert asked["FeedbackForwardingEmailAddress"] == SENDER


def test_ses_is_signed() -> None:
    """The request bears its time and a signature for this region; the secret stays at home."""
    _, [asked] = ask("ses", good("ses"))

    assert asked.headers["x-amz-date"] == "20260901T060000Z"
    assert asked.headers["authorization"].startswith(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260901/eu-north-1/ses/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, Signature="
    )
    assert KEY not in asked.headers["authorization"]


def test_ses_whose_quota_is_used_up() -> None:
    """The day's last message is not the issue's: the rest waits."""
    fault = Scripted(
        400, {"message": "Daily quota"}, {"x-amzn-ErrorType": "LimitExceededException"}
    )
    outcome, _ = ask("ses", fault)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


@pytest.mark.parametrize("first", [HANG_UP, GATEWAY])
@pytest.mark.parametrize("name", ["brevo", "resend"])
def test_a_key_lets_us_ask_again(name: str, first: Scripted) -> None:
    """What was lost on the way is asked once more, in the same words under the same key."""
    outcome, asked = ask(name, first, good(name))

    assert outcome.state is DeliveryState.ACCEPTED
    assert len(asked) == 2
    assert asked[0].body == asked[1].body
    assert asked[0].headers == asked[1].headers


@pytest.mark.parametrize("first", [HANG_UP, GATEWAY])
@pytest.mark.parametrize("name", ["postmark", "ses"])
def test_without_a_key_nothing_is_asked_twice(name: str, first: Scripted) -> None:
    """The first request may have been carried out."""
    outcome, asked = ask(name, first, good(name))

    assert outcome.state is DeliveryState.UNKNOWN
    assert len(asked) == 1


@pytest.mark.parametrize("name", SERVICES)
def test_a_provider_that_never_answers(name: str) -> None:
    """Silence says neither yes nor no; only under a key is it asked again, with the same one."""
    with (
        provider([SILENCE]) as there,
        closing(service_transport(name, there.url, httpx.Timeout(PATIENCE, read=0.3))) as transport,
    ):
        outcome = transport.send(Envelope(SENDER, READER), letter())
        times = 2 if name in {"brevo", "resend"} else 1
        there.wait_for(times)

    assert outcome.state is DeliveryState.UNKNOWN
    assert len(there.asked) == times
    assert len({asked.body for asked in there.asked}) == 1


@pytest.mark.parametrize("name", ["brevo", "resend"])
def test_the_key_is_the_messages(name: str) -> None:
    """Each message has one of its own, the same on every attempt, on whatever day it is made."""
    dated = letter({"Date": "Wed, 02 Sep 2026 09:00:00 +0200"})
    messages = [letter(), dated, letter({"Message-ID": "<another@example.se>"})]
    requests = [
        service(name, "https://api.example").request(Envelope(SENDER, READER), m) for m in messages
    ]

    first, again, another = ((request.headers, request.body) for request in requests)
    assert first == again
    assert first != another


@pytest.mark.parametrize("luck", [Luck.BUSY, Luck.DOWN, Luck.KEY_REFUSED, Luck.SENDER_REFUSED])
@pytest.mark.parametrize("name", ["brevo", "resend"])
def test_a_doubt_stays_one(name: str, luck: Luck) -> None:
    """A second request that is put off or refused does not say that the first one was."""
    outcome, asked = ask(name, HANG_UP, ANSWERS[name][luck])

    assert outcome.state is DeliveryState.UNKNOWN
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["brevo", "resend"])
def test_a_key_clears_up_a_breakdown(name: str) -> None:
    """Where a key says which message it is, it is asked again at once, and nobody gets two."""
    outcome, asked = ask(name, Scripted(500, {"message": "oops"}), good(name))

    assert outcome.state is DeliveryState.ACCEPTED
    assert asked[0].body == asked[1].body


def test_brevo_that_knows_the_key() -> None:
    """An earlier request had it: how that one ended is for a person to see, who is told."""
    known = Scripted(400, {"code": "duplicate_request", "message": "already processed"})
    outcome, _ = ask("brevo", HANG_UP, known)

    assert outcome.state is DeliveryState.UNKNOWN
    assert outcome.reason == "duplicate_request: already processed"


@pytest.mark.parametrize("name", ["concurrent_idempotent_requests", "invalid_idempotent_request"])
def test_resend_that_is_still_at_it(name: str) -> None:
    """A key in use says that nobody knows yet."""
    fault = Scripted(409, {"statusCode": 409, "name": name, "message": "Same key."})
    outcome, _ = ask("resend", fault)

    assert outcome.state is DeliveryState.UNKNOWN


@pytest.mark.parametrize("name", SERVICES)
def test_somebody_between_is_told(name: str) -> None:
    """A refusal in words that are no provider's stops everything: a filter, a wrong address."""
    with pytest.raises(DeliveryError, match=r"not the provider's \(403\)"):
        ask(name, Scripted(403, "<html>Blocked by policy</html>"))


@pytest.mark.parametrize("name", SERVICES)
def test_a_refusal_is_never_taken_for_a_yes(name: str) -> None:
    """An id may stand in a filter's refusal too; it is not that of a message."""
    with pytest.raises(DeliveryError, match="403"):
        ask(name, Scripted(403, {"id": "a", "messageId": "a", "MessageId": "a", "MessageID": "a"}))


@pytest.mark.parametrize("name", SERVICES)
def test_redirects_are_not_followed(name: str) -> None:
    """The key goes to nobody whom the documents do not name."""
    with provider([good(name)]) as elsewhere:
        there = Scripted(307, "", {"Location": elsewhere.url})
        with pytest.raises(DeliveryError, match="307"):
            ask(name, there)

        assert elsewhere.asked == []


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    """Whoever is there is not given the key."""
    authority, path = trustme.CA(), tmp_path / "localhost.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    with (
        provider([good("resend")], certificate=path) as there,
        closing(service_transport("resend", there.url)) as transport,
        pytest.raises(DeliveryError, match="Resend: its certificate cannot be trusted"),
    ):
        transport.send(Envelope(SENDER, READER), letter())

    assert there.asked == []


def test_a_certificate_that_is_trusted(tmp_path: Path) -> None:
    """Over TLS the message arrives."""
    authority, path = trustme.CA(), tmp_path / "localhost.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    client = open_client("https://nyheter.example.se", httpx.HTTPTransport(verify=tls))
    with provider([good("resend")], certificate=path) as there:
        transport = ServiceTransport(service("resend", there.url), Api(client))
        outcome = transport.send(Envelope(SENDER, READER), letter())
        transport.close()

    assert outcome.state is DeliveryState.ACCEPTED


class OneAnswer:
    """A line to a provider that remembers where it led."""

    def __init__(self, answer: ApiAnswer | NoAnswer) -> None:
        self.answer = answer
        self.urls: list[str] = []
        self.headers: list[dict[str, str]] = []

    def post(self, url: str, headers: Any, body: bytes) -> ApiAnswer | NoAnswer:  # noqa: ANN401, ARG002
        """Answer as ever."""
        self.urls.append(url)
        self.headers.append(dict(headers))
        return self.answer

    def close(self) -> None:
        """Nothing is held open."""


@pytest.mark.parametrize(
    ("mail", "url", "header"),
    [
        (f"postmark://{KEY}@nyheter", "https://api.postmarkapp.com/email", KEY),
        (f"postmark://{KEY}", "https://api.postmarkapp.com/email", KEY),
        (f"brevo://{KEY}", "https://api.brevo.com/v3/smtp/email", KEY),
        (f"resend://{KEY}", "https://api.resend.com/emails", f"Bearer {KEY}"),
        (
            "ses://AKIDEXAMPLE:a%2Fb%2Bc@eu-north-1",
            "https://email.eu-north-1.amazonaws.com/v2/email/outbound-emails",
            "email.eu-north-1.amazonaws.com",
        ),
    ],
)
def test_the_address_names_the_provider(mail: str, url: str, header: str) -> None:
    """Each goes where its documents say, with the key that was given; nothing shows it."""
    line = OneAnswer(NoAnswer("gone", may_have_arrived=False))
    transport = provider_transport(mail, line, lambda: NOW)

    transport.send(Envelope(SENDER, READER), letter())

    assert line.urls == [url]
    assert header in line.headers[0].values()
    assert not transport.idempotent
    assert KEY not in repr(transport)


def test_the_key_is_in_no_repr() -> None:
    """What ends up in a log or a traceback holds no key."""
    for name in SERVICES:
        made = service(name, "https://api.example")
        assert KEY not in f"{made!r} {made.request(Envelope(SENDER, READER), letter())!r}"


def test_other_ways_are_no_providers() -> None:
    """A folder and a relay are reached otherwise."""
    assert provider_of("folder:/var/outgoing") is None
    assert provider_of("smtps://mail.example.se") is None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "120"}, timedelta(minutes=2)),
        ({"retry-after": "99999999999"}, timedelta(days=7)),
        (
            {
                "date": "Tue, 01 Sep 2026 06:00:00 GMT",
                "retry-after": "Tue, 01 Sep 2026 06:05:00 GMT",
            },
            timedelta(minutes=5),
        ),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Tue, 01 Sep 2026 06:05:00 GMT"}, None),
        ({}, None),
    ],
)
def test_how_long_to_stay_away(headers: dict[str, str], wait: timedelta | None) -> None:
    """Retry-After in seconds or as a date, of which the answer's own date is taken off."""
    assert ApiAnswer(503, headers, b"").wait == wait


@pytest.mark.parametrize("name", ["postmark", "brevo", "resend"])
@pytest.mark.parametrize(
    ("missing", "words"),
    [("Message-ID", "without a Message-ID"), ("To", "without From or To")],
)
def test_a_message_that_is_not_whole(name: str, missing: str, words: str) -> None:
    """A message that cannot be told from others, or is to nobody, is not sent."""
    with pytest.raises(DeliveryError, match=words):
        service(name, "https://api.example").request(
            Envelope(SENDER, READER), letter(without=(missing,))
        )


@pytest.mark.parametrize("name", ["postmark", "brevo", "resend"])
def test_a_message_of_few_words(name: str) -> None:
    """Plain words to whom nobody else is to be answered: what is not there is not sent."""
    asked = content(name, letter(html=None, without=("Reply-To",)))

    assert not {"ReplyTo", "replyTo", "reply_to", "HtmlBody", "html"} & asked.keys()
