"""`announce`, and what `publish` tells on channels: the whole way, to a service on this machine."""

import json
import shutil
import socket
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.database import open_database, transaction
from newsroom.database.restorations import Restoration, note_restoration
from tests.cli.terminal import Terminal
from tests.newsrooms import put
from tests.outside.over_http.servers import listening

CHANNELS = "announce: [{slack: kansli}, {mastodon: 'https://mastodon.example'}]\n"
TODAY = datetime.now(UTC)


class Workspace:
    """A Slack on this machine."""

    def __init__(self) -> None:
        self.posted: list[dict[str, object]] = []
        self.answers: list[bytes] = []

    def answer(self, line: socket.socket, request: bytes) -> None:
        """Take a message, or say what it was told to say."""
        if self.answers:
            line.sendall(self.answers.pop(0))
            return
        self.posted.append(json.loads(request.partition(b"\r\n\r\n")[2]))
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    @property
    def texts(self) -> list[object]:
        """What stands for each message that was posted."""
        return [message["text"] for message in self.posted]


@pytest.fixture
def workspace() -> Workspace:
    """Nothing has been posted yet."""
    return Workspace()


@pytest.fixture
def slack(terminal: Terminal, workspace: Workspace) -> Iterator[Terminal]:
    """A newsroom that announces on Slack, and has published once."""
    with listening(workspace.answer) as where:
        put(terminal.root, ".env", f"NEWSROOM_ANNOUNCE_SLACK_KANSLI={where}/secret-part\n")
        with (terminal.root / "posts/site.yaml").open("a") as site:
            site.write("announce: [{slack: kansli}]\n")
        yield terminal


def post(terminal: Terminal, name: str, when: datetime = TODAY) -> str:
    """Write a post of a day."""
    text = (
        f"---\nid: urn:x:{name}\ntitle: Nytt om {name}\ndate: {when:%Y-%m-%dT%H:%M}+00:00\n"
        "tags: [halsa]\n---\n\nDet här har hänt.\n"
    )
    put(terminal.root, f"posts/news/{name}.md", text)
    return f"posts/news/{name}.md"


def test_what_is_published_is_announced_once(slack: Terminal, workspace: Workspace) -> None:
    """The first publish only begins; a new post is told at the next, and never again."""
    first = slack.do("publish")
    post(slack, "ett")
    slack.do("publish")
    put(slack.root, "posts/news/annan.md", (slack.root / "posts/news/ett.md").read_text())
    (slack.root / "posts/news/ett.md").unlink()
    slack.do("publish")

    assert "slack:kansli: ny; " in first.err
    assert len(workspace.posted) == 1
    blocks = workspace.posted[0]["blocks"]
    assert isinstance(blocks, list)
    assert blocks[0]["text"]["text"] == "Nytt om ett"
    assert blocks[1]["text"]["text"] == "Det här har hänt."
    assert "|Läs mer>" in blocks[2]["elements"][0]["text"]


def test_what_is_old_is_no_news(slack: Terminal, workspace: Workspace) -> None:
    """A post of three years back that is imported today is published and not announced."""
    slack.do("publish")
    post(slack, "gammal", TODAY - timedelta(days=1000))
    slack.do("publish")

    assert workspace.posted == []


def test_what_is_not_deployed_is_not_announced(slack: Terminal, workspace: Workspace) -> None:
    """While the deploy fails nobody is told; when it goes through, the post is announced."""
    slack.do("publish")
    with (slack.root / "posts/site.yaml").open("a") as site:
        site.write('deploy: {command: "test -f ready"}\n')
    post(slack, "ett")

    failed = slack("publish")
    before = list(workspace.posted)
    (slack.root / "ready").touch()
    slack.do("publish")

    assert failed.status == 3
    assert before == []
    assert len(workspace.posted) == 1


def test_a_service_that_is_away(slack: Terminal, workspace: Workspace) -> None:
    """It is said what waits and why, without the secret; then it is announced because one asks."""
    slack.do("publish")
    file = post(slack, "ett")
    workspace.answers = [b"HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\nno_service"]

    failed = slack("publish")
    listed = slack.do("announce", "list").out
    again = slack.do("announce", "now", "--failed").out
    once_more = slack.do("announce", "now", file).out

    assert failed.status == 3
    assert 'slack:kansli: "Nytt om ett" annonserades inte: svaret var 404: no_service' in failed.err
    line = 'slack:kansli  "Nytt om ett" annonserades inte: svaret var 404: no_service'
    assert listed.partition("\n")[0].endswith(f"  {line}")
    assert "newsroom announce now --failed" in listed
    assert '"Nytt om ett" annonserat' in again
    assert "Det finns inget kvar att annonsera" in once_more
    assert len(workspace.posted) == 1
    assert "secret-part" not in failed.err + listed + again


def test_what_waits_behind_it_is_told(slack: Terminal, workspace: Workspace) -> None:
    """What is written while a service is away is counted by each publish, and named by the list."""
    slack.do("publish")
    busy = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"
    workspace.answers = [busy]
    post(slack, "ett")
    slack("publish")
    post(slack, "tva")

    waits = slack("publish")
    listed = slack.do("announce", "list").out
    failed = slack("announce", "now", "--failed")

    assert (waits.status, failed.status) == (3, 3)
    for told in (waits.err, failed.out):
        assert "slack:kansli: 2 väntar på att annonseras; nytt försök" in told
    assert '"Nytt om ett" väntar' in listed
    assert '"Nytt om tva" väntar' in listed
    assert "inget kvar" not in failed.out


def test_a_failure_is_told_once(slack: Terminal, workspace: Workspace) -> None:
    """The coordinator gets one mail about it, however often one looks."""
    slack.do("publish")
    post(slack, "ett")
    workspace.answers = [b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"]
    for _ in range(3):
        slack("publish")
    slack("tick")

    mails = [path.read_text() for path in (slack.root / "var/outgoing").rglob("*.eml")]
    assert len([mail for mail in mails if "slack:kansli" in mail]) == 1
    assert workspace.posted == []


def test_what_is_in_doubt_is_settled_by_a_person(slack: Terminal, workspace: Workspace) -> None:
    """After a look the person says that it stands there, or has it announced."""
    slack.do("publish")
    one, other = post(slack, "ett"), post(slack, "tva", TODAY - timedelta(hours=1))
    workspace.answers = [b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"]
    slack("publish")

    rows = slack.do("announce", "list", "--json").json()
    listed = slack.do("announce", "list").out
    slack.do("announce", "skip", other)
    slack.do("announce", "now", one)

    unknown = [row for row in rows if row["state"] == "unknown"]
    assert [row["title"] for row in unknown] == ["Nytt om tva"]
    assert "newsroom announce now FIL. Står det där, kör newsroom announce skip FIL." in listed
    assert [str(text).partition("\n")[0] for text in workspace.texts] == ["Nytt om ett"]


@pytest.mark.parametrize(("word", "told"), [("now", ["Nytt om ett"]), ("skip", [])])
def test_a_person_is_the_first_on_a_new_channel(
    slack: Terminal, workspace: Workspace, word: str, told: list[str]
) -> None:
    """What was public before the channel came is not told by the next round, either."""
    one, _ = post(slack, "ett"), post(slack, "tva", TODAY - timedelta(hours=1))
    slack.do("build")

    asked = slack.do("announce", word, one)
    slack.do("publish")
    post(slack, "tre")
    slack.do("publish")

    assert "Nytt om ett" in asked.out
    titles = [str(text).partition("\n")[0] for text in workspace.texts]
    assert titles == [*told, "Nytt om tre"]


def test_a_preview_needs_no_secret_and_posts_nothing(terminal: Terminal) -> None:
    """Exactly what would be posted, also of a post whose day has not come, on every channel."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write(CHANNELS)

    shown = terminal.do("announce", "preview", "posts/news/2026-12-24-jul.md").out
    found = terminal.do(
        "announce", "preview", "posts/news/2026-12-24-jul.md", "--on",
        "mastodon:https://mastodon.example", "--json",
    ).json()  # fmt: skip

    assert "── slack:kansli ──" in shown
    assert "Jul\nGod jul.\nLäs mer (https://nyheter.natverket.test/nyheter/2026/jul/)" in shown
    (one,) = found
    assert one["text"] == ("Jul\n\nGod jul.\n\nhttps://nyheter.natverket.test/nyheter/2026/jul/")
    assert one["payload"]["status"] == one["text"]
    assert (one["kind"], one["announced"]) == ("news", None)


def test_an_event_is_news(terminal: Terminal) -> None:
    """Of an event it is told when and where it is."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write(CHANNELS)

    (one, _) = terminal.do(
        "announce", "preview", "posts/events/2027-03-17-konferens.md", "--json", "--now",
        "2026-11-22T09:00",
    ).json()  # fmt: skip

    assert one["kind"] == "event"
    assert "17 mars 2027 kl.\N{NO-BREAK SPACE}10.00–16.00. Välkommen." in one["text"]


def call_off(terminal: Terminal) -> str:
    """Write that an event to come is cancelled, and when that was."""
    path = "posts/events/2027-03-17-konferens.md"
    text = (terminal.root / path).read_text()
    start = (TODAY + timedelta(days=30)).date()
    entry = f"previously: [{{status: planned, changed: {TODAY:%Y-%m-%dT%H:%M}+00:00}}]"
    fields = [line for line in text.splitlines() if not line.startswith(("start:", "end:"))]
    fields[1:1] = [f"start: {start}", "status: cancelled", entry]
    put(terminal.root, path, "\n".join(fields) + "\n")
    return path


def test_a_post_of_the_day_swallows_no_cancellation(slack: Terminal, workspace: Workspace) -> None:
    """Whoever reads of an event in the morning hears at noon that it is off."""
    slack.do("publish")
    path = post(slack, "konferensen", TODAY - timedelta(minutes=5))
    text = (slack.root / path).read_text()
    put(slack.root, path, text.replace("tags:", "event: konferens\ntags:"))
    slack.do("publish")
    event = call_off(slack)

    checked = slack.do("check").err
    slack.do("publish")
    shown = slack.do("announce", "preview", event).out

    titles = [str(text).partition("\n")[0] for text in workspace.texts]
    assert titles == ["Nytt om konferensen", "Inställt: Konferens"]
    assert 'newsroom berättar om det i flöden och kanaler: "Inställt: Konferens"' in checked
    assert f"rubriken i {path} inte gör det" in checked
    assert "Inställt: Konferens\nDet blir inte av." in shown


def test_a_post_about_a_cancellation_is_all_that_is_told(
    slack: Terminal, workspace: Workspace
) -> None:
    """Its title says so; who wants the event's own words announced too says so."""
    slack.do("publish")
    path, event = post(slack, "konferensen", TODAY - timedelta(minutes=5)), call_off(slack)
    text = (slack.root / path).read_text().replace("Nytt om konferensen", "Konferensen ställs in")
    put(slack.root, path, text.replace("tags:", "event: konferens\ntags:"))

    checked = slack.do("check").err
    slack.do("publish")
    listed = slack.do("announce", "list").out
    slack.do("announce", "now", event)

    titles = [str(text).partition("\n")[0] for text in workspace.texts]
    assert titles == ["Konferensen ställs in", "Inställt: Konferens"]
    assert f"newsroom berättar inte om ändringen, eftersom {path} gör det" in checked
    assert '"Inställt: Konferens" annonseras inte: en nyhet handlar om den' in listed


def test_what_waits_is_previewed(slack: Terminal) -> None:
    """Without a file it is what the next publish would tell."""
    slack.do("publish")
    nothing = slack.do("announce", "preview").out
    post(slack, "ett")
    slack.do("build")

    waits = slack.do("announce", "preview", "--json").json()

    assert nothing == "Ingenting väntar på att annonseras.\n"
    assert [one["title"] for one in waits] == ["Nytt om ett"]


def test_what_was_pushed_is_announced_when_its_page_answers(
    slack: Terminal, workspace: Workspace
) -> None:
    """A push is not yet a page: somebody else fetches it from the branch and takes a while."""
    pages: list[bytes] = []

    def answer(line: socket.socket, request: bytes) -> None:
        path = request.split()[1]
        status = b"200 OK" if path in pages else b"404 Not Found"
        line.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    subprocess.run(["git", "init", "--quiet", "--bare", slack.root / "webb.git"], check=True)
    with listening(answer) as where:
        site = slack.root / "posts/site.yaml"
        text = site.read_text().replace("https://nyheter.natverket.test", where)
        site.write_text(f"{text}deploy: {{git: webb.git}}\n")
        slack.do("publish")
        post(slack, "ett")
        waits = slack("publish")
        before = list(workspace.posted)
        pages.append(f"/nyheter/{TODAY:%Y}/ett/".encode())
        slack("announce", "now", "posts/news/ett.md")

    assert waits.status == 3
    assert "sidan svarar inte än" in waits.err
    assert before == []
    assert len(workspace.posted) == 1


def test_after_a_restore_nothing_is_announced_twice(slack: Terminal, workspace: Workspace) -> None:
    """A database from a backup does not know what was told since: what is public is not told."""
    slack.do("publish")
    backup = slack.root / "var/newsroom.db.old"
    shutil.copy(slack.root / "var/newsroom.db", backup)
    post(slack, "ett")
    slack.do("publish")
    backup.replace(slack.root / "var/newsroom.db")
    for name in ("newsroom.db-wal", "newsroom.db-shm"):
        (slack.root / "var" / name).unlink(missing_ok=True)
    database = open_database(f"sqlite:///{slack.root}/var/newsroom.db")
    restored = Restoration("token", TODAY, TODAY, alone=True)
    with transaction(database) as connection:
        note_restoration(connection, restored)
    database.dispose()

    waits = slack("publish")
    slack.do("restore", "--confirm")
    slack.do("publish")
    post(slack, "tva")
    slack.do("publish")

    assert waits.status == 1
    assert "newsroom restore --confirm" in waits.err
    assert [str(text).partition("\n")[0] for text in workspace.texts] == [
        "Nytt om ett",
        "Nytt om tva",
    ]


def test_a_secret_that_is_missing(terminal: Terminal) -> None:
    """All of them are told at once, before anything happens, and where to write them."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write(CHANNELS)

    said = terminal("publish")
    terminal.do("build", "--now", "2026-11-22T09:00", "--out", str(terminal.root / "x"))

    assert said.status == 2
    assert "NEWSROOM_ANNOUNCE_SLACK_KANSLI" in said.err
    assert "NEWSROOM_ANNOUNCE_MASTODON" in said.err
    assert f"{terminal.root / '.env'}, en rad för varje" in said.err
    assert "NEWSROOM_ANNOUNCE_SLACK_KANSLI=https://…" in said.err
    assert not (terminal.root / "public").exists()


def test_a_secret_that_cannot_be_one_hides_none_that_is_missing(terminal: Terminal) -> None:
    """Who mends the one is not told of the other only then."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write(CHANNELS)
    put(terminal.root, ".env", "NEWSROOM_ANNOUNCE_SLACK_KANSLI=hooks.slack.com/secret\n")

    said = terminal("publish")

    assert said.status == 2
    assert "NEWSROOM_ANNOUNCE_SLACK_KANSLI är inte" in said.err
    assert "NEWSROOM_ANNOUNCE_MASTODON saknas" in said.err


def test_check_warns_of_a_channel_without_its_secret(terminal: Terminal) -> None:
    """A warning for each: the machine that one writes on may need none of them."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write(CHANNELS)
    put(terminal.root, ".env", "NEWSROOM_ANNOUNCE_SLACK_KANSLI=hooks.slack.com/secret\n")

    found = terminal.do("check", "--now", "2026-11-22T09:00", "--json").json()

    told = [one for one in found if one["code"] == "channel-secret"]
    assert [(one["severity"], one["path"]) for one in told] == [
        ("warning", "posts/site.yaml"),
        ("warning", "posts/site.yaml"),
    ]
    assert "NEWSROOM_ANNOUNCE_SLACK_KANSLI är inte" in told[0]["message"]
    assert "mastodon:https://mastodon.example saknar sin hemlighet" in told[1]["message"]
    assert "secret" not in told[0]["message"]


def test_a_secret_for_a_webhook_is_made(terminal: Terminal) -> None:
    """It is another each time, one that newsroom takes, and nobody needs another program for it."""
    made, other = (terminal.do("announce", "secret").out.strip() for _ in range(2))
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write("announce: [{webhook: intranet}]\n")
    variable = "NEWSROOM_ANNOUNCE_WEBHOOK_INTRANET"
    put(terminal.root, ".env", f"{variable}=https://hook.example/x {made}\n")

    published = terminal("publish")

    assert made != other
    assert len(b64decode(made.removeprefix("whsec_"), validate=True)) == 32
    assert published.status == 0


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SLACK_KANSLI", "hooks.slack.com/hushed", "https-adress"),
        ("SLACK_KANSLI", "http://hooks.example/hushed", "https-adress"),
        ("TEAMS_KANSLI", "https://x.webhook.office.com/hushed", "Office 365"),
        ("WEBHOOK_X", "https://hook.example/ hushed", "whsec_"),
        ("WEBHOOK_X", "https://hook.example/hushed", "whsec_"),
        ("MASTODON", "a hushed", "minst 8 tecken"),
        ("DISCORD", "hushed", "NEWSROOM_ANNOUNCE_DISCORD"),
        ("SLACK", "https://hooks.example/hushed", "NEWSROOM_ANNOUNCE_SLACK"),
    ],
)
def test_a_secret_that_cannot_be_one(
    terminal: Terminal, variable: str, value: str, words: str
) -> None:
    """What is wrong with it is told, and never what it is."""
    put(terminal.root, ".env", f"NEWSROOM_ANNOUNCE_{variable}={value}\n")

    said = terminal("publish")
    terminal.do("build", "--out", str(terminal.root / "x"))

    assert said.status == 2
    assert words in said.err
    assert "hushed" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("announce", "now"),
        ("announce", "now", "--failed", "x"),
        ("announce", "preview", "--on", "slack:nosuch"),
    ],
)
def test_wrong_usage(slack: Terminal, words: tuple[str, ...]) -> None:
    """Neither or both, or a channel that is not there: it is said which there are."""
    assert slack(*words).status == 2


def test_nothing_to_announce(slack: Terminal) -> None:
    """A person is no news, and what is on no page yet is not announced."""
    slack.do("publish")
    later = post(slack, "sen", TODAY + timedelta(days=9))

    person = slack("announce", "preview", "posts/contacts/anna-ek.md")
    early = slack("announce", "now", later)

    assert (person.status, early.status) == (1, 1)
    assert "inget att annonsera" in person.err
