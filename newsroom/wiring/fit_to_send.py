"""The doctor's verdict as a condition of sending, and its look on the day before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model.saying import say
from newsroom.wiring.doctor import examine_and_keep
from newsroom.wiring.issue_plan import departs
from newsroom.wiring.mail_setup import configuration
from newsroom.wiring.newsletter import goes_further

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.jobs.doctor.house_call import Leaving
    from newsroom.jobs.doctor.verdicts import Demand
    from newsroom.wiring.desk import Desk


def require_doctor(desk: Desk, name: str, reason: str | None, *, by_itself: bool) -> None:
    """Pass when nothing keeps an issue from arriving, or somebody has said why that is no matter.

    An issue that leaves `by_itself` is looked at again where the last verdict is no good: nobody is
    asked for what a machine can do. Mail that stays on this machine needs no verdict. Raises
    StateError that says what was found, SettingsError for a reason without words.
    """
    if reason is not None:
        if not reason.strip():
            raise SettingsError(say("--without-doctor: say why; it is kept with the issue"))
        return
    demand = _demand(desk, name)
    if demand is None:
        return
    from newsroom.jobs.doctor.verdicts import look_again, require_good_verdict

    if by_itself:
        look_again(desk.database, demand, lambda: examine_and_keep(desk)[1])
    else:
        require_good_verdict(desk.database, demand)


def make_house_call(desk: Desk) -> None:
    """On the day before an issue leaves: examine the mail set-up, and tell what must be mended."""
    from newsroom.jobs.doctor.house_call import house_call, memo_of
    from newsroom.wiring.memos import leave_memo

    now = desk.clock()
    if not _asks_for_a_verdict(desk) or (leaving := _leaving(desk, now)) is None:
        return
    found = house_call(
        desk.database, leaving, configuration(desk), lambda: examine_and_keep(desk)[1], now
    )
    if found is not None:
        titles = {each.slug: each.title for each in desk.read_newsroom().issues}
        title = titles.get(leaving.name, leaving.name)
        leave_memo(desk, memo_of(found, leaving, title, desk.site, now))


def _demand(desk: Desk, name: str) -> Demand | None:
    """What the verdict must be like; None where none is asked for."""
    from newsroom.jobs.doctor.verdicts import Demand

    age = desk.site.sending.doctor
    if age is None or not _asks_for_a_verdict(desk):
        return None
    return Demand(name, configuration(desk), age, desk.clock(), desk.site.timezone)


def _asks_for_a_verdict(desk: Desk) -> bool:
    """Whether mail leaves this machine, and site.yaml wants to know how it is set up."""
    is_asked = desk.site.sending.doctor is not None and not desk.is_adjusted
    return is_asked and goes_further(desk.settings.mail)


def _leaving(desk: Desk, now: datetime) -> Leaving | None:
    """The issue that leaves next, when that is within the day."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import open_issues
    from newsroom.jobs.doctor.house_call import Leaving, leaving_next

    with reading(desk.database) as connection:
        names = open_issues(connection)
    departures = ((name, departs(desk, name)) for name in names)
    return leaving_next((Leaving(name, leaves.at) for name, leaves in departures if leaves), now)
