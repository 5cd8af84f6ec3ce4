"""Where the issues do not go by the schedule: those that were never drafted."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from newsroom.model import Kind, Newsroom, Schedule, Slot, Yearly
from newsroom.model.filing import all_cards
from newsroom.model.saying import Saying, say
from newsroom.schedule import issue_name, next_due


def missed_drafts(
    newsroom: Newsroom, schedule: Schedule, known: Collection[str], now: datetime
) -> Iterator[Saying]:
    """The next issues whose draft day went by before anybody was there to see to it.

    `known` are those that the ledger has; of the others nobody has been mailed a word. A newsroom
    that had published nothing by that day did not exist then, and has missed nothing.
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
        if slug not in written and not _had_begun(newsroom, schedule, day):
            continue
        step = "review" if slug in written else "draft"
        yield say(
            "{issue}: its draft day was {day}, and nobody has been asked; next: {command}",
            issue=slug,
            day=day,
            command=f"newsroom issue {step} {slug}",
        )


def _had_begun(newsroom: Newsroom, schedule: Schedule, day: date) -> bool:
    """Whether a newsroom had published any news on a day."""
    end = datetime.combine(day, time.max, schedule.timezone).timestamp()
    return any(card.has_come(end) for card in all_cards(newsroom) if card.kind == Kind.NEWS)


def _sends(job: str) -> bool:
    return job.startswith("newsletter.") and job.endswith(".send")
