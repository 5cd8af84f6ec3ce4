"""The checks of the public address, as the programs of readers use it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from newsroom.jobs.doctor.one_click_checks import (
    Glance,
    PublicAddress,
    looking_check,
    one_click_check,
)
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Remark, Verdict, one_check
from newsroom.outside.over_http.site_glance import Seen, Unseen

_SOON = timedelta(days=14)
_APART, _FAR_APART = timedelta(seconds=60), timedelta(minutes=5)
_OK = 200
_HERE = {"localhost", "127.0.0.1", "::1"}
_FEEDS = {  # a file of the site, and the types that programs know it by
    "feed.xml": {"application/rss+xml", "application/xml", "text/xml"},
    "atom.xml": {"application/atom+xml", "application/xml", "text/xml"},
    "feed.json": {"application/feed+json", "application/json"},
    "calendar.ics": {"text/calendar"},
}
_HEADERS = {
    "content-security-policy": "Content-Security-Policy",
    "x-content-type-options": "X-Content-Type-Options",
    "referrer-policy": "Referrer-Policy",
}


def site_checks(
    where: PublicAddress, glance: Glance, clock: Callable[[], datetime]
) -> Iterator[Check]:
    """Whether it answers, safely, as this newsroom, and does what its mails promise."""
    url = where.site.url
    front = glance.get(f"{url}/")
    now = clock()
    if isinstance(front, Unseen):
        yield _away(front, url)
        return
    if front.is_away:
        yield _away(Unseen(f"HTTP {front.status}"), url)
        return
    yield one_check("site-address", tuple(_address(front, url)), url)
    yield from _certificate(front, url, now)
    yield one_click_check(where, glance)
    yield looking_check(where, glance)
    yield one_check("site-headers", tuple(_headers(front, url)), url)
    yield one_check("site-feeds", tuple(_feeds(where, glance)), url)
    yield _clock(front, url, now)


def _away(front: Unseen, url: str) -> Check:
    if front.untrusted:
        return Check(
            "site-certificate",
            Verdict.FAIL,
            say("the certificate of {url} cannot be trusted: {why}", url=url, why=front.untrusted),
            say("renew it, and serve it with its chain"),
            url,
        )
    return Check(
        "site-address",
        Verdict.FAIL,
        say("{url} does not answer: {why}", url=url, why=front.why),
        say("start newsroom run, see the proxy before it, and that the name leads to this machine"),
        url,
        outside=True,
    )


def _address(front: Seen, url: str) -> Iterator[Remark]:
    parts = urlsplit(url)
    if parts.scheme != "https":
        is_here = parts.hostname in _HERE
        yield Remark(
            Verdict.WARN if is_here else Verdict.FAIL,
            say(
                "{url} is not https, and mail programs leave the unsubscribe button out then",
                url=url,
            ),
            say("serve the site over https, and write that in posts/site.yaml"),
        )
    if front.leads_to:
        yield Remark(
            Verdict.WARN,
            say("{url} leads on to {there}", url=url, there=front.leads_to),
            say("write the address that it leads to as url: in posts/site.yaml"),
        )
    elif front.status != _OK:
        yield Remark(
            Verdict.FAIL,
            say("{url} answers {status}", url=url, status=front.status),
            say("publish the site: {command}", command="newsroom publish"),
        )
    yield Remark(Verdict.OK, say("{url} answers", url=url))


def _certificate(front: Seen, url: str, now: datetime) -> Iterator[Check]:
    if front.certificate_ends is None:
        return
    left = front.certificate_ends - now
    if left < _SOON:
        yield Check(
            "site-certificate",
            Verdict.WARN,
            say("the certificate of {url} ends in {days} days", url=url, days=left.days),
            say("see that it is renewed by itself"),
            url,
        )
        return
    yield Check(
        "site-certificate", Verdict.OK, say("good for {days} days", days=left.days), about=url
    )


def _headers(front: Seen, url: str) -> Iterator[Remark]:
    wanted = dict(_HEADERS)
    if urlsplit(url).scheme == "https":
        wanted["strict-transport-security"] = "Strict-Transport-Security"
    missing = [shown for name, shown in wanted.items() if name not in front.headers]
    if missing:
        yield Remark(
            Verdict.WARN,
            say("missing: {headers}", headers=", ".join(missing)),
            say("let the proxy pass newsroom's headers on; serve/ has examples"),
        )
    if "set-cookie" in front.headers:
        yield Remark(
            Verdict.WARN,
            say("something between sets a cookie, which readers would have to be asked about"),
            say("turn it off in the proxy"),
        )
    yield Remark(Verdict.OK, say("security headers are there"))


def _feeds(where: PublicAddress, glance: Glance) -> Iterator[Remark]:
    for path, types in _FEEDS.items():
        if not where.is_on_disk(path):
            yield Remark(
                Verdict.WARN,
                say("{path} is not built", path=path),
                say("publish the site: {command}", command="newsroom publish"),
            )
            continue
        seen = glance.head(f"{where.site.url}/{path}")
        if isinstance(seen, Unseen) or seen.status != _OK:
            found = seen.why if isinstance(seen, Unseen) else str(seen.status)
            yield Remark(
                Verdict.WARN,
                say("{path} is not to be had: {found}", path=path, found=found),
                say("publish the site: {command}", command="newsroom publish"),
            )
        elif seen.media_type not in types:
            yield Remark(
                Verdict.WARN,
                say("{path} is served as {type}", path=path, type=seen.media_type or "-"),
                say("let the web server send {type}", type=min(types)),
            )
    yield Remark(Verdict.OK, say("feeds and calendar are served as what they are"))


def _clock(front: Seen, url: str, now: datetime) -> Check:
    """This machine's clock against that of the site's server, which may be the same one."""
    there = front.clock
    if there is None:
        return Check(
            "machine-clock",
            Verdict.UNKNOWN,
            say("the site does not say what time it is there"),
            say("let the machine set its clock by NTP"),
        )
    apart = abs(there - now)
    seconds = int(apart.total_seconds())
    if apart > _APART:
        return Check(
            "machine-clock",
            Verdict.FAIL if apart > _FAR_APART else Verdict.WARN,
            say(
                "the clock here and that of {url} are {seconds} seconds apart",
                url=url,
                seconds=seconds,
            ),
            say("let both machines set their clocks by NTP"),
        )
    return Check(
        "machine-clock",
        Verdict.OK,
        say("{seconds} seconds from that of {url}", seconds=seconds, url=url),
    )
