"""What asks for a person, in the words of the desk: what is the matter, and what to do."""

from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.cli.moments import moment
from newsroom.jobs.health.cares import Care, Worry
from newsroom.jobs.running.job_words import words_of
from newsroom.model.matter import Matter
from newsroom.model.saying import Saying, joined, say

_MEGABYTE = 1_000_000


def care_words(care: Care, zone: ZoneInfo) -> Saying:
    """One care, as it is told on the screen of `status`."""
    match care.worry:
        case Worry.UNDRAFTED:
            return joined("", [care.note or ""])
        case Worry.CONTENT | Worry.GONE:
            return _of_files(care)
        case Worry.DISK:
            free = care.number // _MEGABYTE
            return say("only {free} MB are left on the disk; make room", free=free)
        case Worry.LEFT_OUT:
            return say(
                "missing from the backup of {at}: {number}; first: {file}. A link has to lead to "
                "something in the newsroom, and newsroom has to be allowed to read every file",
                at=_since(care.since, zone),
                number=care.number,
                file=care.note or "-",
            )
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
        case Worry.RESTORED:
            return say(
                "a backup was brought back on {at}, and nothing is sent before: {command}",
                at=_since(care.since, zone),
                command="newsroom restore --confirm",
            )
        case Worry.MAILS | Worry.MEMOS | Worry.OUTGOING:
            return _of_mails(care, _since(care.since, zone))
        case Worry.JOB | Worry.CLOCK | Worry.BACKUP | Worry.SETTINGS:
            return _of_machine(care, _since(care.since, zone))
    return _of_issue(care)


def _of_files(care: Care) -> Saying:
    if care.worry is Worry.CONTENT:
        return say("errors in posts: {number}; see newsroom check", number=care.number)
    return say(
        "published files that are gone: {number}; first: {file}; see newsroom check",
        number=care.number,
        file=care.note or "-",
    )


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
    return say("new settings cannot be used since {since}; newsroom check says why", since=since)


def _of_mails(care: Care, since: Saying) -> Saying:
    if care.worry is Worry.OUTGOING:
        return say(
            "no mail leaves this machine: it is only written to {folder}, and there are "
            "{number} readers; write NEWSROOM_MAIL in .env",
            folder=care.note or "-",
            number=care.number,
        )
    if care.worry is Worry.MEMOS:
        return say(
            "memos to the coordinator that are refused since {since}: {number} ({why}); mend the "
            "address of the first approver or, where none has one, that of the sender in site.yaml",
            since=since,
            number=care.number,
            why=care.note or "-",
        )
    return say(
        "single mails that wait since {since}: {number} ({why})",
        since=since,
        number=care.number,
        why=care.note or say("on their way"),
    )


# What a person types next, with the issue's name after it.
_NEXT = {
    Worry.PAUSED: "newsroom issue resume",
    Worry.LANE: "newsroom issue resume",
    Worry.SENDER: "newsroom issue send",
    Worry.UNKNOWN: "newsroom issue resolve",
    Worry.GO: "newsroom issue go",
    Worry.APPROVAL: "newsroom issue review",
    Worry.HELD: "newsroom issue send",
}


def _of_issue(care: Care) -> Saying:
    told: dict[str, object] = {
        "issue": care.about,
        "why": care.note or "-",
        "number": care.number,
        "command": f"{_NEXT.get(care.worry, '')} {care.about}",
    }
    match care.worry:
        case Worry.PAUSED if care.matter is Matter.BEHIND:
            return say("{issue} is paused: {why}", **told)
        case Worry.PAUSED if care.matter is Matter.BY_HAND:
            return say("{issue}: you have paused it; go on with: {command}", **told)
        case Worry.PAUSED:
            return say("{issue} is paused: {why}. When it is mended: {command}", **told)
        case Worry.SENDER:
            return say(
                "{issue} is on its way and nobody sends it: newsroom run, or: {command}", **told
            )
        case Worry.UNKNOWN:
            return say(
                "{issue}: copies of which nobody knows whether they arrived: {number}; {command}",
                **told,
            )
        case Worry.LANE:
            return say(
                "{issue}: hosts that refuse us: {number} ({why}). When it is mended: {command}",
                **told,
            )
        case Worry.GO:
            return say(
                "{issue}: the first few have it, and the rest waits for a go: {command}",
                **told,
            )
        case Worry.APPROVAL:
            return say("{issue} waits for a yes: {command}", **told)
        case Worry.HELD:
            return say(
                "{issue} is approved and was not sent at its time: choose another day with "
                "newsroom issue postpone, or send it now: {command}",
                **told,
            )
    return say(
        "{issue}: its numbers do not add up, so the ledger is damaged; bring back a backup", **told
    )


def _since(since: datetime | None, zone: ZoneInfo) -> Saying:
    return moment(since, zone) if since else say("the beginning")
