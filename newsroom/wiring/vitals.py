"""The vital signs of a newsroom as its desk can tell them: for people, and for monitors."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.wiring import before_sending, post_office
from newsroom.wiring.memory import lost_addresses
from newsroom.wiring.site_folder import last_build

if TYPE_CHECKING:
    from newsroom.jobs.health.status import Status
    from newsroom.jobs.health.vitals import Disk, Marks, Vitals
    from newsroom.model import Schedule
    from newsroom.wiring.desk import Desk


def marks(desk: Desk) -> Marks:
    """What stands outside the database."""
    from newsroom.jobs.health.vitals import Marks
    from newsroom.jobs.keep.receipt import last_backup
    from newsroom.jobs.running.heartbeat import last_look

    var = desk.settings.var
    backup = last_backup(var, desk.clock())
    return Marks(
        built=last_build(desk),
        looked=last_look(var, desk.clock()),
        backed_up=backup.taken if backup else None,
        left_out=backup.left_out if backup else (),
        disk=_disk(desk),
        mail_setup=_mail_setup(desk),
        outgoing=_outgoing(desk),
    )


def vitals(desk: Desk, schedule: Schedule | None) -> Vitals:
    """The vital signs now. Raises what the database raises when it does not answer."""
    from newsroom.database import reading
    from newsroom.jobs.health.vitals import Look

    look = Look(schedule, desk.site.sending.canary)
    with reading(desk.database) as connection:
        return look.at(connection, marks(desk), desk.clock())


def status(desk: Desk) -> Status:
    """The vital signs, and what the folder says. Raises ContentError when site.yaml has faults."""
    from newsroom.jobs.health.status import status as job
    from newsroom.wiring.desk import usable

    found = desk.read()
    newsroom, schedule, now = usable(found), desk.schedule_if_any(), desk.clock()
    gone = lost_addresses(desk, newsroom, found.unusable).gone_lately(now)
    plan, edited = post_office.plan(desk), before_sending.edited_issues(desk)
    return job(found, schedule, desk.database, marks(desk), now, plan, gone, edited)


def _outgoing(desk: Desk) -> str | None:
    """The folder that mail ends in, as it is called in the newsroom; None where mail leaves."""
    folder, root = desk.settings.outgoing, desk.settings.root.absolute()
    if folder is None:
        return None
    return str(folder.relative_to(root) if folder.is_relative_to(root) else folder)


def _mail_setup(desk: Desk) -> str | None:
    """How mail is set up, as the doctor's verdicts name it; None where the settings do not say."""
    from newsroom.wiring.mail_setup import configuration

    try:
        return configuration(desk)
    except NewsroomError:
        return None


def _disk(desk: Desk) -> Disk | None:
    """Room on the disk that the database and the site are written to; None where nobody can say."""
    from newsroom.jobs.health.vitals import Disk

    try:
        found = shutil.disk_usage(desk.settings.root)
    except OSError:
        return None
    return Disk(found.free, found.total)
