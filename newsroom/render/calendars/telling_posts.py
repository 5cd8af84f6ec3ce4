"""Which post tells of a change of an event, so that nothing else has to.

Only a title counts: it is what lists, feeds and channels show of a post. A post about an event
that was called off may be about anything, and was perhaps written before. Where its title does not
say what happened, readers are told of the change besides: better twice than not at all.
"""

import re
from collections.abc import Iterable
from math import inf

from newsroom.model import Card, EventStatus
from newsroom.model.lifecycle import Change

_NOT = r"(?<!inte )(?<!ej )(?<!not )"


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# Swedish and English, in each site's posts: whoever writes in another language tells of it twice.
_CANCELLED = _words(
    rf"{_NOT}inställ(?:t|d|da)",
    r"ställ(?:s|er|a|t|ts|des|de|as) in",
    r"(?:blir|blev) (?:inte|ej) av",
    rf"{_NOT}avlys(?:t|es|er|ts)",
    rf"{_NOT}cancel(?:s|led|ed|ling|ing|lation)?",
    rf"{_NOT}call(?:s|ed|ing)? off",
    r"will not take place",
)
_POSTPONED = _words(
    rf"{_NOT}uppskjut(?:en|et|na)",
    r"skj(?:uts|uter|utas|uta|utits|utit|öts|öt) (?:upp|fram)",
    r"flytta(?:s|r|d|t|de|ts|des)? fram",
    rf"{_NOT}framflytta(?:d|t|de)",
    r"senarelägg\w*",
    rf"{_NOT}postpon(?:e|es|ed|ing)",
    r"put(?:s|ting)? off",
)
_MOVED = _words(
    rf"{_NOT}flytta(?:s|r|d|t|de|ts|des)?",
    rf"{_NOT}flytt(?:en)?",
    rf"{_NOT}(?:fram|för)flytta(?:d|t|de)",
    r"ny(?:tt|a)? (?:tid|tider|klockslag|datum|dag|dagar|plats|lokal|sal|adress|ort)",
    r"(?:annan|annat|andra) (?:tid|datum|dag|plats|lokal|sal|adress|ort)",
    rf"{_NOT}ändra(?:s|r|d|t|de|ts|des)?",
    r"by(?:ter|ts|tt|te|ttes) (?:tid|datum|dag|plats|lokal|sal|adress|ort)",
    r"(?:tidigare|senare)lägg\w*",
    r"(?:blir|hålls|är nu) (?:digital\w*|online)",
    r"på (?:webben|nätet) i ?stället",
    r"online instead",
    rf"{_NOT}mov(?:e|es|ed|ing)",
    r"new (?:time|times|date|dates|day|place|venue|room|address|location)",
    rf"{_NOT}(?:chang(?:e|es|ed)|reschedul(?:e|es|ed))",
)
_AFTER_ALL = _words(
    r"blir (?:ändå )?av",
    r"ändå",
    r"trots allt",
    r"after all",
    r"(?:will )?tak(?:e|es|ing) place",
    r"back on",
)
_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


def telling_post(
    event: str, change: Change, earlier: Iterable[Change], posts: Iterable[Card]
) -> Card | None:
    """The first of the public posts about an event that tells of its change; None when none does.

    `event` is its title. A post tells when its title says so, and it was published in time: on the
    day of the change or later, while the event was still to come. Where the event has changed like
    this `earlier` the title may mean that, and the post must be younger than the change.
    """
    over = max((v.end or v.start).timestamp() for v in (change.before, change.after))
    since = _since(change, earlier)
    told = (p for p in posts if since <= p.since < over and _says(p.title, event, change))
    return min(told, key=lambda post: (post.since, post.id), default=None)


def _says(title: str, event: str, change: Change) -> bool:
    """Whether a title tells what became of an event, beside what the event is called."""
    words = " ".join(title.split()).replace(" ".join(event.split()), "…")
    return any(pattern.search(words) for pattern in _patterns(change))


def _patterns(change: Change) -> tuple[re.Pattern[str], ...]:
    if change.after.status is EventStatus.CANCELLED:
        return (_CANCELLED,)
    if change.after.status is EventStatus.POSTPONED:
        return (_CANCELLED, _POSTPONED)
    if change.before.status in _OFF:
        return (_AFTER_ALL, _MOVED)
    return (_MOVED,)


def _since(change: Change, earlier: Iterable[Change]) -> float:
    """From when on a post may tell of a change: who writes of it may be quicker than its file."""
    again = any(set(_patterns(change)) & set(_patterns(other)) for other in earlier)
    if change.moment is None:
        return inf if again else -inf
    moment = change.moment
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return (moment if again else day).timestamp()
