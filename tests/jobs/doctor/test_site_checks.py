"""The public address, asked by the programs of readers: what answers, and what it changes."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.jobs.doctor.one_click_checks import PublicAddress
from newsroom.jobs.doctor.site_checks import site_checks
from newsroom.model.checkup import Check, CheckVerdict
from newsroom.outside.over_http.site_glance import SiteGlance
from tests.delivery.transports.smtp_client import AUTHORITY
from tests.jobs.doctor.scripted_site import Reply, Script, scripted_site
from tests.jobs.doctor.zones import SITE
from tests.ports import free_port

SAFE = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
GOOD: Script = {
    ("GET", "/"): Reply(headers=SAFE),
    ("GET", "/u/"): Reply(),
    ("HEAD", "/u/"): Reply(),
    ("POST", "/u/"): Reply(body=b"unsubscribed\n"),
    ("HEAD", "/feed.xml"): Reply(headers={"Content-Type": "application/rss+xml; charset=utf-8"}),
    ("HEAD", "/atom.xml"): Reply(headers={"Content-Type": "application/atom+xml"}),
    ("HEAD", "/feed.json"): Reply(headers={"Content-Type": "application/feed+json"}),
    ("HEAD", "/calendar.ics"): Reply(headers={"Content-Type": "text/calendar"}),
}


def looked_at(
    script: Script, certificate: Path | None, now: datetime | None = None
) -> dict[str, Check]:
    """The checks of a site that answers so."""
    trusted = ssl.create_default_context()
    AUTHORITY.configure_trust(trusted)
    with scripted_site(script, certificate) as url, SiteGlance(url, trusted) as glance:
        where = PublicAddress(replace(SITE, url=url), "token", lambda _: True)
        checks = site_checks(where, glance, lambda: now or datetime.now(UTC))
        return {check.name: check for check in checks}


def wrong(checks: dict[str, Check]) -> dict[str, str]:
    """The verdicts that are not "ok"."""
    return {name: c.verdict.value for name, c in checks.items() if c.verdict is not CheckVerdict.OK}


def test_a_site_in_order(certificate: Path) -> None:
    """A site that answers safely, unsubscribes by POST and shows a page for GET has no remark."""
    checks = looked_at(GOOD, certificate)

    assert wrong(checks) == {}
    assert "days" in checks["site-certificate"].detail


@pytest.mark.parametrize(
    ("changed", "expected", "told"),
    [
        (
            {("POST", "/u/"): Reply(302, {"Location": "/elsewhere"})},
            {"site-one-click": "fail"},
            "/elsewhere",
        ),
        (
            {("POST", "/u/"): Reply(404, body=b"unknown\n")},
            {"site-one-click": "fail"},
            "another newsroom",
        ),
        ({("POST", "/u/"): Reply(405)}, {"site-one-click": "fail"}, "405"),
        ({("GET", "/u/"): Reply(body=b"unsubscribed\n")}, {"site-looking": "fail"}, "scanners"),
        ({("GET", "/u/"): Reply(404)}, {"site-looking": "fail"}, "404"),
        ({("HEAD", "/u/"): Reply(501)}, {"site-looking": "fail"}, "501"),
        (
            {("GET", "/"): Reply(301, {**SAFE, "Location": "https://www.example.se/"})},
            {"site-address": "warn"},
            "https://www.example.se/",
        ),
        ({("GET", "/"): Reply(500, SAFE)}, {"site-address": "fail"}, "500"),
        ({("GET", "/"): Reply()}, {"site-headers": "warn"}, "Strict-Transport-Security"),
        (
            {("GET", "/"): Reply(headers={**SAFE, "Set-Cookie": "a=b"})},
            {"site-headers": "warn"},
            "cookie",
        ),
        ({("HEAD", "/calendar.ics"): Reply()}, {"site-feeds": "warn"}, "text/html"),
        ({("HEAD", "/feed.xml"): Reply(404)}, {"site-feeds": "warn"}, "feed.xml"),
        (
            {("GET", "/"): Reply(headers={**SAFE, "Date": "Sun, 22 Nov 2020 12:00:00 GMT"})},
            {"machine-clock": "fail"},
            "seconds apart",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_own_check(
    certificate: Path, changed: Script, expected: dict[str, str], told: str
) -> None:
    """Each fault of a site, or of a proxy before it, is told by the check that it belongs to."""
    checks = looked_at({**GOOD, **changed}, certificate)

    assert wrong(checks) == expected
    (name,) = expected
    assert told in checks[name].detail
    assert checks[name].fix


def test_without_encryption() -> None:
    """A site over http on this machine is warned of: elsewhere nobody would show the button."""
    checks = looked_at(GOOD, None)

    assert wrong(checks) == {"site-address": "warn"}


def test_a_certificate_that_ends_soon(certificate: Path) -> None:
    """A certificate that ends within two weeks is warned of."""
    checks = looked_at(GOOD, certificate, datetime(2999, 12, 25, tzinfo=UTC))

    assert checks["site-certificate"].verdict is CheckVerdict.WARN


def test_a_certificate_of_nobodys(certificate: Path) -> None:
    """A certificate that nobody vouches for is a fault of its own."""
    with scripted_site(GOOD, certificate) as url, SiteGlance(url) as glance:
        where = PublicAddress(replace(SITE, url=url), "token", lambda _: True)
        (check,) = site_checks(where, glance, lambda: datetime.now(UTC))

    assert (check.name, check.verdict, check.outside) == (
        "site-certificate",
        CheckVerdict.FAIL,
        False,
    )


def test_a_site_that_is_away() -> None:
    """A site that does not answer is told as outside: it may pass without anybody's doing."""
    url = f"http://127.0.0.1:{free_port()}"
    with SiteGlance(url) as glance:
        where = PublicAddress(replace(SITE, url=url), "token", lambda _: True)
        (check,) = site_checks(where, glance, lambda: datetime.now(UTC))

    assert (check.name, check.verdict, check.outside) == ("site-address", CheckVerdict.FAIL, True)


@pytest.mark.parametrize("what", [("GET", "/"), ("POST", "/u/"), ("HEAD", "/u/")])
@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_before_nobody(what: tuple[str, str], status: int) -> None:
    """Where a proxy answers for a newsroom that is away, that may pass by itself, too."""
    checks = looked_at({**GOOD, what: Reply(status)}, None)

    failed = [check for check in checks.values() if check.verdict is CheckVerdict.FAIL]
    assert failed
    assert all(check.outside and str(status) in check.detail for check in failed)


def test_a_site_that_was_not_built(certificate: Path) -> None:
    """What has not been built yet is told as that."""
    trusted = ssl.create_default_context()
    AUTHORITY.configure_trust(trusted)
    with scripted_site(GOOD, certificate) as url, SiteGlance(url, trusted) as glance:
        where = PublicAddress(replace(SITE, url=url), "token", lambda _: False)
        checks = {c.name: c for c in site_checks(where, glance, lambda: datetime.now(UTC))}

    assert "newsroom publish" in (checks["site-feeds"].fix or "")
