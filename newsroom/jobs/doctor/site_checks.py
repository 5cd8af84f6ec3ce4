"""The checks of the public address, as the programs of readers use it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from newsroom.model import Addresses, Site
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Remark, Verdict, one_check
from newsroom.outside.site_glance import Seen, Unseen

_SOON = timedelta(days=14)
_APART, _FAR_APART = timedelta(seconds=60), timedelta(minutes=5)
_OK, _NOT_FOUND = 200, 404
_HERE = {"localhost", "127.0.0.1", "::1"}
_ACTED = b"unsubscribed"  # what the one-click address answers when it acts
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


class Glance(Protocol):
    """What asks the site; no redirect is followed."""

    def get(self, url: str) -> Seen | Unseen:
        """What a browser gets."""
        ...

    def head(self, url: str) -> Seen | Unseen:
        """What a scanner asks for first."""
        ...

    def one_click(self, url: str) -> Seen | Unseen:
        """What a mail program posts."""
        ...


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """What is to be found at the site's address."""

    site: Site
    token: str  # sealed by this newsroom, and nobody's: it ends no subscription
    is_on_disk: Callable[[str], bool]  # whether the built site has a file

    @property
    def one_click(self) -> str:
        """The address that stands in List-Unsubscribe."""
        addresses = Addresses(self.site)
        return addresses.url(addresses.one_click(self.token))


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
    yield one_check("site-address", tuple(_address(front, url)), url)
    yield from _certificate(front, url, now)
    yield _one_click(where, glance)
    yield _looking(where, glance)
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


def _one_click(where: PublicAddress, glance: Glance) -> Check:
    """RFC 8058 section 3.1: a POST acts at once, with no redirect; ours ends nobody's mails."""
    url = where.site.url
    seen = glance.one_click(where.one_click)
    if isinstance(seen, Unseen):
        return Check(
            "site-one-click",
            Verdict.FAIL,
            say("the address for unsubscribing does not answer: {why}", why=seen.why),
            say("let the proxy pass POST to /u/ on to newsroom run"),
            url,
            outside=True,
        )
    if seen.leads_to:
        return Check(
            "site-one-click",
            Verdict.FAIL,
            say(
                "a POST to unsubscribe is led on to {there}, which mail programs do not follow",
                there=seen.leads_to,
            ),
            say("let the proxy pass POST to /u/ on as it is"),
            url,
        )
    if seen.status == _NOT_FOUND:
        return Check(
            "site-one-click",
            Verdict.FAIL,
            say(
                "{url} does not know this newsroom's links: another newsroom answers there, or one "
                "with another secret",
                url=url,
            ),
            say("let the proxy pass /u/ on to newsroom run, and use the same NEWSROOM_SECRET"),
            url,
        )
    if seen.status != _OK:
        return Check(
            "site-one-click",
            Verdict.FAIL,
            say("a POST to unsubscribe is answered {status}", status=seen.status),
            say("let the proxy pass POST to /u/ on to newsroom run"),
            url,
        )
    return Check("site-one-click", Verdict.OK, say("unsubscribing with one click works"), about=url)


def _looking(where: PublicAddress, glance: Glance) -> Check:
    """That what scanners do changes nothing: a GET shows a page, and HEAD has no body."""
    url = where.site.url
    looks = (glance.get(where.one_click), glance.head(where.one_click))
    for seen in looks:
        if isinstance(seen, Unseen):
            return Check(
                "site-looking",
                Verdict.FAIL,
                say("the address for unsubscribing does not answer: {why}", why=seen.why),
                say("let the proxy pass GET and HEAD of /u/ on to newsroom run"),
                url,
                outside=True,
            )
        if seen.body.strip() == _ACTED:
            return Check(
                "site-looking",
                Verdict.FAIL,
                say(
                    "a look at the unsubscribe link ends the subscription, and scanners look at "
                    "every link"
                ),
                say("see that the proxy does not turn GET into POST"),
                url,
            )
        if seen.status != _OK:
            return Check(
                "site-looking",
                Verdict.FAIL,
                say("a look at the unsubscribe link is answered {status}", status=seen.status),
                say("let the proxy pass GET and HEAD of /u/ on to newsroom run"),
                url,
            )
    return Check("site-looking", Verdict.OK, say("looking at a link changes nothing"), about=url)


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
