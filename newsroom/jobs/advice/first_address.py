"""Advice when the site's address was changed in a way that gives every piece another id.

Readers' programs know each text, feed and letter by its id. What an id was made from is known on
this machine only, so what is said of it is advice.
"""

from pathlib import Path

from newsroom.content.rules.breach import SITE
from newsroom.jobs.advice.sample_values import is_of_the_sample
from newsroom.model import Problem, Severity, Site
from newsroom.model.saying import say
from newsroom.output.first_address import recall, remember

CODE = "first-url-lost"


def lost_first_address(site: Site, memory: Path) -> str | None:
    """The address that ids were made from, when they are made from another that nobody wrote."""
    before = recall(memory)
    if before is None or before == site.first_url or site.names_first_url:
        return None
    return before


def keep_first_address(site: Site, memory: Path) -> None:
    """Remember what ids are made from now, unless what was remembered is lost or nobody's own.

    Raises OutsideError when the disk refuses.
    """
    if not (lost_first_address(site, memory) or is_of_the_sample(site.first_url)):
        remember(memory, site.first_url)


def problem_of(before: str, site: Site) -> Problem:
    """What is to be written, so that everything keeps the id that readers' programs know."""
    message = say(
        "ids of texts, feeds and letters were made from {before}, and would be made from {now}",
        before=before,
        now=site.first_url,
    )
    fix = say(
        "write first_url: {before}, or run newsroom check --fix; "
        "if nobody has followed the site there, write first_url: {now}",
        before=before,
        now=site.first_url,
    )
    return Problem(SITE, None, Severity.WARNING, CODE, message, fix)
