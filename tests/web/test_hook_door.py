"""Where providers come in: proven, on record, answered."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsroom.bounces.hooks import postmark
from newsroom.jobs.returned.hooks.post import Hook
from newsroom.jobs.returned.hooks.sealed import SealedHook
from newsroom.jobs.returned.hooks.seals import Password
from newsroom.jobs.returned.hooks.sns import SnsHook
from newsroom.web.hook_door import HookDoor
from tests.bounces.hooks.test_provider_events import POSTMARK, SES
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import ASA, KEYS, freeze_issues, on_record, state_of, verp
from tests.jobs.returned.hooks.amazon import TOPIC, FakeAmazon, notice

PAIR = "postmark:a-long-password"
PROOF = {"Authorization": f"Basic {b64encode(PAIR.encode()).decode()}"}
AMAZON = FakeAmazon()


@pytest.fixture
def client(database: Engine) -> Iterator[TestClient]:
    """The web with two webhooks, and an issue on its way."""
    freeze_issues(database, "2026-var")
    hooks: dict[str, Hook] = {
        "postmark": SealedHook(Password(PAIR), postmark.events),
        "ses": SnsHook({TOPIC}, AMAZON),
    }
    door = HookDoor(hooks, database, KEYS, lambda: NOW)
    with TestClient(Starlette(routes=door.routes())) as client:
        yield client


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
def test_any_bytes_are_answered(client: TestClient, body: bytes) -> None:
    """What is no JSON is nothing, and no fault of ours."""
    assert client.post("/hooks/postmark", content=body, headers=PROOF).status_code == 200


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
    assert client.post("/hooks/brevo", json=told(database), headers=PROOF).status_code == 404
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
