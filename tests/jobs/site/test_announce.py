"""Each item is announced once on each channel, whatever happens in between."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.announcements import (
    LEASE,
    Announcement,
    AnnouncementRows,
    AnnouncementState,
    forget_channels,
)
from newsroom.jobs.site.announce import MOST, announce
from newsroom.jobs.site.announce_attempt import Round, looked_after
from newsroom.outside.channels.channel import Channel, ChannelAnswer, ChannelPost
from newsroom.outside.channels.item import Item
from newsroom.outside.channels.mastodon import Mastodon as MastodonChannel
from newsroom.outside.channels.webhook import Webhook
from tests.jobs.site.announcing import SLACK, Bureau, News, item
from tests.outside.channels.services import (
    SECRET,
    TOKEN,
    Mastodon,
    Receiver,
    Slack,
    busy,
)

A, B, C = item("a"), item("b"), item("c")
MASTODON = MastodonChannel("https://mastodon.example", TOKEN)
WEBHOOK = Webhook("webhook:intranet", "https://intranet.example.se/hook", SECRET)


@pytest.fixture
def bureau(database: Engine) -> Bureau:
    """A newsroom with nothing to tell, on a channel that it knows."""
    return Bureau(database).open()


@pytest.fixture
def either_bureau(either_database: Engine) -> Bureau:
    """The same on SQLite and on PostgreSQL."""
    return Bureau(either_database).open()


def test_a_new_channel_is_not_flooded(either_database: Engine) -> None:
    """What was public before a channel was added is known to it and not told, and that is said."""
    bureau = Bureau(either_database, news=News([A, B]))

    first = bureau.go()
    bureau.news.items.append(C)
    bureau.go()

    assert bureau.titles() == ["C"]
    assert first.remarks == [
        "slack:kansli: new; what is published from now on is announced there, and 2 items that "
        "were public before are not"
    ]
    assert bureau.row(A).state is AnnouncementState.KNOWN


def test_each_item_once(either_bureau: Bureau) -> None:
    """However often one looks, an item is told once; the oldest first."""
    either_bureau.news.items = [A, B]

    rounds = [either_bureau.go(5) for _ in range(3)]

    assert either_bureau.titles() == ["A", "B"]
    assert [len(one.made) for one in rounds] == [2, 0, 0]
    assert either_bureau.row(A).state is AnnouncementState.DONE


def test_never_again_by_another_name(bureau: Bureau) -> None:
    """A new title, another address, a withdrawal and a return: it is the same piece."""
    bureau.news.items = [A]
    bureau.go()

    bureau.news.items = [replace(A, title="Another", url="https://other.example/a/")]
    bureau.go(5)
    bureau.news.items = []
    bureau.go(5)
    bureau.news.items = [A]
    bureau.go(5)

    assert bureau.titles() == ["A"]


def test_each_channel_for_itself(bureau: Bureau) -> None:
    """What one channel was told says nothing of another; one that is added later begins anew."""
    bureau.news.items = [A]
    bureau.go()
    other = Bureau(bureau.database, replace(SLACK, name="slack:press"), news=bureau.news)

    other.go()
    bureau.news.items = [A, B]
    bureau.go()
    other.go()

    assert (bureau.titles(), other.titles()) == (["A", "B"], ["B"])


def test_a_heap_is_not_told(bureau: Bureau) -> None:
    """So many at once have been imported: none is told, it is said, and the next one is told."""
    heap = [item(f"nr-{number:02}") for number in range(MOST + 1)]
    bureau.news.items = list(heap)

    held = bureau.go()
    bureau.news.items.append(A)
    bureau.go(5)

    assert bureau.titles() == ["A"]
    assert "11 items are new at once" in held.remarks[0]
    assert bureau.row(heap[0]).state is AnnouncementState.SKIPPED


def test_what_is_busy_is_tried_again_when_it_says(bureau: Bureau) -> None:
    """Nothing is asked before the time that the service named, and then once; others wait, too."""
    bureau.news.items = [A, B]
    bureau.service.moods = [busy("1800")]

    first = bureau.go()
    bureau.go(29)
    early = bureau.titles()
    bureau.go(8)

    assert [row.title for row in first.waiting] == ["A"]
    assert early == []
    assert bureau.titles() == ["A", "B"]


def test_nobody_waits_for_longer_than_an_hour(bureau: Bureau) -> None:
    """A service that asks for a week is asked again after an hour and some minutes."""
    bureau.news.items = [A]
    bureau.service.moods = [busy(str(7 * 24 * 3600))]
    bureau.go()

    bureau.go(59)
    before = bureau.titles()
    bureau.go(14)

    assert (before, bureau.titles()) == ([], ["A"])


def test_a_date_to_wait_for(bureau: Bureau) -> None:
    """Retry-After may be a date (RFC 9110 section 10.2.3)."""
    bureau.news.items = [A]
    headers = {
        "Retry-After": "Mon, 01 Jun 2026 09:40:00 GMT",
        "Date": "Mon, 01 Jun 2026 09:00:00 GMT",
    }
    bureau.service.moods = [httpx.Response(429, headers=headers)]
    bureau.go()

    next_at = bureau.row(A).next_at

    assert next_at is not None
    assert timedelta(minutes=40) <= next_at - bureau.now <= timedelta(minutes=48)


def test_who_is_away_for_long_is_given_up(bureau: Bureau) -> None:
    """The pauses grow, and after a day it failed: nothing was posted, and nothing is tried."""
    bureau.news.items = [A]
    away = httpx.ConnectError("connection refused")
    bureau.service.moods = [away] * 100

    rounds = [bureau.go(5) for _ in range(12 * 30)]

    failed = [row for one in rounds for row in one.troubled]
    assert [row.state for row in failed] == [AnnouncementState.FAILED]
    assert "connection refused" in (failed[0].note or "")
    assert bureau.row(A).tries == 8
    assert len(bureau.service.moods) == 92


def test_what_is_refused_is_not_tried_again(bureau: Bureau) -> None:
    """An item that the service will not have fails alone; the next one is told."""
    bureau.news.items = [A, B]
    bureau.service.moods = [httpx.Response(400, text="invalid_blocks")]

    done = bureau.go()
    bureau.go(600)

    assert [row.note for row in done.troubled] == ["it answered 400: invalid_blocks"]
    assert bureau.titles() == ["B"]
    assert bureau.row(A).state is AnnouncementState.FAILED


def test_a_channel_that_refuses_everything_is_left_alone(bureau: Bureau) -> None:
    """With a wrong address the others are not burnt one after the other; they wait an hour."""
    bureau.news.items = [A, B, C]
    bureau.service.moods = [httpx.Response(404, text="no_service")] * 2

    first, soon = bureau.go(), bureau.go(5)
    later = bureau.go(60)
    bureau.go(120)

    assert [len(one.troubled) for one in (first, soon, later)] == [1, 0, 1]
    assert bureau.titles() == ["C"]


@pytest.mark.parametrize("answer", [500, 502, 503, 504])
def test_what_may_have_been_posted_is_not_posted_again(bureau: Bureau, answer: int) -> None:
    """Slack knows no keys: what nobody knows of is shown, and a person decides."""
    bureau.news.items = [A]
    bureau.service.moods = [httpx.Response(answer)]

    done = bureau.go()
    for _ in range(3):
        bureau.go(600)

    assert [row.state for row in done.troubled] == [AnnouncementState.UNKNOWN]
    assert bureau.titles() == []


def test_an_answer_that_is_lost(bureau: Bureau) -> None:
    """It was posted, and nobody heard: it is not posted a second time."""
    bureau.news.items = [A]
    bureau.service.lost = 1

    done = bureau.go()
    bureau.go(600)

    assert [row.state for row in done.troubled] == [AnnouncementState.UNKNOWN]
    assert bureau.titles() == ["A"]


@pytest.mark.parametrize(
    ("channel", "service"), [(MASTODON, Mastodon), (WEBHOOK, Receiver)], ids=["mastodon", "webhook"]
)
def test_a_lost_answer_where_a_repetition_is_known(
    database: Engine, channel: Channel, service: type[Mastodon | Receiver]
) -> None:
    """The same POST under the same key is made again, and posts nothing twice."""
    bureau = Bureau(database, channel, service()).open()
    bureau.news.items = [A]
    bureau.service.lost = 2

    first = bureau.go()
    for _ in range(4):
        bureau.go(10)

    assert [row.state for row in first.waiting] == [AnnouncementState.WAITING]
    assert bureau.row(A).state is AnnouncementState.DONE
    assert len(bureau.service.posted) == 1


def test_a_key_that_is_forgotten_is_not_used(database: Engine) -> None:
    """Mastodon keeps a key for an hour: what was in doubt for longer is not posted again."""
    bureau = Bureau(database, MASTODON, Mastodon()).open()
    bureau.news.items = [A]
    bureau.service.lost = 1
    bureau.go()

    late = bureau.go(61)
    bureau.go(600)

    assert [row.state for row in late.troubled] == [AnnouncementState.UNKNOWN]
    assert len(bureau.service.posted) == 1


def test_doubt_lasts_through_certain_refusals(database: Engine) -> None:
    """A busy server after a lost answer does not make the lost one forgotten."""
    bureau = Bureau(database, MASTODON, Mastodon()).open()
    bureau.news.items = [A]
    bureau.service.lost = 1
    bureau.go()
    bureau.service.moods = [busy("3600")]

    done = bureau.go(2)

    assert [row.state for row in done.troubled] == [AnnouncementState.UNKNOWN]


class Killed(Exception):  # noqa: N818 (what a kill -9 is, is no error)
    """The process ends here."""


class Fatal:
    """A channel at which the process ends: before the request leaves, or after it was done."""

    def __init__(self, inner: Channel, *, before: bool) -> None:
        self._inner, self._before = inner, before
        self.name, self.repeatable = inner.name, inner.repeatable

    def shown(self, one: Item) -> str:
        """As it is."""
        return self._inner.shown(one)

    def payload(self, one: Item) -> Mapping[str, object]:
        """As it is."""
        return self._inner.payload(one)

    def post(self, one: Item, key: str, now: object) -> ChannelPost:
        """The request, unless the process ends here."""
        if self._before:
            raise Killed
        return self._inner.post(one, key, now)  # type: ignore[arg-type]

    def read(self, _answer: object) -> ChannelAnswer | None:
        """The process ends with the answer in hand."""
        raise Killed


@pytest.mark.parametrize("before", [True, False], ids=["before the call", "after it"])
@pytest.mark.parametrize(
    ("channel", "service", "state"),
    [
        (SLACK, Slack, AnnouncementState.UNKNOWN),
        (MASTODON, Mastodon, AnnouncementState.DONE),
        (WEBHOOK, Receiver, AnnouncementState.DONE),
    ],
    ids=["slack", "mastodon", "webhook"],
)
def test_a_process_that_is_killed(
    either_database: Engine,
    channel: Channel,
    service: type[Slack | Mastodon | Receiver],
    state: AnnouncementState,
    *,
    before: bool,
) -> None:
    """A claim that nobody holds: where a key is known it is made again, else a person is told."""
    bureau = Bureau(either_database, Fatal(channel, before=before), service()).open()
    bureau.news.items = [A]
    with pytest.raises(Killed):
        bureau.go()
    bureau.channel = channel

    soon = bureau.go(5)
    bureau.go(LEASE.length / timedelta(minutes=1))
    bureau.go(600)

    assert soon.troubled == soon.made == []
    assert bureau.row(A).state is state
    assert len(bureau.service.posted) == (0 if before and state is AnnouncementState.UNKNOWN else 1)


def test_two_processes_at_once(either_bureau: Bureau) -> None:
    """Of two that see the same news, one tells it: the other's claim is refused."""
    either_bureau.news.items = [A]
    other = Bureau(either_bureau.database, service=either_bureau.service, news=either_bureau.news)

    class Meanwhile(Slack):
        """Answers while the other process has its round."""

        def answer(self, request: httpx.Request) -> httpx.Response:
            other.go()
            return super().answer(request)

    either_bureau.service = Meanwhile()
    either_bureau.go()

    assert either_bureau.titles() == ["A"]
    assert other.titles() == []


def test_two_that_looked_before_either_claimed(either_bureau: Bureau) -> None:
    """Also when both have looked before one of them claims, one claim wins."""
    rows = AnnouncementRows(either_bureau.database)
    wanted = replace(_begun(either_bureau), item="urn:x:z")

    taken = [rows.claim(None, wanted, either_bureau.now) for _ in range(2)]
    assert taken[0] is not None
    waits = replace(taken[0], state=AnnouncementState.WAITING)
    settled = rows.settle(taken[0], waits)
    again = [rows.claim(waits, wanted, either_bureau.now) for _ in range(2)]
    too_late = rows.settle(taken[0], waits)

    assert [row is not None for row in taken] == [True, False]
    assert [row is not None for row in again] == [True, False]
    assert (settled, too_late) == (True, False)


@pytest.mark.parametrize(
    ("channel", "service"),
    [(SLACK, Slack), (MASTODON, Mastodon)],
    ids=["slack, where a person is asked", "mastodon, where it is tried again"],
)
def test_who_posts_knows_what_came_of_it(
    either_database: Engine, channel: Channel, service: type[Slack | Mastodon]
) -> None:
    """A process whose clock is ahead takes the claim for cut short: the poster's word wins."""
    bureau = Bureau(either_database, channel, service()).open()
    bureau.news.items = [A]
    ahead = bureau.now + timedelta(minutes=11)

    class Meanwhile(Fatal):
        """A channel where another process looks while the post is under way."""

        def post(self, one: Item, key: str, now: object) -> ChannelPost:
            looked_after(office, office.rows.of(channel.name) or {}, channel.repeatable, Round())
            between.append(bureau.row(A).state)
            return self._inner.post(one, key, now)  # type: ignore[arg-type]

        def read(self, answer: object) -> ChannelAnswer | None:
            return self._inner.read(answer)  # type: ignore[arg-type]

    office, between = replace(bureau.office, clock=lambda: ahead), list[AnnouncementState]()
    bureau.channel = Meanwhile(channel, before=False)
    bureau.go()

    assert between == [AnnouncementState.UNKNOWN if channel is SLACK else AnnouncementState.WAITING]
    assert bureau.row(A).state is AnnouncementState.DONE


def test_a_claim_from_the_days_to_come_is_cut_short(either_bureau: Bureau) -> None:
    """A clock that was wrong made it: nobody waits until that day, and a person is told."""
    rows = AnnouncementRows(either_bureau.database)
    wanted = replace(_begun(either_bureau), item="urn:x:z")
    rows.claim(None, wanted, either_bureau.now + timedelta(days=400))

    done = either_bureau.go(5)

    assert [(row.item, row.state) for row in done.troubled] == [
        ("urn:x:z", AnnouncementState.UNKNOWN)
    ]


def test_a_wait_from_the_days_to_come_is_not_waited_for(bureau: Bureau) -> None:
    """A channel that was busy while the clock was wrong is not silent until that day."""
    today = bureau.now
    bureau.news.items = [A]
    bureau.service.moods = [busy("1800")]
    bureau.now = today + timedelta(days=400)
    bureau.go()
    bureau.now = today

    bureau.go()

    assert bureau.titles() == ["A"]


def _begun(bureau: Bureau) -> Announcement:
    bureau.news.items = [A]
    bureau.go()
    return bureau.row(A)


def test_two_that_add_a_channel_at_once(either_database: Engine) -> None:
    """Of two processes that meet a new channel, one begins it; neither tells what was there."""
    one = Bureau(either_database, news=News([A]))
    other = Bureau(either_database, service=one.service, news=News([A, B]))

    rows = AnnouncementRows(either_database)
    first = rows.begin(SLACK.name, [(A.id, "A")], one.now)
    second = rows.begin(SLACK.name, [(A.id, "A"), (B.id, "B")], one.now)
    one.go()
    other.go()

    assert (first, second) == (True, False)
    assert one.titles() == ["B"]


def test_what_is_gone_is_told_no_more(bureau: Bureau) -> None:
    """A post that is withdrawn while it waits is not announced when the service is back."""
    bureau.news.items = [A]
    bureau.service.moods = [busy()]
    bureau.go()
    bureau.news.items = []

    bureau.go(60)
    bureau.news.items = [A]
    bureau.go(60)

    assert bureau.titles() == []
    assert bureau.row(A).state is AnnouncementState.SKIPPED


def test_an_event_that_a_post_told_of_is_no_news_later(bureau: Bureau) -> None:
    """When the post is withdrawn, the event that everybody knows is not announced as a new one."""
    bureau.news = News([A], told=[B])
    bureau.go()
    bureau.news = News([B])

    bureau.go(5)

    assert bureau.titles() == ["A"]
    assert bureau.row(B).note == "a post is about it"


def test_what_waits_is_told_though_it_is_no_news_any_more(bureau: Bureau) -> None:
    """An item that was news when it was first tried is told when the service is back."""
    bureau.news.items = [A]
    bureau.service.moods = [busy()]
    bureau.go()
    bureau.news = News(old=[A])

    bureau.go(60)

    assert bureau.titles() == ["A"]


def test_a_page_that_does_not_answer_yet_waits(bureau: Bureau) -> None:
    """What was pushed somewhere is announced when readers can read it."""
    bureau.news.items = [A]
    bureau.live = False

    waits = bureau.go()
    bureau.live = True
    bureau.go(5)

    assert [row.note for row in waits.waiting] == ["its page does not answer yet"]
    assert bureau.titles() == ["A"]


def test_somebody_asks_for_it(bureau: Bureau) -> None:
    """What failed, is unknown, was known from the beginning or never new is told when asked for."""
    bureau.news.items = [A, B]
    bureau.service.moods = [httpx.Response(400), httpx.Response(500)]
    bureau.go()

    for one in (A, B, C):
        bureau.now_on(one)

    assert bureau.titles() == ["A", "B", "C"]
    assert {bureau.row(one).state for one in (A, B, C)} == {AnnouncementState.DONE}


def test_somebody_asks_on_a_new_channel(either_database: Engine) -> None:
    """That one is told, and all else that was public before is known, as in a round."""
    bureau = Bureau(either_database, news=News([A, B], old=[C]))

    asked = bureau.now_on(A)
    bureau.go(5)

    assert bureau.titles() == ["A"]
    assert "2 items that were public before are not" in asked.remarks[0]
    assert {one.id: bureau.row(one).state for one in (A, B, C)} == {
        A.id: AnnouncementState.DONE,
        B.id: AnnouncementState.KNOWN,
        C.id: AnnouncementState.KNOWN,
    }


def test_somebody_asks_after_a_restore(either_database: Engine) -> None:
    """What was told since the backup was made, and is not in it, is not told a second time."""
    bureau = Bureau(either_database).open()
    with transaction(either_database) as connection:
        forget_channels(connection)  # the backup is of a time before A was told
    bureau.news.items = [A, B]

    bureau.now_on(B)
    bureau.go(5)

    assert bureau.titles() == ["B"]


def test_what_was_told_is_not_told_because_somebody_asks(bureau: Bureau) -> None:
    """Never twice: not even on purpose."""
    bureau.news.items = [A]
    bureau.go()

    asked = bureau.now_on(A)

    assert (asked.made, bureau.titles()) == ([], ["A"])


@pytest.mark.parametrize("mood", [busy("3000"), httpx.Response(404, text="no_service")])
def test_what_waits_behind_a_trouble_is_on_record(bureau: Bureau, mood: httpx.Response) -> None:
    """What was there, and what comes while a channel rests, is named and not tried."""
    bureau.news.items = [A, B]
    bureau.service.moods = [mood]

    first = bureau.go()
    bureau.news.items.append(C)
    second = bureau.go(5)
    third = bureau.go(5)
    early = bureau.titles()
    bureau.go(70)

    assert early == []
    assert [row.title for row in first.behind if row.item != A.id] == ["B"]
    assert [row.title for row in second.behind if row.item != A.id] == ["B", "C"]
    assert third.behind == second.behind
    assert len({row.next_at for row in third.behind}) == 1
    assert bureau.titles()[-2:] == ["B", "C"]
    assert bureau.go().behind == []


def test_no_channels() -> None:
    """Where nothing is to be told, nothing is looked at."""

    def look() -> News:
        raise AssertionError("nobody asked")

    done = announce([], look, None)  # type: ignore[arg-type]

    assert done.made == []
