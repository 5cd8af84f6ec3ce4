"""Keys to the review page, and the stamps of what it showed."""

import random
import string
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.delivery.approval.review_token import holder, page_stamp, review_token, shown_since

NOW = datetime(2026, 5, 12, 7, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=60)
KEYS = (b"today's", b"last year's")
PEOPLE = ("anna-ek", "bo-berg")


def test_a_key_tells_whose_it_is_and_until_when() -> None:
    """A key opens one issue for one approver until its time, and no name stands in it."""
    token = review_token(KEYS[0], "2026-var", "bo-berg", EXPIRES)

    assert holder(KEYS, token, "2026-var", PEOPLE) == ("bo-berg", EXPIRES)
    assert len(token) == 28
    assert holder(KEYS, token, "2026-host", PEOPLE) is None
    assert holder(KEYS, token, "2026-var", ("anna-ek",)) is None


def test_a_key_outlives_its_secret() -> None:
    """A secret that was replaced still answers for the mails that went out with it."""
    token = review_token(KEYS[1], "2026-var", "anna-ek", EXPIRES)

    assert holder(KEYS, token, "2026-var", PEOPLE) == ("anna-ek", EXPIRES)
    assert holder(KEYS[:1], token, "2026-var", PEOPLE) is None


def test_no_key_can_be_made_up() -> None:
    """Of many thousand changed keys, shortened, lengthened and shuffled ones too, none opens."""
    chance = random.Random(7)
    token = review_token(KEYS[0], "2026-var", "anna-ek", EXPIRES)
    letters = string.ascii_letters + string.digits + "-_=.~%å\0"

    def changed() -> str:
        place = chance.randrange(len(token))
        match chance.randrange(3):
            case 0:
                return token[:place] + chance.choice(letters) + token[place + 1 :]
            case 1:
                return token[:place] + token[place + 1 :]
            case _:
                return token + chance.choice(letters)

    tried = {changed() for _ in range(20_000)} - {token}

    assert not [one for one in tried if holder(KEYS, one, "2026-var", PEOPLE)]


def test_a_stamp_is_of_one_text_on_one_page() -> None:
    """A stamp answers for the key and the text it was made with, and knows its age."""
    token = review_token(KEYS[0], "2026-var", "anna-ek", EXPIRES)
    stamp = page_stamp(KEYS[0], token, "h1", NOW)
    later = NOW + timedelta(minutes=5)

    assert shown_since(KEYS, stamp, token, "h1", later) == timedelta(minutes=5)
    assert shown_since(KEYS, stamp, token, "h2", later) is None
    assert shown_since(KEYS, stamp, "another", "h1", later) is None


@pytest.mark.parametrize("stamp", ["", "x", "å" * 28, "A" * 28])
def test_what_is_no_stamp(stamp: str) -> None:
    """A stamp that was made up is none, and neither is a key in place of one."""
    token = review_token(KEYS[0], "2026-var", "anna-ek", EXPIRES)

    assert shown_since(KEYS, stamp, token, "h1", NOW) is None
    assert shown_since(KEYS, token, token, "h1", NOW) is None
