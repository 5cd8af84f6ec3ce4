"""A status as JSON: the keys that others may rely on, and more beside them."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.cli.as_json import spoken, utc
from newsroom.cli.care_words import care_words
from newsroom.cli.mail_words import mails_json
from newsroom.cli.outlook import coming_json
from newsroom.database.job_runs import JobRun
from newsroom.jobs.health.cares import Care
from newsroom.jobs.health.coming import Coming
from newsroom.jobs.health.status import Status, Waiting
from newsroom.jobs.health.vitals import Marks, Vitals
from newsroom.jobs.issue.issue_status import status_json
from newsroom.model.saying import say

_REASON = say("its day has not come")


def whole_status_json(found: Status, coming: Iterable[Coming], zone: ZoneInfo) -> object:
    """A status, and the next time of each job, with every saying in the language of the desk."""
    vitals = found.vitals
    return spoken(
        {
            "cares": [_care(care, zone) for care in found.cares],
            "next": [coming_json(one, zone) for one in coming],
            "waiting": [_waiting(one) for one in found.waiting],
            "drafts": [{"path": str(one.path), "title": one.title} for one in found.drafts],
            "jobs": [_run(run) for run in vitals.jobs],
            "issues": [status_json(tally) for tally in vitals.issues],
            "mails": [mails_json(one) for one in vitals.mails],
            "returned": {one.kind: one.number for one in vitals.returned},
            **_rounds(vitals),
            **_marks(vitals.marks),
        }
    )


def _care(care: Care, zone: ZoneInfo) -> dict[str, object]:
    return {
        "worry": str(care.worry),
        "about": care.about,
        "since": _time(care.since),
        "number": care.number,
        "sentence": care_words(care, zone),
    }


def _waiting(one: Waiting) -> dict[str, object]:
    return {"path": str(one.path), "at": utc(one.at), "title": one.title, "reason": _REASON}


def _run(run: JobRun) -> dict[str, object]:
    return {"job": run.job, "due": utc(run.due), "state": run.state, "note": run.note}


def _rounds(vitals: Vitals) -> dict[str, object]:
    """What looks around by itself: channels, links, the doctor."""
    links, doctor = vitals.links, vitals.doctor
    channels = [
        {
            "channel": one.channel,
            "state": str(one.state),
            "number": one.count,
            "since": _time(one.since),
            "reason": one.reason,
        }
        for one in vitals.channels
    ]
    asked = links and {
        "state": str(links.state(vitals.at)),
        "begun": _time(links.begun),
        "finished": _time(links.finished),
        "dead": vitals.dead_links,
    }
    verdict = doctor and {
        "at": _time(doctor.at),
        "verdict": str(doctor.verdict),
        "failed": list(doctor.failed),
        "current": doctor.is_of(vitals.marks.mail_setup),
    }
    return {"channels": channels, "links": asked, "doctor": verdict}


def _marks(marks: Marks) -> dict[str, object]:
    return {
        "last_build": _time(marks.built),
        "last_backup": _time(marks.backed_up),
        "last_look": _time(marks.looked),
        "disk": marks.disk and {"free": marks.disk.free, "size": marks.disk.size},
    }


def _time(moment: datetime | None) -> str | None:
    return utc(moment) if moment else None
