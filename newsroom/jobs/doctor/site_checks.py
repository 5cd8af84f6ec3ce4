"""The checks of the public address, as the programs of readers use it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from newsroom.jobs.doctor.one_click_checks import (
    PublicAddress,
    SiteProbe,
    looking_check,
    one_click_check,
)
from newsroom.model.checkup import Check, Remark, check_of, fault, fine, unchecked, warning
from newsroom.model.saying import say
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
_PUBLISH = say("publish the site: {command}", command="newsroom publish")
_HEADERS = {
    "content-security-policy": "Content-Security-Policy",
    "x-content-type-options": "X-Content-Type-Options",
    "referrer-policy": "Referrer-Policy",
}


def site_checks(
    where: PublicAddress, probe: SiteProbe, clock: Callable[[], datetime]
) -> Iterator[Check]:
    """Whether it answers, safely, as this newsroom, and does what its mails promise."""
    url = where.site.url
    front = probe.get(f"{url}/")
    now = clock()
    if isinstance(front, Unseen):
        yield _unseen(front, url)
        return
    if front.is_away:
        yield check_of("site-address", [_silent(url, f"HTTP {front.status}")], url)
        return
    yield check_of("site-address", tuple(_judge_address(front, url)), url)
    if front.certificate_ends is not None:
        left = front.certificate_ends - now
        yield check_of("site-certificate", [_judge_certificate(left, url)], url)
    yield one_click_check(where, probe)
    yield looking_check(where, probe)
    yield check_of("site-headers", tuple(_judge_headers(front, url)), url)
    yield check_of("site-feeds", tuple(_judge_feeds(where, probe)), url)
    yield check_of("machine-clock", [_judge_clock(front, url, now)])


def _unseen(front: Unseen, url: str) -> Check:
    if front.untrusted is None:
        return check_of("site-address", [_silent(url, front.why)], url)
    distrusted = say(
        "the certificate of {url} cannot be trusted: {why}", url=url, why=front.untrusted
    )
    mend = say("renew it, and serve it with its chain")
    return check_of("site-certificate", [fault(distrusted, mend)], url)


def _silent(url: str, why: str) -> Remark:
    return fault(
        say("{url} does not answer: {why}", url=url, why=why),
        say("start newsroom run, see the proxy before it, and that the name leads to this machine"),
        outside=True,
    )


def _judge_address(front: Seen, url: str) -> Iterator[Remark]:
    parts = urlsplit(url)
    if parts.scheme != "https":
        weigh = warning if parts.hostname in _HERE else fault
        yield weigh(
            say(
                "{url} is not https, and mail programs leave the unsubscribe button out then",
                url=url,
            ),
            say("serve the site over https, and write that in posts/site.yaml"),
        )
    if front.leads_to:
        yield warning(
            say("{url} leads on to {there}", url=url, there=front.leads_to),
            say("write the address that it leads to as url: in posts/site.yaml"),
        )
    elif front.status != _OK:
        yield fault(say("{url} answers {status}", url=url, status=front.status), _PUBLISH)
    yield fine(say("{url} answers", url=url))


def _judge_certificate(left: timedelta, url: str) -> Remark:
    if left < _SOON:
        ends = say("the certificate of {url} ends in {days} days", url=url, days=left.days)
        return warning(ends, say("see that it is renewed by itself"))
    return fine(say("good for {days} days", days=left.days))


def _judge_headers(front: Seen, url: str) -> Iterator[Remark]:
    wanted = dict(_HEADERS)
    if urlsplit(url).scheme == "https":
        wanted["strict-transport-security"] = "Strict-Transport-Security"
    missing = [shown for name, shown in wanted.items() if name not in front.headers]
    if missing:
        yield warning(
            say("missing: {headers}", headers=", ".join(missing)),
            say("let the proxy pass newsroom's headers on; serve/ has examples"),
        )
    if "set-cookie" in front.headers:
        yield warning(
            say("something between sets a cookie, which readers would have to be asked about"),
            say("turn it off in the proxy"),
        )
    yield fine(say("security headers are there"))


def _judge_feeds(where: PublicAddress, probe: SiteProbe) -> Iterator[Remark]:
    for path, types in _FEEDS.items():
        if not where.is_on_disk(path):
            yield warning(say("{path} is not built", path=path), _PUBLISH)
            continue
        seen = probe.head(f"{where.site.url}/{path}")
        if isinstance(seen, Unseen) or seen.status != _OK:
            found = seen.why if isinstance(seen, Unseen) else str(seen.status)
            away = say("{path} is not to be had: {found}", path=path, found=found)
            yield warning(away, _PUBLISH)
        elif seen.media_type not in types:
            yield warning(
                say("{path} is served as {type}", path=path, type=seen.media_type or "-"),
                say("let the web server send {type}", type=min(types)),
            )
    yield fine(say("feeds and calendar are served as what they are"))


def _judge_clock(front: Seen, url: str, now: datetime) -> Remark:
    """This machine's clock against that of the site's server, which may be the same one."""
    there = front.clock
    if there is None:
        silence = say("the site does not say what time it is there")
        return unchecked(silence, say("let the machine set its clock by NTP"))
    apart = abs(there - now)
    seconds = int(apart.total_seconds())
    if apart <= _APART:
        return fine(say("{seconds} seconds from that of {url}", seconds=seconds, url=url))
    weigh = fault if apart > _FAR_APART else warning
    return weigh(
        say(
            "the clock here and that of {url} are {seconds} seconds apart",
            url=url,
            seconds=seconds,
        ),
        say("let both machines set their clocks by NTP"),
    )
