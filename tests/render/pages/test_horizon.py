"""Until when a site stays as it is."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.model import Earlier, EventStatus, Newsroom, Registration
from newsroom.render.pages.horizon import horizon
from newsroom.render.pages.whole_site import plan
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_member,
    make_newsroom,
    make_post,
    make_publication,
)
from tests.render.printed import packaged

NOW = at("2026-11-22T09:00")
MIDNIGHT = at("2026-11-23T00:00")
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


def site_at(newsroom: Newsroom, now: datetime) -> dict[str, str]:
    """What each file of the site is made from at a time."""
    return {page.path: page.digest for page in plan(newsroom, now, packaged()).pages}


TIMES = st.one_of(
    st.sampled_from((NOW, NOW - timedelta(days=7), NOW + timedelta(days=7), MIDNIGHT)),
    st.integers(-20 * 1440, 20 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.integers(0, 1000).map(lambda minutes: NOW + timedelta(days=7, minutes=minutes)),
    st.integers(0, 1000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)


@st.composite
def newsrooms(draw: st.DrawFn) -> Newsroom:
    """One piece of each kind whose look hangs on a time, each at any time around now."""
    moment = draw(TIMES)
    start = draw(TIMES)
    end = draw(st.none() | st.integers(1, 3000).map(lambda m: start + timedelta(minutes=m)))
    event = make_event(
        start=start,
        end=end,
        registration=draw(
            st.none() | st.builds(Registration, url=st.just("https://x.test"), deadline=TIMES)
        ),
        previously=draw(
            st.just(())
            | TIMES.map(lambda t: (Earlier(changed=t, start=start - timedelta(days=1)),))
        ),
        status=draw(st.sampled_from(EventStatus)),
        updated=draw(st.none() | TIMES),
    )
    days = st.none() | TIMES.map(datetime.date)
    leaves = st.none() | TIMES
    return make_newsroom(
        posts=(make_post(published=moment, expires=draw(st.none() | TIMES)),),
        events=(event,),
        contacts=(make_contact(until=draw(leaves)),),
        members=(make_member(left=draw(days)),),
        publications=(make_publication(published=draw(TIMES)),),
        issues=(make_issue(published=draw(TIMES)),),
    )


@settings(max_examples=40)
@given(newsrooms(), st.floats(0, 1, exclude_max=True))
def test_nothing_looks_different_before_it(newsroom: Newsroom, share: float) -> None:
    """At any time from now until the horizon each file of the site is made from the same."""
    ahead = horizon(newsroom, NOW)
    for moment in (NOW + (ahead - NOW) * share, max(NOW, ahead - TICK)):
        if moment < ahead:
            assert site_at(newsroom, moment) == site_at(newsroom, NOW)


@pytest.mark.parametrize(
    "newsroom",
    [
        make_newsroom(posts=(make_post(published=at("2026-11-22T12:00")),)),
        make_newsroom(posts=(make_post(expires=at("2026-11-22T12:00")),)),
        make_newsroom(events=(make_event(start=at("2026-11-22T12:00"), end=None),)),
        make_newsroom(
            events=(make_event(start=at("2026-11-22T08:00"), end=at("2026-11-22T12:00")),)
        ),
        make_newsroom(publications=(make_publication(published=at("2026-11-22T12:00")),)),
        make_newsroom(issues=(make_issue(published=at("2026-11-22T12:00")),)),
    ],
)
def test_what_comes_and_goes(newsroom: Newsroom) -> None:
    """It is the moment at which a piece comes, goes or is over, and then the site is another."""
    ahead = horizon(newsroom, NOW)

    assert ahead == at("2026-11-22T12:00")
    assert site_at(newsroom, ahead) != site_at(newsroom, NOW)


@pytest.mark.parametrize(("days", "later"), [(0, TICK), (7, timedelta(0))])
def test_registration_closes(days: int, later: timedelta) -> None:
    """A deadline is still in time, and what follows it is not; from a week ahead it is soon."""
    registration = Registration("https://x.test", deadline=at("2026-11-22T12:00") + days * DAY)
    event = make_event(start=at("2026-12-20T10:00"), end=None, registration=registration)

    assert horizon(make_newsroom(events=(event,)), NOW) == at("2026-11-22T12:00") + later


def test_a_deadline_that_is_now_ends_at_once() -> None:
    """At the very moment of a deadline registration is open; right after it, it is not."""
    registration = Registration("https://x.test", deadline=NOW)
    event = make_event(start=at("2026-12-20T10:00"), end=None, registration=registration)
    newsroom = make_newsroom(events=(event,))

    assert horizon(newsroom, NOW) == NOW + TICK
    assert site_at(newsroom, NOW + TICK) != site_at(newsroom, NOW)


def test_a_day_is_the_longest() -> None:
    """Whatever is reckoned in days changes at midnight where the site is at home."""
    newsroom = make_newsroom(posts=(make_post(),))

    assert horizon(newsroom, NOW) == MIDNIGHT


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_days_that_are_not_24_hours(day: str) -> None:
    """Midnight is the next one by the clock on the wall, also when that clock is put on or back."""
    assert horizon(make_newsroom(), at(f"{day}T00:30")) == at(f"{day}T00:00") + DAY
