"""What a newsroom that runs says of itself, with readers about: everything but who they are."""

import json
import re
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.delivery.listener import Listener
from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter
from tests.cli.terminal import Terminal
from tests.cli.test_bot import answers, running, sign_up, stop, wait_for
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.processes import House

pytestmark = pytest.mark.slow

NEW, DEAD, LATER, GOOD = "asa@ny.example", "bo@dod.example", "cilla@sen.example", "dora@bra.example"
HOOK = "postmark:krokens-hemlighet-0123456789"
METRICS = "siffrornas-hemlighet-0123456789"


@dataclass(slots=True)
class TalkativeHandler:
    """Repeats whom a mail is for in whatever it says, as servers do."""

    mails: dict[str, str] = field(default_factory=dict)  # the last to each

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name and arguments)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address == DEAD:
            return f"550 5.1.1 <{address}>: no such user"
        if address == LATER:
            return f"451 4.2.2 {address} has no room; ask {address} for some"
        envelope.rcpt_tos.append(address)
        return f"250 2.1.5 <{address}> ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the message."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain",))
        header = message.get("List-Unsubscribe", "")
        words = body.get_content() if body else ""
        self.mails[envelope.rcpt_tos[0]] = f"{header}\n{words}"
        return f"250 2.0.0 taken for {envelope.rcpt_tos[0]}"

    def tokens(self) -> set[str]:
        """What all links in the mails end in."""
        found = (re.findall(r"/([\w-]{20,})", mail) for mail in self.mails.values())
        return {token for mail in found for token in mail}


@contextmanager
def talkative_relay() -> Iterator[tuple[TalkativeHandler, str]]:
    """The relay, and its address as NEWSROOM_MAIL wants it."""
    handler = TalkativeHandler()
    listener = Listener(handler)
    listener.start()
    try:
        yield handler, listener.address
    finally:
        listener.stop()


def link_in(mail: str, word: str) -> str:
    """The link in a mail's words, as a path of the site."""
    found = re.search(rf"natverket\.test(/{word}/[\w-]+)", mail)
    assert found, mail
    return found[1]


def freeze(root: Path, mail: str) -> None:
    """Have the issue begin; whoever runs sends it."""
    desk = Desk(Settings.from_env(root, {"NEWSROOM_MAIL": mail}), lambda: datetime.now(UTC))
    newsletter.freeze_issue(desk, "2026-host")
    desk.close()


def be_rude(client: httpx.Client) -> None:
    """Ask for what is not there, with an address in it, and in a way that no browser has."""
    for path in (f"/nyheter/{NEW}", f"/?q={GOOD}", f"/bekrafta/{'x' * 32}", "/%00"):
        client.get(path)
    port = client.base_url.port
    assert port
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(f"GET /{GOOD} HTTP/9 {DEAD}\r\n\r\n".encode())
        line.recv(1000)


def hook(client: httpx.Client, proof: str) -> int:
    """A provider says that a copy came back."""
    told = {"RecordType": "Bounce", "Type": "HardBounce", "Email": GOOD, "ID": 1, "MessageID": "m"}
    told |= {"BouncedAt": "2026-11-22T08:00:00Z", "Description": f"{GOOD} is gone"}
    basic = b64encode(proof.encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    return client.post("/hooks/postmark", json=told, headers=headers).status_code


def test_nobody_is_named_and_no_key_is_told(tmp_path: Path) -> None:
    """Signing up, an issue, refusals, a bounce, leaving, nonsense: the log knows nobody."""
    with talkative_relay() as (relay, mail):
        root = write_newsroom(tmp_path / "house")
        put(root, "posts/newsletters/2026-host.md", ISSUE)
        settings = {
            "NEWSROOM_LOG": "json",
            "NEWSROOM_HOOK_POSTMARK": HOOK,
            "NEWSROOM_METRICS": METRICS,
        }
        put(root, ".env", "".join(f"{name}={value}\n" for name, value in settings.items()))
        terminal = Terminal(root, mail)
        for address in (DEAD, LATER, GOOD):
            terminal.do("subscribers", "add", address, "--consent", "mötet")
        terminal.do("issue", "approve", "2026-host", "--by", "anna-ek")
        house = House(root, mail)
        with running(house) as (bot, client):
            wait_for(lambda: answers(client, "/prenumerera/"))
            sign_up(client, NEW)
            wait_for(lambda: NEW in relay.mails)
            client.get(link_in(relay.mails[NEW], "bekrafta"))
            be_rude(client)
            freeze(root, mail)
            wait_for(lambda: "u/" in relay.mails.get(GOOD, ""))
            client.post(link_in(relay.mails[GOOD], "u"), data={"List-Unsubscribe": "One-Click"})
            codes = hook(client, "fel:lösenord"), hook(client, HOOK)
            client.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"})
            log = stop(bot)

    assert codes == (403, 200)
    notes = [json.loads(line) for line in log.splitlines()]
    assert {"at", "level", "message", "logger"} <= notes[0].keys()
    assert any("postmark" in note["message"] for note in notes), "nothing was said at all"
    people = {part for one in (NEW, DEAD, LATER, GOOD) for part in (one, one.split("@")[0] + "@")}
    secrets = {HOOK, HOOK.partition(":")[2], METRICS, (root / "var/secret").read_text().strip()}
    told = [word for word in (*people, *relay.tokens(), *secrets) if word in log]
    assert len(relay.tokens()) >= 2
    assert told == []
