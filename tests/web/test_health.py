"""What monitors are told: alive, well, and the figures."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsroom.database import open_database
from newsroom.database.announcements import AnnouncementState
from newsroom.database.channel_troubles import ChannelTrouble
from newsroom.database.doctor_runs import DoctorRun
from newsroom.database.job_runs import FIRST, JobRun
from newsroom.database.outbox import MailBacklog
from newsroom.jobs.health.cares import Worry
from newsroom.jobs.health.vitals import Disk, Marks, Returned, Vitals
from newsroom.jobs.running.trouble import JobTrouble
from newsroom.model import Slot
from newsroom.model.checkup import CheckVerdict
from newsroom.model.delivery import LaneStatus
from newsroom.model.single_mail import Purpose
from newsroom.web.health import HealthPages
from tests.jobs.health.signs import NOW, signs, tally

REPOSITORY = Path(__file__).parents[2]
TOKEN = "ett-langt-slumpat-ord-0123456789"
SECRET_WORDS = "anna@example.se har fel lösenord"
HOUR = timedelta(hours=1)
BAD = signs(
    jobs=(JobRun("publish", NOW, "failed", NOW, SECRET_WORDS, failures=4),),
    trouble=(JobTrouble("publish", NOW - HOUR, 4, SECRET_WORDS, lasts=True),),
    channels=(ChannelTrouble("slack", AnnouncementState.FAILED, 3, NOW, SECRET_WORDS),),
    doctor=DoctorRun(NOW, "x", CheckVerdict.FAIL, (SECRET_WORDS,)),
    dead_links=7,
    mails=(MailBacklog(Purpose.CONFIRM, 2, NOW - 2 * HOUR, NOW, "550", SECRET_WORDS),),
    issues=(
        replace(
            tally("paused", frozen=3, accepted=1, deferred=1, unknown=1, note=SECRET_WORDS),
            unknown_recipients=("anna@example.se",),
            lanes=(LaneStatus("anna.example", "stopped", SECRET_WORDS),),
            oldest_pending=NOW - HOUR,
        ),
    ),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """A database that answers; nothing more is asked of it here."""
    engine = open_database(f"sqlite:///{tmp_path}/newsroom.db")
    yield engine
    engine.dispose()


@dataclass
class Watch:
    """A monitor's way in, and how often the newsroom was looked at for it."""

    client: TestClient
    looks: int = 0
    seconds: float = 0.0

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """What is answered."""
        answer = self.client.get(path, headers=headers)
        return answer.status_code, answer.text


@contextmanager
def watch(
    database: Engine, look: Callable[[], Vitals], token: str | None = TOKEN
) -> Iterator[Watch]:
    """The pages of health of a newsroom that looks like this."""

    def counted() -> Vitals:
        found.looks += 1
        return look()

    pages = HealthPages(database, counted, lambda: found.seconds, token)
    with TestClient(Starlette(routes=pages.routes())) as client:
        found = Watch(client)
        yield found


def test_all_is_well(database: Engine) -> None:
    """A monitor hears "ok", and a program the same as JSON."""
    with watch(database, signs) as monitor:
        assert monitor.get("/healthz") == (200, "ok\n")
        status, told = monitor.get("/healthz", Accept="application/json")

    assert (status, told) == (200, '{"status": "ok", "reasons": []}\n')


def test_a_reason_on_each_line(database: Engine) -> None:
    """What is the machine's makes it 503, and says since when; what the desk has to do does not."""
    with watch(database, lambda: BAD) as monitor:
        status, told = monitor.get("/healthz")
        _, as_json = monitor.get("/healthz", Accept="application/json")

    assert status == 503
    assert told.splitlines() == [
        "job publish since 2026-06-01T05:00:00Z",
        "mails since 2026-06-01T04:00:00Z",
    ]
    assert '{"worry": "job", "about": "publish", "since": "2026-06-01T05:00:00Z"}' in as_json


def test_files_that_are_mended_are_well_at_the_next_question(database: Engine) -> None:
    """A look at the database is kept for some seconds; what is known without it is not."""
    since: list[datetime | None] = [NOW, None, NOW]
    pages = HealthPages(database, signs, lambda: 0.0, unusable=lambda: since.pop(0))

    with TestClient(Starlette(routes=pages.routes())) as client:
        told = [client.get("/healthz").text for _ in range(3)]

    broken = "settings since 2026-06-01T06:00:00Z\n"
    assert told == [broken, "ok\n", broken]


def test_an_issue_that_waits_for_a_person_is_no_fault_of_the_machine(database: Engine) -> None:
    """Nobody is rung up at night because nobody has said yes."""
    with watch(database, lambda: signs(issues=(tally("drafted"),))) as monitor:
        assert monitor.get("/healthz") == (200, "ok\n")


def test_nobodys_words_are_told(database: Engine) -> None:
    """The web is public: neither a note, nor what a server said, nor a reader is on any page."""
    with watch(database, lambda: BAD) as monitor:
        pages = [
            monitor.get("/healthz")[1],
            monitor.get("/healthz", Accept="application/json")[1],
            monitor.get("/livez")[1],
            monitor.get("/metrics", Authorization=f"Bearer {TOKEN}")[1],
        ]

    assert all(pages)
    assert not any("anna" in page or "lösenord" in page for page in pages)


def away() -> Vitals:
    """A database that does not answer."""
    raise OperationalError("SELECT 1", {}, Exception("gone"))


def test_a_database_that_does_not_answer(database: Engine, tmp_path: Path) -> None:
    """Each page says so with 503."""
    database.dispose()
    for path in tmp_path.glob("newsroom.db*"):
        path.unlink()
    (tmp_path / "newsroom.db").mkdir()

    with watch(database, away) as monitor:
        answers = [
            monitor.get("/livez"),
            monitor.get("/healthz"),
            monitor.get("/metrics", Authorization=f"Bearer {TOKEN}"),
        ]

    assert answers == [(503, "the database does not answer\n")] * 3


def test_alive_while_not_well(database: Engine) -> None:
    """Whoever restarts what is dead leaves a newsroom alone whose deploy fails."""
    with watch(database, lambda: BAD) as monitor:
        assert monitor.get("/livez") == (200, "ok\n")
        assert monitor.looks == 0


def test_many_who_ask_cost_one_look(database: Engine) -> None:
    """Anybody may ask: within ten seconds the database is looked into once."""
    with watch(database, signs) as monitor:
        for _ in range(20):
            monitor.get("/healthz")
        monitor.seconds = 9.9
        monitor.get("/metrics", Authorization=f"Bearer {TOKEN}")
        before = monitor.looks
        monitor.seconds = 10.0
        monitor.get("/healthz")

    assert (before, monitor.looks) == (1, 2)


def test_many_who_ask_while_the_database_is_away_cost_one_look(database: Engine) -> None:
    """A server that says nothing is waited for once, however long that takes, and then anew."""

    def wait() -> Vitals:
        monitor.seconds += 30
        return away()

    with watch(database, wait) as monitor:
        asked = [monitor.get("/healthz")[0] for _ in range(5)]
        asked.append(monitor.get("/metrics", Authorization=f"Bearer {TOKEN}")[0])
        before = monitor.looks
        monitor.seconds += 10
        monitor.get("/healthz")

    assert asked == [503] * 6
    assert (before, monitor.looks) == (1, 2)


@pytest.mark.parametrize("path", ["/healthz", "/livez", "/metrics"])
def test_nothing_of_it_is_kept_or_changed(database: Engine, path: str) -> None:
    """No cache answers in our place, and only looking is possible."""
    with watch(database, signs) as monitor:
        found = monitor.client.get(path, headers={"Authorization": f"Bearer {TOKEN}"})
        posted = monitor.client.post(path).status_code

    assert found.headers["cache-control"] == "no-store"
    assert posted == 405


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer å"]
)
def test_the_figures_are_for_who_has_the_token(database: Engine, given: str) -> None:
    """Anybody else is told what is wanted, and no look is taken."""
    with watch(database, signs) as monitor:
        answer = monitor.client.get("/metrics", headers={b"Authorization": given.encode()})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "newsroom_" not in answer.text
    assert monitor.looks == 0


def test_without_a_token_there_are_no_figures(database: Engine) -> None:
    """The page is not there, so that nobody shows them by not knowing of them."""
    with watch(database, signs, token=None) as monitor:
        assert monitor.get("/metrics", Authorization="Bearer ")[0] == 404


def figures(database: Engine, vitals: Vitals) -> dict[tuple[str, ...], float]:
    """What Prometheus' own parser reads: name and labels to value."""
    with watch(database, lambda: vitals) as monitor:
        answer = monitor.client.get("/metrics", headers={"Authorization": f"bearer {TOKEN}"})
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation and family.type == "gauge" for family in families)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_figures(database: Engine) -> None:
    """Issues by state and sum, jobs, mails, the disk; times are seconds since 1970."""
    soon = Slot(NOW + HOUR, "publish")
    marks = Marks(built=NOW, disk=Disk(5, 10))

    found = figures(database, replace(BAD, next=(soon,), marks=marks))

    assert found["newsroom_healthy",] == 0
    assert found["newsroom_cares", "job"] == 1
    assert found["newsroom_cares", "paused"] == 1
    assert found["newsroom_cares", "disk"] == 1
    assert found["newsroom_cares", "clock"] == 0
    assert found["newsroom_job_next_due_timestamp_seconds", "publish"] == soon.due.timestamp()
    assert found["newsroom_job_failures", "publish"] == 4
    assert found["newsroom_issue_copies", "2026-var", "accepted"] == 1
    assert found["newsroom_issue_copies", "2026-var", "unknown"] == 1
    assert found["newsroom_issue_copies", "2026-var", "pending"] == 0
    assert found["newsroom_issue_state", "2026-var", "paused"] == 1
    assert found["newsroom_issue_state", "2026-var", "sending"] == 0
    assert found["newsroom_issue_lanes", "2026-var", "stopped"] == 1
    waits = found["newsroom_issue_oldest_pending_timestamp_seconds", "2026-var"]
    assert waits == (NOW - HOUR).timestamp()
    assert found["newsroom_mails_waiting",] == 2
    assert found["newsroom_announcements_open", "failed"] == 3
    assert found["newsroom_announcements_open", "waiting"] == 0
    assert found["newsroom_doctor_failed",] == 1
    assert found["newsroom_dead_links",] == 7
    assert found["newsroom_disk_free_bytes",] == 5
    assert found["newsroom_last_build_timestamp_seconds",] == NOW.timestamp()


def test_what_is_not_known_is_no_figure(database: Engine) -> None:
    """A backup that was never made has no time: 1970 would be a lie."""
    found = {name for name, *_ in figures(database, signs(marks=Marks()))}

    assert not [name for name in found if name.startswith(("newsroom_last_", "newsroom_disk_"))]
    assert "newsroom_healthy" in found


def test_each_figure_is_documented(database: Engine) -> None:
    """docs/run.md names every figure with its labels, and none that there is not."""
    soon = Slot(NOW + HOUR, "publish")
    returned = (Returned("bounce", 1),)
    whole = replace(BAD, next=(soon,), marks=signs().marks, returned=returned)
    with watch(database, lambda: whole) as monitor:
        answer = monitor.client.get("/metrics", headers={"Authorization": f"bearer {TOKEN}"})
    told = {
        (sample.name, *sample.labels)
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    page = (REPOSITORY / "docs/run.md").read_text(encoding="utf-8")

    written = {
        (name, *filter(None, labels.split(",")))
        for name, labels in re.findall(r"`(newsroom_\w+)(?:\{([\w,]+)\})?`", page)
    }

    assert written == told


def test_each_reason_that_a_monitor_hears_is_documented() -> None:
    """Both pages for those who look after the machine name all of them."""
    reasons = {str(worry) for worry in Worry if worry.is_of_the_machine} | {"database"}
    english = (REPOSITORY / "docs/run.md").read_text(encoding="utf-8")
    swedish = (REPOSITORY / "docs/drift.md").read_text(encoding="utf-8")

    told = re.search(r"The reasons are (.*?)\. ", english, re.DOTALL)

    assert told is not None
    assert set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", told[1], flags=re.DOTALL))) == reasons
    assert set(re.findall(r"^\| `(\w+)(?: NAMN)?` \| ", swedish, re.MULTILINE)) == reasons


def test_a_job_that_is_only_known_has_run_at_no_time(database: Engine) -> None:
    """The first start writes down since when a job is known; nothing was run then."""
    known = JobRun("backup", NOW, FIRST, NOW)

    found = figures(database, replace(BAD, jobs=(known, *BAD.jobs)))

    assert ("newsroom_job_last_due_timestamp_seconds", "backup") not in found
    assert ("newsroom_job_last_due_timestamp_seconds", "publish") in found
