"""Reads the time of `--now`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.errors import SettingsError
from newsroom.model.saying import say

_EARLIEST, _LATEST = 1970, 9000  # years that every calendar here can count from and to


def moment_of(when: str, zone: ZoneInfo) -> datetime:
    """The time that a person wrote. Raises SettingsError for what is none."""
    from newsroom.content.front.times import in_zone, read_when

    written = read_when(when.strip())
    if written is None:
        raise SettingsError(say('--now "{when}" is not a time; write 2026-12-01T09:00', when=when))
    if not _EARLIEST <= written.day.year <= _LATEST:
        raise SettingsError(
            say('--now "{when}" is too far away; write 2026-12-01T09:00', when=when)
        )
    return in_zone(written, zone)[0]
