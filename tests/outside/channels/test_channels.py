"""What is posted on each channel, and what its answers mean."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest

from newsroom.outside.channels.channel import Channel, ChannelAnswer, ChannelVerdict, tell
from newsroom.outside.channels.facebook import Facebook
from newsroom.outside.channels.mastodon import Mastodon, counted, status
from newsroom.outside.channels.slack import Slack
from newsroom.outside.channels.teams import Teams
from newsroom.outside.channels.webhook import Webhook
from newsroom.outside.channels.websub import ping
from newsroom.outside.over_http.api import Api
from newsroom.outside.over_http.client import open_client
from tests.outside.channels import services
from tests.outside.channels.items import ITEM, LONG, WILD
from tests.outside.channels.services import NOW, SECRET, TOKEN, Service, busy, fault

SLACK = Slack("slack:kansli", "https://hooks.slack.example/services/right")
TEAMS = Teams("teams:kansli", "https://prod.example/workflows/1?sig=right")
MASTODON = Mastodon("https://mastodon.example", TOKEN, "unlisted")
FACEBOOK = Facebook("1234567890", TOKEN)
WEBHOOK = Webhook("webhook:intranet", "https://intranet.example.se/hook", SECRET)
EVERY: list[tuple[Channel, type[Service]]] = [
    (SLACK, services.Slack),
    (TEAMS, services.Teams),
    (MASTODON, services.Mastodon),
    (FACEBOOK, services.Facebook),
    (WEBHOOK, services.Receiver),
]
WRONG: list[tuple[Channel, type[Service]]] = [
    (replace(SLACK, url="https://hooks.slack.example/services/old"), services.Slack),
    (replace(TEAMS, url="https://prod.example/workflows/1?sig=old"), services.Teams),
    (replace(MASTODON, token="revoked-long-ago"), services.Mastodon),
    (replace(FACEBOOK, token="revoked-long-ago"), services.Facebook),
    (replace(WEBHOOK, secret="whsec_" + "A" * 32), services.Receiver),
]


def api(service: Service) -> Api:
    """What asks a service."""
    return Api(open_client("https://nyheter.example.se", httpx.MockTransport(service)))


def go(
    channel: Channel, service: Service, item: object = ITEM, key: str = "msg_1"
) -> ChannelAnswer:
    """Announce an item once."""
    return tell(channel, item, key, api(service), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(("channel", "kind"), EVERY, ids=lambda one: getattr(one, "name", ""))
@pytest.mark.parametrize("item", [ITEM, LONG, WILD, replace(ITEM, summary="", tags=())])
def test_each_service_takes_it(channel: Channel, kind: type[Service], item: object) -> None:
    """Long, wild or bare: what is posted is what the service's documents ask for."""
    service = kind()

    came = go(channel, service, item)

    assert came.verdict is ChannelVerdict.DONE, came
    assert len(service.posted) == 1


@pytest.mark.parametrize(("channel", "kind"), EVERY, ids=lambda one: getattr(one, "name", ""))
def test_a_repetition_posts_nothing_where_the_service_knows_it(
    channel: Channel, kind: type[Service]
) -> None:
    """Only the channels that say so can be told twice without posting twice."""
    service = kind()

    go(channel, service)
    go(channel, service)

    posts_twice = channel.repeatable is None and kind is not services.Facebook
    assert len(service.posted) == (2 if posts_twice else 1)


@pytest.mark.parametrize(("channel", "kind"), WRONG, ids=lambda one: getattr(one, "name", ""))
def test_a_wrong_secret(channel: Channel, kind: type[Service]) -> None:
    """It is refused for all items alike, in words that do not repeat it."""
    service = kind()

    came = go(channel, service)

    assert (came.verdict, came.everybody) == (ChannelVerdict.REFUSED, True)
    assert "it answered 4" in came.said
    assert "revoked" not in came.said
    assert service.posted == []


@pytest.mark.parametrize(("channel", "kind"), EVERY, ids=lambda one: getattr(one, "name", ""))
def test_too_many_requests(channel: Channel, kind: type[Service]) -> None:
    """Nothing was posted, and it may be tried when the service says."""
    service = kind()
    service.moods = [busy("30")]

    came = go(channel, service)

    assert (came.verdict, came.wait, came.everybody) == (
        ChannelVerdict.LATER,
        timedelta(seconds=30),
        True,
    )


@pytest.mark.parametrize(("channel", "kind"), EVERY, ids=lambda one: getattr(one, "name", ""))
@pytest.mark.parametrize(
    ("mood", "verdict"),
    [
        (httpx.Response(500, text="<html>"), ChannelVerdict.UNKNOWN),
        (httpx.Response(502), ChannelVerdict.DOUBT),
        (httpx.Response(503, headers={"Retry-After": "5"}), ChannelVerdict.DOUBT),
        (httpx.Response(504), ChannelVerdict.DOUBT),
        (httpx.Response(302, headers={"Location": "http://10.0.0.1/"}), ChannelVerdict.REFUSED),
        (httpx.Response(418), ChannelVerdict.REFUSED),
        (httpx.ConnectError("connection refused"), ChannelVerdict.LATER),
        (httpx.ConnectTimeout("timed out"), ChannelVerdict.LATER),
        (httpx.ReadTimeout("timed out"), ChannelVerdict.DOUBT),
        (httpx.RemoteProtocolError("cut"), ChannelVerdict.DOUBT),
    ],
    ids=str,
)
def test_what_everybody_may_answer(
    channel: Channel,
    kind: type[Service],
    mood: httpx.Response | Exception,
    verdict: ChannelVerdict,
) -> None:
    """What certainly was not posted, what may have been, and what is refused are told apart.

    A redirect is never followed: it might lead into the house.
    """
    service = kind()
    service.moods = [mood]

    came = go(channel, service)

    assert came.verdict is verdict
    assert service.posted == []
    assert came.said


@pytest.mark.parametrize("channel", [SLACK, MASTODON, FACEBOOK], ids=lambda one: one.name)
@pytest.mark.parametrize("body", [b"<html>Log in</html>", b"[]", b"\xff"])
def test_a_yes_that_is_not_theirs(channel: Channel, body: bytes) -> None:
    """A page of somebody between, a login say, is not taken for the service's yes."""
    service = services.Slack()
    service.moods = [httpx.Response(200, content=body)]

    assert go(channel, service).verdict is ChannelVerdict.UNKNOWN


@pytest.mark.parametrize(("channel", "_kind"), EVERY, ids=lambda one: getattr(one, "name", ""))
def test_nothing_secret_is_shown(channel: Channel, _kind: type[Service]) -> None:
    """Neither what would be posted, as people are shown it, nor the channel itself tells it."""
    shown = f"{channel.shown(ITEM)} {channel.payload(ITEM)}"
    told = f"{shown} {channel!r} {channel.post(ITEM, 'msg_1', NOW)!r} {channel.name}"

    assert not [s for s in (TOKEN, SECRET, "right", "hooks.slack") if s in told]
    assert ITEM.title in channel.shown(ITEM)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (
            SLACK,
            "EU-valet: så gick det\nFyra av tio röstade i kommunerna med lägst deltagande.\n"
            f"Läs mer ({ITEM.url}) · Demokrati · Jämlik hälsa",
        ),
        (
            TEAMS,
            "EU-valet: så gick det\nFyra av tio röstade i kommunerna med lägst deltagande.\n"
            f"Demokrati · Jämlik hälsa\n[Läs mer] {ITEM.url}",
        ),
    ],
    ids=["slack", "teams"],
)
def test_what_people_will_read(channel: Channel, words: str) -> None:
    """A preview is what stands there, not the form in which it is sent."""
    assert channel.shown(ITEM) == words


def test_words_on_mastodon() -> None:
    """Title, summary, address and topics; the language and who may see it stand beside."""
    service = services.Mastodon()

    came = go(MASTODON, service)

    assert service.posted == [
        {
            "status": "EU-valet: så gick det\n\n"
            "Fyra av tio röstade i kommunerna med lägst deltagande.\n\n"
            "https://nyheter.example.se/nyheter/2026/eu-valet/\n\n"
            "#Demokrati #JämlikHälsa",
            "visibility": "unlisted",
            "language": "sv",
        }
    ]
    assert came.place == "https://mastodon.example/@natverket/1"


@pytest.mark.parametrize("length", [10, 400, 470, 480, 500, 1000])
def test_characters_on_mastodon(length: int) -> None:
    """An address counts for 23 whatever its length; the address is there, the summary gives way."""
    for url in ("https://x.se/", "https://nyheter.example.se/" + "lang-adress/" * 40):
        item = replace(
            ITEM,
            title="T" * length,
            url=url,
            summary="Se https://a.se/ och https://b.se/ " * 30,
            tags=("Ett", "Två"),
        )

        words = status(item)

        assert counted(words) <= 500
        assert url in words.split("\n\n")
        assert go(MASTODON, services.Mastodon(), item).verdict is ChannelVerdict.DONE


def test_nobody_is_called_on_mastodon() -> None:
    """A name after an @ in a text is not addressed; a mail address stays as it is."""
    words = status(WILD)

    assert "@alla" not in words
    assert "@\N{ZERO WIDTH SPACE}alla" in words
    assert "info@example.se" in words


def test_mastodon_says_when_its_limit_ends() -> None:
    """In place of Retry-After it has a time of its own."""
    service = services.Mastodon()
    service.moods = [
        httpx.Response(
            429,
            headers={
                "X-RateLimit-Reset": "2026-06-01T09:12:00.000000Z",
                "Date": "Mon, 01 Jun 2026 09:00:00 GMT",
            },
            json={"error": "Too many requests"},
        )
    ]

    assert go(MASTODON, service).wait == timedelta(minutes=12)


def test_words_on_slack() -> None:
    """Title and summary are plain text; link and topics are escaped; a text stands for all."""
    service = services.Slack()

    go(SLACK, service, WILD)

    (message,) = service.posted
    header, section, context = message["blocks"]
    assert header["text"] == {"type": "plain_text", "text": WILD.title, "emoji": False}
    assert section["text"]["text"] == WILD.summary
    assert section["text"]["type"] == "plain_text"
    assert context["elements"][0]["text"] == (
        "<https://nyheter.example.se/nyheter/2026/eu-valet/|Läs mer> · Demokrati · Jämlik hälsa"
    )
    assert message["text"].startswith("*Fet* &lt;b&gt;_&amp;_&lt;/b&gt; &lt;!channel&gt;")


@pytest.mark.parametrize(
    ("status_code", "words", "everybody"),
    [
        (404, "no_service", True),
        (404, "channel_not_found", True),
        (410, "channel_is_archived", True),
        (403, "action_prohibited", True),
        (400, "invalid_payload", False),
    ],
)
def test_slack_says_what_is_wrong(status_code: int, words: str, everybody: bool) -> None:  # noqa: FBT001
    """Its one word is told; most of them would meet every other item, too."""
    service = services.Slack()
    service.moods = [httpx.Response(status_code, text=words)]

    came = go(SLACK, service)

    assert (came.verdict, came.everybody) == (ChannelVerdict.REFUSED, everybody)
    assert came.said == f"it answered {status_code}: {words}"


def test_a_card_on_teams() -> None:
    """Texts are runs, in which Teams reads no Markdown; one button leads to the page."""
    service = services.Teams()

    go(TEAMS, service, WILD)

    (card,) = service.posted
    runs = [block["inlines"][0] for block in card["body"]]
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert [run["text"] for run in runs] == [
        WILD.title,
        WILD.summary,
        "Demokrati · Jämlik hälsa",
    ]
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Läs mer", "url": WILD.url}]
    assert (card["type"], card["lang"]) == ("AdaptiveCard", "sv")


def test_words_on_facebook() -> None:
    """Words and link; the token is in no address, which servers write into logs."""
    service = services.Facebook()

    came = go(FACEBOOK, service)
    post = FACEBOOK.post(ITEM, "msg_1", NOW)

    assert service.posted == [{"message": f"{ITEM.title}\n\n{ITEM.summary}", "link": ITEM.url}]
    assert came.place == "https://www.facebook.com/1234567890_1"
    assert TOKEN not in post.url
    assert parse_qs(post.body.decode())["access_token"] == [TOKEN]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (fault(4, "Application request limit reached"), ChannelVerdict.LATER),
        (fault(32, "Page request limit reached"), ChannelVerdict.LATER),
        (fault(1, "An unknown error occurred", 500), ChannelVerdict.UNKNOWN),
        (fault(2, "Service temporarily unavailable", 503), ChannelVerdict.UNKNOWN),
        (fault(99, "Later", 400, is_transient=True), ChannelVerdict.UNKNOWN),
        (fault(190, f"Bad token {TOKEN}"), ChannelVerdict.REFUSED),
        (fault(200, "Requires pages_manage_posts"), ChannelVerdict.REFUSED),
        (fault(100, "Invalid parameter"), ChannelVerdict.REFUSED),
        (fault(506, "Duplicate status message"), ChannelVerdict.DONE),
    ],
)
def test_facebook_says_what_is_wrong(answer: httpx.Response, verdict: ChannelVerdict) -> None:
    """Its codes say whether it was posted, and whether trying again is of use."""
    service = services.Facebook()
    service.moods = [answer]

    came = go(FACEBOOK, service)

    assert came.verdict is verdict
    assert TOKEN not in came.said


def test_a_webhook_is_signed_and_stable() -> None:
    """The body is the same at each attempt, and so is its id; the time is that of the attempt."""
    first = WEBHOOK.post(ITEM, "msg_1", NOW)
    later = WEBHOOK.post(ITEM, "msg_1", NOW + timedelta(hours=1))

    assert json.loads(first.body) == {
        "type": "news.published",
        "timestamp": "2026-06-01T09:00:00Z",
        "data": {
            "id": ITEM.id,
            "title": ITEM.title,
            "summary": ITEM.summary,
            "url": ITEM.url,
            "language": "sv",
            "tags": ["Demokrati", "Jämlik hälsa"],
        },
    }
    assert (first.body, first.headers["webhook-id"]) == (later.body, later.headers["webhook-id"])
    assert first.headers["webhook-timestamp"] == "1780304400"
    assert first.headers["webhook-signature"] != later.headers["webhook-signature"]


def test_the_signature_of_the_specification() -> None:
    """The example that Standard Webhooks gives is signed as it says."""
    from newsroom.outside.channels.webhook import signature

    body = b'{"test": 2432232314}'
    number, time = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"

    assert signature(SECRET, number, time, body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize("body", ["", "{}", "<html>Fel</html>", "[]"])
def test_what_says_nothing_is_not_repeated(body: str) -> None:
    """An empty answer, or a page for people, is told by its number alone."""
    service = services.Teams()
    service.moods = [httpx.Response(503, text=body)]

    assert go(TEAMS, service).said == "it answered 503"


def test_a_hub_is_told_by_a_form() -> None:
    """A ping names the feed; a hub that is away has not been told."""
    seen: list[httpx.Request] = []

    def hub(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204 if len(seen) == 1 else 503)

    one = Api(open_client("https://nyheter.example.se", httpx.MockTransport(hub)))
    topic = "https://nyheter.example.se/feed.xml"

    first, second = (ping("https://hub.example.se/", topic, one) for _ in range(2))

    assert seen[0].content == (
        b"hub.mode=publish&hub.url=https%3A%2F%2Fnyheter.example.se%2Ffeed.xml"
    )
    assert seen[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert (first.verdict, second.verdict) == (ChannelVerdict.DONE, ChannelVerdict.DOUBT)
