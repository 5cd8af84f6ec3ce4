"""Lanes as groups of mail hosts."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.delivery.pace.lane_groups import (
    keep_hosts,
    lane_finder,
    lane_for,
    unknown_domains,
)
from newsroom.delivery.pace.lanes import limits
from newsroom.jobs.issue.find_lanes import find_lanes
from newsroom.model import LaneGroup, Pace, Sending
from tests.delivery.sample_ledger import NOW, add_readers


@pytest.mark.parametrize(
    ("domain", "host", "lane"),
    [
        ("kommun.example", "kommun-example.mail.protection.outlook.com", "microsoft-365"),
        ("region.example", "region-example.r-v1.mx.microsoft", "microsoft-365"),
        ("hotmail.example", "hotmail-com.olc.protection.outlook.com", "outlook.com"),
        ("forening.example", "aspmx.l.google.com", "google"),
        ("gmail.example", "gmail-smtp-in.l.google.com", "google"),
        ("a.example", "mx1.filter.example", "filter.example"),
        ("b.example", "mx2.filter.example", "filter.example"),
        ("own.example", "mail.own.example", "own.example"),
        ("host.example", "host.example", "host.example"),
        ("silent.example", None, "silent.example"),
        ("notgoogle.example", "mx.notgoogle.com", "notgoogle.com"),
    ],
)
def test_lane_is_who_takes_the_mail(domain: str, host: str | None, lane: str) -> None:
    """Domains with one receiver are one lane, and all tenants of Microsoft 365 are."""
    assert lane_for(domain, host) == lane


def test_groups_of_ones_own_come_first() -> None:
    """A newsroom's groups go before ours, and may name mail hosts or domains."""
    groups = (
        LaneGroup("strict", ("strict.mail.protection.outlook.com",)),
        LaneGroup("county", ("kommun.example", "region.example")),
    )

    assert lane_for("a.example", "strict.mail.protection.outlook.com", groups) == "strict"
    assert lane_for("b.example", "b.mail.protection.outlook.com", groups) == "microsoft-365"
    assert lane_for("vard.region.example", "mx.else.example", groups) == "county"


def test_lane_has_the_pace_of_its_group() -> None:
    """A group may have a pace of its own, also one that is there anyhow."""
    slow, usual = Pace(1, timedelta(minutes=1)), Pace(5, timedelta(minutes=1))
    sending = Sending(pace=None, lane_pace=usual, lanes=(LaneGroup("google", (), slow),))

    assert limits(sending, "google") == (("lane:google", slow),)
    assert limits(sending, "else.example") == (("lane:else.example", usual),)
    assert limits(Sending(pace=None, lane_pace=None), "google") == ()


def test_dns_is_asked_once(either_database: Engine) -> None:
    """Who takes whose mail is asked for all domains at once, kept, and asked again when it is old.

    That a domain names no mail host is believed for a day only.
    """
    asked: list[list[str]] = []

    def ask(domains: Collection[str]) -> dict[str, str | None]:
        asked.append(sorted(domains))
        return {domain: answers[domain] for domain in domains if domain in answers}

    def find(now: datetime) -> list[str]:
        lane = find_lanes(either_database, Sending(), ask, now)
        return [lane(f"asa@{domain}") for domain in ("a.example", "b.example", "c.example")]

    answers: dict[str, str | None] = {"a.example": "mx.host.example", "b.example": None}
    with either_database.begin() as connection:
        add_readers(connection, ["asa@a.example", "bo@A.example", "bo@b.example", "cia@c.example"])
        add_readers(connection, ["gone@d.example"], state="unsubscribed")

    first = find(NOW)
    at_once = find(NOW + timedelta(hours=1))
    next_day = find(NOW + timedelta(days=1))
    answers.clear()
    month_on = find(NOW + timedelta(days=31))

    assert first == at_once == next_day == month_on == ["host.example", "b.example", "c.example"]
    assert asked == [
        ["a.example", "b.example", "c.example"],
        ["c.example"],
        ["b.example", "c.example"],
        ["a.example", "b.example", "c.example"],
    ]


def test_nobody_is_asked_where_mail_stays(database: Engine) -> None:
    """Without anybody to ask, each domain that is not known is its own lane."""
    with database.begin() as connection:
        add_readers(connection, ["asa@a.example"])
        keep_hosts(connection, {"known.example": "mx.host.example"}, NOW)

        unknown = unknown_domains(connection, NOW)
        kept = lane_finder(connection, ())("bo@known.example")

    assert unknown == {"a.example"}
    assert kept == "host.example"
    assert find_lanes(database, Sending(), None, NOW)("asa@a.example") == "a.example"
