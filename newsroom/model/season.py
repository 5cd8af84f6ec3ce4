"""The seasons that issues and their jobs are named by, in Swedish or in English."""

import re
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
_NAMES = _SWEDISH | {season.value: season for season in Season} | {"fall": Season.AUTUMN}
# Vår, våren, vårens, vårbrevet, vårnumret: as slugs.
_ENDING = re.compile(r"(?:e?ns?)?(?:nyhetsbrev(?:et)?|brev(?:et)?|nummer|numret)?")


def find_season(name: str) -> Season | None:
    """The season of a name: `var`, `varen`, `varbrevet` and `spring`; None for every other."""
    if name in _NAMES:
        return _NAMES[name]
    found = (word for word in _SWEDISH if name.startswith(word))
    word = next((word for word in found if _ENDING.fullmatch(name, len(word))), None)
    return _SWEDISH[word] if word else None
