"""The file of a drafted issue: lists of names, each with what it stands for and what it lacks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from newsroom.content.write import as_yaml, new_id
from newsroom.jobs.issue.draft_contents import Contents, LeftOut, Material
from newsroom.jobs.issue.draft_remarks import about_contact, about_event, about_post
from newsroom.model import Event, Kind, Newsroom, Piece, Post, Severity
from newsroom.model.saying import Saying, say
from newsroom.model.season import Season, find_season
from newsroom.render.sayings import in_language
from newsroom.render.text.characters import one_line

_P = TypeVar("_P", bound=Piece)
_MOST_LEFT_OUT = 12  # of each list; more would bury it
_IN_SWEDISH = {
    Season.SPRING: "våren",
    Season.SUMMER: "sommaren",
    Season.AUTUMN: "hösten",
    Season.WINTER: "vintern",
}


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """An issue to be written down."""

    material: Material
    name: str
    contents: Contents

    @property
    def newsroom(self) -> Newsroom:
        """The newsroom that it is written in."""
        return self.material.newsroom

    def said(self, text: str) -> str:
        """A saying in the language of the site: the file outlives whoever sits at the desk."""
        return in_language(text, self.newsroom.site.language)

    def remark(self, text: str, indent: str = "") -> str:
        """A comment on a line of its own."""
        return f"{indent}# {self.said(text)}"

    def line(self, slug: str, width: int, about: str, *, waits: bool = False) -> str:
        """A name in a list with what is said of it; of one that waits, all behind a #."""
        return f"  {'# ' if waits else ''}- {slug:<{width}}  # {self.said(about)}"

    def post(self, post: Post) -> Saying:
        """What is said of a post."""
        return about_post(post, self.newsroom.site)


def draft_text(draft: IssueDraft) -> str:
    """The whole file: front matter with comments, and where to write to the readers."""
    zone, contents = draft.newsroom.site.timezone, draft.contents
    lang = draft.newsroom.site.language
    period = _period(draft.name, swedish=lang.startswith("sv"))
    title = as_yaml(issue_title(draft.name, lang))
    # On the line itself, with which it goes.
    why_draft = draft.remark(say("It is not on the web before it is sent; then this line goes."))
    numbers = (issue.number or 0 for issue in draft.newsroom.issues)
    lines = [
        "---",
        f"id: {new_id()}",
        f"title: {title}",
        f"number: {1 + max(numbers, default=0)}",
        f"period: {as_yaml(period)}",
        f"draft: true  {why_draft}",
        draft.remark(say("The subject, and the line after it in the inbox (40–90 characters).")),
        f"subject: {title}",
        "preheader:",
        "covers:",
        f"  from: {contents.since.astimezone(zone).date()}",
        f"  to: {draft.material.now.astimezone(zone).date()}",
        draft.remark(say("What comes first: move a post here, or leave it empty.")),
        _lead(draft),
        draft.remark(say("The order here is that of the letter. Remove what is not to be told.")),
        *_unreadable(draft),
        *story_lines(draft),
        *event_lines(draft),
        *_contact_lines(draft),
        "---",
        "",
        draft.said(say("[Write a few lines to the readers here.]")),
        "",
    ]
    return "\n".join(lines)


def issue_title(name: str, lang: str) -> str:
    """What an issue is called until somebody has called it something else."""
    period = _period(name, swedish=lang.startswith("sv"))
    return in_language(say("Newsletter, {period}", period=period), lang)


def story_lines(draft: IssueDraft) -> Iterator[str]:
    """The posts of an issue, by category, then those that could still come, and those left out."""
    contents = draft.contents
    told = (*contents.stories, *contents.come, *contents.always)
    coming = (*contents.waiting, *contents.drafts)
    yield "stories:" if told or coming else "stories: []"
    yield from _by_category(draft)
    since = say("Come on the day of the draft, or since:")
    yield from _listed(draft, contents.come, draft.post, since)
    early = say("Their day comes before the issue leaves. Take away the first # to tell them:")
    unfinished = say("Drafts. Finish them, and take away the first #:")
    yield from _listed(draft, contents.always, draft.post, say("In each issue:"))
    yield from _listed(draft, contents.waiting, draft.post, early, waits=True)
    yield from _listed(draft, contents.drafts, draft.post, unfinished, waits=True)
    gone = say("Not in the file, perhaps because somebody took them out:")
    yield from _listed(draft, contents.taken_out, draft.post, gone, waits=True)
    yield from _left_out(draft, Post)


def event_lines(draft: IssueDraft) -> Iterator[str]:
    """The events ahead, the nearest first, and those left out."""
    events, issues = draft.contents.events, reversed(draft.newsroom.issues)  # the newest last
    told = {slug: each.slug for each in issues if each.slug != draft.name for slug in each.events}

    def about(event: Event) -> Saying:
        site = draft.newsroom.site
        return about_event(event, told.get(event.slug), draft.material.leaves_at, site)

    yield "events:" if events else "events: []"
    yield from _listed(draft, events, about)
    yield from _left_out(draft, Event)


def _lead(draft: IssueDraft) -> str:
    lead = draft.contents.lead
    return f"lead: {lead.slug}  # {draft.said(draft.post(lead))}" if lead else "lead:"


def _unreadable(draft: IssueDraft) -> Iterator[str]:
    """Issues with errors: nobody knows what they told."""
    read = {issue.source for issue in draft.newsroom.issues}
    faulty = {each.source for each in draft.material.problems if each.severity is Severity.ERROR}
    for file in sorted(faulty - read):
        if file.parts[1] != Kind.ISSUE:
            continue
        yield draft.remark(
            say("NOTE: {file} has errors, so what it told may stand here again.", file=file)
        )


def _by_category(draft: IssueDraft) -> Iterator[str]:
    """The stories, under their category where there is more than one."""
    site, stories = draft.newsroom.site, draft.contents.stories
    groups = [(key, tuple(posts)) for key, posts in groupby(stories, lambda post: post.category)]
    for category, posts in groups:
        word = site.category_word(category) if category else say("Without a category")
        yield from _listed(draft, posts, draft.post, word if len(groups) > 1 else None)


def _contact_lines(draft: IssueDraft) -> Iterator[str]:
    people = draft.contents.contacts
    site, leaves_at = draft.newsroom.site, draft.material.leaves_at
    yield "contacts:" if people else "contacts: []"
    yield from _listed(draft, people, lambda each: about_contact(each, leaves_at, site))


def _listed(
    draft: IssueDraft,
    pieces: Sequence[_P],
    about: Callable[[_P], str],
    heading: str | None = None,
    *,
    waits: bool = False,
) -> Iterator[str]:
    """A line for each piece, aligned; nothing at all of none."""
    if pieces and heading:
        yield draft.remark(heading, "  ")
    width = max((len(piece.slug) for piece in pieces), default=0)
    for piece in pieces:
        yield draft.line(piece.slug, width, about(piece), waits=waits)


def _left_out(draft: IssueDraft, kind: type[Post | Event]) -> Iterator[str]:
    """What was left out of a list, each with its reason."""
    left: list[LeftOut] = [e for e in draft.contents.left_out if isinstance(e.piece, kind)]
    if left:
        yield draft.remark(say("Left out:"), "  ")
    for each in left[:_MOST_LEFT_OUT]:
        title = one_line(each.piece.title)
        why = say("{slug}: {why} ({title})", slug=each.piece.slug, why=each.why, title=title)
        yield draft.remark(why, "  ")
    if len(left) > _MOST_LEFT_OUT:
        yield draft.remark(say("and {number} more", number=len(left) - _MOST_LEFT_OUT), "  ")


def _period(name: str, *, swedish: bool) -> str:
    """`2026-host` is hösten 2026; a name without a year is used as it is."""
    year, _, season = name.partition("-")
    if not year.isdigit() or not season:
        return name
    found = find_season(season)
    if found is None:
        return f"{season} {year}"
    return f"{_IN_SWEDISH[found] if swedish else found.value} {year}"
