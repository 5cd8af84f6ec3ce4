"""The whole site of a newsroom as text, by path: what the tests of pages look at."""

from datetime import datetime
from functools import cache

from newsroom.model import Newsroom
from newsroom.render.pages.whole_site import plan
from newsroom.render.templates import Templates, default_templates
from tests.render.pieces import at

NOW = at("2026-11-22T09:00")


@cache
def packaged() -> Templates:
    """The packaged templates, compiled once for all tests."""
    return Templates([default_templates()])


def printed(newsroom: Newsroom, now: datetime = NOW, *, preview: bool = False) -> dict[str, str]:
    """Every file of the site at `now`."""
    made = plan(newsroom, now, packaged(), preview=preview)
    return {page.path: page.render().decode() for page in made.pages}


def inputs(newsroom: Newsroom, now: datetime = NOW) -> dict[str, str]:
    """What each file is made from, as builds compare it."""
    return {page.path: page.digest for page in plan(newsroom, now, packaged()).pages}
