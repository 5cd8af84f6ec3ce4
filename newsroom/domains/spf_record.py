"""An SPF record, read by the grammar of RFC 7208: terms, or the first fault in it.

A receiver takes a record with any fault in it for none that can be used (permerror, section 4.6).
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Network, IPv6Network, NetmaskValueError

from newsroom.model.saying import Saying, say

VERSION = "v=spf1"
_TERM = re.compile(r"([+\-~?]?)([A-Za-z][A-Za-z0-9_.-]*)(.*)", re.DOTALL)
_MACRO = r"%(?:\{[slodiphcrtv]\d*r?[.\-+,/_=]*\}|%|_|-)"  # section 7.1
_TOP = r"(?:[a-z0-9-]*[a-z-][a-z0-9-]*)\.?"  # a last label that is no number
_DOMAIN = re.compile(rf"(?:{_MACRO}|[\x21-\x24\x26-\x7e])*(?:\.{_TOP}|{_MACRO})", re.IGNORECASE)
_LONGEST_DOMAIN = 253  # octets (section 7.3)
_DUAL = re.compile(r"(.*?)(?:/(\d{1,2}))?(?://(\d{1,3}))?", re.DOTALL)
_LONGEST4, _LONGEST6 = 32, 128  # bits of a prefix
_NEEDS_A_DOMAIN = {"include", "exists"}


class SpfFaultError(ValueError):
    """What receivers stop at; its argument is a saying."""

    @property
    def sentence(self) -> Saying:
        """The fault."""
        fault: Saying = self.args[0]
        return fault


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism with its qualifier: `-all`, `include:spf.example.se`."""

    qualifier: str  # + - ~ ?
    name: str  # all, include, a, mx, ptr, ip4, ip6, exists
    domain: str | None = None  # None: the record's own
    network: IPv4Network | IPv6Network | None = None
    text: str = ""  # as it is written
    is_endless: bool = False  # a prefix of no bits: whoever it is about, everybody is meant


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """What a record says, in its order."""

    terms: tuple[Term, ...]
    redirect: str | None = None  # counts only where there is no `all` (section 6.1)

    @property
    def everybody(self) -> Term | None:
        """Its `all`, behind which nothing is looked at."""
        return next((term for term in self.terms if term.name == "all"), None)


def is_spf(text: str) -> bool:
    """Whether a TXT record is an SPF record (section 4.5)."""
    begin, blank, _ = text.partition(" ")
    return begin.lower() == VERSION and (bool(blank) or text == begin)


def looks_like_spf(text: str) -> bool:
    """Whether a TXT record was meant as one, and is none."""
    return not is_spf(text) and bool(re.match(r"[\s\"']*v\s*=\s*spf", text, re.IGNORECASE))


def parse_spf(text: str) -> SpfRecord:
    """The record that a text is. Raises SpfFaultError for the first fault."""
    terms: list[Term] = []
    modifiers: dict[str, str] = {}
    for word in text.split(" ")[1:]:
        if not word:
            continue
        match = _TERM.fullmatch(word)
        if match is None:
            raise SpfFaultError(say('"{word}" is nothing that SPF knows', word=word))
        qualifier, name, rest = match[1], match[2].lower(), match[3]
        if rest.startswith("="):
            _modify(modifiers, name, rest[1:], word, qualifier)
        else:
            terms.append(_mechanism(qualifier or "+", name, rest, word))
    return SpfRecord(tuple(terms), modifiers.get("redirect"))


def _modify(modifiers: dict[str, str], name: str, value: str, word: str, qualifier: str) -> None:
    """Keep a modifier; unknown ones are passed over (section 6)."""
    if qualifier:
        raise SpfFaultError(say('"{word}" is nothing that SPF knows', word=word))
    if name not in {"redirect", "exp"}:
        return
    if name in modifiers:
        raise SpfFaultError(say("{name}= stands there twice", name=name))
    modifiers[name] = _domain(value, word)


def _mechanism(qualifier: str, name: str, rest: str, word: str) -> Term:
    match name:
        case "all" if not rest:
            return Term(qualifier, name, text=word)
        case "ip4" | "ip6" if rest.startswith(":"):
            return Term(qualifier, name, network=_network(name, rest[1:], word), text=word)
        case "include" | "exists" if rest.startswith(":"):
            return Term(qualifier, name, _domain(rest[1:], word), text=word)
        case "ptr" if not rest or rest.startswith(":"):
            return Term(qualifier, name, _domain(rest[1:], word) if rest else None, text=word)
        case "a" | "mx":
            domain, is_endless = _with_prefixes(rest, word)
            return Term(qualifier, name, domain, text=word, is_endless=is_endless)
        case _ if name in _NEEDS_A_DOMAIN:
            raise SpfFaultError(say('"{word}" names no domain', word=word))
        case _:
            raise SpfFaultError(say('"{word}" is nothing that SPF knows', word=word))


def _with_prefixes(rest: str, word: str) -> tuple[str | None, bool]:
    """The domain of `a:example.se/24//64`, when it names one, and whether a prefix has no bits."""
    match = _DUAL.fullmatch(rest)
    if match is None or any(
        int(bits) > longest
        for bits, longest in ((match[2], _LONGEST4), (match[3], _LONGEST6))
        if bits is not None
    ):
        raise SpfFaultError(say('"{word}" is nothing that SPF knows', word=word))
    named = match[1]
    is_endless = any(bits is not None and int(bits) == 0 for bits in (match[2], match[3]))
    if not named:
        return None, is_endless
    if not named.startswith(":"):
        raise SpfFaultError(say('"{word}" is nothing that SPF knows', word=word))
    return _domain(named[1:], word), is_endless


def _network(name: str, written: str, word: str) -> IPv4Network | IPv6Network:
    kind = IPv4Network if name == "ip4" else IPv6Network
    _, slash, bits = written.partition("/")
    try:
        network = kind(written, strict=False)
    except (AddressValueError, NetmaskValueError, ValueError) as error:
        raise SpfFaultError(say('"{word}" has no address in it', word=word)) from error
    if slash and not (bits.isascii() and bits.isdigit()):  # a mask is none that SPF knows
        raise SpfFaultError(say('"{word}" has no address in it', word=word))
    return network


def _domain(written: str, word: str) -> str:
    if len(written) > _LONGEST_DOMAIN or not _DOMAIN.fullmatch(written):
        raise SpfFaultError(say('"{word}" names no domain', word=word))
    return written.lower().rstrip(".")
