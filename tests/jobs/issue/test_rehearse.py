"""A rehearsal: every message is made, and none leaves."""

import tracemalloc
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.pace.lanes import lane_of
from newsroom.errors import StateError
from newsroom.jobs.issue.edition import Proof, make_proof
from newsroom.jobs.issue.rehearse import Rehearsal, Rehearsed, nowhere, require_sound
from newsroom.model import Audience, Pace, Sending, Site
from newsroom.readers.suppression import Reason, suppress
from tests.delivery.sample_ledger import add_readers, addresses
from tests.render.pieces import at, make_issue, make_newsroom, make_post, make_site
from tests.render.printed import packaged

NOW = at("2026-06-02T09:00")
KEYS = (b"k" * 32,)


def proof_of(site: Site, audience: Audience = Audience()) -> Proof:  # noqa: B008 (frozen)
    """The spring issue, made up."""
    issue = make_issue(stories=("ett",), audience=audience)
    newsroom = make_newsroom(site=site, posts=(make_post(),), issues=(issue,))
    return make_proof(newsroom, "2026-var", NOW, packaged())


def rehearse(database: Engine, **other: object) -> tuple[Rehearsed, dict[str, bytes]]:
    """What a rehearsal finds, and the messages by the names of their files."""
    site = make_site(**{k: v for k, v in other.items() if k == "sending"})
    audience = other.get("audience", Audience())
    assert isinstance(audience, Audience)
    edition = proof_of(site, audience).edition(NOW)
    kept: dict[str, bytes] = {}
    with reading(database) as connection:
        done = Rehearsal(edition, site, KEYS, lane_of, NOW).run(connection, kept.__setitem__)
    return done, kept


def fill(database: Engine, emails: list[str], **values: object) -> None:
    """Put active readers on the list."""
    with transaction(database) as connection:
        add_readers(connection, emails, **values)


def test_every_reader_has_a_message(either_database: Engine) -> None:
    """Each active reader's message is made as it would be sent, with a Message-ID of its own."""
    fill(either_database, addresses(3), name="Åsa Öberg")

    done, kept = rehearse(either_database)

    messages = [message_from_bytes(raw, policy=policy.default) for raw in kept.values()]
    assert sorted(message["To"].addresses[0].addr_spec for message in messages) == addresses(3)
    assert all(message["To"].addresses[0].display_name == "Åsa Öberg" for message in messages)
    assert len({message["Message-ID"] for message in messages}) == len(kept) == 3
    assert (done.frozen, done.accepted, done.refused, done.excluded) == (3, 3, 0, 0)
    assert (done.octets, done.largest) == (
        sum(map(len, kept.values())),
        max(map(len, kept.values())),
    )


def test_the_ledger_as_it_would_be(database: Engine) -> None:
    """Who is suppressed would be excluded, and who cannot be written to refused; it adds up."""
    fill(database, [*addresses(4), "två åsor@kommun.example"])
    with transaction(database) as connection:
        suppress(connection, KEYS, addresses(1)[0], Reason.BOUNCED, NOW)

    done, kept = rehearse(database)

    assert (done.frozen, done.accepted, done.refused, done.excluded) == (5, 3, 1, 1)
    assert [each.email for each in done.unsound] == ["två åsor@kommun.example"]
    assert "to_email" in done.unsound[0].why
    assert len(kept) == 3


def test_an_issue_for_nobody(database: Engine) -> None:
    """An issue whose audience is empty is not sound: it would be frozen for nobody, once."""
    fill(database, addresses(1), lang="sv")
    done, _ = rehearse(database, audience=Audience("en"))

    with pytest.raises(StateError, match="2026-var: no active subscriber would get it"):
        require_sound(done)


def test_a_fault_of_one_reader_is_nobody_elses(database: Engine) -> None:
    """Before an issue is frozen everybody's message is tried; a few faults do not stop it."""
    fill(database, ["två åsor@kommun.example", *addresses(2)])
    require_sound(rehearse(database)[0])

    with transaction(database) as connection:
        for email in addresses(2):
            suppress(connection, KEYS, email, Reason.BOUNCED, NOW)

    with pytest.raises(StateError, match="2026-var: no message can be made: to_email"):
        require_sound(rehearse(database)[0])


def test_counted_by_domain_and_language(database: Engine) -> None:
    """The most come first, and a language without a letter of its own is the issue's."""
    fill(database, addresses(3, "stor.example"))
    fill(database, addresses(1, "liten.example"), lang="en")
    fill(database, ["heikki@liten.example"], lang="fi")

    done, _ = rehearse(database)

    assert done.domains == (("stor.example", 3), ("liten.example", 2))
    assert done.languages == (("sv", 4), ("en", 1))


def test_only_the_audience(database: Engine) -> None:
    """Readers for whom the issue is not, and those who are not active, have no message."""
    fill(database, addresses(2), tags=["member"])
    fill(database, addresses(3, "annan.example"))
    fill(database, addresses(4, "borta.example"), state="unsubscribed", tags=["member"])

    done, _ = rehearse(database, audience=Audience(tags=("member",)))

    assert done.domains == (("kommun.example", 2),)


def test_how_long_it_takes(database: Engine) -> None:
    """It begins when the undo window is over, and ends when the slowest limit lets it."""
    fill(database, addresses(60))
    minute = NOW - at("2026-06-02T08:59")
    slow = Sending(pace=Pace(20, minute), lane_pace=Pace(5, minute), canary=None, undo=15 * minute)
    free = replace(slow, pace=None, lane_pace=None, hours=None)

    paced, _ = rehearse(database, sending=slow)
    unpaced, _ = rehearse(database, sending=free)

    assert paced.begins == NOW + 15 * minute
    assert 12 * minute <= paced.ends - paced.begins < 13 * minute
    assert unpaced.ends == unpaced.begins


def test_a_rehearsal_is_told_alike_each_time(database: Engine) -> None:
    """The same list and letter give the same messages, byte for byte."""
    fill(database, addresses(3))

    assert rehearse(database)[1] == rehearse(database)[1]


def test_memory_does_not_grow_with_the_list(database: Engine) -> None:
    """One message is held at a time: forty times as many readers take hardly more memory."""
    site = make_site()
    edition = proof_of(site).edition(NOW)

    def peak() -> int:
        with reading(database) as connection:
            tracemalloc.start()
            Rehearsal(edition, site, KEYS, lane_of, NOW).run(connection, nowhere)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    fill(database, addresses(10))
    few = peak()
    fill(database, addresses(400, "stor.example"))

    assert peak() - few < 1_000_000  # octets; the messages together have ten times as many
