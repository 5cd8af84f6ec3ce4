"""What the coordinator is told of a channel on which something is wrong: once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsroom.database.announcements import Announcement, AnnouncementState
from newsroom.jobs.site.announce_words import trouble, what_to_do

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
FAILED = Announcement(
    item="urn:x:a",
    channel="slack:kansli",
    state=AnnouncementState.FAILED,
    title="Ett",
    at=NOW,
    note="it answered 404: no_service",
)
UNKNOWN = replace(
    FAILED,
    item="urn:x:b",
    title="Två",
    state=AnnouncementState.UNKNOWN,
    at=NOW + timedelta(hours=1),
)
DONE = replace(FAILED, item="urn:x:c", state=AnnouncementState.DONE)


def test_all_is_well() -> None:
    """What was announced, and what waits, troubles nobody."""
    assert trouble([DONE, replace(FAILED, state=AnnouncementState.WAITING)]) is None


def test_what_is_wrong_is_told_together() -> None:
    """Each item with its reason, and the command that helps."""
    memo = trouble([UNKNOWN, DONE, FAILED])

    assert memo is not None
    assert memo.subject == "Not announced on slack:kansli"
    assert memo.points == (
        'slack:kansli: "Ett" was not announced: it answered 404: no_service',
        'slack:kansli: "Två" may have been announced, or not: it answered 404: no_service; '
        "look there",
    )
    assert memo.command == "newsroom announce now --failed"
    assert len(memo.kind) <= 16
    assert len(memo.occasion) <= 64


def test_a_hub_that_does_not_answer() -> None:
    """Nobody can look there, a feed is no file, and the next change is told by itself."""
    memo = trouble([replace(FAILED, channel="websub:https://hub.example/", item="atom.xml")])

    assert memo is not None
    assert memo.subject == "The hub https://hub.example/ takes no news"
    assert "announce" not in " ".join(memo.sentences)
    assert (memo.command, memo.points) == (None, ())


def test_one_trouble_is_one_occasion() -> None:
    """What goes wrong beside it is not told again; what goes wrong after it was settled, is."""
    first, beside, after = trouble([FAILED]), trouble([FAILED, UNKNOWN]), trouble([UNKNOWN])

    assert first is not None
    assert beside is not None
    assert after is not None
    assert first.occasion == beside.occasion != after.occasion


def test_of_many_only_some_are_named() -> None:
    """A memo stays short."""
    many = [replace(FAILED, item=f"urn:x:{number}") for number in range(14)]

    memo = trouble(many)

    assert memo is not None
    assert len(memo.points) == 11
    assert memo.points[-1] == "and 4 more"


def test_what_there_is_to_do() -> None:
    """One sentence for what failed and one for what is in doubt, however many there are of each."""
    assert what_to_do([DONE]) == ()
    assert [sentence[:27] for sentence in what_to_do([UNKNOWN, DONE, FAILED, FAILED])] == [
        "What was not announced: whe",
        "What may have been announce",
    ]
