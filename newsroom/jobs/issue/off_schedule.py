"""Where the issues do not go by the schedule: moved, sent by hand, or never drafted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from newsroom.database.tables import issue
from newsroom.delivery.pace.hours import next_opening
from newsroom.model import Newsroom, Schedule, Site, Slot, Yearly
from newsroom.model.saying import Saying, say
from newsroom.schedule import issue_name, next_due


def moved_slots(
    connection: Connection, schedule: Schedule, slots: Iterable[Slot], site: Site
) -> Mapping[Slot, datetime]:
    """The slots at which nothing is sent, each with the moment at which its issue leaves instead.

    The time of an issue that somebody started by hand is that of its first mail.
    """
    moved = {}
    for slot in slots:
        if not _sends(slot.job):
            continue
        row = connection.execute(
            select(issue.c.leaves_at, issue.c.send_after).where(
                issue.c.name == issue_name(schedule, slot)
            )
        ).one_or_none()
        if row is not None and row.send_after is not None:
            moved[slot] = next_opening(site.sending.hours, row.send_after, site.timezone)
        elif row is not None and row.leaves_at not in {None, slot.due}:
            moved[slot] = row.leaves_at
    return moved


def missed_drafts(
    newsroom: Newsroom, schedule: Schedule, known: Collection[str], now: datetime
) -> Iterator[Saying]:
    """The next issues whose draft day went by before anybody was there to see to it.

    `known` are those that the ledger has; of the others nobody has been mailed a word.
    """
    written = {each.slug for each in newsroom.issues}
    rules = {job.name: job.rule for job in schedule.jobs}
    for name, rule in rules.items():
        drafts = rules.get(f"{name.removesuffix('.send')}.draft")
        if not _sends(name) or not isinstance(drafts, Yearly):
            continue
        due = next_due(rule, schedule.timezone, now)
        day = due.astimezone(schedule.timezone).date() - drafts.before
        slug = issue_name(schedule, Slot(due, name))
        if slug in known or day >= now.astimezone(schedule.timezone).date():
            continue
        step = "review" if slug in written else "draft"
        yield say(
            "{issue}: its draft day was {day}, and nobody has been asked; next: {command}",
            issue=slug,
            day=day,
            command=f"newsroom issue {step} {slug}",
        )


def _sends(job: str) -> bool:
    return job.startswith("newsletter.") and job.endswith(".send")
