"""The name servers that NEWSROOM_DNS names, where they are not those of the machine."""

import re
from ipaddress import ip_address

from newsroom.model.saying import Saying, say

_FORM = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9.]+|[0-9A-Fa-f:.]+)(?::(\d{1,5}))?")
_PLAIN6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_HIGHEST_PORT = 65535


def name_servers(given: str | None) -> tuple[str, ...]:
    """The servers in the order they are asked: `127.0.0.1:5353`, `[::1]:53`, `192.0.2.1`."""
    return tuple(each.strip() for each in (given or "").split(",") if each.strip())


def name_server_faults(given: str | None) -> list[Saying]:
    """What keeps NEWSROOM_DNS from being used."""
    if all(map(_is_server, name_servers(given))):
        return []
    return [
        say(
            "NEWSROOM_DNS cannot be read; write the address of a name server, {example}",
            example="127.0.0.1:5353",
        )
    ]


def _is_server(written: str) -> bool:
    match = None if _PLAIN6.fullmatch(written) else _FORM.fullmatch(written)
    host, port = (match[1], match[2]) if match else (written, None)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return port is None or 0 < int(port) <= _HIGHEST_PORT
