"""What the ledger can prove of an issue."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, insert, update

from newsroom.database.tables import approval, bounce, delivery, issue
from newsroom.delivery.ledger.chronicle import Step
from newsroom.delivery.ledger.evidence import Evidence, Share, gather
from newsroom.delivery.sending.course import pause, release
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.render.sayings import in_language
from tests.delivery.sample_ledger import NOW, addresses, freeze_now
from tests.render.pieces import ZONE

LONELY = "anna@anna-ek.example"


def settle(connection: Connection, email: str, state: str, **values: object) -> None:
    """One reader's copy in that state."""
    connection.execute(
        update(delivery).where(delivery.c.email == email).values(state=state, **values)
    )


def sent(database: Engine) -> Evidence:
    """An issue to five readers, each with another end, and what is known of it."""
    freeze_now(database, [*addresses(4), LONELY])
    with database.begin() as connection:
        release(connection, "2026-var", NOW)
        pause(connection, "2026-var", f"554 5.7.1 <{LONELY}> refused by policy", NOW)
        one, two, three, four = addresses(4)
        settle(connection, one, "accepted")
        settle(connection, two, "refused", code="550 5.1.1", reason=f"<{two}>: no such user")
        settle(connection, three, "excluded", reason=say("has left the list"))
        settle(connection, four, "accepted", updated=NOW + timedelta(hours=16))
        settle(connection, LONELY, "unknown", reason="no answer")
        return gather(connection, "2026-var", ZONE)


def test_the_states_add_up_in_every_table(either_database: Engine) -> None:
    """Totals, days and domains count each frozen reader once."""
    found = sent(either_database)

    assert found.other_domains is not None
    shares = (*found.domains, found.other_domains)
    assert found.adds_up
    assert sum(found.totals.values()) == found.recipients == 5
    assert sum(day.total for day in found.days) == 5
    assert sum(share.total for share in shares) == 5
    assert {state: number for state, number in found.totals.items() if number} == {
        "accepted": 2,
        "refused": 1,
        "excluded": 1,
        "unknown": 1,
    }


def test_days_are_those_of_the_site(database: Engine) -> None:
    """A copy settled at eleven in the evening UTC was settled the next day in Stockholm."""
    found = sent(database)

    assert [day.name for day in found.days] == ["2026-06-02", "2026-06-03"]


def test_a_small_domain_is_not_named(database: Engine) -> None:
    """A domain with fewer than three readers may be one person's: it is counted, not named."""
    found = sent(database)

    assert [share.name for share in found.domains] == ["kommun.example"]
    assert found.other_domains == Share("1", {"unknown": 1})


def test_no_address_is_in_it(database: Engine) -> None:
    """Of servers' words only the code is kept, and what looks like an address is hidden."""
    found = sent(database)

    told = repr(found)
    assert not any(email in told for email in (*addresses(4), LONELY, "anna-ek.example"))
    assert found.reasons == (("excluded", "has left the list", 1), ("refused", "550 5.1.1", 1))
    assert [(each.step, each.note) for each in found.course] == [
        (Step.FROZEN, None),
        (Step.RELEASED, None),
        (Step.PAUSED, "554 5.7.1 <[…]> refused by policy"),
    ]


def test_what_was_said_is_said_in_any_language(database: Engine) -> None:
    """A reason of ours can be said in the reader's language, with an address in it hidden."""
    freeze_now(database, addresses(1))
    with database.begin() as connection:
        release(connection, "2026-var", NOW)
        pause(connection, "2026-var", say("{number} unknown", number=3), NOW)
        why = say("{name}: {why}", name=LONELY, why=say("cancelled by hand"))
        connection.execute(update(delivery).values(state="excluded", reason=why))
        found = gather(connection, "2026-var", ZONE)

    assert in_language(found.course[-1].note or "", "sv") == "3 oklara"
    ((_, reason, _),) = found.reasons
    assert in_language(reason or "", "sv") == "[…]: inställt för hand"


def test_every_yes_with_its_text(database: Engine) -> None:
    """Who approved which text, when, what ended it, and whether it was the text that was sent."""
    freeze_now(database, [])
    yes = {"issue": "2026-var", "approved_by": "anna-ek", "at": NOW}
    with database.begin() as connection:
        connection.execute(
            insert(approval),
            [
                {**yes, "content_hash": "older", "ended": NOW, "ended_by": "edit"},
                {**yes, "content_hash": "h", "ended": None, "ended_by": None},
            ],
        )
        found = gather(connection, "2026-var", ZONE)

    assert [(each.content_hash, each.ended, each.was_sent) for each in found.approvals] == [
        ("older", NOW, False),
        ("h", None, True),
    ]


def test_what_came_back_since(database: Engine) -> None:
    """Bounces and complaints are counted by kind; one that was undone is none."""
    freeze_now(database, [])
    row = {"issue": "2026-var", "severity": "hard", "suppressed": True, "at": NOW}
    with database.begin() as connection:
        connection.execute(
            insert(bounce),
            [
                {**row, "digest": "1", "kind": "bounce", "undone": None},
                {**row, "digest": "2", "kind": "complaint", "undone": None},
                {**row, "digest": "3", "kind": "bounce", "undone": NOW},
            ],
        )

        assert gather(connection, "2026-var", ZONE).returned == (("bounce", 1), ("complaint", 1))


def test_a_reader_who_was_erased_since(database: Engine) -> None:
    """Whose address is gone is counted in the lane that the mail took."""
    freeze_now(database, addresses(3))
    with database.begin() as connection:
        erased = delivery.c.email == addresses(1)[0]
        connection.execute(update(delivery).where(erased).values(email="erased-1@invalid"))

        assert [share.name for share in gather(connection, "2026-var", ZONE).domains] == [
            "kommun.example"
        ]


def test_a_ledger_that_does_not_add_up(database: Engine) -> None:
    """A missing row is not explained away."""
    freeze_now(database, addresses(3))
    with database.begin() as connection:
        connection.execute(update(issue).values(recipients=4))

        assert not gather(connection, "2026-var", ZONE).adds_up


def test_nothing_to_prove(database: Engine) -> None:
    """Of an issue that was never frozen there is no evidence."""
    with database.begin() as connection, pytest.raises(StateError, match="nothing to prove"):
        gather(connection, "2026-var", ZONE)
