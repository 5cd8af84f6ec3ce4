"""What is on record of announcements, on both databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.database import migrate, open_database, transaction
from newsroom.database.announcements import (
    Announcement,
    AnnouncementRows,
    AnnouncementState,
    forget_channels,
)
from newsroom.database.migrate import upgrade
from tests.database.announcing import NOW, SLACK, keep, row


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
        "urn:x:a": (AnnouncementState.KNOWN, "A")
    }
    assert rows.of("slack:press") == {}


def test_a_row_comes_back_as_it_was_kept(either_database: Engine) -> None:
    """Every field, with times that know their zone and a reason that can be said in Swedish."""
    whole = Announcement(
        item="urn:x:å",
        channel=SLACK,
        state=AnnouncementState.WAITING,
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


def test_after_a_restore_channels_begin_anew(either_database: Engine) -> None:
    """What was told stays told, what was under way is in doubt, and the channel is new again."""
    rows = AnnouncementRows(either_database)
    rows.begin(SLACK, (), NOW)
    keep(either_database, row("a", AnnouncementState.DONE), row("b", AnnouncementState.WAITING))

    with transaction(either_database) as connection:
        forget_channels(connection)
    forgotten = rows.of(SLACK)
    rows.begin(SLACK, [("a", "A"), ("c", "C")], NOW)
    again = rows.of(SLACK) or {}

    assert forgotten is None
    assert {name: one.state for name, one in again.items()} == {
        "a": AnnouncementState.DONE,
        "b": AnnouncementState.UNKNOWN,
        "c": AnnouncementState.KNOWN,
    }


@pytest.mark.parametrize("state", [AnnouncementState.WAITING, AnnouncementState.CLAIMED])
def test_a_hub_that_waits_is_told_after_a_restore(
    either_database: Engine, state: AnnouncementState
) -> None:
    """A ping may be repeated, so it is no trouble that nobody knows of it: it waits again."""
    keep(either_database, replace(row("feed.xml", state), version="7"))

    with transaction(either_database) as connection:
        forget_channels(connection)

    (kept,) = AnnouncementRows(either_database).all()
    assert (kept.state, kept.version) == (AnnouncementState.WAITING, "7")


def test_who_changed_a_row_since_it_was_seen_wins(either_database: Engine) -> None:
    """A row is only replaced as it was seen."""
    seen = row("a", AnnouncementState.WAITING)
    rows = keep(either_database, seen)

    first = rows.put(seen, replace(seen, state=AnnouncementState.SKIPPED))
    second = rows.put(seen, replace(seen, state=AnnouncementState.FAILED))
    new = rows.put(None, seen)

    assert (first, second, new) == (True, False, False)
    assert [one.state for one in rows.all()] == [AnnouncementState.SKIPPED]


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
