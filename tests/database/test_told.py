"""Sentences for the desk in the database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, insert, select, text

from newsroom.database.tables import outbox, rate
from newsroom.model.saying import Saying, joined, say
from newsroom.render.sayings import in_language

LATER = datetime(2026, 6, 2, 7, 30, tzinfo=UTC)


def kept(database: Engine, told: str) -> str:
    """What comes back of a text."""
    with database.begin() as connection:
        connection.execute(insert(rate).values(key="global", tat=0.0, reason=told))
    with database.begin() as connection:
        found: str = connection.execute(select(rate.c.reason)).scalar_one()
    return found


def test_a_saying_is_said_in_any_language(either_database: Engine) -> None:
    """A saying comes back with its template and its values, the sayings among them too."""
    told = say(
        "{name}: paused; go on with: {command}",
        name=joined(": ", (say("stopped"), say("rests"))),
        command=3,
    )

    back = kept(either_database, told)

    assert isinstance(back, Saying)
    assert back == told
    assert in_language(back, "sv") == in_language(told, "sv") != told


def test_a_time_in_a_saying_is_a_time(database: Engine) -> None:
    """A moment keeps its form in the sentence and its zone."""
    assert kept(database, say("until {at:%H.%M}", at=LATER)) == "until 07.30"


def test_a_servers_words_stay_as_they_are(database: Engine) -> None:
    """Any other text comes back as itself and is nobody's to translate."""
    back = kept(database, "550 5.1.1 no such {user}")

    assert back == "550 5.1.1 no such {user}"
    assert not isinstance(back, Saying)


@pytest.mark.parametrize("hostile", ['{"say":"{x.__class__}","with":{}}', '{"say":', '{"say":1}'])
def test_a_text_that_looks_like_a_saying_is_none(database: Engine, hostile: str) -> None:
    """What a server says is never taken for a template of ours."""
    assert kept(database, hostile) == hostile


@pytest.mark.parametrize("told", ["p\udce5\0", say("{x}: no\udce5", x="p\0"), say("{x}", x=["\0"])])
def test_what_no_database_takes_is_marked(either_database: Engine, told: str) -> None:
    """Half a character, as in the name of a file of long ago, and NUL are never kept."""
    back = kept(either_database, told)

    assert "\N{REPLACEMENT CHARACTER}" in back or "\\x00" in back
    assert not {"\0", "\udce5"} & set(back)


def test_an_old_row_is_read(database: Engine) -> None:
    """A sentence that an earlier version wrote comes back as it was written."""
    with database.begin() as connection:
        connection.execute(insert(rate).values(key="global", tat=0.0))
        connection.execute(text("UPDATE rate SET reason = 'paused by hand'"))

        assert connection.scalar(select(rate.c.reason)) == "paused by hand"


def test_a_sheet_of_texts_comes_back_as_it_was(either_database: Engine) -> None:
    """Texts by name, lists of them and what is not there: each saying can be said anew."""
    sheet = {
        "subject": say("{relay} cannot be reached: {why}", relay="mejl", why=say("stopped")),
        "sentences": (say("stopped"), '{"say":1}'),
        "points": (),
        "url": None,
    }
    row = {"kind": "memo", "lang": "sv", "asked": LATER, "attempts": 0, "doubts": 0}
    with either_database.begin() as connection:
        connection.execute(insert(outbox).values(**row, next_at=LATER, memo=sheet))
    with either_database.begin() as connection:
        back = connection.execute(select(outbox.c.memo)).scalar_one()

    assert back == sheet
    assert in_language(back["subject"], "sv").startswith("mejl går inte att nå")
    assert [type(each) for each in back["sentences"]] == [Saying, str]
