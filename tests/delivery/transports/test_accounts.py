"""What providers tell of an account, in answers as their documents have them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from newsroom.delivery.transports.accounts import judge_account
from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.checkup import CheckVerdict, Remark, check_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POSTMARK, BREVO = "postmark://token-of-a-server@news", "brevo://key-of-an-account"
RESEND, SES = "resend://key-of-an-account", "ses://AKIAEXAMPLE:s%2Fcret@eu-north-1"
SERVER = {"Name": "News", "DeliveryType": "Live", "TrackOpens": False, "TrackLinks": "None"}
STREAM = {"ID": "news", "MessageStreamType": "Broadcasts"}
DOMAINS = {"domains": [{"domain_name": "example.se", "authenticated": True}]}
VERIFIED = {"data": [{"name": "example.se", "status": "verified", "open_tracking": False}]}
ACCOUNT = {"SendingEnabled": True, "ProductionAccessEnabled": True}
IDENTITY = {"VerifiedForSendingStatus": True}


class Api:
    """A provider's interface that answers from a table by the end of the address."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def get(self, url: str, headers: Mapping[str, str]) -> ApiAnswer | NoAnswer:
        """The answer to one question."""
        self.asked.append((url, headers))
        found = next((told for end, told in self.answers.items() if url.endswith(end)), None)
        if isinstance(found, NoAnswer):
            return found
        if isinstance(found, tuple):
            status, content = found
            return ApiAnswer(status, {}, json.dumps(content).encode())
        return ApiAnswer(404 if found is None else 200, {}, json.dumps(found or {}).encode())


def judged(mail: str, answers: Mapping[str, Any]) -> tuple[Remark, ...]:
    """What is to be said of an account."""
    return judge_account(mail, "example.se", Api(answers), NOW)


@pytest.mark.parametrize(
    ("mail", "answers"),
    [
        (POSTMARK, {"/server": SERVER, "/message-streams/news": STREAM}),
        (BREVO, {"/account": {"email": "a@example.se"}, "/senders/domains": DOMAINS}),
        (RESEND, {"/domains": VERIFIED}),
        (SES, {"/account": ACCOUNT, "/identities/example.se": IDENTITY}),
    ],
)
def test_an_account_in_order(mail: str, answers: Mapping[str, Any]) -> None:
    """An account that may send for a verified domain, and counts nothing, is in order."""
    assert check_of("relay-account", judged(mail, answers)).verdict is CheckVerdict.OK


@pytest.mark.parametrize(
    ("mail", "answers", "verdict", "told"),
    [
        (
            POSTMARK,
            {"/server": {**SERVER, "DeliveryType": "Sandbox"}, "/news": STREAM},
            CheckVerdict.FAIL,
            "sandbox",
        ),
        (
            POSTMARK,
            {"/server": {**SERVER, "TrackOpens": True}, "/news": STREAM},
            CheckVerdict.WARN,
            "counts opens",
        ),
        (
            POSTMARK,
            {"/server": {**SERVER, "TrackLinks": "HtmlOnly"}, "/news": STREAM},
            CheckVerdict.WARN,
            "counts opens",
        ),
        (
            POSTMARK,
            {"/server": SERVER, "/news": {"MessageStreamType": "Transactional"}},
            CheckVerdict.FAIL,
            "not for broadcasts",
        ),
        (
            POSTMARK,
            {"/server": (401, {"ErrorCode": 10, "Message": "Bad or missing token"})},
            CheckVerdict.FAIL,
            "does not take the key",
        ),
        (
            BREVO,
            {"/account": {}, "/senders/domains": {"domains": []}},
            CheckVerdict.FAIL,
            "not verified at Brevo",
        ),
        (BREVO, {"/account": (401, {"code": "unauthorized"})}, CheckVerdict.FAIL, "key"),
        (
            RESEND,
            {"/domains": {"data": [{"name": "example.se", "status": "pending"}]}},
            CheckVerdict.FAIL,
            "not verified at Resend",
        ),
        (
            RESEND,
            {"/domains": {"data": [{**VERIFIED["data"][0], "click_tracking": True}]}},
            CheckVerdict.WARN,
            "counts opens or clicks",
        ),
        (
            RESEND,
            {"/domains": (401, {"name": "restricted_api_key"})},
            CheckVerdict.UNKNOWN,
            "may send, and look at nothing",
        ),
        (
            SES,
            {
                "/account": {**ACCOUNT, "ProductionAccessEnabled": False},
                "/identities/example.se": IDENTITY,
            },
            CheckVerdict.FAIL,
            "sandbox",
        ),
        (
            SES,
            {"/account": {**ACCOUNT, "SendingEnabled": False}, "/identities/example.se": IDENTITY},
            CheckVerdict.FAIL,
            "stopped",
        ),
        (SES, {"/account": ACCOUNT}, CheckVerdict.FAIL, "not verified at Amazon SES"),
        (
            BREVO,
            {"/account": NoAnswer("no route", may_have_arrived=False)},
            CheckVerdict.UNKNOWN,
            "no route",
        ),
        (BREVO, {"/account": (503, {})}, CheckVerdict.UNKNOWN, "503"),
    ],
)
def test_what_is_wrong_with_an_account(
    mail: str, answers: Mapping[str, Any], verdict: CheckVerdict, told: str
) -> None:
    """A sandbox, a counter, a wrong key or stream and a domain that is not verified are told."""
    check = check_of("relay-account", judged(mail, answers))

    assert check.verdict is verdict
    assert told in check.detail
    assert check.fix


@pytest.mark.parametrize(
    ("mail", "header", "value"),
    [
        (POSTMARK, "X-Postmark-Server-Token", "token-of-a-server"),
        (BREVO, "api-key", "key-of-an-account"),
        (RESEND, "Authorization", "Bearer key-of-an-account"),
        (SES, "Authorization", "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/eu-north-1/ses"),
    ],
)
def test_each_shows_its_key(mail: str, header: str, value: str) -> None:
    """Each request shows the key as the provider wants it, and only looks."""
    api = Api({})

    judge_account(mail, "example.se", api, NOW)

    _, headers = api.asked[0]
    assert headers[header].startswith(value)
