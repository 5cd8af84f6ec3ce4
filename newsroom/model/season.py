"""The seasons that issues and their jobs are named by, in Swedish or in English."""

from enum import StrEnum


class Season(StrEnum):
    """A quarter of the year."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


_SWEDISH = {
    "var": Season.SPRING,
    "sommar": Season.SUMMER,
    "host": Season.AUTUMN,
    "vinter": Season.WINTER,
}
_NAMES = _SWEDISH | {season.value: season for season in Season}


def find_season(name: str) -> Season | None:
    """The season of a name: `var` and `spring`; None for every other."""
    return _NAMES.get(name)
