"""The newsletter on the web: the list of issues, and each to be read in the browser."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.model import Issue
from newsroom.render.pages.leaf import Leaf, latest
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose, Teaser


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue with everything its page shows."""

    issue: Issue
    prose: Prose
    picture: Picture | None
    lead: Teaser | None
    stories: tuple[Teaser, ...]
    occasions: tuple[Occasion, ...]
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
    return IssueView(
        issue=issue,
        prose=library.cutter.prose(issue.body, issue.source),
        picture=library.cutter.picture(issue.image),
        lead=next(iter(library.cutter.teasers(lead)), None),
        stories=library.cutter.teasers(
            posts[slug] for slug in issue.stories if slug in posts and slug != issue.lead
        ),
        occasions=library.cutter.occasions(events[slug] for slug in issue.events if slug in events),
        contacts=library.cutter.people(issue.contacts),
        files=library.cutter.files(issue.attachments),
        newer=library.cutter.named(newer) if newer else None,
        older=library.cutter.named(older) if older else None,
    )
