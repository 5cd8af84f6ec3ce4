"""What stands beside each name of a drafted issue: its day, its title, and what it lacks."""

from datetime import datetime, timedelta

from newsroom.model import Contact, Event, Post, Site
from newsroom.model.saying import Saying, joined, say
from newsroom.render.text.characters import one_line
from newsroom.render.words import Words

_YEAR = timedelta(days=366)


def about_post(post: Post, site: Site) -> Saying:
    """The day and the title of a post, and what readers of the letter would miss."""
    parts = [_day(post.published, site), one_line(post.title)]
    if not post.summary:
        parts.append(say("no summary: its first words are shown"))
    if post.image is not None and post.image.alt is None:
        parts.append(say("its picture has no description"))
    return _apart(parts)


def about_event(event: Event, told_in: str | None, leaves_at: datetime, site: Site) -> Saying:
    """The day, the place and the title of an event, and what is to be seen to."""
    parts = [_day(event.start, site)]
    if event.place is not None:
        parts.append(one_line(event.place.name))
    parts.append(one_line(event.title))
    if event.place is None and event.online is None:
        parts.append(say("no place"))
    if event.registration is not None and not event.is_open(leaves_at):
        parts.append(say("one can no longer register when the issue leaves"))
    if told_in is not None:
        parts.append(say("also in {issue}", issue=told_in))
    return _apart(parts)


def about_contact(person: Contact, leaves_at: datetime, site: Site) -> Saying:
    """Who it is, and whether somebody has looked after the address and the telephone lately."""
    parts = [one_line(person.title), *([one_line(person.role)] if person.role else [])]
    oldest = (leaves_at.astimezone(site.timezone) - _YEAR).date()
    if person.verified is None:
        parts.append(say("never verified"))
    elif person.verified < oldest:
        parts.append(say("not verified since {day}: see that it is right", day=person.verified))
    return _apart(parts)


def _apart(parts: list[str]) -> Saying:
    return joined(" · ", parts)


def _day(moment: datetime, site: Site) -> str:
    return Words(site.language).date(moment.astimezone(site.timezone))
