from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.feeds.feed_parts import PART, Part, parts, subscribed

counts = st.lists(st.integers(1, 50), max_size=12)


def months_of(numbers: list[int]) -> list[int]:
    """The month of each entry, newest first, of a feed with so many in each month."""
    newest = 200 + len(numbers)
    return [newest - i for i, number in enumerate(numbers) for _ in range(number)]


def documents(months: list[int], limit: int) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts in the subscription document, and those in the archive."""
    cut = parts(months)
    number = subscribed(cut, limit)
    return cut[:number], cut[number:]


def test_names() -> None:
    """A part has its month's name, and its number when the month has more than one."""
    cut = parts([202605, *[202604] * 17])

    assert [part.name for part in cut] == ["2026-05", "2026-04-2", "2026-04"]
    assert [(part.first, part.end) for part in cut] == [(0, 1), (1, 3), (3, 18)]


@given(counts)
def test_every_entry_is_in_one_part(numbers: list[int]) -> None:
    """Side by side the parts are the whole feed; each has entries of one month, fifteen at most."""
    months = months_of(numbers)

    cut = parts(months)

    assert [i for part in cut for i in range(part.first, part.end)] == list(range(len(months)))
    assert all(0 < part.end - part.first <= PART for part in cut)
    assert all(set(months[part.first : part.end]) == {part.month} for part in cut)
    assert len({part.name for part in cut}) == len(cut)


@given(counts)
def test_only_the_newest_part_of_a_month_is_not_full(numbers: list[int]) -> None:
    """Parts are counted from the oldest, so that a full one stays what it is."""
    for _, month in groupby(parts(months_of(numbers)), lambda part: part.month):
        assert {part.end - part.first for part in list(month)[1:]} <= {PART}


@given(counts, st.booleans(), st.integers(1, 60))
def test_one_more_entry_moves_one_part_at_most(
    numbers: list[int],
    new_month: bool,  # noqa: FBT001
    limit: int,
) -> None:
    """Publishing lets at most one part go to the archive, whole, and changes none that is there."""
    months = months_of(numbers)
    newest = months[0] if months else 200
    more = [newest + 1 if new_month or not months else newest, *months]

    _, before = documents(months, limit)
    open_after, after = documents(more, limit)

    kept = [(part.name, part.first + 1, part.end + 1) for part in before]
    assert [(part.name, part.first, part.end) for part in after][len(after) - len(kept) :] == kept
    assert len(after) - len(before) in {0, 1}
    assert open_after[0].first == 0


@given(counts.filter(bool), st.integers(1, 60))
def test_the_subscription_document(numbers: list[int], limit: int) -> None:
    """It has no more entries than asked for, unless the newest part alone has more."""
    subscription, archive = documents(months_of(numbers), limit)

    assert len(subscription) == 1 or subscription[-1].end <= limit
    assert not archive or archive[0].end > limit


@pytest.mark.parametrize("number", [29, 30, 31, 45, 46])
def test_a_busy_month(number: int) -> None:
    """With the usual limit a reader always finds the newest sixteen at least."""
    subscription, _ = documents([202604] * number, 30)

    assert 16 <= subscription[-1].end <= 30


def test_a_feed_without_entries() -> None:
    """Nothing is cut into nothing."""
    assert parts([]) == ()
    assert subscribed((), 30) == 0
