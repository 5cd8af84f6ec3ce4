"""What is kept of people, for how long, and that each of it ends: as docs/keep.md says."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from newsroom.database import incoming, pruning, transaction
from newsroom.database.outbox import MailOrder, put
from newsroom.database.tables import delivery, job_run, mail_host, metadata, outbox, rate
from newsroom.jobs.keep import tidy
from newsroom.jobs.readers.expire_readers import expire_readers
from newsroom.model import SubscriberState
from newsroom.model.single_mail import Purpose
from newsroom.readers import departed, retention, standing, subscribers
from newsroom.readers.departed import DepartedRegister, attach
from newsroom.readers.erasure import erase
from newsroom.readers.subscribers import NewSubscriber
from tests.newsrooms import put as put_file
from tests.processes import REPOSITORY
from tests.readers.histories import EMAIL, KEYS, NOW, everything, subscriber_with_history

DAY = timedelta(days=1)
PERSONAL = ("anna", "åkesson", "egen-domän.se")  # in no table once Anna is gone
GUIDE = (REPOSITORY / "docs" / "keep.md").read_text(encoding="utf-8")
SWEDISH = (REPOSITORY / "docs" / "sakerhetskopia.md").read_text(encoding="utf-8")


@pytest.fixture
def kept(tmp_path: Path, either_database: Engine) -> Engine:
    """A database with everything in it that newsroom can know of one reader."""
    with transaction(either_database) as connection:
        number = subscriber_with_history(connection)
        leave_traces(connection, number)
    either_database.dispose()
    attach(either_database, DepartedRegister(tmp_path / "departed"), KEYS[0])
    return either_database


def leave_traces(connection: Connection, number: int) -> None:
    """What the machinery knows besides: her own mail domain, runs of jobs, a mail that waits."""
    connection.execute(update(delivery).values(lane="egen-domän.se"))
    hosts = {"domain": "egen-domän.se", "host": "mx.egen-domän.se", "asked": NOW}
    connection.execute(insert(mail_host).values(hosts))
    lane = {"key": "lane:egen-domän.se", "tat": NOW.timestamp(), "changed": NOW}
    connection.execute(insert(rate).values(lane))
    put(connection, MailOrder(number, Purpose.LINK, "sv"), NOW)
    for days in (0, 1):
        run = {"job": "bounces", "due": NOW + days * DAY, "state": "done", "claimed_by": "x"}
        connection.execute(insert(job_run).values(run | {"started": NOW}))


def keep_house(engine: Engine, var: Path, since: datetime, until: datetime) -> None:
    """Every tenth night of a time."""
    now = since
    while now <= until:
        tidy.tidy(var, [var / "departed"], now)
        expire_readers(engine, KEYS, var / "consents", now)
        now += 10 * DAY


def test_nothing_personal_is_left_of_who_left(kept: Engine, tmp_path: Path) -> None:
    """25 months after Anna left her name, address and mail domain are in no table and no folder."""
    with transaction(kept) as connection:
        person = subscribers.find(connection, EMAIL)
        assert person is not None
        standing.leave(connection, person, "one-click", "link", NOW)
    assert DepartedRegister(tmp_path / "departed").begins() == f"{NOW:%Y-%m}"
    for name in ("rehearsals/2026-host/1.eml", "aside/20261122T090000Z-ab12/newsroom.db"):
        file = put_file(tmp_path, name, f"To: {EMAIL}")
        os.utime(file.parent, (NOW.timestamp(), NOW.timestamp()))

    keep_house(kept, tmp_path, NOW, NOW + 700 * DAY)
    with transaction(kept) as connection:
        before = everything(connection)
    keep_house(kept, tmp_path, NOW + 731 * DAY, NOW + 800 * DAY)

    with transaction(kept) as connection:
        after = everything(connection)
        states = connection.scalars(select(delivery.c.state)).all()
        runs = connection.scalars(select(job_run.c.due)).all()
    assert EMAIL in before
    assert [word for word in PERSONAL if word in after] == []
    assert sorted(states) == ["accepted", "pending"]
    assert runs == [NOW + DAY]
    assert list((tmp_path / "rehearsals").iterdir()) == []
    assert list((tmp_path / "aside").iterdir()) == []
    assert DepartedRegister(tmp_path / "departed").begins() != f"{NOW:%Y-%m}"


def test_nothing_personal_is_left_of_who_was_erased(kept: Engine) -> None:
    """At once, her own mail domain too: it would tell who she was."""
    with transaction(kept) as connection:
        erase(connection, KEYS, EMAIL, NOW)
        other = NewSubscriber("bo@egen-domän.se", SubscriberState.ACTIVE, "sv")
        subscribers.add(connection, [other], NOW)
        shared = everything(connection)
        erase(connection, KEYS, "bo@egen-domän.se", NOW)
        alone = everything(connection)

    assert "egen-domän.se" in shared
    assert [word for word in PERSONAL if word in alone] == []


def test_who_gets_the_newsletter_stays(kept: Engine, tmp_path: Path) -> None:
    """Ten years of housekeeping take nothing from a reader who reads."""
    keep_house(kept, tmp_path, NOW, NOW + 30 * DAY)
    keep_house(kept, tmp_path, NOW + 3_650 * DAY, NOW + 3_650 * DAY)

    with transaction(kept) as connection:
        found = subscribers.find(connection, EMAIL)
        waiting = connection.scalars(select(outbox.c.id)).all()
    assert found is not None
    assert (found.name, found.state) == ("Anna Åkesson", "active")
    assert waiting == []


def rows_of(page: str) -> dict[str, str]:
    """The table of a guide: what is said of each name in it."""
    found = re.findall(r"^\| (`[^|]+?`(?:, `[^|]+?`)*) \|.*?\| ([^|]+) \|$", page, re.MULTILINE)
    return {name: kept for names, kept in found for name in re.findall(r"`([^`]+)`", names)}


@pytest.mark.parametrize("page", [GUIDE, SWEDISH], ids=["english", "swedish"])
def test_each_table_has_its_row_in_the_guide(page: str) -> None:
    """A new table is not kept for ever in silence: somebody says for how long, and what ends it."""
    assert metadata.tables.keys() - rows_of(page).keys() == set()


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("subscriber", retention.LEFT_KEPT),
        ("delivery", retention.SENT_KEPT),
        ("bounce", retention.SENT_KEPT),
        ("incoming", incoming.KEPT),
        ("job_run", pruning.KEPT),
        ("mail_host", pruning.KEPT),
        ("rate", pruning.KEPT),
        ("var/rehearsals", tidy.KEPT),
        ("var/aside", tidy.KEPT),
        ("var/departed", departed.KEPT),
    ],
)
def test_the_guide_says_as_long_as_the_program_keeps(name: str, span: timedelta) -> None:
    """The times in both guides are those that the program keeps to."""
    two_years = span == timedelta(days=730)
    english = "24 months" if two_years else f"{span.days} days"
    swedish = "24 månader" if two_years else f"{span.days} dygn"
    assert english in rows_of(GUIDE)[name]
    assert swedish in rows_of(SWEDISH)[name]
