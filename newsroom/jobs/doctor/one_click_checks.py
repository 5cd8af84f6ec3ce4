"""The link that ends a subscription, as mail programs and scanners use it; it is nobody's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from newsroom.model import Addresses, Site
from newsroom.model.checkup import Check, Remark, check_of, fault, fine
from newsroom.model.saying import Saying, say
from newsroom.outside.over_http.site_glance import Seen, Unseen

_OK, _NOT_FOUND = 200, 404
_ACTED = b"unsubscribed"  # what the one-click address answers when it acts


class SiteProbe(Protocol):
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


def one_click_check(where: PublicAddress, probe: SiteProbe) -> Check:
    """RFC 8058 section 3.1: a POST acts at once, with no redirect; ours ends nobody's mails."""
    url = where.site.url
    return check_of("site-one-click", [_judge_post(probe.one_click(where.one_click), url)], url)


def looking_check(where: PublicAddress, probe: SiteProbe) -> Check:
    """That what scanners do changes nothing: a GET shows a page, and HEAD has no body."""
    looks = (probe.get(where.one_click), probe.head(where.one_click))
    remarks = [remark for seen in looks for remark in _judge_look(seen)]
    return check_of(
        "site-looking", remarks or [fine(say("looking at a link changes nothing"))], where.site.url
    )


def _judge_post(seen: Seen | Unseen, url: str) -> Remark:
    pass_on = say("let the proxy pass POST to /u/ on to newsroom run")
    if isinstance(seen, Unseen):
        return _no_answer(seen, pass_on)
    if seen.leads_to:
        led = say(
            "a POST to unsubscribe is led on to {there}, which mail programs do not follow",
            there=seen.leads_to,
        )
        return fault(led, say("let the proxy pass POST to /u/ on as it is"))
    if seen.status == _NOT_FOUND:
        return _of_another_newsroom(url)
    if seen.status != _OK:
        answered = say("a POST to unsubscribe is answered {status}", status=seen.status)
        return fault(answered, pass_on, outside=seen.is_away)
    return fine(say("unsubscribing with one click works"))


def _of_another_newsroom(url: str) -> Remark:
    return fault(
        say(
            "{url} does not know this newsroom's links: another newsroom answers there, or one "
            "with another secret",
            url=url,
        ),
        say("let the proxy pass /u/ on to newsroom run, and use the same NEWSROOM_SECRET"),
    )


def _judge_look(seen: Seen | Unseen) -> Iterator[Remark]:
    pass_on = say("let the proxy pass GET and HEAD of /u/ on to newsroom run")
    if isinstance(seen, Unseen):
        yield _no_answer(seen, pass_on)
    elif seen.body.strip() == _ACTED:
        acted = say(
            "a look at the unsubscribe link ends the subscription, and scanners look at every link"
        )
        yield fault(acted, say("see that the proxy does not turn GET into POST"))
    elif seen.status != _OK:
        answered = say("a look at the unsubscribe link is answered {status}", status=seen.status)
        yield fault(answered, pass_on, outside=seen.is_away)


def _no_answer(seen: Unseen, pass_on: Saying) -> Remark:
    silence = say("the address for unsubscribing does not answer: {why}", why=seen.why)
    return fault(silence, pass_on, outside=True)
