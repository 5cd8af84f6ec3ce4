"""The standard library's email policy for our messages: 7-bit, CRLF, short lines."""

from email.header import Header
from email.headerregistry import AddressHeader, UnstructuredHeader
from email.policy import EmailPolicy
from email.utils import formataddr
from typing import Any

# Their values are addresses and words of ASCII. The standard policy writes one that is longer than
# a line as an encoded word, which RFC 2047, section 5, forbids there, and mail programs then show
# no unsubscribe button.
_PLAIN = {"message-id", "feedback-id", "precedence", "x-auto-response-suppress", "auto-submitted"}
_LINE = 78  # RFC 5322, section 2.1.1
_SHORT_NAME = 40  # characters that stand on one line with an address
_LONGEST_WORD = 60  # characters of a subject's word that can be set on a line of its own
_BEFORE = "Reply-To: "  # the longest of the headers that have an address


class MessagePolicy(EmailPolicy):
    """The standard policy for SMTP, but for addresses and subjects.

    It folds long ones wrong, and not the same way in each version of Python.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, str]:  # noqa: ANN401 (as inherited)
        """The header as it is kept: a subject that looks encoded is taken at its word."""
        if name.lower() == "subject" and isinstance(value, str) and "=?" in value:
            value = Header(value, "utf-8").encode(maxlinelen=0)
        kept: tuple[str, str] = super().header_store_parse(name, value)
        return kept

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        lower = name.lower()
        if lower in _PLAIN or lower.startswith("list-"):
            return _broken_after_commas(name, str(value)) + self.linesep
        if isinstance(value, AddressHeader):
            people = (address(each.display_name, each.addr_spec) for each in value.addresses)
            return f"{name}: " + ",\r\n ".join(people) + self.linesep
        if isinstance(value, UnstructuredHeader):
            return f"{name}: {_words(str(value), name)}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as lines of ASCII; UnicodeEncodeError when it can only be something else."""
        return self.fold(name, value).encode("ascii")


POLICY = MessagePolicy(linesep="\r\n", max_line_length=_LINE, cte_type="7bit")


def address(name: str, email: str) -> str:
    """A person in a header: the name, which may be empty, quoted or encoded as it needs.

    `name` is one line. What it gives may be several (RFC 2047, section 5).
    """
    if not name:
        return email
    if name.isascii() and len(name) <= _SHORT_NAME and "=?" not in name:
        return formataddr((name, email))
    phrase = Header(name, "utf-8", header_name="Reply-To").encode(linesep="\r\n")
    fits = len(f"{_BEFORE}{phrase} <{email}>") <= _LINE
    return f"{phrase} <{email}>" if fits else f"{phrase}\r\n <{email}>"


def _words(value: str, name: str) -> str:
    """Words for people, encoded (RFC 2047) only when they must be: filters of spam mind."""
    plain = value.isascii() and "=?" not in value
    plain &= max(map(len, value.split(" ")), default=0) <= _LONGEST_WORD
    header = Header(value, "us-ascii" if plain else "utf-8", header_name=name)
    return header.encode(splitchars=" ", linesep="\r\n")


def _broken_after_commas(name: str, value: str) -> str:
    whole = f"{name}: {' '.join(value.split())}"
    return whole if len(whole) <= _LINE else whole.replace(", ", ",\r\n ")
