"""What servers are told of pages that moved or were withdrawn, and of what stood beside them."""

import json
from datetime import date

from newsroom.model import Withdrawal
from tests.render.pieces import make_event, make_member, make_newsroom, make_post
from tests.render.printed import printed

BACK = Withdrawal(date(2026, 5, 2), "Ett misstag.")


def test_who_follows_a_member_or_an_event_follows_it_to_its_new_address() -> None:
    """The feed and the calendars at an old address lead to those at the new one."""
    newsroom = make_newsroom(
        posts=(make_post(members=("kvarnmo",)),),
        events=(make_event(aliases=("traff",), members=("kvarnmo",)),),
        members=(make_member(aliases=("kvarn",)),),
    )

    site = printed(newsroom)

    moved = json.loads(site["_redirects.json"])["moved"]
    assert moved == {
        "/kalender/traff.ics": "/kalender/mote.ics",
        "/kalender/traff/": "/kalender/mote/",
        "/medlemmar/kvarn/": "/medlemmar/kvarnmo/",
        "/medlemmar/kvarn/calendar.ics": "/medlemmar/kvarnmo/calendar.ics",
        "/medlemmar/kvarn/feed.xml": "/medlemmar/kvarnmo/feed.xml",
    }
    assert all(f"{new}index.html"[1:] in site or new[1:] in site for new in moved.values())


def test_nobody_is_led_to_a_feed_that_there_is_not() -> None:
    """A member of which nothing is told has no feed, so its old address has none either."""
    site = printed(make_newsroom(members=(make_member(aliases=("kvarn",)),)))

    assert json.loads(site["_redirects.json"])["moved"] == {
        "/medlemmar/kvarn/": "/medlemmar/kvarnmo/"
    }


def test_what_was_withdrawn_is_gone_with_its_calendar() -> None:
    """Programs that fetch the calendar of a withdrawn event are told not to come again."""
    newsroom = make_newsroom(events=(make_event(withdrawn=BACK),), posts=(make_post(),))

    gone = json.loads(printed(newsroom)["_redirects.json"])["gone"]

    assert gone == ["/kalender/mote.ics", "/kalender/mote/"]
