"""Conditional and range requests (RFC 9110 sections 13 and 14): what to answer to each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAGS = re.compile(r'\s*(W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')
_RANGE = re.compile(r"bytes\s*=\s*(\d*)-(\d*)\s*", re.IGNORECASE)
_LONGEST_NUMBER = 18  # digits; no file has more bytes


@dataclass(frozen=True, slots=True)
class Version:
    """Which bytes an address has now."""

    etag: str  # strong, with its quotation marks
    modified: datetime  # aware, whole seconds
    size: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of the answer, and the bytes that belong to it."""

    status: int  # 200, 206, 304, 412 or 416
    part: range  # of the file's bytes


def judge(headers: Mapping[str, str], version: Version, *, may_range: bool) -> Verdict:
    """What to answer a GET or HEAD, by the precedence of RFC 9110 section 13.2.2.

    `may_range` is for GET only. Several ranges at once get the whole file, as the RFC allows.
    """
    nothing = range(0)
    if not _may_go_on(headers, version):
        return Verdict(412, nothing)
    if _is_known(headers, version):
        return Verdict(304, nothing)
    whole = range(version.size)
    if not may_range or "range" not in headers or not _is_same(headers.get("if-range"), version):
        return Verdict(200, whole)
    part = byte_range(headers["range"], version.size)
    if part is None:
        return Verdict(200, whole)
    return Verdict(206, part) if part else Verdict(416, nothing)


def byte_range(header: str, size: int) -> range | None:
    """The bytes that are asked for; empty when there are none such, None for what is no one range.

    `0-99` is the first hundred, `100-` all after them, `-100` the last hundred.
    """
    found = _RANGE.fullmatch(header)
    if found is None or not any(found.groups()) or max(map(len, found.groups())) > _LONGEST_NUMBER:
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding wants gzip, or anything, as much as it wants plain bytes."""
    weights = dict(_weight(one) for one in header.lower().split(",")) if header else {}
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weight(offer: str) -> tuple[str, float]:
    coding, _, weight = offer.partition(";")
    try:
        return coding.strip(), float(weight.partition("=")[2] or 1)
    except ValueError:
        return coding.strip(), 0.0


def _may_go_on(headers: Mapping[str, str], version: Version) -> bool:
    if "if-match" in headers:
        return _names(headers["if-match"], version.etag, weakly=False)
    until = _moment(headers.get("if-unmodified-since"))
    return until is None or version.modified <= until


def _is_known(headers: Mapping[str, str], version: Version) -> bool:
    if "if-none-match" in headers:  # then the time counts for nothing
        return _names(headers["if-none-match"], version.etag, weakly=True)
    since = _moment(headers.get("if-modified-since"))
    return since is not None and version.modified <= since


def _is_same(if_range: str | None, version: Version) -> bool:
    """Whether the part continues what the asker has: by a strong tag, or the very same time."""
    if if_range is None:
        return True
    if if_range.lstrip().startswith(('"', "W/")):
        return if_range.strip() == version.etag
    return _moment(if_range) == version.modified


def _names(header: str, etag: str, *, weakly: bool) -> bool:
    """Whether a list of tags has this one; `*` has every one."""
    if header.strip() == "*":
        return True
    tags = _TAGS.findall(header)
    return any(tag == etag and (weakly or not weak) for weak, tag in tags)


def _moment(header: str | None) -> datetime | None:
    """An HTTP date; None for what is none."""
    if header is None:
        return None
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
