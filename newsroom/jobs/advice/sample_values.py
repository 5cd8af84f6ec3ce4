"""Values of site.yaml that are still those of the sample."""

from collections.abc import Iterator

from newsroom.content.rules.breach import SITE
from newsroom.model import Problem, Severity, Site
from newsroom.model.saying import say

_THE_SAMPLES = {
    "Nätverket Allmänningen",
    "Nätverket Allmänningen, c/o Lövhamns kommun, Hamnplan 2, 999 10 Lövhamn",
    "Kommuner och regioner som arbetar tillsammans för jämlik hälsa.",
    "https://nyheter.example.se",
    "nyhetsbrev@example.se",
    "kansli@example.se",
    "studs@example.se",
    "dataskydd@example.se",
    "070-174 06 12",
    "Lövhamns kommun",
}
_OF_AN_EMPTY_NEWSROOM = {  # what it is called until somebody writes, and its examples
    "[Organisationens namn]",
    "[Your organisation]",
    "https://news.example.se",
    "newsletter@example.se",
    "office@example.se",
    "bounces@example.se",
    "privacy@example.se",
    "010-123 45 67",
    "Exempelkommunen",
    "Example Town",
}


def is_of_the_sample(value: str) -> bool:
    """Whether a value is one that a newsroom began with, and so nobody's."""
    return value in _THE_SAMPLES or value in _OF_AN_EMPTY_NEWSROOM


def sample_values(site: Site) -> Problem | None:
    """One warning that names every field with a value of the sample; None when there is none."""
    left = tuple(field for field, value in _values(site) if value and is_of_the_sample(value))
    if not left:
        return None
    return Problem(
        SITE,
        None,
        Severity.WARNING,
        "sample-value",
        say("still only an example: {fields}", fields=", ".join(left)),
        say("write your own, since readers see them"),
    )


def _values(site: Site) -> Iterator[tuple[str, str | None]]:
    """Each value that readers see and that differs from one publisher to the next."""
    yield "name", site.name
    yield "url", site.url
    yield "description", site.description
    yield "sender.name", site.sender.name
    yield "sender.email", site.sender.email
    yield "sender.reply_to", site.sender.reply_to
    yield "sender.bounces", site.sender.bounces
    yield "postal_address", site.postal_address
    yield "accessibility.contact", site.accessibility.contact
    yield "accessibility.phone", site.accessibility.phone
    yield "privacy.contact", site.privacy.contact
    yield "privacy.officer", site.privacy.officer
    for number, provider in enumerate(site.privacy.providers, 1):
        yield f"privacy.providers {number}", provider.name
