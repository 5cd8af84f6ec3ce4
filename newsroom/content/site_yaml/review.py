"""The `approval` lines of site.yaml: whose yes an issue needs, and when the deputy is asked."""

from enum import StrEnum

from newsroom.content.front.fields import Fields
from newsroom.model import Review
from newsroom.model.saying import say
from newsroom.model.words_of_time import find_duration


class _By(StrEnum):
    ONE = "one"
    TWO = "two"


def read_review(site: Fields) -> Review:
    """The approval lines, with the default where one is left out."""
    usual = Review()
    fields = site.nested("approval", "approval: {by: one, deputy: 3 days}")
    if fields is None:
        return usual
    what = say("a length of time")
    return Review(
        yeses=2 if fields.choice("by", _By, _By.ONE) is _By.TWO else usual.yeses,
        deputy_after=fields.read("deputy", find_duration, usual.deputy_after, what, "3 days"),
    )
