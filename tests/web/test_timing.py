"""What the answer to a form takes cannot say who is on the list."""

from threading import Event

import pytest
from sqlalchemy import event

from newsroom.database import transaction
from newsroom.model import SubscriberState
from newsroom.readers import erasure, standing
from newsroom.readers.suppression import Reason
from tests.web.house import NOW, House, fields_of

FRONTS = ("/prenumerera/", "/avsluta/", "/mina-uppgifter/")
STATES = (SubscriberState.PENDING, SubscriberState.ACTIVE, SubscriberState.UNSUBSCRIBED)
KINDS = ("new", *map(str, STATES), "bounced", "complained", "erased")


@pytest.fixture
def mixed(house: House) -> House:
    """A house that knows an address of every kind."""
    for state in STATES:
        house.add(f"{state}@example.se", state)
    for reason in (Reason.BOUNCED, Reason.COMPLAINED):
        house.add(f"{reason}@example.se", SubscriberState.ACTIVE)
        with transaction(house.database) as connection:
            standing.keep_out(connection, house.keys, f"{reason}@example.se", reason, NOW)
    with transaction(house.database) as connection:
        erasure.erase(connection, house.keys, "erased@example.se", NOW)
    return house


@pytest.mark.parametrize("front", FRONTS)
def test_the_answer_is_made_without_a_look_at_the_list(mixed: House, front: str) -> None:
    """Until the answer is out no statement is run and no mail sent, whatever the address is.

    So it takes as long for a stranger as for a reader, and it is the same, byte for byte.
    """
    statements = list[str]()
    event.listen(
        mixed.database, "before_cursor_execute", lambda *given: statements.append(given[2])
    )
    form = fields_of(mixed.client.get(front).text)
    gate = Event()
    mixed.later.do(gate.wait)

    answers = set[tuple[int, bytes]]()
    for kind in KINDS:
        mixed.clock.forward(hours=1)
        answer = mixed.client.post(front, data={**form, "email": f"{kind}@example.se"})
        answers.add((answer.status_code, answer.content))
    before_the_work, mailed = list(statements), list(mixed.mailbox.sent)
    gate.set()
    mixed.settle()

    assert len(answers) == 1
    assert before_the_work == []
    assert mailed == []
    assert statements != []  # it was done afterwards
