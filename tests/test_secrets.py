"""No secret of the settings stands in a message, a log, the database or another file."""

import logging
from base64 import b64encode
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import DeliveryError, SettingsError
from newsroom.model.delivery import Envelope
from newsroom.settings import Settings
from tests.cli.terminal import Terminal
from tests.delivery.letters import READER, SENDER, letter
from tests.delivery.transports.scripted_server import ScriptedServer, scripted
from tests.delivery.transports.smtp_client import AUTHORITY
from tests.delivery.transports.ways import KEY, SERVICES, Luck, opened
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.processes import Said

SECRETS = st.text("abcXYZ0123456789-_.~+/?&=#@:%[]", min_size=12, max_size=40).filter(
    lambda secret: len(set(secret)) > 5
)
PLACES = (
    ("NEWSROOM_MAIL", "{}"),
    ("NEWSROOM_MAIL", "smtp://anna:{}@relay.example"),
    ("NEWSROOM_MAIL", "smtps://anna:{}@"),
    ("NEWSROOM_MAIL", "smtps://anna:{}@relay.example:x"),
    ("NEWSROOM_MAIL", "smtps://anna:{}@relay.example?port=25"),
    ("NEWSROOM_MAIL", "smtps://anna:hemligt@relay.example?{}"),
    ("NEWSROOM_MAIL", "smtps://anna:hemligt@relay.example?client={}"),
    ("NEWSROOM_MAIL", "smpt://anna:{}@relay.example"),
    ("NEWSROOM_MAIL", "postmark://{}@my stream"),
    ("NEWSROOM_MAIL", "brevo://{}/"),
    ("NEWSROOM_MAIL", "ses://AKIDEXAMPLE:{}@stockholm"),
    ("NEWSROOM_MAIL", "resend://{} "),
    ("NEWSROOM_DATABASE", "mysql://anna:{}@host/name"),
    ("NEWSROOM_DATABASE", "{}"),
    ("NEWSROOM_INBOX", "imap://anna:{}@host"),
    ("NEWSROOM_INBOX", "{}"),
    ("NEWSROOM_SECRET", "{},kort"),
    ("NEWSROOM_HOOK_POSTMARK", "{} {}"),
    ("NEWSROOM_HOOK_RESEND", "{}"),
    ("NEWSROOM_DKIM", "{}"),
    ("NEWSROOM_DKIM", "a@example.se:{}"),
)
PATHS = {("NEWSROOM_DKIM", "a@example.se:{}")}  # what stands there is no secret


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for settings to be read in."""
    return tmp_path_factory.mktemp("root")


@given(st.sampled_from([place for place in PLACES if place not in PATHS]), SECRETS)
def test_what_is_wrong_is_told_without_the_secret(
    root: Path, place: tuple[str, str], secret: str
) -> None:
    """Whatever stands where a secret should, right or wrong, no message repeats it."""
    name, form = place
    given = form.replace("{}", secret)

    try:
        told = repr(Settings.from_env(root, {"NEWSROOM_SECRET": "x" * 32, name: given}))
    except SettingsError as error:
        told = f"{error} {error!r}"
    except ValueError:
        pytest.fail("a wrong value ends in a traceback, which may hold it")

    assert secret not in told


@pytest.mark.parametrize("luck", Luck)
@pytest.mark.parametrize("way", SERVICES)
def test_a_providers_key_is_told_nowhere(
    way: str, luck: Luck, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However a request fares, its key is in no outcome, no error and no library's log."""
    caplog.set_level(logging.DEBUG)

    with opened(way, luck, tmp_path) as there, closing(there.transport) as transport:
        try:
            told = repr(transport.send(Envelope(SENDER, READER), letter()))
        except DeliveryError as error:
            told = f"{error!r} {error.__cause__!r}"

    assert KEY not in f"{told} {caplog.text}"


@dataclass(slots=True)
class House:
    """A newsroom whose settings hold every kind of secret, and all that was said in it."""

    terminal: Terminal
    secrets: tuple[str, ...]
    heard: list[str] = field(default_factory=list)

    def do(self, *arguments: str) -> Said:
        """Type a command; what it says is kept."""
        said = self.terminal(*arguments)
        self.heard.append(said.out + said.err)
        return said

    def told(self) -> dict[str, bytes]:
        """What was said, and the bytes of each file, by name; the places of secrets apart."""
        own_places = {".env", "secret", "nyhetsbrev.pem", "relay.pem"}
        files = (path for path in self.terminal.root.rglob("*") if path.is_file())
        kept = {str(path): path.read_bytes() for path in files if path.name not in own_places}
        return {"the terminal": "".join(self.heard).encode(), **kept}


@pytest.fixture
def house(tmp_path: Path) -> House:
    """The newsroom, its key made, an issue and readers in it."""
    root = write_newsroom(tmp_path / "house")
    put(root, "posts/newsletters/2026-host.md", ISSUE)
    terminal = Terminal(root)
    terminal.do("dkim", "new")
    for name in ("asa", "bo"):
        terminal.do("subscribers", "add", f"{name}@example.se", "--consent", "på papper")
    secrets = {
        "NEWSROOM_SECRET": "lankarnas-hemlighet-0123456789",
        "NEWSROOM_INBOX": "imaps://anna:inkorgens-hemlighet@inbox.example",
        "NEWSROOM_HOOK_POSTMARK": "post:krokens-hemlighet-0123456789",
        "NEWSROOM_DKIM": "nyhetsbrev@example.se:var/dkim/nyhetsbrev.pem",
    }
    lines = "".join(f"{name}={value}\n" for name, value in secrets.items())
    (root / ".env").write_text(lines)
    pem = (root / "var/dkim/nyhetsbrev.pem").read_text().splitlines()[1:-1]
    words = ("lankarnas-hemlighet", "inkorgens-hemlighet", "krokens-hemlighet", PASSWORD)
    return House(terminal, (*words, *pem))


PASSWORD = "mejlserverns/hemlighet"
AUTH = b64encode(f"\0anna\0{PASSWORD}".encode()).decode()


def use(house: House, server: ScriptedServer) -> None:
    """Let the newsroom's mail go to a server, whose authority is its own."""
    AUTHORITY.cert_pem.write_to_path(house.terminal.root / "var/relay.pem")
    password = quote(PASSWORD, safe="")
    house.terminal.mail = (
        f"smtp+starttls://anna:{password}@localhost:{server.port}?ca=var/relay.pem"
    )


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ({}, "done"),
        ({"AUTH": [f"535 5.7.8 AUTH PLAIN {AUTH} is wrong"]}, "paused"),
        ({"AUTH": [f"535 5.7.8 the password {PASSWORD} is wrong"]}, "paused"),
        ({"AUTH": [f"454 4.7.0 {AUTH} not now"] * 9}, "sending"),
        ({"MAIL": [f"550 5.7.60 {AUTH[:4]} may not"]}, "paused"),
    ],
    ids=["taken", "login refused", "password repeated", "login put off", "sender refused"],
)
def test_no_secret_is_left_anywhere(
    house: House,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    script: dict[str, list[str]],
    state: str,
) -> None:
    """After an issue that left, or did not: none in logs, in the database, in the proof of it.

    Nor in another dress: not as a URL writes it, nor as SMTP does.
    """
    caplog.set_level(logging.DEBUG)
    certificate = tmp_path / "localhost.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)

    with scripted(script, certificate, ("AUTH PLAIN", "PIPELINING")) as server:
        use(house, server)
        house.do("issue", "approve", "2026-host", "--by", "anna-ek")
        if state == "sending":  # it would wait for the relay
            house.do("issue", "test", "2026-host", "--to", "anna@example.se")
        else:
            house.do("issue", "send", "2026-host", "--yes")
        for command in ("status", "schedule"):
            house.do(command)
        shown = house.do("issue", "status", "2026-host", "--json")
    if state == "done":
        proof = house.terminal.root / "proof"
        assert house.do("issue", "evidence", "2026-host", "--out", str(proof)).status == 0

    assert any(line.startswith("AUTH") for line in server.commands)
    assert state == "sending" or f'"state": "{state}"' in shown.out
    everywhere = {**house.told(), "the log": caplog.text.encode()}
    dressed = (*house.secrets, quote(PASSWORD, safe=""), AUTH)
    for place, content in everywhere.items():
        for secret in dressed:
            assert secret.encode() not in content, f"{place} holds {secret}"
