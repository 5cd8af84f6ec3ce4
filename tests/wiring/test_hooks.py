"""Webhooks of a newsroom, from what `.env` says to the list of readers."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from newsroom.jobs.returned.hooks.seals import key_of
from newsroom.settings import Settings
from newsroom.web.hook_door import HookDoor
from newsroom.wiring import Desk
from newsroom.wiring.hooks import hooks_of
from tests.bounces.hooks.test_provider_events import BREVO, GENERIC, POSTMARK, RESEND
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import KEYS, freeze_issues, message_id, state_of, verp
from tests.newsrooms import FILES, put

PASSWORD, TOKEN = "postmark:a-long-password", "a-long-token-of-brevos"
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ENVIRON = {
    "NEWSROOM_SECRET": KEYS[0].decode(),
    "NEWSROOM_HOOK_POSTMARK": PASSWORD,
    "NEWSROOM_HOOK_BREVO": TOKEN,
    "NEWSROOM_HOOK_RESEND": KEY,
    "NEWSROOM_HOOK_GENERIC": KEY,
    "NEWSROOM_HOOK_SES": "arn:aws:sns:eu-north-1:123456789012:studsar",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The desk of a newsroom that hears every provider, with an issue on its way."""
    for name, text in FILES.items():
        put(tmp_path, name, text)
    desk = Desk(Settings.from_env(tmp_path, ENVIRON), lambda: NOW)
    freeze_issues(desk.database, "2026-var")
    return desk


def door(desk: Desk) -> list[BaseRoute]:
    """Where the providers come in."""
    return HookDoor(hooks_of(desk), desk.database, desk.keys, desk.clock).routes()


def signed(body: bytes) -> dict[str, str]:
    """The headers of a request that is signed now."""
    time = str(int(NOW.timestamp()))
    value = hmac.digest(key_of(KEY), b".".join([b"msg_1", time.encode(), body]), "sha256")
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{b64encode(value).decode()}",
    }


PROOFS: Mapping[str, Callable[[bytes], dict[str, str]]] = {
    "postmark": lambda _: {"Authorization": f"Basic {b64encode(PASSWORD.encode()).decode()}"},
    "brevo": lambda _: {"Authorization": f"Bearer {TOKEN}"},
    "resend": signed,
    "generic": signed,
}


@pytest.mark.parametrize("name", PROOFS)
def test_each_provider_is_heard_by_its_own_proof(desk: Desk, name: str) -> None:
    """A bounce that is proven ends the subscription; the same request without it does nothing."""
    token = verp(desk.database).partition("+")[2].partition("@")[0]
    ours = {"message-id": message_id(desk.database), "message_id": message_id(desk.database)}
    told = {
        "postmark": {**POSTMARK, "Metadata": {"copy": token}},
        "brevo": {**BREVO, **ours},
        "resend": {**RESEND, "data": {**_data(), "tags": {"copy": token}}},
        "generic": {**GENERIC, **ours},
    }
    body = json.dumps(told[name]).encode()

    with TestClient(Starlette(routes=door(desk))) as client:
        refused = client.post(f"/hooks/{name}", content=body)
        before = state_of(desk.database)
        taken = client.post(f"/hooks/{name}", content=body, headers=PROOFS[name](body))

    assert (refused.status_code, before) == (403, "active")
    assert (taken.status_code, state_of(desk.database)) == (200, "suppressed")
    desk.close()


def test_amazon_is_heard_of_our_topic_only(desk: Desk) -> None:
    """A message of another topic is refused before anybody is asked for a certificate."""
    with TestClient(Starlette(routes=door(desk))) as client:
        answer = client.post("/hooks/ses", json={"TopicArn": "arn:aws:sns:eu-north-1:1:hers"})

    assert answer.status_code == 403
    desk.close()


def _data() -> dict[str, object]:
    data = RESEND["data"]
    assert isinstance(data, dict)
    return data
