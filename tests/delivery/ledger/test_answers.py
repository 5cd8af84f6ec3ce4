"""What receiving hosts said last to those whose copy they put off."""

from datetime import timedelta

from sqlalchemy import Engine, update

from newsroom.database import reading
from newsroom.database.tables import delivery
from newsroom.delivery.ledger.answers import last_answers
from newsroom.model.delivery import Answer, DeliveryState
from tests.delivery.sample_ledger import NOW, addresses, sending_now


def put_off(database: Engine, email: str, reason: str, minutes: int) -> None:
    """A host has put a copy off, so many minutes after the issue was begun."""
    with database.begin() as connection:
        connection.execute(
            update(delivery)
            .where(delivery.c.email == email)
            .values(
                state=DeliveryState.DEFERRED,
                code="550 5.7.1",
                reason=reason,
                updated=NOW + timedelta(minutes=minutes),
            )
        )


def test_each_host_has_its_last_word(either_database: Engine) -> None:
    """One answer for each host that puts copies off, the newest, with how many wait for it."""
    a, b = addresses(3, "a.example"), addresses(2, "b.example")
    sending_now(either_database, [*a, *b, "reader@c.example"])
    for minute, email in enumerate([*a, b[0]]):
        put_off(either_database, email, f"5.7.1 blocked {minute}", minute)

    with reading(either_database) as connection:
        told = last_answers(connection, "2026-var")

    assert told == (
        Answer("a.example", "550 5.7.1", "5.7.1 blocked 2", 3),
        Answer("b.example", "550 5.7.1", "5.7.1 blocked 3", 1),
    )
