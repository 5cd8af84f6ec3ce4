import json
import re
from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.model import Earlier, EventStatus, Image, Online, Place, Speaker
from newsroom.render.metadata import issue_data, picture_tags
from newsroom.render.pages.frame import Frame, make_frame
from newsroom.render.pages.issues import IssueView
from newsroom.render.pages.parts import Picture, Prose
from newsroom.render.text.markdown import render_markdown
from tests.render.pieces import URL, at, make_event, make_issue, make_newsroom, make_post, picture
from tests.render.printed import printed

EARLIER = Earlier(start=at("2026-10-07T13:00"), changed=at("2026-09-01T10:00"))
SCHEMA = "https://schema.org"


def data_of(page: str) -> dict[str, Any]:
    """The data block of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def event_of(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """What the page of an event with these fields says to machines."""
    site = printed(make_newsroom(events=(make_event(**fields),)))
    return data_of(site["kalender/mote/index.html"])


def frame() -> Frame:
    """The surroundings of a page."""
    return make_frame(make_newsroom(), logo=None, style="style.css")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "EventScheduled"),
        ({"status": EventStatus.CANCELLED}, "EventCancelled"),
        ({"status": EventStatus.CANCELLED, "previously": (EARLIER,)}, "EventCancelled"),
        ({"status": EventStatus.POSTPONED}, "EventPostponed"),
        ({"status": EventStatus.MOVED}, "EventRescheduled"),
        ({"previously": (EARLIER,)}, "EventRescheduled"),
        ({"previously": (Earlier(place=Place("A")),), "place": Place("B")}, "EventScheduled"),
        (
            {"previously": (Earlier(place=Place("A")),), "online": Online("https://e.test/m")},
            "EventMovedOnline",
        ),
    ],
)
def test_where_an_event_stands(fields: dict[str, Any], status: str) -> None:
    """The status is what became of the event, as far as the vocabulary has a word for it."""
    assert event_of(**fields)["eventStatus"] == f"{SCHEMA}/{status}"


def test_both_time_and_place() -> None:
    """An event with a new time that is on the web instead is both."""
    earlier = Earlier(start=at("2026-10-07T13:00"), place=Place("A"))

    found = event_of(previously=(earlier,), online=Online("https://e.test/m"))

    assert found["eventStatus"] == [f"{SCHEMA}/EventRescheduled", f"{SCHEMA}/EventMovedOnline"]


def test_earlier_starts() -> None:
    """A moved event names every start that was announced, each once and with its offset."""
    again = Earlier(start=at("2026-11-07T13:00"))
    housed = Earlier(place=Place("A"))

    assert "previousStartDate" not in event_of()
    assert event_of(previously=(EARLIER,))["previousStartDate"] == "2026-10-07T13:00:00+02:00"
    assert event_of(previously=(EARLIER, again, housed))["previousStartDate"] == [
        "2026-10-07T13:00:00+02:00",
        "2026-11-07T13:00:00+01:00",
    ]


def test_a_cancelled_event_keeps_its_start() -> None:
    """The start of an event that is off is the one it had."""
    found = event_of(status=EventStatus.CANCELLED)

    assert found["startDate"] == "2026-10-21T13:00:00+02:00"
    assert found["endDate"] == "2026-10-21T15:00:00+02:00"


def test_an_article_is_never_modified_before_it_was_published() -> None:
    """A correction dated before publication counts as made then."""
    post = make_post(updated=at("2026-01-01T10:00"))

    found = data_of(printed(make_newsroom(posts=(post,)))["nyheter/2026/ett/index.html"])

    assert found["dateModified"] == found["datePublished"] == "2026-04-12T10:00:00+02:00"


def test_an_issue() -> None:
    """An issue is a number of a periodical, with its day and who publishes it."""
    issue = make_issue(number=3, published=at("2026-06-02T09:00"), subject="Våren")
    view = IssueView(
        issue=issue,
        prose=Prose(issue.body, render_markdown(issue.body), ()),
        picture=None,
        lead=None,
        stories=(),
        meetings=(),
        contacts=(),
        files=(),
        newer=None,
        older=None,
    )

    found = data_of(issue_data(frame(), "nyhetsbrev/2026-var/", view))

    assert found["@type"] == "PublicationIssue"
    assert found["issueNumber"] == 3
    assert found["datePublished"] == "2026-06-02T09:00:00+02:00"
    assert found["isPartOf"] == {"@type": "Periodical", "name": "Nätverket Exempel"}
    assert found["url"] == "https://nyheter.example.se/nyhetsbrev/2026-var/"


def test_the_picture_of_a_shared_link() -> None:
    """The picture has a whole address, its size and its words, which stay words."""
    picture = Picture("bilder/a.jpg", '"Torg"', 1200, 630, "image/jpeg")

    tags = dict(re.findall(r'property="(.*?)" content="(.*?)"', picture_tags(frame(), picture)))

    assert tags == {
        "og:image": "https://nyheter.example.se/bilder/a.jpg",
        "og:image:type": "image/jpeg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "&#34;Torg&#34;",
    }
    assert picture_tags(frame(), None) == ""


def test_all_that_a_post_says_to_machines() -> None:
    """Title, text, days with offset, who wrote and who publishes it, its picture and its page."""
    image = Image(PurePosixPath("posts/news/ett/bild.jpg"), "Två bänkar")
    post = make_post(
        summary="I korthet.", author="Kim Berg", image=image, updated=at("2026-05-03T08:00")
    )
    newsroom = make_newsroom(posts=(post,), assets=(picture("ett", "bild.jpg"),))

    found = data_of(printed(newsroom)["nyheter/2026/ett/index.html"])

    publisher = {"@type": "Organization", "name": "Nätverket Exempel", "url": f"{URL}/"}
    assert found == {
        "@context": SCHEMA,
        "@type": "NewsArticle",
        "headline": "Nyheten ett",
        "description": "I korthet.",
        "inLanguage": "sv",
        "datePublished": "2026-04-12T10:00:00+02:00",
        "dateModified": "2026-05-03T08:00:00+02:00",
        "author": {"@type": "Person", "name": "Kim Berg"},
        "publisher": publisher,
        "image": f"{URL}/bilder/abababababa1/bild-1200.jpg",
        "mainEntityOfPage": f"{URL}/nyheter/2026/ett/",
    }


def test_all_that_an_event_says_to_machines() -> None:
    """Name, start and end with offset, both places, how one attends, who arranges and speaks."""
    found = event_of(
        place=Place("Kulturhuset", "Torget 1, Lövhamn"),
        online=Online("https://e.test/m"),
        speakers=(Speaker("Kim Berg", "forskare"),),
    )

    assert found == {
        "@context": SCHEMA,
        "@type": "Event",
        "name": "Träffen mote",
        "inLanguage": "sv",
        "startDate": "2026-10-21T13:00:00+02:00",
        "endDate": "2026-10-21T15:00:00+02:00",
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/MixedEventAttendanceMode",
        "location": [
            {"@type": "Place", "name": "Kulturhuset", "address": "Torget 1, Lövhamn"},
            {"@type": "VirtualLocation", "url": "https://e.test/m"},
        ],
        "organizer": {"@type": "Organization", "name": "Nätverket Exempel", "url": f"{URL}/"},
        "performer": {"@type": "Person", "name": "Kim Berg"},
        "url": f"{URL}/kalender/mote/",
    }
