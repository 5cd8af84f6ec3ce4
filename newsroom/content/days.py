"""The fields of a mapping that say when: dates, clock times and instants."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from newsroom.content.notes import quoted
from newsroom.content.times import When, guess, in_zone, read_when
from newsroom.content.values import Values

_NOWHERE = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))


class Days(Values):
    """Days and times, in the site's zone."""

    def when(self, name: str) -> When | None:
        """A date with or without a clock time, as written."""
        text = self.text(name)
        if text is None:
            return None
        when = read_when(text)
        if when is None:
            likely = guess(text)
            fix = f"write {likely}" if likely else "write it as 2026-11-02 or 2026-11-02T09:00"
            self.error(name, "bad-date", f"{self.named(name)} {quoted(text)} is not a date", fix)
        return when

    def day(self, name: str) -> date | None:
        """A date without a clock time."""
        when = self.when(name)
        if when is not None and when.clock is not None:
            message = f"{self.named(name)} has a clock time"
            self.error(name, "bad-date", message, f"write the day alone: {when.day}")
        return when.day if when else None

    def moment(self, name: str, alone: time = time.min) -> datetime | None:
        """An instant in the site's zone; a date alone means that clock time of the day."""
        when = self.when(name)
        return None if when is None else self.instant(name, when, alone)

    def instant(self, name: str, when: When, alone: time = time.min) -> datetime:
        """What a written time means in the site's zone, with a warning when clocks change then."""
        try:
            instant, remark = in_zone(when, self.zone, alone)
        except OverflowError:
            message = f'{self.named(name)} "{when.day}" is too far away'
            self.error(name, "bad-date", message, "write a year of our time")
            return _NOWHERE
        if remark:
            fix = "write the offset too, or another time"
            self.notes.warning(self.line(name), "clock-change", remark, fix)
        return instant

    def required_when(self, name: str, example: str) -> When:
        """A date that must be there, as written; another one stands in."""
        if not self.has(name):
            self.missing(name, example)
        return self.when(name) or When(_NOWHERE.date())

    def required_moment(self, name: str, example: str) -> datetime:
        """An instant that must be there; another one stands in."""
        return self.instant(name, self.required_when(name, example))
