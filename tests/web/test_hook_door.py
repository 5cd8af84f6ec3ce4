"""Where providers come in: proven, on record, answered."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsroom.bounces.hooks import brevo, generic, postmark, resend
from newsroom.jobs.returned.hooks.call import Hook
from newsroom.jobs.returned.hooks.sealed import SealedHook
from newsroom.jobs.returned.hooks.seals import Password
from newsroom.jobs.returned.hooks.sns import SnsHook
from newsroom.web.hook_door import HookDoor
from tests.bounces.hooks.test_provider_events import BREVO, GENERIC, POSTMARK, RESEND, SES
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import ASA, KEYS, freeze_issues, on_record, state_of, verp
from tests.jobs.returned.hooks.amazon import TOPIC, FakeAmazon, notice

PAIR = "postmark:a-long-password"
PROOF = {"Authorization": f"Basic {b64encode(PAIR.encode()).decode()}"}
AMAZON = FakeAmazon()
READERS = {
    "brevo": brevo.events,
    "generic": generic.events,
    "postmark": postmark.events,
    "resend": resend.events,
}
BOUNCES = {"brevo": BREVO, "generic": GENERIC, "postmark": POSTMARK, "resend": RESEND}


@pytest.fixture
def client(database: Engine) -> Iterator[TestClient]:
    """The web with five webhooks, and an issue on its way."""
    freeze_issues(database, "2026-var")
    with _open(database) as client:
        yield client


@pytest.fixture
def hooked(either_database: Engine) -> Iterator[TestClient]:
    """The same, over either database."""
    with _open(either_database) as client:
        yield client


def _open(database: Engine) -> TestClient:
    hooks: dict[str, Hook] = {
        name: SealedHook(Password(PAIR), events) for name, events in READERS.items()
    }
    hooks["ses"] = SnsHook({TOPIC}, AMAZON)
    door = HookDoor(hooks, database, KEYS, lambda: NOW)
    return TestClient(Starlette(routes=door.routes()))


def told(database: Engine) -> dict[str, object]:
    """What Postmark tells of the reader's copy."""
    token = verp(database).partition("+")[2].partition("@")[0]
    return {**POSTMARK, "Metadata": {"copy": token}}


def test_what_is_believed_is_on_record_when_it_is_answered(
    client: TestClient, database: Engine
) -> None:
    """The answer comes after the commit, so nothing that was answered is lost; again is no more."""
    answers = [client.post("/hooks/postmark", json=told(database), headers=PROOF) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert on_record(database) == [("2026-var", ASA, "hard")]
    assert state_of(database) == "suppressed"


def test_what_is_not_believed_changes_nothing(
    client: TestClient, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the password nothing is read; the log says that, and no address."""
    answer = client.post("/hooks/postmark", json=told(database))

    assert (answer.status_code, on_record(database)) == (403, [])
    assert "password" in caplog.text
    assert ASA not in caplog.text


def test_a_notice_by_amazon(client: TestClient, database: Engine) -> None:
    """A signed message of our topic is believed, another's is not."""
    mail = {"source": verp(database)}
    ours, theirs = notice({**SES, "mail": mail}), notice(SES, TopicArn=f"{TOPIC}-hers")

    statuses = [
        client.post("/hooks/ses", content=json.dumps(body)).status_code for body in (theirs, ours)
    ]

    assert statuses == [403, 200]
    assert state_of(database) == "suppressed"


def test_an_unknown_event_is_answered_and_logged_without_addresses(
    client: TestClient, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """A provider that tells more than we asked for is not made to repeat it."""
    caplog.set_level(logging.INFO)
    for body in ({"RecordType": "Delivery", "Recipient": ASA}, [ASA], ASA):
        answer = client.post("/hooks/postmark", json=body, headers=PROOF)
        assert answer.status_code == 200

    assert "nothing in it" in caplog.text
    assert ASA not in caplog.text
    assert on_record(database) == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b'{"a": NaN}'])
@pytest.mark.parametrize("name", [*READERS, "ses"])
def test_any_bytes_are_answered(client: TestClient, name: str, body: bytes) -> None:
    """What is no JSON is nothing, and no fault of ours; of Amazon it is not."""
    answer = client.post(f"/hooks/{name}", content=body, headers=PROOF)

    assert answer.status_code == (403 if name == "ses" else 200)


@pytest.mark.parametrize(
    "strange", [[], {}, [{}], 5, True, None, "", "\ud800", "\0", "a" * 100_000]
)
@pytest.mark.parametrize("name", READERS)
def test_any_value_is_answered(hooked: TestClient, name: str, strange: object) -> None:
    """Whatever stands in a field instead of what belongs there, nobody is told it for ever."""
    for field in BOUNCES[name]:
        body = json.dumps({**BOUNCES[name], field: strange})
        assert hooked.post(f"/hooks/{name}", content=body, headers=PROOF).status_code == 200


@pytest.mark.parametrize("field", ["Message", "MessageId", "Subject", "Timestamp", "TopicArn"])
def test_half_a_character_is_not_signed(client: TestClient, field: str) -> None:
    """Anybody may post it, before any signature was looked at: it is refused, not stumbled over."""
    body = json.dumps(notice(SES) | {field: "\ud800"})

    assert client.post("/hooks/ses", content=body).status_code == 403


def test_what_is_too_large_is_not_read(client: TestClient) -> None:
    """No webhook is larger than a megabyte, whether its length is said or not."""

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    for content in (b"x" * 2_000_000, pieces()):
        answer = client.post("/hooks/postmark", content=content, headers=PROOF)
        assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_looking_does_nothing(client: TestClient, database: Engine, method: str) -> None:
    """Only a POST is heard; and only at the webhooks that are set."""
    answer = client.request(method, "/hooks/postmark", headers=PROOF)

    assert answer.status_code == 405
    assert client.post("/hooks/mailgun", json=told(database), headers=PROOF).status_code == 404
    assert on_record(database) == []


def test_amazon_that_is_away_may_tell_it_again(client: TestClient) -> None:
    """While the certificate cannot be fetched the answer asks for another try."""
    AMAZON.away = True
    try:
        answer = client.post("/hooks/ses", json=notice(SES))
    finally:
        AMAZON.away = False

    assert answer.status_code == 503


def test_a_database_that_fails_may_be_told_again(
    client: TestClient, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """The provider keeps what we could not write; the log has no address."""
    body = told(database)
    with database.begin() as connection:
        connection.execute(text("DROP TABLE incoming"))

    answer = client.post("/hooks/postmark", json=body, headers=PROOF)

    assert answer.status_code == 503
    assert ASA not in caplog.text
