"""What is on record of announcements, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.database import migrate, open_database, transaction
from newsroom.database.announcements import (
    Announcement,
    AnnouncementRows,
    Course,
    forget_channels,
    troubled,
)
from newsroom.database.migrate import upgrade

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SLACK = "slack:kansli"


def row(item: str, state: Course, channel: str = SLACK, minutes: int = 0) -> Announcement:
    """An announcement, so long after the first."""
    at = NOW + timedelta(minutes=minutes)
    return Announcement(item=item, channel=channel, state=state, at=at, note=f"why {item}")


def keep(database: Engine, *rows: Announcement) -> AnnouncementRows:
    """Put rows on record."""
    kept = AnnouncementRows(database)
    for one in rows:
        assert kept.put(None, one)
    return kept


def test_a_channel_is_known_from_its_beginning(either_database: Engine) -> None:
    """A new channel is told apart from one that was told nothing yet."""
    rows = AnnouncementRows(either_database)

    before = rows.of(SLACK)
    rows.begin(SLACK, [("urn:x:a", "A")], NOW)
    after = rows.of(SLACK)
    rows.begin("slack:press", (), NOW)

    assert before is None
    assert after is not None
    assert {one.item: (one.state, one.title) for one in after.values()} == {
        "urn:x:a": (Course.KNOWN, "A")
    }
    assert rows.of("slack:press") == {}


def test_a_row_comes_back_as_it_was_kept(either_database: Engine) -> None:
    """Every field, with times that know their zone and a reason that can be said in Swedish."""
    whole = Announcement(
        item="urn:x:å",
        channel=SLACK,
        state=Course.WAITING,
        version="7",
        title="Två",
        attempts=3,
        tries=2,
        since=NOW,
        doubted=NOW + timedelta(seconds=1),
        at=NOW + timedelta(seconds=2),
        next_at=NOW + timedelta(seconds=3),
        place="https://mastodon.example/1",
        note="it answered 503",
    )
    rows = keep(either_database, whole)

    assert rows.all() == (whole,)
    assert rows.has_open()


def test_what_is_not_well_is_counted(either_database: Engine) -> None:
    """For each channel and state: how many, since when, and the first reason."""
    keep(
        either_database,
        row("b", Course.FAILED, minutes=2),
        row("a", Course.FAILED, minutes=1),
        row("c", Course.UNKNOWN),
        row("d", Course.DONE),
        row("e", Course.WAITING, "mastodon:https://m.example", minutes=5),
    )

    with transaction(either_database) as connection:
        found = [(t.channel, t.state, t.count, t.since, t.reason) for t in troubled(connection)]

    assert found == [
        ("mastodon:https://m.example", "waiting", 1, NOW + timedelta(minutes=5), "why e"),
        (SLACK, "failed", 2, NOW + timedelta(minutes=1), "why a"),
        (SLACK, "unknown", 1, NOW, "why c"),
    ]


def test_after_a_restore_channels_begin_anew(either_database: Engine) -> None:
    """What was told stays told, what was under way is in doubt, and the channel is new again."""
    rows = AnnouncementRows(either_database)
    rows.begin(SLACK, (), NOW)
    keep(either_database, row("a", Course.DONE), row("b", Course.WAITING))

    with transaction(either_database) as connection:
        forget_channels(connection)
    forgotten = rows.of(SLACK)
    rows.begin(SLACK, [("a", "A"), ("c", "C")], NOW)
    again = rows.of(SLACK) or {}

    assert forgotten is None
    assert {name: one.state for name, one in again.items()} == {
        "a": Course.DONE,
        "b": Course.UNKNOWN,
        "c": Course.KNOWN,
    }


@pytest.mark.parametrize("state", [Course.WAITING, Course.CLAIMED])
def test_a_hub_that_waits_is_told_after_a_restore(either_database: Engine, state: Course) -> None:
    """A ping may be repeated, so it is no trouble that nobody knows of it: it waits again."""
    keep(either_database, replace(row("feed.xml", state), version="7"))

    with transaction(either_database) as connection:
        forget_channels(connection)

    (kept,) = AnnouncementRows(either_database).all()
    assert (kept.state, kept.version) == (Course.WAITING, "7")


def test_who_changed_a_row_since_it_was_seen_wins(either_database: Engine) -> None:
    """A row is only replaced as it was seen."""
    seen = row("a", Course.WAITING)
    rows = keep(either_database, seen)

    first = rows.put(seen, replace(seen, state=Course.SKIPPED))
    second = rows.put(seen, replace(seen, state=Course.FAILED))
    new = rows.put(None, seen)

    assert (first, second, new) == (True, False, False)
    assert [one.state for one in rows.all()] == [Course.SKIPPED]


def test_what_hubs_were_told_before_channels_had_names(tmp_path: Path) -> None:
    """A database of an earlier version knows which feeds its hubs have: none is told again."""
    engine = open_database(f"sqlite:///{tmp_path}/old.db")
    with transaction(engine) as connection:
        upgrade(connection, "0014")
        connection.execute(
            text(
                "INSERT INTO announcement (item, channel, state, at, note) VALUES "
                "('feed.xml', 'https://hub.example/', 'done', '2026-06-01 09:00:00', 'digest')"
            )
        )
    migrate(engine)
    (old,) = AnnouncementRows(engine).all()
    engine.dispose()

    assert (old.channel, old.version, old.note) == ("websub:https://hub.example/", "digest", None)
