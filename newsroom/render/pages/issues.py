"""The newsletter on the web: the list of issues, and each to be read in the browser.

The page of an issue says what its letter says, in the same order, and leads to the same places;
only what is a reader's own is not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from newsroom.model import Card, EventStatus, Issue
from newsroom.render.calendars.event_changes import what_changed
from newsroom.render.calendars.event_title import event_title
from newsroom.render.pages.leaf import Leaf, latest
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Named, Person, Picture, Prose, Teaser
from newsroom.render.text.characters import one_line
from newsroom.render.text.plain import first_paragraph


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event as an issue tells of it: in words that hold whenever they are read."""

    id: str
    lang: str
    when: str
    title: str
    place: str | None
    deadline: str | None
    changed: tuple[str, ...]  # what was new about it since it was announced
    address: str
    calendar: str  # the address of its file for calendars


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue with everything its page shows."""

    issue: Issue
    prose: Prose
    picture: Picture | None
    lead: Teaser | None
    stories: tuple[Teaser, ...]
    meetings: tuple[Meeting, ...]
    contacts: tuple[Person, ...]
    files: tuple[File, ...]
    newer: Named | None
    older: Named | None


@dataclass(frozen=True, slots=True)
class IssuesView:
    """The issues, newest first."""

    issues: tuple[tuple[Issue, str], ...]  # with the address of each


def issue_leaves(library: Library) -> Iterator[Leaf]:
    """The list and a page for each; none when no issue is out."""
    issues = library.public.issues
    if not issues:
        return
    listed = tuple((issue, library.addresses.piece(issue)) for issue in issues)
    newest = latest(*(issue.published for issue in issues))
    address = library.addresses.section("issues")
    yield Leaf(address, "site/issues.html", IssuesView(listed), newest)
    for i, (issue, address) in enumerate(listed):
        newer = issues[i - 1] if i else None
        older = issues[i + 1] if i + 1 < len(issues) else None
        view = _view(library, issue, newer, older)
        yield Leaf(address, "site/issue.html", view, issue.updated or issue.published)


def _view(library: Library, issue: Issue, newer: Issue | None, older: Issue | None) -> IssueView:
    posts, events = library.register.post, library.register.event
    lead = [posts[issue.lead]] if issue.lead in posts else []
    rest = [slug for slug in dict.fromkeys(issue.stories) if slug in posts and slug != issue.lead]
    return IssueView(
        issue=issue,
        prose=library.cutter.prose(issue.body, issue.source),
        picture=library.cutter.picture(issue.image),
        lead=next(_stories(library, issue, lead), None),
        stories=tuple(_stories(library, issue, (posts[slug] for slug in rest))),
        meetings=tuple(_meeting(library, events[slug]) for slug in issue.events if slug in events),
        contacts=library.cutter.people(issue.contacts),
        files=library.cutter.files(issue.attachments),
        newer=library.cutter.named(newer) if newer else None,
        older=library.cutter.named(older) if older else None,
    )


def _stories(library: Library, issue: Issue, cards: Iterable[Card]) -> Iterator[Teaser]:
    """Posts in the words that the issue has for them; without a summary, in their first words."""
    for card in cards:
        post = issue.told(library.posts.take(card))
        summary = post.summary or first_paragraph(library.rendered(post.body)) or ""
        teaser = library.cutter.teaser(card)
        yield replace(teaser, title=one_line(post.title), summary=one_line(summary))


def _meeting(library: Library, card: Card) -> Meeting:
    event, words = library.events.take(card), library.words
    off = event.status in {EventStatus.CANCELLED, EventStatus.POSTPONED}
    deadline = event.registration.deadline if event.registration and not off else None
    place = one_line(event.place.name) if event.place else None
    return Meeting(
        id=event.id,
        lang=event.lang,
        when=words.span(event.start, event.end, all_day=event.all_day),
        title=event_title(event, words),
        place=place or (words.gettext("Online") if event.online else None),
        deadline=words.date(deadline) if deadline else None,
        changed=what_changed(event, words),
        address=card.address,
        calendar=library.addresses.event_calendar(card),
    )
