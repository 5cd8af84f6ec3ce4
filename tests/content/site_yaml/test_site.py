from datetime import date, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.site_yaml.sending import find_days, find_pace
from newsroom.content.site_yaml.site import parse_site
from newsroom.model import (
    Accessibility,
    Brand,
    Canary,
    ChannelKind,
    Deficiency,
    Deploy,
    DeployKind,
    FeedOptions,
    Hours,
    LaneGroup,
    NamedChannel,
    Pace,
    Sender,
    Sending,
    Severity,
    Site,
)

LEAST = """\
name: Nätverket
url: https://nyheter.example.se/
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
"""


def read(text: str) -> tuple[Site | None, list[str]]:
    """The site, and its problems as they are printed."""
    parsed = parse_site(text, PurePosixPath("posts/site.yaml"))
    return parsed.site, [str(problem).removeprefix("posts/") for problem in parsed.problems]


def test_what_is_left_out_has_its_default() -> None:
    """Five lines make a site; everything else is as the model says."""
    site, problems = read(LEAST)

    assert problems == []
    assert site == Site(
        name="Nätverket",
        url="https://nyheter.example.se",
        first_url="https://nyheter.example.se",
        language="sv",
        timezone=ZoneInfo("Europe/Stockholm"),
        sender=Sender("Nätverket", "brev@example.se"),
    )


def test_every_line_is_read() -> None:
    """A site with everything in it holds everything."""
    site, problems = read(
        LEAST.replace(
            "email: brev@example.se",
            "email: b@x.test, reply_to: k@x.test, bounces: s@x.test, verp: true, "
            "selectors: [one, two]",
        )
        + """\
first_url: https://gammal.example.se
description: Vi arbetar tillsammans.
postal_address: |
  Gatan 1
  111 11 Staden
approvers: [anna, bo]
brand: {accent: "#123abc", logo: logo.svg, font: system}
categories: {nyhet: Nyhet, press: Pressmeddelande}
tags: {jamlik-halsa: Jämlik hälsa}
menu: [nyheter, om]
paths: {news: aktuellt}
feed: {content: summary, limit: 20}
checks: {missing-alt: warning, vague-link: note}
sending:
  pace: unlimited
  lane_pace: 100 per 2 timmar
  connections: 3
  hours: {days: [måndag, onsdag till fredag], from: "07:30", to: "18:00"}
  sender_pace: 30 per minute
  system_pace: 5 per minute
  lanes:
    region: {hosts: [Mail.Region.example., region.example], pace: 10 per minute}
    filter: {hosts: [filter.example]}
    google: {pace: 2 per minute}
  canary: {count: 5, wait: 1 hour, then: ask, seeds: [Red@x.test]}
  undo: 0 minutes
  retry: [1 minute, 2 timmar]
  deadline: 2 days
  doctor: never
  on_unknown: resend
announce: [{websub: "https://hub.example/"}]
deploy: {command: "rsync -a public/ server:"}
accessibility: {assessed: 2026-09-01, status: partly, known: [Kartan], contact: kansli@x.test}
"""
    )

    assert problems == []
    assert site is not None
    assert site.sender == Sender(
        "Nätverket", "b@x.test", "k@x.test", "s@x.test", verp=True, selectors=("one", "two")
    )
    assert (site.first_url, site.approvers) == ("https://gammal.example.se", ("anna", "bo"))
    assert site.postal_address == "Gatan 1\n111 11 Staden"
    assert site.brand == Brand("#123abc", "logo.svg", "system")
    assert site.categories == (("nyhet", "Nyhet"), ("press", "Pressmeddelande"))
    assert site.tag_words("jamlik-halsa") == "Jämlik hälsa"
    assert (site.menu, site.path_words) == (("nyheter", "om"), (("news", "aktuellt"),))
    assert site.feed == FeedOptions(full=False, limit=20)
    assert site.checks == (("missing-alt", Severity.WARNING), ("vague-link", Severity.NOTE))
    assert site.sending == Sending(
        pace=None,
        lane_pace=Pace(100, timedelta(hours=2)),
        connections=3,
        hours=Hours(frozenset({0, 2, 3, 4}), time(7, 30), time(18)),
        sender_pace=Pace(30, timedelta(minutes=1)),
        system_pace=Pace(5, timedelta(minutes=1)),
        lanes=(
            LaneGroup(
                "region", ("mail.region.example", "region.example"), Pace(10, timedelta(minutes=1))
            ),
            LaneGroup("filter", ("filter.example",)),
            LaneGroup("google", (), Pace(2, timedelta(minutes=1))),
        ),
        canary=Canary(5, timedelta(hours=1), asks=True, seeds=("red@x.test",)),
        undo=timedelta(0),
        retry=(timedelta(minutes=1), timedelta(hours=2)),
        deadline=timedelta(days=2),
        doctor=None,
        resend_unknown=True,
    )
    assert site.announce == (NamedChannel(ChannelKind.WEBSUB, "https://hub.example/"),)
    assert site.deploy == Deploy(DeployKind.COMMAND, "rsync -a public/ server:")
    assert site.accessibility == Accessibility(
        date(2026, 9, 1), "partly", (Deficiency("Kartan"),), "kansli@x.test"
    )


def test_words_that_take_limits_away() -> None:
    """`always` and `none` leave no hours and no canary."""
    site, _ = read(LEAST + "sending: {hours: always, canary: none, pace: obegränsat}\n")

    assert site is not None
    assert (site.sending.hours, site.sending.canary, site.sending.pace) == (None, None, None)


def test_return_addresses_need_a_mailbox() -> None:
    """A return address for each copy is made from the mailbox for bounces, so that one is named."""
    site, problems = read(LEAST.replace("brev@example.se}", "brev@example.se, verp: true}"))

    assert site is None
    assert problems == ["site.yaml:5: sender.bounces is missing; write bounces: bounces@example.se"]


def test_a_folder_to_deploy_to() -> None:
    """The built site can go to a folder of one's own."""
    site, _ = read(LEAST + "deploy: {to: folder, path: /srv/www}\n")

    assert site is not None
    assert site.deploy == Deploy(DeployKind.FOLDER, "/srv/www")


def test_a_branch_to_deploy_to() -> None:
    """The built site can be pushed to a branch; without a name it is called pages."""
    usual, _ = read(LEAST + "deploy: {git: 'git@example.se:natverket/webb.git'}\n")
    named, _ = read(LEAST + "deploy: {git: ../webb.git, branch: gh-pages}\n")
    wrong, problems = read(LEAST + "deploy: {git: ../webb.git, branch: a..b}\n")

    assert usual is not None
    assert named is not None
    assert usual.deploy == Deploy(DeployKind.GIT, "git@example.se:natverket/webb.git", "pages")
    assert named.deploy == Deploy(DeployKind.GIT, "../webb.git", "gh-pages")
    assert wrong is None
    assert problems == [
        'site.yaml:6: deploy.branch "a..b" is not the name of a branch; write pages'
    ]


def test_channels() -> None:
    """A channel is named; what is secret of it is in the variable that its name leads to."""
    site, problems = read(
        LEAST + "announce:\n"
        "  - {websub: 'https://hub.example/'}\n"
        "  - {webhook: intranet}\n"
        "  - {teams: kansli}\n"
        "  - {teams: alla-kommuner}\n"
        "  - {slack: press}\n"
        "  - {mastodon: 'https://mastodon.example/', visibility: unlisted}\n"
        "  - {facebook: '1234567890'}\n"
    )

    assert problems == []
    assert site is not None
    assert [(channel.name, channel.variable) for channel in site.announce] == [
        ("websub:https://hub.example/", None),
        ("webhook:intranet", "NEWSROOM_ANNOUNCE_WEBHOOK_INTRANET"),
        ("teams:kansli", "NEWSROOM_ANNOUNCE_TEAMS_KANSLI"),
        ("teams:alla-kommuner", "NEWSROOM_ANNOUNCE_TEAMS_ALLA_KOMMUNER"),
        ("slack:press", "NEWSROOM_ANNOUNCE_SLACK_PRESS"),
        ("mastodon:https://mastodon.example", "NEWSROOM_ANNOUNCE_MASTODON"),
        ("facebook:1234567890", "NEWSROOM_ANNOUNCE_FACEBOOK"),
    ]
    assert [channel.visibility for channel in site.announce][5:] == ["unlisted", "public"]


@pytest.mark.parametrize("kind", ["webhook", "teams", "slack"])
def test_a_secret_in_the_folder_is_refused_and_not_repeated(kind: str) -> None:
    """The address of a webhook does not belong in site.yaml; the message does not spread it."""
    site, problems = read(LEAST + f"announce: [{{{kind}: 'https://hooks.example/T0/secret'}}]\n")

    assert site is None
    assert len(problems) == 1
    assert f"site.yaml:6: announce.{kind} holds an address, which is a secret; " in problems[0]
    assert f"NEWSROOM_ANNOUNCE_{kind.upper()}_" in problems[0]
    assert "hooks.example" not in problems[0]


@pytest.mark.parametrize(
    ("channels", "fix"),
    [
        ("{slack: a}, {slack: a}", "keep one of them, or give it another name"),
        ("{slack: a-b}, {slack: a-b}", "keep one of them, or give it another name"),
        ("{mastodon: 'https://a.example'}, {mastodon: 'https://b.example'}", "keep one of them"),
        ("{websub: 'https://a.example/'}, {websub: 'https://a.example/'}", "another name"),
    ],
)
def test_two_channels_that_would_be_taken_for_one(channels: str, fix: str) -> None:
    """Two of one name, or with one secret between them, are told apart by nobody."""
    site, problems = read(LEAST + f"announce: [{channels}]\n")

    assert site is None
    assert "twice; " in problems[0]
    assert problems[0].endswith(fix)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("20 per minute", Pace(20, timedelta(minutes=1))),
        ("5 i minuten", None),
        ("5 per minut", Pace(5, timedelta(minutes=1))),
        ("0 per minute", None),
        ("20 per moon", None),
        ("20", None),
    ],
)
def test_paces(text: str, pace: Pace | None) -> None:
    """A pace is so many per length of time."""
    assert find_pace(text) == pace


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("monday to friday", {0, 1, 2, 3, 4}),
        ("lördag–söndag", {5, 6}),
        ("friday to monday", {4, 5, 6, 0}),
        ("onsdag", {2}),
        ("1 to 5", None),
        ("5", None),
    ],
)
def test_days(text: str, days: set[int] | None) -> None:
    """Days go by name, round the week if need be; numbers are refused."""
    assert find_days(text) == days


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("langauge: sv", 'site.yaml:6: "langauge" is not a field here; write language'),
        ("approvers: anna", "site.yaml:6: approvers is not a list; write approvers: [anna]"),
        (
            "announce: [{x: kansli}]",
            'site.yaml:6: "announce.x" is not a field here; use one of: websub, webhook, teams, '
            "slack, mastodon, facebook",
        ),
        (
            "deploy: {ftp: x}",
            'site.yaml:6: "deploy.ftp" is not a field here; use one of: command, path, git, '
            "branch, to",
        ),
        (
            "deploy: {to: folder, command: x}",
            "site.yaml:6: deploy names more than one place; keep one of them",
        ),
        ("deploy: {to: command}", "site.yaml:6: deploy.command is missing; write command: rsync …"),
        (
            "checks: {missing-alt: stop}",
            'site.yaml:6: checks.missing-alt "stop" is not known; write error, warning or note',
        ),
        (
            "checks: {mising-alt: error}",
            'site.yaml:6: "checks.mising-alt" is not a field here; write missing-alt',
        ),
        (
            "brand: {accent: red}",
            'site.yaml:6: brand.accent "red" is not a colour; write "#0b6e6e"',
        ),
        ("feed: {limit: 0}", "site.yaml:6: limit 0 leaves nothing; write limit: 30"),
        (
            "feed: {limit: 500}",
            "site.yaml:6: limit 500 is out of bounds; write a number from 1 to 100",
        ),
        (
            "paths: {news: kalender}",
            'site.yaml:6: the address "kalender/" is the site\'s own; write another word',
        ),
        (
            "paths: {members: archive}",
            'site.yaml:6: the address "archive/" is the site\'s own; write another word',
        ),
        ("paths: {new: x}", 'site.yaml:6: "paths.new" is not a field here; write news'),
        (
            "paths: {news: Nytt!}",
            'site.yaml:6: paths.news "Nytt!" cannot stand in an address; write nytt',
        ),
        (
            "sending: {pace: fast}",
            'site.yaml:6: sending.pace "fast" is not a pace; write 20 per minute, or unlimited',
        ),
        (
            "sending: {connections: 0}",
            "site.yaml:6: connections 0 is out of bounds; write a number from 1 to 50",
        ),
        (
            "sending: {canary: {then: later}}",
            'site.yaml:6: sending.canary.then "later" is not known; write auto or ask',
        ),
        (
            "sending: {lanes: {region: {hosts: []}}}",
            "site.yaml:6: sending.lanes.region.hosts is missing; "
            "write hosts: [mail.region.example]",
        ),
        ("sending: {canary: {count: 0}}", "site.yaml:6: count 0 is nobody; write canary: none"),
        (
            "sending: {retry: [soon]}",
            'site.yaml:6: sending.retry "soon" is not a length of time; write 5 minutes',
        ),
        (
            "sending:\n  hours:\n    days: 1-5",
            'site.yaml:8: sending.hours.days "1-5" is not days by name; write monday to friday',
        ),
        (
            'sending: {hours: {from: "16:00", to: "08:00"}}',
            'site.yaml:6: to 08:00 is not after from 16:00; write a later time: "16:00"',
        ),
        (
            "first_url: https://x.test/?a=b",
            'site.yaml:6: first_url "https://x.test/?a=b" is more than the address of a '
            "site; write it as https://news.example.se",
        ),
        (
            "accessibility: {status: almost}",
            'site.yaml:6: accessibility.status "almost" is not known; write fully, partly or not',
        ),
    ],
)
def test_a_wrong_line_is_told(lines: str, problem: str) -> None:
    """Each fault names its line and what to write."""
    site, problems = read(LEAST + lines + "\n")

    assert site is None
    assert problems == [problem]


def test_everything_missing_is_told_at_once() -> None:
    """An empty file is told all five lines that it needs."""
    site, problems = read("")

    assert site is None
    assert [problem.split(" is missing")[0] for problem in problems] == [
        f"site.yaml:1: {name}" for name in ("url", "language", "name", "timezone", "sender")
    ]


def test_a_zone_that_is_misspelt() -> None:
    """The zone nearest in spelling is offered."""
    site, problems = read(LEAST.replace("Stockholm", "Stokholm"))

    assert site is None
    assert problems == [
        'site.yaml:4: timezone "Europe/Stokholm" is not known; write Europe/Stockholm'
    ]


def test_a_file_that_is_no_yaml() -> None:
    """It is told as every other fault."""
    assert read("name: [x\n")[0] is None
    assert len(read("name: [x\n")[1]) == 1


@pytest.mark.parametrize(
    ("brand", "words"),
    [
        ("{accent: }", "accent is empty, so the usual colour is used; put it in quotation marks"),
        ("{font: Comic Sans}", 'the font "Comic Sans" is not known'),
        ("{font: humanst}", "write humanist"),
    ],
)
def test_brand_that_would_be_passed_over_is_told(brand: str, words: str) -> None:
    """A colour that YAML took for a comment, and a font nobody has, are not ignored in silence."""
    parsed = parse_site(f"{LEAST}brand: {brand}\n", PurePosixPath("posts/site.yaml"))

    assert parsed.site is not None
    assert words in str(parsed.problems[0])
    assert parsed.problems[0].severity is Severity.WARNING


def test_an_address_without_encryption_is_pointed_out() -> None:
    """A site that is read over http can be changed on its way, and feeds would carry its links."""
    site, problems = read(LEAST.replace("https://", "http://", 1))

    assert site is not None
    assert problems == [
        'site.yaml:2: url "http://nyheter.example.se" is not encrypted; '
        "write it as https://nyheter.example.se"
    ]
