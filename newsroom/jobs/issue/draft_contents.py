"""What an issue could tell, chosen by rule: what is in, what still waits, what is left out and why.

The coordinator then edits a list, not a query.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from math import inf

from newsroom.content.rules.told import told_by
from newsroom.model import (
    Contact,
    Event,
    EventStatus,
    Issue,
    Newsroom,
    Placement,
    Post,
    Problem,
    Site,
    Standing,
)
from newsroom.model.filing import shelf_of
from newsroom.model.saying import Saying, say

_BEHIND = timedelta(days=190)  # how far back the first issue looks: half a year
_AHEAD = timedelta(days=240)  # how far on the calendar an issue looks: past the next one
_OFFICE = {"kansli", "office"}


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made from."""

    newsroom: Newsroom
    now: datetime  # aware
    leaves_at: datetime  # aware: when the issue is to be sent
    told: Mapping[str, str] = field(default_factory=dict)  # by id: who told it, says the ledger
    problems: tuple[Problem, ...] = ()  # what reading the folder told


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece that an issue does not tell, and why."""

    piece: Post | Event
    why: Saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an issue could tell."""

    since: datetime  # the issue before was offered everything until here
    lead: Post | None = None
    stories: tuple[Post, ...] = ()  # by category, the newest of each first
    always: tuple[Post, ...] = ()  # those that stand in each issue
    waiting: tuple[Post, ...] = ()  # public between now and the day the issue leaves
    drafts: tuple[Post, ...] = ()  # nobody has finished them
    come: tuple[Post, ...] = ()  # of the day of an earlier draft, or later
    taken_out: tuple[Post, ...] = ()  # a draft had them, and the file has them no longer
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)  # by id: the issue that told it

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new to tell; coming events alone make no issue."""
        return not (self.lead or self.stories or self.waiting)

    def beside(self, issue: Issue) -> "Contents":
        """What the file of an issue, drafted before, does not name."""
        named = {issue.lead, *issue.stories}
        drafted = issue.covers.end if issue.covers else None
        ready = [post for post in (self.lead, *self.stories) if post and post.slug not in named]
        old = [post for post in ready if drafted and post.published.date() < drafted]
        return replace(
            self,
            lead=None,
            stories=(),
            always=(),
            come=tuple(post for post in ready if post not in old),
            waiting=tuple(post for post in self.waiting if post.slug not in named),
            drafts=tuple(post for post in self.drafts if post.slug not in named),
            taken_out=tuple(old),
            events=tuple(event for event in self.events if event.slug not in issue.events),
            left_out=(),
        )


def choose_contents(material: Material, name: str) -> Contents:
    """What has come since the last issue, and what is ahead of the day this one leaves.

    A post is told once, whatever it is called by now, and none falls between two issues: what is
    dated earlier and was told by no issue stands among what is left out.
    """
    newsroom, now, leaves_at = material.newsroom, material.now, material.leaves_at
    others = [issue for issue in newsroom.issues if issue.slug != name]
    before = {**told_by(newsroom, others), **material.told}
    last = _last_sent(others, now)
    since = _offered_until(*last, newsroom.site) if last else now - _BEHIND
    posts = _since(newsroom, since)
    why_not = {post.slug: _why_not(post, before, leaves_at) for post in posts}
    fresh = [post for post in posts if why_not[post.slug] is None and not _is_standing(post)]
    ready = [post for post in fresh if post.is_public(now)]
    lead = next((post for post in ready if post.placement is Placement.LEAD), None)
    events = _ahead(newsroom, leaves_at)
    return Contents(
        since=since,
        lead=lead,
        stories=_in_order([post for post in ready if post is not lead], newsroom.site),
        always=tuple(post for post in newsroom.public(now).posts if _is_standing(post)),
        waiting=tuple(post for post in fresh if post.standing(now) is Standing.WAITING),
        drafts=tuple(post for post in fresh if post.draft),
        events=tuple(event for event in events if _why_no_event(event, leaves_at) is None),
        contacts=_contacts(newsroom.public(leaves_at)),
        left_out=(
            *(LeftOut(post, why) for post in posts if (why := why_not[post.slug])),
            *(_passed_over(newsroom, last[0], since, before, now) if last else ()),
            *(LeftOut(each, why) for each in events if (why := _why_no_event(each, leaves_at))),
        ),
        told=before,
    )


def _last_sent(issues: Sequence[Issue], now: datetime) -> tuple[Issue, datetime] | None:
    """The issue that was sent last, and when."""
    sent = [(issue, issue.published) for issue in issues if issue.is_public(now)]
    dated = [(issue, at) for issue, at in sent if at is not None]
    return max(dated, key=lambda one: one[1], default=None)


def _offered_until(last: Issue, sent: datetime, site: Site) -> datetime:
    """The beginning of the day that an issue was drafted, or sent where it does not say.

    A post of that day or later may have come when the lists of the issue had been made.
    """
    day = sent.astimezone(site.timezone).date()
    if last.covers:
        day = min(day, last.covers.end)
    return datetime.combine(day, time.min, site.timezone)


def _since(newsroom: Newsroom, since: datetime, until: datetime | None = None) -> list[Post]:
    """The posts dated then or later, newest first, whether readers see them or not."""
    shelf = shelf_of(newsroom.posts, newsroom.site)
    first, last = since.timestamp(), until.timestamp() if until else inf
    return [shelf.take(card) for card in shelf.cards if first <= card.since < last]


def _passed_over(
    newsroom: Newsroom, last: Issue, since: datetime, told: Mapping[str, str], now: datetime
) -> Iterator[LeftOut]:
    """What the last issue could have told, and no issue did: taken out of it, or dated back."""
    zone = newsroom.site.timezone
    begins = last.covers.start if last.covers else (since - _BEHIND).date()
    why = say("it is older than {issue}, which does not tell it", issue=last.slug)
    for post in _since(newsroom, datetime.combine(begins, time.min, zone), since):
        is_choice = post.placement is Placement.NEVER or _is_standing(post)
        if post.id not in told and not is_choice and post.is_public(now):
            yield LeftOut(post, why)


def _is_standing(post: Post) -> bool:
    return post.placement is Placement.ALWAYS


def _why_not(post: Post, told: Mapping[str, str], leaves_at: datetime) -> Saying | None:
    """Why a post since the last issue is not for this one; None when it is."""
    if post.placement is Placement.NEVER:
        return say("it says newsletter: never")
    if post.id in told and not _is_standing(post):
        return say("{issue} told it", issue=told[post.id])
    match post.standing(leaves_at):
        case Standing.WITHDRAWN:
            return say("it was withdrawn")
        case Standing.WAITING:
            return say("it is not public before {day}", day=f"{post.published:%Y-%m-%d}")
        case Standing.EXPIRED:
            return say("it expires before the issue leaves")
    return None


def _in_order(posts: Sequence[Post], site: Site) -> tuple[Post, ...]:
    """Those that want to lead, then category by category as site.yaml has them, newest first."""
    places = {category: place for place, (category, _) in enumerate(site.categories)}

    def place(post: Post) -> tuple[bool, int, float, str]:
        category = places.get(post.category or "", len(places))
        wants = post.placement is Placement.LEAD
        return not wants, category, -post.published.timestamp(), post.slug

    return tuple(sorted(posts, key=place))


def _ahead(newsroom: Newsroom, leaves_at: datetime) -> list[Event]:
    """The events that are not over when the issue leaves, the nearest first."""
    shelf, moment = shelf_of(newsroom.events, newsroom.site), leaves_at.timestamp()
    ahead = [card for card in shelf.cards if card.over > moment and not card.withdrawn]
    return [shelf.take(card) for card in ahead]


def _why_no_event(event: Event, leaves_at: datetime) -> Saying | None:
    """Why an event ahead is not for this issue; None when it is."""
    if event.draft:
        return say("it is a draft")
    if event.status is EventStatus.CANCELLED:
        return say("it is cancelled; name it if readers should hear of that")
    if event.start > leaves_at + _AHEAD:
        return say("it is more than eight months away")
    return None


def _contacts(public: Newsroom) -> tuple[Contact, ...]:
    """The office, or the approvers where no group is called kansli or office."""
    office = tuple(person for person in public.contacts if _OFFICE & set(person.groups))
    return office or tuple(c for c in public.contacts if c.slug in public.site.approvers)
