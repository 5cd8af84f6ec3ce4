"""A DMARC policy record, by RFC 9989 (May 2026): what cannot be read is as if unwritten."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from newsroom.domains.tags import read_loosely

_BEGIN = re.compile(r"[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")  # the value's case counts
_MEANT = re.compile(r"[\s\"']*v\s*=\s*dmarc", re.IGNORECASE)
_REPORT = re.compile(r"mailto:([^@\s!]+@([^@\s!?,;]+))(?:![0-9]+[kmgt]?)?", re.IGNORECASE)
_GONE = ("pct", "rf", "ri")  # tags of RFC 7489 that nobody is to look at any more
_KNOWN = {"v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "rua", "ruf", "fo"}


class DmarcPolicy(StrEnum):
    """What is asked of receivers for mail that fails."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"

    @property
    def lowered(self) -> "DmarcPolicy":
        """One level down, as `t=y` asks for (section 4.7)."""
        return DmarcPolicy.QUARANTINE if self is DmarcPolicy.REJECT else DmarcPolicy.NONE


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """One record. A policy that is not there, or cannot be read, is None."""

    p: DmarcPolicy | None
    sp: DmarcPolicy | None
    np: DmarcPolicy | None
    psd: str  # y: a public suffix; n: an organisation; u: not said
    is_test: bool
    strict_dkim: bool
    strict_spf: bool
    reports_to: tuple[str, ...]  # mail addresses of `rua`
    unreadable: tuple[str, ...]  # tags whose value is none of those allowed: `p=quarentine`
    gone: tuple[str, ...]  # tags that have lost their meaning
    unknown: tuple[str, ...]  # tags that nobody knows
    has_p: bool

    @property
    def applies(self) -> bool:
        """Whether receivers go by it at all (section 4.10.1).

        With a `p`, `sp` or `np` that cannot be read it stands for p=none where it asks for
        reports, and for nothing where it does not. Without any `p` it stands for p=none
        (section 4.7).
        """
        return not self.is_broken or bool(self.reports_to)

    @property
    def is_broken(self) -> bool:
        """Whether a policy in it cannot be read, so that it asks for nothing (section 4.10.1)."""
        return any(tag.partition("=")[0] in {"p", "sp", "np"} for tag in self.unreadable)

    def policy(self, *, below: bool, exists: bool) -> DmarcPolicy:
        """What is asked for: of the domain itself, or of a name below it that exists or does not.

        `t=y` is not counted in.
        """
        if self.is_broken:
            return DmarcPolicy.NONE
        own = self.p or DmarcPolicy.NONE
        if not below:
            return own
        there = self.sp or own
        return there if exists else self.np or there


def is_dmarc(text: str) -> bool:
    """Whether a TXT record begins as a DMARC record must."""
    return bool(_BEGIN.match(text))


def looks_like_dmarc(text: str) -> bool:
    """Whether a TXT record was meant as one, and is none."""
    return not is_dmarc(text) and bool(_MEANT.match(text))


def parse_dmarc(text: str) -> DmarcRecord:
    """The record in a text that `is_dmarc`."""
    tags = dict(read_loosely(text))
    unreadable = []

    def one_of(name: str, allowed: tuple[str, ...], usual: str) -> str:
        value = tags.get(name, usual).lower()
        if value in allowed:
            return value
        unreadable.append(f"{name}={tags[name]}")
        return usual

    policies = {name: one_of(name, ("", *DmarcPolicy), "") or None for name in ("p", "sp", "np")}
    unreadable += [f"{name}=" for name in ("p", "sp", "np") if name in tags and not tags[name]]
    reports = tags.get("rua", "").split(",")
    found = (_REPORT.fullmatch(address.strip()) for address in reports)
    return DmarcRecord(
        p=_policy(policies["p"]),
        sp=_policy(policies["sp"]),
        np=_policy(policies["np"]),
        psd=one_of("psd", ("y", "n", "u"), "u"),
        is_test=one_of("t", ("y", "n"), "n") == "y",
        strict_dkim=one_of("adkim", ("r", "s"), "r") == "s",
        strict_spf=one_of("aspf", ("r", "s"), "r") == "s",
        reports_to=tuple(unquote(match[1]) for match in found if match),
        unreadable=tuple(unreadable),
        gone=tuple(name for name in _GONE if name in tags),
        unknown=tuple(name for name in tags if name not in _KNOWN and name not in _GONE),
        has_p="p" in tags,
    )


def _policy(written: str | None) -> DmarcPolicy | None:
    return DmarcPolicy(written) if written else None
