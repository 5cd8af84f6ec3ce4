from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.web.conditions import Verdict, Version, accepts_gzip, byte_range, judge

NOW = "Sun, 22 Nov 2026 09:00:00 GMT"
BEFORE = "Sun, 22 Nov 2026 08:59:59 GMT"
AFTER = "Mon, 23 Nov 2026 09:00:00 GMT"
VERSION = Version('"abc"', datetime(2026, 11, 22, 9, tzinfo=UTC), 1000)
HEADERS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"if-none-match": '"abc"'}, 304),
        ({"if-none-match": 'W/"abc"'}, 304),  # weakly compared
        ({"if-none-match": '"x, y", W/"abc" , "z"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"abcd", "ab"'}, 200),
        ({"if-none-match": "abc"}, 200),  # no tag has no quotation marks
        ({"if-modified-since": NOW}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-modified-since": BEFORE}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Sun, 22 Nov 2026 09:00:00 -0000"}, 304),
        ({"if-none-match": '"old"', "if-modified-since": NOW}, 200),  # the tag decides
        ({"if-none-match": '"abc"', "if-modified-since": BEFORE}, 304),
        ({"if-match": '"abc"'}, 200),
        ({"if-match": 'W/"abc"'}, 412),  # strongly compared
        ({"if-match": "*"}, 200),
        ({"if-match": '"old"', "if-none-match": '"abc"'}, 412),
        ({"if-unmodified-since": NOW}, 200),
        ({"if-unmodified-since": BEFORE}, 412),
        ({"if-match": '"abc"', "if-unmodified-since": BEFORE}, 200),
        ({"range": "bytes=0-9"}, 206),
        ({"range": "bytes=0-9", "if-none-match": '"abc"'}, 304),
        ({"range": "bytes=0-9", "if-range": '"abc"'}, 206),
        ({"range": "bytes=0-9", "if-range": 'W/"abc"'}, 200),
        ({"range": "bytes=0-9", "if-range": '"old"'}, 200),
        ({"range": "bytes=0-9", "if-range": NOW}, 206),
        ({"range": "bytes=0-9", "if-range": AFTER}, 200),
        ({"range": "bytes=2000-"}, 416),
        ({"range": "bytes=2000-", "if-range": '"old"'}, 200),
        ({"range": "lines=1-2"}, 200),
    ],
)
def test_conditions_are_weighed_in_their_order(headers: dict[str, str], status: int) -> None:
    """If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, If-Range: 13.2.2."""
    assert judge(headers, VERSION, may_range=True).status == status


def test_head_is_never_sent_in_parts() -> None:
    """Range is for GET only (RFC 9110 section 14.2)."""
    verdict = judge({"range": "bytes=0-9"}, VERSION, may_range=False)

    assert verdict == Verdict(200, range(1000))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-99", range(100)),
        ("bytes=100-", range(100, 1000)),
        ("bytes=-100", range(900, 1000)),
        ("bytes=-5000", range(1000)),
        ("bytes=990-5000", range(990, 1000)),
        ("Bytes = 0-0", range(1)),
        ("bytes=1000-", range(0)),
        ("bytes=-0", range(0)),
        ("bytes=9-1", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("bytes=a-b", None),
        ("bytes=0-" + "9" * 5000, None),
    ],
)
def test_which_bytes_are_asked_for(header: str, part: range | None) -> None:
    """First to last, to the end, or the last so many; what is no one range is no range."""
    found = byte_range(header, 1000)

    assert (found is None) is (part is None)
    assert found is None or part is None or list(found) == list(part)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.8", True),
        ("*", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("*, gzip;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("br", False),
        ("gzip;q=high", False),
    ],
)
def test_who_reads_gzip(header: str, wanted: bool) -> None:  # noqa: FBT001
    """Those who say so, and do not rather want it plain."""
    assert accepts_gzip(header) is wanted


@given(st.dictionaries(st.sampled_from([*HEADERS, "range"]), st.text(max_size=40)))
def test_no_header_breaks_anything(headers: dict[str, str]) -> None:
    """Whatever a program sends, it gets one of HTTP's answers, and no byte that is not there."""
    verdict = judge(headers, VERSION, may_range=True)

    assert verdict.status in {200, 206, 304, 412, 416}
    assert set(verdict.part) <= set(range(VERSION.size))
    assert isinstance(accepts_gzip(headers.get("range", "")), bool)
