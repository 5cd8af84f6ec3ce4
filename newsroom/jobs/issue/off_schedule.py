"""Where the issues do not go by the schedule: those that were never drafted."""

from collections.abc import Collection, Iterator
from datetime import datetime

from newsroom.model import Newsroom, Schedule, Slot, Yearly
from newsroom.model.saying import Saying, say
from newsroom.schedule import issue_name, next_due


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
