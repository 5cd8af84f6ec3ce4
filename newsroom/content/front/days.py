"""The fields of a mapping that say when: dates, clock times and instants."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.content.front.times import (
    When,
    day_of_no_time,
    days_of_month,
    guess,
    in_zone,
    read_when,
)
from newsroom.content.front.values import Values
from newsroom.model.saying import Saying, say

# They stand in for what could not be read. Nobody writes microseconds, so no written time is it.
_NOWHERE = datetime(1970, 1, 1, microsecond=1, tzinfo=ZoneInfo("UTC"))
_UNWRITTEN = When(_NOWHERE.date())


def is_known(moment: datetime) -> bool:
    """Whether a moment was written, and does not only stand in for one that could not be read."""
    return moment != _NOWHERE


def _meant(text: str, on: date | None) -> Saying:
    """What to write in place of a text that is no date; nothing that was written is left out."""
    if likely := guess(text, on):
        return say("write {words}", words=likely)
    if day := day_of_no_time(text):
        example = f"{day}T09:00"
        return say("write {example}, with a time from 00:00 to 23:59", example=example)
    if month := days_of_month(text):
        return say("write a day from {first} to {last}", first=month[0], last=month[1])
    return say("write it as 2026-11-02 or 2026-11-02T09:00")


class Days(Values):
    """Days and times, in the site's zone."""

    def when(self, name: str, on: date | None = None) -> When | None:
        """A date with or without a clock time, as written; a clock time alone may be meant `on`."""
        text = self.text(name)
        if text is None:
            return None
        when = read_when(text)
        if when is None:
            message = self._said(say("not a date"), name, text)
            self.error(name, "bad-date", message, _meant(text, on))
        return when

    def day(self, name: str) -> date | None:
        """A date without a clock time."""
        when = self.when(name)
        if when is not None and when.clock is not None:
            message = say("{field} has a clock time", field=self.named(name))
            self.error(name, "bad-date", message, say("write the day alone: {day}", day=when.day))
        return when.day if when else None

    def end_of_day(self, name: str) -> datetime | None:
        """The midnight after a date without a clock time, in the site's zone."""
        day = self.day(name)
        return self.midnight_after(name, day) if day else None

    def midnight_after(self, name: str, day: date) -> datetime:
        """The moment at which a day is over in the site's zone."""
        if day == date.max:
            return self._too_far(name, day)
        return self.instant(name, When(day + timedelta(days=1)))

    def moment(self, name: str, alone: time = time.min) -> datetime | None:
        """An instant in the site's zone; a date alone means that clock time of the day."""
        when = self.when(name)
        return None if when is None else self.instant(name, when, alone)

    def instant(self, name: str, when: When, alone: time = time.min) -> datetime:
        """What a written time means in the site's zone, with a warning when clocks change then."""
        if when is _UNWRITTEN:
            return _NOWHERE
        try:
            instant, remark = in_zone(when, self.zone, alone)
        except OverflowError:
            return self._too_far(name, when.day)
        if remark:
            fix = say("write the offset too, or another time")
            self.notes.warning(self.line(name), "clock-change", remark, fix)
        return instant

    def _too_far(self, name: str, day: date) -> datetime:
        message = self._said(say("too far away"), name, str(day))
        self.error(name, "bad-date", message, say("write a year of our time"))
        return _NOWHERE

    def required_when(self, name: str, example: str) -> When:
        """A date that must be there, as written; another one stands in."""
        if not self.has(name):
            self.missing(name, example)
        return self.when(name) or _UNWRITTEN

    def required_moment(self, name: str, example: str) -> datetime:
        """An instant that must be there; another one stands in."""
        return self.instant(name, self.required_when(name, example))
