"""The mails that wait, in the words of the desk: how many, for what and why."""

from zoneinfo import ZoneInfo

from newsroom.cli.as_json import utc
from newsroom.database.outbox import MailBacklog
from newsroom.model.saying import Saying, joined, say
from newsroom.model.single_mail import Purpose


def mails_line(mails: MailBacklog, zone: ZoneInfo) -> Saying:
    """How many wait for one reason, and when the next of them is tried. No address is in it."""
    return say(
        "{number} × {purpose}: {why}; the next try is at {at:%Y-%m-%d %H:%M}",
        number=mails.number,
        purpose=_purpose(mails.kind),
        why=_why(mails),
        at=mails.next_at.astimezone(zone),
    )


def mails_json(mails: MailBacklog) -> dict[str, object]:
    """The same with the keys that others may rely on."""
    return {
        "kind": str(mails.kind),
        "number": mails.number,
        "since": utc(mails.since),
        "next_at": utc(mails.next_at),
        "code": mails.code,
        "reason": mails.reason,
    }


def _purpose(kind: Purpose) -> Saying:
    match kind:
        case Purpose.CONFIRM:
            return say("the link that confirms")
        case Purpose.ALREADY:
            return say("that somebody is on the list already")
        case Purpose.LINK:
            return say("the link that leaves")
        case Purpose.DATA:
            return say("the link to one's own data")
        case Purpose.COPY:
            return say("a copy of one's own data")
    return say("a memo to the coordinator")


def _why(mails: MailBacklog) -> Saying:
    """What the server said; its words often begin with the status, which is said once."""
    code, _, status = (mails.code or "").partition(" ")
    says_it_twice = (mails.reason or "").startswith(status)
    known = [part for part in (code if says_it_twice else mails.code, mails.reason) if part]
    return joined(" ", known) if known else say("on their way")
