"""What asks for a person, in the words of the desk: what is the matter, and what to do."""

from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.cli.moments import moment
from newsroom.jobs.health.cares import Care, Worry
from newsroom.jobs.running.job_words import words_of
from newsroom.model.saying import Saying, joined, say

_MEGABYTE = 1_000_000


def care_words(care: Care, zone: ZoneInfo) -> Saying:
    """One care, as it is told on the screen of `status`."""
    match care.worry:
        case Worry.UNDRAFTED:
            return joined("", [care.note or ""])
        case Worry.CONTENT:
            return say("errors in posts: {number}; see newsroom check", number=care.number)
        case Worry.DISK:
            free = care.number // _MEGABYTE
            return say("only {free} MB are left on the disk; make room", free=free)
        case Worry.DOCTOR:
            return say(
                "newsroom doctor found faults on {at}: {number}; first: {what}",
                at=_since(care.since, zone),
                number=care.number,
                what=care.note or "-",
            )
        case Worry.CHANNEL:
            return say(
                "not announced on {channel}: {number} ({why}); next: {command}",
                channel=care.about,
                number=care.number,
                why=care.note or "-",
                command="newsroom announce list",
            )
        case Worry.JOB | Worry.CLOCK | Worry.BACKUP | Worry.MAILS:
            return _of_machine(care, _since(care.since, zone))
    return _of_issue(care)


def _of_machine(care: Care, since: Saying) -> Saying:
    match care.worry:
        case Worry.JOB:
            job, why = words_of(care.about), care.note or "-"
            return say("{job} has failed since {since}: {why}", job=job, since=since, why=why)
        case Worry.CLOCK:
            return say(
                "nothing has been done in time since {since}; is newsroom run on?", since=since
            )
        case Worry.BACKUP if care.since is None:
            return say("no backup has been made yet; newsroom backup FILE makes one")
        case Worry.BACKUP:
            return say(
                "the last backup is from {since}; newsroom backup FILE makes one", since=since
            )
    why = care.note or say("on their way")
    return say(
        "mails to readers that wait since {since}: {number} ({why})",
        since=since,
        number=care.number,
        why=why,
    )


def _of_issue(care: Care) -> Saying:
    issue, why = care.about, care.note or "-"
    match care.worry:
        case Worry.PAUSED:
            return say(
                "{issue} is paused: {why}. When it is mended: {command}",
                issue=issue,
                why=why,
                command=f"newsroom issue resume {issue}",
            )
        case Worry.UNKNOWN:
            return say(
                "{issue}: copies of which nobody knows whether they arrived: {number}; {command}",
                issue=issue,
                number=care.number,
                command=f"newsroom issue resolve {issue}",
            )
        case Worry.LANE:
            return say(
                "{issue}: hosts that refuse us: {number} ({why}). When it is mended: {command}",
                issue=issue,
                number=care.number,
                why=why,
                command=f"newsroom issue resume {issue}",
            )
        case Worry.GO:
            return say(
                "{issue}: the first few have it, and the rest waits for a go: {command}",
                issue=issue,
                command=f"newsroom issue go {issue}",
            )
        case Worry.APPROVAL:
            return say(
                "{issue} waits for a yes: {command}",
                issue=issue,
                command=f"newsroom issue review {issue}",
            )
    return say(
        "{issue}: its numbers do not add up, so the ledger is damaged; bring back a backup",
        issue=issue,
    )


def _since(since: datetime | None, zone: ZoneInfo) -> Saying:
    return moment(since, zone) if since else say("the beginning")
