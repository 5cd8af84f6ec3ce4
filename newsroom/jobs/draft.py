"""Draft the next issue: a Markdown file that names everything there is to tell.

The coordinator then edits lists, not queries: moves a line, removes one, writes an introduction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from newsroom.content.write import new_id
from newsroom.errors import StateError
from newsroom.model import Contact, Event, EventStatus, Newsroom, Placement, Post, is_slug
from newsroom.model.saying import say
from newsroom.model.season import Season, find_season

_BEHIND = timedelta(days=190)  # how far back the first issue looks: half a year
_AHEAD = timedelta(days=240)  # how far on the calendar an issue looks: past the next one


@dataclass(frozen=True, slots=True)
class Contents:
    """What an issue could tell, chosen by rule."""

    since: datetime  # the issue before covered everything until here
    lead: Post | None
    stories: tuple[Post, ...]
    events: tuple[Event, ...]
    contacts: tuple[Contact, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new to tell; coming events alone make no issue."""
        return self.lead is None and not self.stories


def choose_contents(newsroom: Newsroom, name: str, now: datetime) -> Contents:
    """What has come since the last issue, and what is ahead. Drafts and old news stay out.

    A post is told once: one that an earlier issue names is left out, whenever it was written.
    """
    public = newsroom.public(now)
    earlier = [issue for issue in newsroom.issues if issue.slug != name]
    told = {slug for issue in earlier for slug in (*issue.stories, issue.lead)}
    sent = (issue.published for issue in public.issues if issue.published)
    since = max(sent, default=now - _BEHIND)
    fresh = [
        post
        for post in public.posts
        if post.slug not in told
        and post.placement is not Placement.NEVER
        and post.published > since
    ]
    lead = next((post for post in fresh if post.placement is Placement.LEAD), None)
    return Contents(
        since=since,
        lead=lead,
        stories=tuple(post for post in fresh if post is not lead),
        events=tuple(event for event in public.events if _is_ahead(event, now)),
        contacts=_contacts(public),
    )


def draft_issue(newsroom: Newsroom, name: str, now: datetime) -> tuple[PurePosixPath, str]:
    """The path and the text of the draft called `name` (`2026-host`).

    Raises StateError when the name cannot stand in an address, when the file is there already, or
    when there is nothing new to tell.
    """
    if not is_slug(name):
        raise StateError(
            say('"{name}" cannot be the name of an issue; write it like 2026-host', name=name)
        )
    path = PurePosixPath("posts/newsletters") / f"{name}.md"
    if any(issue.slug == name for issue in newsroom.issues):
        raise StateError(say("{path}: the issue is there already; edit that file", path=path))
    contents = choose_contents(newsroom, name, now)
    if contents.is_empty:
        raise StateError(
            say(
                "{path}: no post since the last issue, so there is nothing to tell; skipped",
                path=path,
            )
        )
    return path, _text(newsroom, name, contents, now)


def _is_ahead(event: Event, now: datetime) -> bool:
    if event.status is EventStatus.CANCELLED or event.is_over(now):
        return False
    return event.start <= now + _AHEAD


def _contacts(public: Newsroom) -> tuple[Contact, ...]:
    """The office, or the approvers where no group is called kansli or office."""
    office = tuple(c for c in public.contacts if {"kansli", "office"} & set(c.groups))
    return office or tuple(c for c in public.contacts if c.slug in public.site.approvers)


def _text(newsroom: Newsroom, name: str, contents: Contents, now: datetime) -> str:
    swedish = newsroom.site.language.startswith("sv")
    today = now.astimezone(newsroom.site.timezone).date()
    period = _period(name, swedish=swedish)
    title = f"Nyhetsbrev {period}" if swedish else f"Newsletter, {period}"
    hints = _HINTS["sv" if swedish else "en"]
    lines = [
        "---",
        f"id: {new_id()}",
        f"title: {title}",
        f"number: {1 + max((issue.number or 0 for issue in newsroom.issues), default=0)}",
        f"period: {period}",
        f"# {hints['draft']}",
        "draft: true",
        f"# {hints['subject']}",
        f"subject: {title}",
        "preheader:",
        "covers:",
        f"  from: {contents.since.astimezone(newsroom.site.timezone).date()}",
        f"  to: {today}",
        f"# {hints['lead']}",
        f"lead: {contents.lead.slug}" if contents.lead else "lead:",
        f"# {hints['stories']}",
        *_listed("stories", [(post.slug, post.title) for post in contents.stories]),
        *_listed("events", [(event.slug, event.title) for event in contents.events]),
        *_listed("contacts", [(person.slug, person.title) for person in contents.contacts]),
        "---",
        "",
        hints["introduction"],
        "",
    ]
    return "\n".join(lines)


def _listed(key: str, named: list[tuple[str, str]]) -> list[str]:
    """A YAML list of slugs, each with its title as a comment, so a person knows what it is."""
    if not named:
        return [f"{key}: []"]
    return [f"{key}:", *(f"  - {slug}  # {' '.join(title.split())}" for slug, title in named)]


def _period(name: str, *, swedish: bool) -> str:
    """`2026-host` is hösten 2026; a name without a year is used as it is."""
    year, _, season = name.partition("-")
    if not year.isdigit() or not season:
        return name
    found = find_season(season)
    if found is None:
        return f"{season} {year}"
    return f"{_IN_SWEDISH[found] if swedish else found.value} {year}"


_IN_SWEDISH = {
    Season.SPRING: "våren",
    Season.SUMMER: "sommaren",
    Season.AUTUMN: "hösten",
    Season.WINTER: "vintern",
}
_HINTS = {
    "sv": {
        "draft": "Raden nedan håller brevet borta från webben. Den försvinner när brevet skickas.",
        "subject": "Ämnesraden, och den rad som syns efter den i inkorgen (40–90 tecken).",
        "lead": "Det första i brevet: flytta hit en post från listan, eller låt stå tomt.",
        "stories": "Ordningen är brevets ordning. Ta bort en rad om den inte ska med.",
        "introduction": "[Skriv några rader till läsarna här.]",
    },
    "en": {
        "draft": "The line below keeps the issue off the web. It goes when the issue is sent.",
        "subject": "The subject, and the line shown after it in the inbox (40–90 characters).",
        "lead": "What comes first: move a post here from the list, or leave it empty.",
        "stories": "The order here is the order in the issue. Remove a line to leave it out.",
        "introduction": "[Write a few lines to the readers here.]",
    },
}
