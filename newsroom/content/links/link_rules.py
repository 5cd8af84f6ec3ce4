"""Links between pieces: whether what they lead to is there, and whether readers may see it yet."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import PurePosixPath

from newsroom.content.front.notes import nearest, quoted, suggestion
from newsroom.content.links.destinations import Destinations
from newsroom.content.links.meaning import meant_by
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.lint import severity_of
from newsroom.model import Card, Kind, Problem, Site, Standing
from newsroom.model.saying import Saying, say

_PREFIX = "t-"  # what the ids of a text begin with on its page; a test compares it with render's


def broken_links(destinations: Destinations) -> Iterator[Problem]:
    """A problem for each link that leads to no file, no page or no heading."""
    for card in destinations.cards:
        for line, written, meaning in card.links:
            finding: Finding | None = None
            if meaning is None or not destinations.is_there(meaning):
                finding = _to_nowhere(line, written, card, meaning, destinations)
            elif (target := destinations.piece(meaning)) and "#" in written:
                finding = _to_no_heading(line, written, target, on_page=meaning.startswith("/"))
            if finding:
                yield _problem(card, finding, destinations.site)


def hidden_links(
    destinations: Destinations, now: datetime, unusable: AbstractSet[str] = frozenset()
) -> Iterator[Problem]:
    """A problem for each link of a public or waiting piece to what readers will not find there.

    `unusable` are the files whose pieces are kept out for their errors.
    """
    moment, site = now.timestamp(), destinations.site
    for card in destinations.cards:
        if not card.standing(moment).has_readers:
            continue
        for line, written, meaning in card.links:
            target = destinations.piece(meaning) if meaning else None
            if target is None:
                continue
            standing = target.standing(max(moment, card.since))
            broken = say("it has errors") if target.source in unusable else None
            if why := broken or _unseen(target, standing, site):
                message = say(
                    "the link {address} leads to what nobody sees: {why}",
                    address=quoted(written),
                    why=why,
                )
                gone = standing in {Standing.WITHDRAWN, Standing.EXPIRED}
                fix = say("take the link away")
                fix = fix if gone else say("until it is public only the words are shown")
                yield _problem(card, Finding(line, "hidden-link", message, fix), site)


def _problem(card: Card, finding: Finding, site: Site) -> Problem:
    severity = severity_of(finding.code, (*site.checks, *card.checks), draft=card.draft)
    source = PurePosixPath(card.source)
    return Problem(source, finding.at, severity, finding.code, finding.message, finding.fix)


def _unseen(target: Card, standing: Standing, site: Site) -> Saying | None:
    """Why readers do not see a piece that stands so; None when they do."""
    match standing:
        case Standing.DRAFT:
            return say("it is a draft")
        case Standing.WITHDRAWN:
            return say("it was withdrawn")
        case Standing.WAITING:
            day = datetime.fromtimestamp(target.since, site.timezone)
            return say("it is not public before {day:%Y-%m-%d %H:%M}", day=day)
        case Standing.EXPIRED:
            left = target.kind == Kind.CONTACT
            return say("the person has left") if left else say("it has expired")
        case Standing.PUBLIC:
            return None


def _to_nowhere(
    line: int, written: str, card: Card, meaning: str | None, destinations: Destinations
) -> Finding:
    path = written.partition("#")[0]
    if meant := meant_by(path):
        message = say("the link {address} is not a whole address", address=quoted(path))
        return Finding(line, "broken-link", message, say("write {words}", words=meant))
    if meaning and meaning.startswith("/"):
        message = say("the link {address} leads to no page of the site", address=quoted(path))
        fix = say("name a file in posts/, or write the whole address of another site")
        return Finding(line, "broken-link", message, fix)
    message = say("the link {address} leads to no file in posts/", address=quoted(path))
    near = destinations.near(PurePosixPath(card.source), meaning) if meaning else ()
    fix = suggestion(path, near, say("put the file there, or mend the link"))
    return Finding(line, "broken-link", message, fix)


def _to_no_heading(line: int, written: str, target: Card, *, on_page: bool) -> Finding | None:
    """What is wrong with the end of a link, from its #, when the text offers no such place.

    On its page an id of a text has a prefix, which a link by file gets by itself. An id without it
    may be of the page around the text.
    """
    path, _, name = written.partition("#")
    known = target.anchors
    if known is None or not name or (name in known and not on_page):
        return None
    bare = name.removeprefix(_PREFIX)
    if on_page and (bare == name) != (bare in known):
        return None
    meant = bare if bare in known else nearest(bare, known)
    fix = say("write the words of a heading: #the-heading")
    if meant:
        fix = say("write {words}", words=f"{path}#{_PREFIX if on_page else ''}{meant}")
    message = say(
        "the link {address} leads to no heading in {file}",
        address=quoted(written),
        file=target.source,
    )
    return Finding(line, "broken-anchor", message, fix)
