"""The days of the issues to come: as a list, and as a calendar behind a private address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.jobs.approval.deadline_words import DeadlineWords
    from newsroom.jobs.approval.deadlines import Deadline, IssueDay
    from newsroom.model import Newsroom
    from newsroom.wiring.desk import Desk


def listed(desk: Desk) -> tuple[tuple[Deadline, ...], DeadlineWords]:
    """The days, and what they are told with."""
    from newsroom.database import reading
    from newsroom.jobs.approval.deadlines import deadlines

    newsroom, schedule = desk.read_newsroom(), desk.schedule_if_any()
    with reading(desk.database) as connection:
        days = deadlines(connection, schedule, newsroom.site, desk.clock())
    return days, _almanac(newsroom, days)


def days_of(desk: Desk, name: str) -> dict[IssueDay, Deadline]:
    """The days of one issue."""
    return {day.step: day for day in listed(desk)[0] if day.issue == name}


def calendar(desk: Desk) -> bytes:
    """The days as a calendar. Making it changes nothing."""
    from newsroom.database import reading
    from newsroom.jobs.approval.deadlines import versions
    from newsroom.model.saying import say
    from newsroom.render.calendars.issue_days import deadline_calendar
    from newsroom.render.sayings import in_language

    days, almanac = listed(desk)
    with reading(desk.database) as connection:
        found = versions(connection, days)
    entries = [almanac.entry(day, found[day.key]) for day in days]
    name = in_language(
        say("The newsletter's days, {name}", name=desk.site.name), desk.site.language
    )
    return deadline_calendar(almanac.site, entries, name)


def calendar_behind(desk: Desk, token: str) -> bytes | None:
    """The calendar that a key opens; None when it opens none, or its holder approves no longer."""
    from newsroom.delivery.approval.calendar_token import calendar_of
    from newsroom.jobs.approval.approvers import approvers_of

    able = [person.slug for person in approvers_of(desk.read_newsroom(), desk.clock())]
    return calendar(desk) if calendar_of(desk.keys[0], token, able) else None


def calendar_address(desk: Desk, slug: str) -> str:
    """One approver's own address of it. Raises StateError for anybody else."""
    from newsroom.delivery.approval.calendar_token import calendar_token
    from newsroom.errors import StateError
    from newsroom.jobs.approval.approvers import approvers_of
    from newsroom.model import Addresses
    from newsroom.model.saying import say

    able = {person.slug for person in approvers_of(desk.read_newsroom(), desk.clock())}
    if slug not in able:
        raise StateError(
            say(
                '"{name}" does not approve issues; posts/site.yaml names {names}',
                name=slug,
                names=", ".join(sorted(able)),
            )
        )
    addresses = Addresses(desk.site)
    return addresses.url(addresses.deadlines(calendar_token(desk.keys[0], slug)))


def _almanac(newsroom: Newsroom, days: tuple[Deadline, ...]) -> DeadlineWords:
    from newsroom.jobs.approval.deadline_words import DeadlineWords
    from newsroom.jobs.issue.draft_text import issue_title

    site = newsroom.site
    titles = {day.issue: issue_title(day.issue, site.language) for day in days}
    titles |= {issue.slug: issue.title for issue in newsroom.issues}
    return DeadlineWords(
        site, titles, {contact.slug: contact.title for contact in newsroom.contacts}
    )
