"""The first address of a site, written where the present one is."""

import re

_URL = re.compile(r"^(?=url[ \t]*:)", re.MULTILINE)
_WRITTEN = re.compile(r"^first_url[ \t]*:", re.MULTILINE)


def with_first_url(text: str, address: str) -> str:
    """The text of site.yaml with the first address on a line above the present one.

    It stays as it is where that line is written already, or where `url` does not begin a line.
    """
    if _WRITTEN.search(text):
        return text
    found = _URL.search(text)
    if found is None:
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    return f"{text[: found.start()]}first_url: {address}{ending}{text[found.start() :]}"
