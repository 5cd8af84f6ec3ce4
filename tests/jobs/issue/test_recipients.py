"""For whom an issue is."""

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.jobs.issue.recipients import Recipients, recipients_of
from newsroom.model import Audience
from tests.delivery.sample_ledger import add_readers

LANGUAGES = ("sv", "en")


def count(database: Engine, audience: Audience) -> Recipients:
    """The readers of an audience."""
    with reading(database) as connection:
        return recipients_of(connection, audience, LANGUAGES, "sv")


def test_domains_and_languages(database: Engine) -> None:
    """The largest first; a language without a letter of its own gets the issue's."""
    with transaction(database) as connection:
        add_readers(connection, ["a@kommun.example", "b@kommun.example", "c@region.example"])
        add_readers(connection, ["d@region.example", "e@kommun.example"], lang="en")
        add_readers(connection, ["f@x.example"], lang="fi")
        add_readers(connection, ["g@kommun.example"], state="unsubscribed")

    found = count(database, Audience())

    assert found == Recipients(
        total=6,
        domains=(("kommun.example", 3), ("region.example", 2), ("x.example", 1)),
        other_domains=0,
        at_other_domains=0,
        languages=(("sv", 4), ("en", 2)),
    )


def test_many_domains_are_summed_up(database: Engine) -> None:
    """Twelve are named, of the others only how many they are."""
    with transaction(database) as connection:
        add_readers(connection, [f"a@k{number:02}.example" for number in range(20)])

    found = count(database, Audience())

    assert len(found.domains) == 12
    assert (found.other_domains, found.at_other_domains, found.total) == (8, 8, 20)


def test_an_audience_of_tags_and_language(database: Engine) -> None:
    """Only those for whom the issue is are counted."""
    with transaction(database) as connection:
        add_readers(connection, ["a@kommun.example"], tags=["medlem"])
        add_readers(connection, ["b@kommun.example"], tags=["medlem"], lang="en")
        add_readers(connection, ["c@kommun.example"], tags=["press"])

    assert count(database, Audience(tags=("medlem",))).total == 2
    assert count(database, Audience("en", ("medlem",))).total == 1
    assert count(database, Audience("fi")).total == 0
