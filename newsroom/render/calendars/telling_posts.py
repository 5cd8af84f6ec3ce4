"""Whether a post already tells of a change of an event: then no notice is needed.

Only a title counts: it is what lists, feeds and channels show of a post. It has to name the event
and, right beside that, say what happened: "Inställt: höstmötet", "Höstmötet i Lund är inställt".
Any other may be about anything ("Så avbokar du höstmötet", "Höstmötets middag är inställd",
"Höstmötet är inte inställt"), and then readers are told of the change besides: better twice than
not at all.
"""

import re
from collections.abc import Iterable
from math import inf

from newsroom.model import Card, EventStatus
from newsroom.model.lifecycle import Change

_NAME = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for what the event is called
_ENDING = 2  # letters: höstmöte, höstmötet, höstmötena
_NOUN = re.compile(r"\b(?!(?:och|för|den|det|med|vid|the|and|for|new)\b)\w{3,}")  # or nearly one
_THE = r"(?:(?:det|den|the|our|vårt?) )?"
_WHERE = r"(?: (?:i|på|om|för|med|vid|in|on|at|about|of|for) [^ ]+){0,3}(?: (?:den |on )?\d+ \w+)?"
_IS = r"(?: ?[:,–—-])?(?: (?:är|blir|har|nu|tyvärr|is|are|has been|now|will be))* "
_OF = r"(?:(?: ?[:,–—-])? | (?:för|av|till|for|of) )"


def _beside(*words: str) -> re.Pattern[str]:
    """One of these right before what the event is called, or right after."""
    said = "|".join(words)
    before = rf"(?:^|[:.!–—-] |\b(?:vi|we) )(?:{said}){_OF}{_THE}{_NAME}"
    after = rf"(?:^|[:.!–—-] ){_THE}{_NAME}{_WHERE}{_IS}(?:{said})\b"
    return re.compile(f"{before}|{after}", re.IGNORECASE)


# Swedish and English, in each site's posts: whoever writes in another language tells of it twice.
_CANCELLED = _beside(
    r"inställ(?:t|d|da)",
    r"ställ(?:s|er|de|des) in",
    r"(?:blir|blev) (?:inte|ej) av",
    r"avlys(?:t|es|er|ts)",
    r"cancel(?:s|led|ed)?",
    r"cancellation",
    r"call(?:s|ed)? off",
    r"will not take place",
)
_POSTPONED = _beside(
    r"uppskjut(?:en|et|na)",
    r"skj(?:uts|uter|öts|öt) (?:upp|fram)",
    r"flytta(?:s|r|d|t|de|ts|des)? fram",
    r"flyttar vi fram",
    r"framflytta(?:d|t|de)",
    r"senarelägg(?:s|er)|senarela(?:gt|gd|gda|des)",
    r"postpone(?:s|d)?",
    r"put(?:s)? off",
)
_MOVED = _beside(
    r"flytta(?:s|r|d|t|de|ts|des)?",
    r"(?:fram|för)flytta(?:d|t|de)",
    r"(?:får )?ny(?:tt|a)? (?:tid|tider|klockslag|datum|dag|dagar|plats|lokal|sal|adress|ort)"
    r"(?: och (?:tid|plats|lokal|datum|dag))?",
    r"by(?:ter|ts|tte|ttes) (?:tid|datum|dag|plats|lokal|sal|adress|ort)",
    r"(?:tidigare|senare)lägg(?:s|er)|(?:tidigare|senare)la(?:gt|gd|gda|des)",
    r"(?:hålls )?(?:digital|digitalt|online)",
    r"move(?:s|d)?",
    r"new (?:time|times|date|dates|day|place|venue|room|address|location)"
    r"(?: and (?:time|place|venue|date|day))?",
    r"rescheduled?",
)
_AFTER_ALL = _beside(
    r"blir (?:ändå )?av(?: ändå)?",
    r"blir av trots allt",
    r"takes place after all",
    r"is back on|back on",
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
    """Whether a title tells what became of an event; a question tells nobody."""
    words = _named(" ".join(title.split()), " ".join(event.split()))
    return "?" not in words and any(pattern.search(words) for pattern in _patterns(change))


def _named(title: str, event: str) -> str:
    """A title with `_NAME` for what the event is called: its title, or the nouns of that."""
    stems = [word.casefold() for word in _NOUN.findall(event)]

    def name(word: re.Match[str]) -> str:
        said = word[0].casefold()
        known = any(
            said.startswith(stem[: len(said)]) and abs(len(said) - len(stem)) <= _ENDING
            for stem in stems
        )
        return _NAME if known else word[0]

    whole = re.sub(rf"(?<!\w){re.escape(event)}(?!\w)", _NAME, title, flags=re.IGNORECASE)
    return re.sub(rf"{_NAME}(?: {_NAME})+", _NAME, _NOUN.sub(name, whole))


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
