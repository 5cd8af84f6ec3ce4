"""Gateways of receivers that put an address of their own before each link, to look at it first.

That is the receiver's doing and no fault of ours. Where the first address can be read out of the
new one it is, so that what a sender's provider did is seen behind it.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_GUARDS = (  # the ends of their hosts, and what they call it
    ("safelinks.protection.outlook.com", "Microsoft Safe Links"),
    ("urldefense.com", "Proofpoint"),
    ("urldefense.proofpoint.com", "Proofpoint"),
    ("urldefense.us", "Proofpoint"),
    ("linkprotect.cudasvc.com", "Barracuda"),
    ("secure-web.cisco.com", "Cisco"),
    ("mimecastprotect.com", "Mimecast"),
    ("mimecast.com", "Mimecast"),
    ("protect2.fireeye.com", "Trellix"),
    ("clicktime.symantec.com", "Symantec"),
    ("clicktime.cloud.postoffice.net", "PostOffice"),
    ("protection.sophos.com", "Sophos"),
    ("trendmicro.com", "Trend Micro"),
    ("scanmail.trustwave.com", "Trustwave"),
    ("link.edgepilot.com", "EdgePilot"),
    ("deref-gmx.net", "GMX"),
    ("deref-web.de", "WEB.DE"),
)
_PROOFPOINT_3 = re.compile(r"/v3/__(.+?)__;")
_IN_A_QUERY = ("url", "u", "a", "data", "redirecturl", "goto")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A link behind a gateway."""

    guard: str
    address: str | None  # where it led before; None where that cannot be read


def guarded(address: str) -> Guarded | None:
    """The gateway before a link, or None where there is none."""
    host = host_of(address)
    for end, name in _GUARDS:
        if host == end or host.endswith(f".{end}"):
            return Guarded(name, _before(address))
    return None


def parts_of(address: str) -> SplitResult:
    """An address taken apart; one that cannot be, such as one with half a bracket, has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def host_of(address: str) -> str:
    """The host that an address leads to, in small letters."""
    return (parts_of(address).hostname or "").lower()


def _before(address: str) -> str | None:
    """The address that was rewritten, as far as each gateway's own form tells."""
    if match := _PROOFPOINT_3.search(address):
        return unquote(match[1])
    parts = parts_of(address)
    fields = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
    found = next((fields[name] for name in _IN_A_QUERY if name in fields), None)
    if found is None:
        return None
    if "proofpoint" in (parts.hostname or "") and "/v2/" in parts.path:
        found = unquote(found.replace("-", "%").replace("_", "/"))
    return found if found.startswith(("http://", "https://")) else None
