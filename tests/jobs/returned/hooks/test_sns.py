"""Messages of Amazon SNS: whose they are, and what they tell."""

import json
from datetime import timedelta
from typing import Any

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.returned.hooks.call import Call
from newsroom.jobs.returned.hooks.sns import SnsHook
from tests.bounces.hooks.test_provider_events import ASA, SES
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.hooks.amazon import (
    CERTIFICATE_URL,
    SUBSCRIBE_URL,
    TOPIC,
    FakeAmazon,
    certificate,
    invitation,
    notice,
)


def posted(body: Any) -> Call:  # noqa: ANN401 (it is JSON)
    """A message as SNS posts it."""
    return Call({"content-type": "text/plain; charset=UTF-8"}, json.dumps(body).encode())


def why_not(body: Any, amazon: FakeAmazon | None = None) -> str | None:  # noqa: ANN401 (it is JSON)
    """Why a message is not believed."""
    return SnsHook({TOPIC}, amazon or FakeAmazon()).why_not(posted(body), NOW)


def test_a_signed_notice_is_believed() -> None:
    """The signature is checked against the certificate that the message names."""
    amazon = FakeAmazon()

    assert why_not(notice(SES), amazon) is None
    assert amazon.asked == [CERTIFICATE_URL]


def test_a_notice_without_a_subject_is_believed() -> None:
    """The subject is signed only when there is one."""
    assert why_not(notice(SES, Subject=None)) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"Message": json.dumps({"notificationType": "Complaint"})}, "signature is wrong"),
        ({"MessageId": "another"}, "signature is wrong"),
        ({"Signature": "AAAA"}, "signature is wrong"),
        ({"Signature": "not base64"}, "signature is wrong"),
        ({"SignatureVersion": "1"}, "second version"),
        ({"Type": "Something"}, "second version"),
        ({"MessageId": 5}, "second version"),
        ({"TopicArn": f"{TOPIC}2"}, "not ours"),
        ({"TopicArn": TOPIC.replace("123456789012", "999999999999")}, "not ours"),
        ({"TopicArn": None}, "not ours"),
    ],
)
def test_what_was_changed_is_refused(changed: dict[str, object], words: str) -> None:
    """A message that is not as Amazon signed it, or of somebody else's topic."""
    assert words in str(why_not({**notice(SES), **changed}))


def test_a_foreign_topic_is_refused_though_amazon_signed_it() -> None:
    """Anybody may have a topic, and Amazon signs for it too."""
    amazon = FakeAmazon()

    assert "not ours" in str(why_not(notice(SES, TopicArn=f"{TOPIC}-hers"), amazon))
    assert amazon.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-north-1.amazonaws.com/x.pem",
        "https://sns.eu-north-1.amazonaws.com.evil.example/x.pem",
        "https://evil.example/sns.eu-north-1.amazonaws.com/x.pem",
        "https://sns.eu-north-1.amazonaws.com@evil.example/x.pem",
        "https://sns.eu-north-1.amazonaws.com:8443/x.pem",
        "https://s3.eu-north-1.amazonaws.com/x.pem",
        "https://sns-eu-north-1.amazonaws.com/x.pem",
        "https://[/x.pem",
        "https://sns.eu-north-1.amazonaws.com/?Action=GetTopicAttributes&x=.pem",
        "https://sns.eu-north-1.amazonaws.com/x.pem?Action=Publish",
        "https://sns.eu-north-1.amazonaws.com/certificate",
        "",
    ],
)
def test_a_certificate_from_elsewhere_is_refused(url: str) -> None:
    """Only an SNS host of Amazon's, over HTTPS, is asked for a certificate."""
    amazon = FakeAmazon()

    assert "certificate" in str(why_not({**notice(SES), "SigningCertURL": url}, amazon))
    assert amazon.asked == []


@pytest.mark.parametrize("pem", [certificate(days=-1), b"no certificate"])
def test_a_certificate_of_no_use(pem: bytes) -> None:
    """One that has run out, or is none, proves nothing."""
    assert why_not(notice(SES), FakeAmazon(pem)) == "its signature is wrong"


@pytest.mark.parametrize("hours", [-2, 2])
def test_an_old_notice_is_refused(hours: int) -> None:
    """SNS tries again for a while; what it signed hours ago is somebody else's repetition."""
    assert "too far from now" in str(why_not(notice(SES, at=NOW + timedelta(hours=hours))))


def test_amazon_is_away() -> None:
    """When the certificate cannot be fetched nothing is decided: SNS tries again."""
    with pytest.raises(OutsideError):
        why_not(notice(SES), FakeAmazon(away=True))


@pytest.mark.parametrize("body", [[], "x", 5, {}, None])
def test_what_is_no_message_is_refused(body: object) -> None:
    """Whatever stands in the body, nothing is raised."""
    assert why_not(body) is not None


def test_what_a_notice_tells() -> None:
    """The notice stands as a text in the message."""
    (event,) = SnsHook({TOPIC}, FakeAmazon()).events(posted(notice(SES)))

    assert event.told.email == ASA


def test_an_invitation_to_our_topic_is_accepted() -> None:
    """Amazon is told yes at the address that the signed message names, and nothing else follows."""
    amazon = FakeAmazon()
    hook, post = SnsHook({TOPIC}, amazon), posted(invitation())

    assert (hook.why_not(post, NOW), hook.events(post)) == (None, ())
    assert amazon.confirmed == [SUBSCRIBE_URL]


@pytest.mark.parametrize(
    "url",
    [
        SUBSCRIBE_URL.replace(TOPIC, f"{TOPIC}-hers"),
        SUBSCRIBE_URL.replace("ConfirmSubscription", "Publish"),
        SUBSCRIBE_URL.replace("sns.eu-north-1.amazonaws.com", "evil.example"),
        SUBSCRIBE_URL.replace("https", "http"),
    ],
)
def test_no_other_invitation_is(url: str) -> None:
    """Not to another topic, not elsewhere, not for another act."""
    amazon = FakeAmazon()

    SnsHook({TOPIC}, amazon).events(posted(invitation(url)))

    assert amazon.confirmed == []
