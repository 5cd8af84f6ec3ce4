"""Where the issues do not go by the schedule: those that were never drafted."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from newsroom.jobs.issue.issue_status import state_in_folder
from newsroom.model import Kind, Newsroom, Schedule, Slot, Yearly
from newsroom.model.filing import all_cards
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying, say
from newsroom.schedule import issue_name, latest_due, next_due

_LATELY = timedelta(days=7)


def missed_drafts(
    newsroom: Newsroom, schedule: Schedule, known: Collection[str], now: datetime
) -> Iterator[Saying]:
    """The issues whose draft day went by before anybody was there to see to it.

    They are the next ones, and those that were to leave in the last days. `known` are those that
    the ledger has; of the others nobody has been mailed a word. A newsroom that had published
    nothing by that day did not exist then, and has missed nothing.
    """
    written = {each.slug: each for each in newsroom.issues}
    for slug, due, day in _expected(schedule, now):
        if slug in known or day >= now.astimezone(schedule.timezone).date():
            continue
        issue = written.get(slug)
        if issue is None and not _had_begun(newsroom, schedule, day):
            continue
        if due > now:
            yield _unasked(slug, day, is_written=issue is not None)
        elif issue is None or state_in_folder(issue) is not IssueState.DONE:
            yield _unsent(slug, due.astimezone(schedule.timezone), is_written=issue is not None)


def _expected(schedule: Schedule, now: datetime) -> Iterator[tuple[str, datetime, date]]:
    """The issues that leave next, or were to leave lately: name, time, and the day of the draft."""
    rules = {job.name: job.rule for job in schedule.jobs}
    for name, rule in rules.items():
        drafts = rules.get(f"{name.removesuffix('.send')}.draft")
        if not _sends(name) or not isinstance(drafts, Yearly):
            continue
        passed = latest_due(rule, schedule.timezone, now - _LATELY, now)
        for due in filter(None, (passed, next_due(rule, schedule.timezone, now))):
            day = due.astimezone(schedule.timezone).date() - drafts.before
            yield issue_name(schedule, Slot(due, name)), due, day


def _unasked(slug: str, day: date, *, is_written: bool) -> Saying:
    return say(
        "{issue}: its draft day was {day}, and nobody has been asked; next: {command}",
        issue=slug,
        day=day,
        command=_next_step(slug, is_written=is_written),
    )


def _unsent(slug: str, due: datetime, *, is_written: bool) -> Saying:
    if is_written:
        return say(
            "{issue}: it was to leave {due:%Y-%m-%d %H:%M}, and nobody has been asked; next: "
            "{command}",
            issue=slug,
            due=due,
            command=_next_step(slug, is_written=True),
        )
    return say(
        "{issue}: it was to leave {due:%Y-%m-%d %H:%M}, and it was never written; next: {command}",
        issue=slug,
        due=due,
        command=_next_step(slug, is_written=False),
    )


def _next_step(slug: str, *, is_written: bool) -> str:
    return f"newsroom issue {'review' if is_written else 'draft'} {slug}"


def _had_begun(newsroom: Newsroom, schedule: Schedule, day: date) -> bool:
    """Whether a newsroom had published any news on a day."""
    end = datetime.combine(day, time.max, schedule.timezone).timestamp()
    return any(card.has_come(end) for card in all_cards(newsroom) if card.kind == Kind.NEWS)


def _sends(job: str) -> bool:
    return job.startswith("newsletter.") and job.endswith(".send")
