"""The link that ends a subscription, as mail programs and scanners use it; it is nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from newsroom.model import Addresses, Site
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Verdict
from newsroom.outside.over_http.site_glance import Seen, Unseen

_OK, _NOT_FOUND = 200, 404
_ACTED = b"unsubscribed"  # what the one-click address answers when it acts


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


def one_click_check(where: PublicAddress, glance: Glance) -> Check:
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
            outside=seen.is_away,
        )
    return Check("site-one-click", Verdict.OK, say("unsubscribing with one click works"), about=url)


def looking_check(where: PublicAddress, glance: Glance) -> Check:
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
                outside=seen.is_away,
            )
    return Check("site-looking", Verdict.OK, say("looking at a link changes nothing"), about=url)
