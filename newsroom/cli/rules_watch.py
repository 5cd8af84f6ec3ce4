"""Notices that site.yaml, schedule.yaml or the templates have changed under a running bot."""

import logging
from contextlib import ExitStack
from datetime import datetime

from newsroom.errors import NewsroomError, SettingsError
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk
from newsroom.wiring.channels import require_channels

log = logging.getLogger(__name__)


class RulesWatch:
    """Keeps the desk that a bot works at, and makes a new one when its files have changed."""

    def __init__(self, desk: Desk, *, needs_schedule: bool) -> None:
        """Raises OutsideError when one of the files is there and cannot be read."""
        self.desk = desk
        self.unusable_since: datetime | None = None  # the files, while older settings hold
        self._needs_schedule = needs_schedule
        self._digest = desk.rules_digest()  # from before they are read: nothing changes unseen
        self._seen = self._digest  # at the last look
        self._told = ""

    def unusable_now(self) -> datetime | None:
        """Since when the files are of no use, asked between two looks; None once they are mended.

        They are read again only if they have changed since the last look.
        """
        since = self.unusable_since
        if since is None:
            return None
        try:
            digest = self.desk.rules_digest()
            if digest not in {self._seen, self._digest}:
                self._fresh().close()
        except NewsroomError:
            return since
        return since if digest == self._seen else None

    def has_changed(self) -> bool:
        """Whether there are new settings that can be used: then `desk` goes by them."""
        try:
            digest = self._seen = self.desk.rules_digest()
            fresh = self._fresh() if digest != self._digest else None
        except NewsroomError as fault:
            self._note(fault)
            return False
        if fresh is None:
            self._all_is_well()
            return False
        log.info(
            say(
                "{name} has new settings; what is in hand is finished, then they hold",
                name=fresh.site.name,
            )
        )
        self.desk, self._digest, self._told, self.unusable_since = fresh, digest, "", None
        return True

    def _all_is_well(self) -> None:
        """The files say again what holds: whoever was told of a fault hears so, and of the next."""
        if self.unusable_since is not None:
            log.info(say("the settings can be used again; they say what they said before"))
        self._told, self.unusable_since = "", None

    def _fresh(self) -> Desk:
        """A desk that goes by what the files say now. Raises NewsroomError when they are no use."""
        with ExitStack() as unused:
            fresh = self.desk.anew()
            unused.callback(fresh.close)
            _ = fresh.site
            if self._needs_schedule:
                fresh.schedule()
            else:
                fresh.schedule_if_any()
            require_channels(fresh)
            unused.pop_all()
        return fresh

    def _note(self, fault: NewsroomError) -> None:
        """Tell of a fault once, though what cannot be read is looked at again and again."""
        self.unusable_since = self.unusable_since or self.desk.clock()
        if fault.sentence != self._told:
            log.warning(_told_of(fault))
        self._told = fault.sentence


def _told_of(fault: NewsroomError) -> Saying:
    """That the old settings hold; and what it takes where .env is to be written."""
    if isinstance(fault, SettingsError):
        return say(
            "the new settings cannot be used, so the old ones hold: {fault}. What is written in "
            ".env counts when newsroom run is started again",
            fault=fault.sentence,
        )
    return say(
        "the new settings cannot be used, so the old ones hold: {fault}", fault=fault.sentence
    )
