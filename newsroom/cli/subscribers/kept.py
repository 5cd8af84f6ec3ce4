"""What is kept about one person, in the words of the desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from newsroom.cli.language import said
from newsroom.cli.problems import counted
from newsroom.model import SubscriberState
from newsroom.model.delivery import BounceSeverity
from newsroom.model.saying import Saying, say

_Day = Callable[[str], str]  # the local day of a moment
_EVENTS = {
    "requested": say("asked for the newsletter"),
    "confirmed": say("confirmed the address"),
    "declined": say("said that it was somebody else"),
    "added": say("was added"),
    "imported": say("was imported"),
    "left": say("left"),
    "returned": say("came back"),
    "suppressed": say("was stopped"),
    "changed": say("changed their name, language or topics"),
    "erased": say("was erased"),
}
_METHODS = {
    "web": say("on the web"),
    "one-click": say("with the button of a mail program"),
    "mail": say("by mail"),
    "import": say("from a list"),
    "command": say("at the desk"),
    "retention": say("when its time was over"),
}
_PLACES = {"link": say("by a link in a mail"), "undo": say("taken back")}
_SENT = {
    "pending": say("waits"),
    "claimed": say("is being sent"),
    "deferred": say("is tried again"),
    "accepted": say("accepted"),
    "refused": say("refused"),
    "excluded": say("left out"),
    "unknown": say("unknown"),
    "cancelled": say("cancelled"),
}
_RETURNED = {"bounce": say("came back"), "complaint": say("called unwanted")}
# What a bounce says of the address, where nobody has judged why it came back.
_SEVERITIES = {
    BounceSeverity.HARD: say("the address does not exist"),
    BounceSeverity.SOFT: say("it may pass"),
    BounceSeverity.POLICY: say("it is not about the address"),
    BounceSeverity.UNKNOWN: say("it does not say why"),
}


def kept_lines(kept: Mapping[str, Any], zone: tzinfo) -> Iterator[Saying | str]:
    """What `export_person` gives, to be read: who, what they agreed to, what was sent.

    The days are those of the zone.
    """
    from newsroom.jobs.readers.standing_words import KEPT_OUT, STANDS
    from newsroom.readers.suppression import Reason

    def day(moment: str) -> str:
        return f"{datetime.fromisoformat(moment).astimezone(zone):%Y-%m-%d}"

    person = kept["subscriber"]
    if person is None:
        yield say("{email}: is not on the list", email=kept["email"])
    else:
        stands = said(STANDS[SubscriberState(person["state"])])
        facts = (kept["email"], stands, person["lang"], person["name"])
        yield "  ".join(fact for fact in facts if fact)
        yield say("in this state since {day}", day=day(person["since"]))
        if person["tags"]:
            yield say("topics: {tags}", tags=", ".join(person["tags"]))
    for out in kept["suppressed"]:
        why = KEPT_OUT[Reason(out["reason"])]
        yield say("kept out since {day}: {reason}", day=day(out["at"]), reason=why)
    yield from _consents(kept["consent"], day)
    yield from _sent(kept["deliveries"], day)
    yield from (_returned(came, day) for came in kept["bounces"])


def _consents(entries: Sequence[Mapping[str, Any]], day: _Day) -> Iterator[str]:
    for entry in entries:
        happened, how = said(_EVENTS[entry["event"]]), said(_METHODS[entry["method"]])
        source = str(entry["source"] or "")
        where = source if entry["method"] == "import" else _in_words(source)
        yield f"{day(entry['at'])}  {happened}  ({how})  {where}".rstrip()
        if entry["wording"]:
            yield f'            "{entry["wording"]}"'


def _sent(deliveries: Sequence[Mapping[str, Any]], day: _Day) -> Iterator[Saying | str]:
    number = len(deliveries)
    if number:
        yield counted(number, say("1 issue"), say("{number} issues", number=number))
    for row in deliveries:
        state, why = said(_SENT[row["state"]]), _in_words(row["reason"] or "")
        yield f"{day(row['updated'])}  {row['issue']}  {state}  {why}".rstrip()


def _returned(came: Mapping[str, Any], day: _Day) -> str:
    """A mail that came back: why, the server's own words, and whether it still counts."""
    told = [day(came["at"]), said(_RETURNED[came["kind"]]), _why(came)]
    told.append(came["diagnostic"] or came["status"])
    if came["undone"]:
        told.append(said(say("taken back on {day}", day=day(came["undone"]))))
    return "  ".join(filter(None, told))


def _why(came: Mapping[str, Any]) -> str | None:
    """What a bounce says of the address; a complaint is a person's, and says nothing of it."""
    from newsroom.bounces.cause import Cause

    if came["kind"] == "complaint":
        return None
    cause = came["cause"]
    return said(Cause(cause).words if cause else _SEVERITIES[BounceSeverity(came["severity"])])


def _in_words(text: str) -> str:
    """A word of the records in words of the desk; a page, a file or a server's answer as it is."""
    from newsroom.jobs.readers.standing_words import KEPT_OUT, STANDS

    ours = {str(word): words for word, words in (*KEPT_OUT.items(), *STANDS.items())}
    return said((ours | _PLACES).get(text, text))
