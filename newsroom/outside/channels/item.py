"""What is announced: a piece of news in the few words that a channel has room for."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_ENDS = " ,.;:–-"  # signs that a text that was cut does not end with


class ItemKind(StrEnum):
    """What kind of news it is."""

    NEWS = "news"
    EVENT = "event"  # that there will be one
    CHANGE = "change"  # of an event that readers knew of: it was cancelled, moved, postponed


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of news, the same for every channel. Its texts are plain, on one line each."""

    id: str  # permanent
    kind: ItemKind
    title: str
    summary: str
    url: str  # of its page, whole
    lang: str  # BCP 47
    more: str  # what a link to its page says
    tags: tuple[str, ...] = ()  # as shown to readers
    at: datetime  # aware: when it was published; of an event, when it begins


def cut(text: str, most: int) -> str:
    """A text of at most `most` characters; one that is longer ends after a word, with `…`."""
    if len(text) <= most:
        return text
    words, space, _ = text[:most].rpartition(" ")
    return (words if space else text[: most - 1]).rstrip(_ENDS) + "…"


def hashtag(words: str) -> str | None:
    """The words of a topic as one, each with a capital: #JämlikHälsa; None where none can be made.

    A screen reader hears words in it, and a number alone is no hashtag.
    """
    joined = "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", words))
    return f"#{joined}" if re.search(r"[^\W\d_]", joined) else None
