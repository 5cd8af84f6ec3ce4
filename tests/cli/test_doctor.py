"""`doctor`: what it looks at, how it says so, and what hangs on its verdict."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from newsroom.cli.check_words import CHECKS
from newsroom.delivery.transports.glance import RelayStep
from tests.cli.issue.letters import add
from tests.cli.terminal import Terminal
from tests.jobs.doctor.mails import Mail
from tests.newsrooms import ISSUE, put
from tests.outside.name_servers.name_server import EVERYTHING, SERVFAIL, NameServer
from tests.surgery import Surgery, surgery

KEYS = {"check", "verdict", "detail", "fix"}
NAME = "2026-host"
SEND = ("issue", "send", NAME, "--yes")


@contextmanager
def approved(folder: Path) -> Iterator[Surgery]:
    """A newsroom with an approved issue and two readers, everything around it in order."""
    with surgery(folder) as room:
        put(room.root, f"posts/newsletters/{NAME}.md", ISSUE)
        add(room.terminal, "anna@kommun.example")
        add(room.terminal, "bo@region.example")
        room.terminal.do("issue", "approve", NAME, "--by", "anna-ek")
        yield room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Surgery]:
    """A newsroom of the test's own."""
    with approved(tmp_path / "house") as room:
        yield room


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surgery]:
    """One for all tests that leave it as it was: nothing is sent in it."""
    with approved(tmp_path_factory.mktemp("shared") / "house") as room:
        yield room
        assert room.relay.recipients == []


def verdicts(said: str) -> dict[str, str]:
    """The verdicts of a printed result, by check; the worse of two of a name."""
    order = ["ok", "not checked", "warn", "fail"]
    found: dict[str, str] = {}
    for each in json.loads(said):
        worst = found.get(each["check"], "ok")
        found[each["check"]] = max(worst, each["verdict"], key=order.index)
    return found


def test_everything_is_looked_at(shared: Surgery) -> None:
    """One run looks at the DNS, the relay, the public address and the machine, and ends with 0."""
    said = shared.terminal.do("doctor", "--json")

    found = verdicts(said.out)
    assert all(each.keys() >= KEYS for each in said.json())
    assert {name.partition("-")[0] for name in found} == {
        "dns",
        "relay",
        "site",
        "machine",
        "receivers",
    }
    assert "fail" not in found.values(), said.out
    assert found["dns-spf"] == found["dns-dmarc"] == found["relay-sender"] == "ok"
    assert found["site-one-click"] == found["site-looking"] == found["site-feeds"] == "ok"
    assert found["receivers-complaints"] == "not checked"


def test_the_probe_ends_nobodys_subscription(shared: Surgery) -> None:
    """The POST to unsubscribe is a real one, and after it everybody is still on the list."""
    shared.terminal.do("doctor")

    listed = shared.terminal.do("subscribers", "list", "--json").json()
    assert [reader["state"] for reader in listed] == ["active", "active"]
    assert shared.relay.recipients == []


def test_as_a_person_reads_it(shared: Surgery) -> None:
    """A line for each check in Swedish, under its heading; what to do stands below a fault."""
    with shared.without("_dmarc.example.se", "TXT"):
        said = shared.terminal("doctor", "--only", "dns")

    assert said.status == 1
    assert said.out.startswith("Domänen i DNS\n")
    words = " ".join(said.out.split())
    assert "fel Vad som händer med förfalskade brev (DMARC): example.se har ingen" in words
    assert "→ publicera en TXT-post för _dmarc.example.se" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert said.out.splitlines()[-1].startswith("1 att rätta, ")


def test_only_some_of_it(shared: Surgery) -> None:
    """With --only nothing else is asked, and no verdict is kept."""
    asked, kept = list(shared.names.asked), shared.verdicts()

    found = verdicts(shared.terminal.do("doctor", "--only", "machine", "--json").out)

    assert {name.partition("-")[0] for name in found} == {"machine"}
    assert (shared.names.asked, shared.verdicts()) == (asked, kept)


def test_a_group_that_is_none(terminal: Terminal) -> None:
    """A group that there is not is wrong usage, and the known ones are named."""
    said = terminal("doctor", "--only", "dsn")

    assert said.status == 2
    assert "dns, relay, site, machine" in said.err


def test_before_anything_is_there(tmp_path: Path) -> None:
    """In a new newsroom, without database and on a machine without a way out, it works as well."""
    root = tmp_path / "new"
    Terminal(tmp_path).do("init", str(root))

    with NameServer({EVERYTHING: [SERVFAIL]}) as names:
        said = Terminal(root, environ={"NEWSROOM_DNS": names.address})("doctor", "--json")

    found = verdicts(said.out)
    assert said.status == 3  # nothing is wrong here, and the site does not answer
    assert found["dns-spf"] == found["dns-dmarc"] == "not checked"
    assert found["relay-connection"] == "warn"
    assert found["machine-database"] == "ok"


def test_where_writers_share_the_folder(tmp_path: Path) -> None:
    """A service that lets its group write in posts keeps the list and the secrets to itself."""
    root = tmp_path / "new"
    before = os.umask(0o002)  # as serve/systemd/newsroom.service has it
    try:
        Terminal(tmp_path).do("init", str(root))
        found = verdicts(Terminal(root)("doctor", "--only", "machine", "--json").out)
    finally:
        os.umask(before)

    assert found["machine-secrets"] == found["machine-folders"] == "ok"
    assert (root / "var/newsroom.db").is_file()


def test_sending_asks_for_a_verdict(room: Surgery) -> None:
    """Without a verdict nothing is frozen; after a good one the issue leaves."""
    refused = room.terminal(*SEND)
    assert refused.status == 1
    assert "newsroom doctor" in refused.err
    assert room.relay.recipients == []

    room.terminal.do("doctor")
    room.terminal.do(*SEND)

    assert sorted(room.relay.recipients) == ["anna@kommun.example", "bo@region.example"]


def test_a_failed_verdict_stops_sending(shared: Surgery) -> None:
    """With a verdict that failed sending refuses, and says what is to be mended."""
    with shared.without("_dmarc.example.se", "TXT"):
        assert shared.terminal("doctor").status == 1

    refused = shared.terminal(*SEND)

    assert refused.status == 1
    assert "example.se har ingen DMARC-post" in refused.err


@pytest.mark.parametrize("faulty", [False, True])
def test_a_verdict_for_another_set_up(shared: Surgery, faulty: bool) -> None:  # noqa: FBT001
    """A verdict is one for the settings that it was made with: status and sending both say so.

    Faults of the settings as they were are nobody's to mend any more.
    """
    missing = shared.without("_dmarc.example.se", "TXT") if faulty else nullcontext()
    with missing:
        shared.terminal("doctor")
    site = (shared.root / "posts/site.yaml").read_text()
    before = shared.terminal("status")
    put(shared.root, "posts/site.yaml", site.replace("studs@", "returer@"))

    refused, status = shared.terminal(*SEND), shared.terminal("status")
    as_json = shared.terminal("status", "--json").json()

    put(shared.root, "posts/site.yaml", site)
    assert refused.status == 1
    assert "har ändrats" in refused.err
    assert "gällde andra inställningar; kör: newsroom doctor" in " ".join(status.out.split())
    assert "gällde andra inställningar" not in before.out
    assert ("example.se har ingen DMARC-post" in before.out) == faulty
    assert "example.se har ingen DMARC-post" not in status.out
    assert as_json["doctor"]["current"] is False


def test_sending_all_the_same(room: Surgery) -> None:
    """With a reason it is sent without a verdict; the reason is in the status and the evidence."""
    assert room.terminal(*SEND, "--without-doctor", " ").status == 2

    room.terminal.do(*SEND, "--without-doctor", "DNS byts i kväll")

    room.terminal.do("issue", "evidence", NAME, "--out", str(room.root / "var/evidence"))
    status = room.terminal.do("issue", "status", NAME)
    assert "DNS byts i kväll" in status.out
    page = (room.root / "var/evidence/index.html").read_text()
    assert "DNS byts i kväll" in page
    assert len(room.relay.recipients) == 2


@pytest.mark.parametrize(
    ("covered", "status", "told"),
    [
        ((b"From", b"List-Unsubscribe", b"List-Unsubscribe-Post"), 0, ""),
        ((b"From", b"List-Unsubscribe"), 1, "List-Unsubscribe-Post"),
    ],
)
def test_a_message_that_was_received(
    shared: Surgery, tmp_path: Path, covered: tuple[bytes, ...], status: int, told: str
) -> None:
    """--eml judges the message alone; a header that is not covered is named, and it ends with 1."""
    from tests.jobs.doctor.mails import HEADERS, HTML, TEXT, URL, key_pair

    shared.publish_record("k._domainkey.example.se", "TXT", key_pair()[1])
    url = f"http://127.0.0.1:{shared.port}"
    mail = Mail(
        headers=[
            (name, value.replace(URL, url).replace("nyhetsbrev@", "brev@"))
            for name, value in HEADERS
            if name != "Feedback-ID"
        ],
        text=TEXT.replace(URL, url),
        html=HTML.replace(URL, url),
        covered=covered,
    )
    file = tmp_path / "test.eml"
    file.write_bytes(mail.raw())

    said = shared.terminal("doctor", "--eml", str(file), "--json")

    assert said.status == status, said.out
    faults = [each for each in said.json() if each["verdict"] == "fail"]
    assert told in " ".join(each["detail"] for each in faults)
    assert {each["check"].partition("-")[0] for each in said.json()} == {"mail"}


def test_a_file_that_is_no_message(shared: Surgery, tmp_path: Path) -> None:
    """A file that holds no message is told as that."""
    file = tmp_path / "test.eml"
    file.write_text("Hej!\n")

    said = shared.terminal("doctor", "--eml", str(file))

    assert said.status == 1
    assert "är inget brev" in said.err


def test_a_selector_that_is_none(shared: Surgery) -> None:
    """A selector without a name is wrong usage; a good one is looked for."""
    said = shared.terminal("doctor", "--selector", "@example.se", "--only", "dns")
    found = shared.terminal("doctor", "--selector", "selector1", "--only", "dns", "--json").json()

    assert said.status == 2
    assert "selector1._domainkey.example.se" in {each["about"] for each in found}


def test_every_check_has_its_words_in_the_guide() -> None:
    """Each check of the guide prints the words that stand beside it, and none is left out."""
    guide = (Path(__file__).parents[2] / "docs/doctor.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| .+ \|$", guide, re.MULTILINE)

    assert dict(rows) == {name: str(words) for name, words in CHECKS.items()}


def test_every_check_that_is_made_has_words() -> None:
    """No check is printed by its bare name."""
    package = Path(__file__).parents[2] / "newsroom"
    rooms = [*package.glob("jobs/doctor/*.py"), package / "wiring/doctor_checks.py"]
    made = {
        name
        for path in rooms
        for name in re.findall(r'check_of\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    of_the_relay = {f"relay-{step.value}" for step in RelayStep}

    assert made | of_the_relay == set(CHECKS)
