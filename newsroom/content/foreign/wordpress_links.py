"""Links of WordPress that name a piece or a file by its number: `/?p=358`, `?attachment_id=7`."""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import parse_qs

_NUMBERED = ("p", "page_id", "attachment_id")


def with_addresses(html: str, site: str, numbers: Mapping[str, str]) -> str:
    """The same with the address of what is named; where there is none, the whole one by number.

    The site is known by its host, with `www.` or without, over http or https.
    """
    host = re.escape(site.partition("://")[2].removeprefix("www."))
    origin = rf"(?:(?:https?:)?//(?:www\.)?{host})?" if host else ""
    query = r"(?P<query>(?:&#\w{1,5};|[^\"'#\s]){1,500})"
    by_number = re.compile(rf"(?<=[\"']){origin}/?\?{query}", re.IGNORECASE)

    def address(match: re.Match[str]) -> str:
        number = _number_in(unescape(match["query"]))
        if number is None:
            return match[0]
        return numbers.get(number) or f"{site}/?p={number}"

    return by_number.sub(address, html)


def _number_in(query: str) -> str | None:
    named = parse_qs(query)
    found = (values[0] for name in _NUMBERED if (values := named.get(name)))
    return next((number for number in found if number.isdecimal()), None)
