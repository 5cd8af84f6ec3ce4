"""How our messages are written: 7-bit, CRLF, short lines, nothing encoded that may not be."""

from email.header import Header
from email.headerregistry import AddressHeader
from email.policy import EmailPolicy
from email.utils import formataddr

# Their values are addresses and words of ASCII. The standard policy writes one that is longer than
# a line as an encoded word, which RFC 2047, section 5, forbids there, and mail programs then show
# no unsubscribe button.
_PLAIN = {"message-id", "feedback-id", "precedence", "x-auto-response-suppress", "auto-submitted"}
_LINE = 78  # RFC 5322, section 2.1.1
_SHORT_NAME = 40  # characters that stand on one line with an address


class MessagePolicy(EmailPolicy):
    """The standard policy for SMTP, but for addresses, which it folds wrong when they are long."""

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        lower = name.lower()
        if lower in _PLAIN or lower.startswith("list-"):
            return _broken_after_commas(name, str(value)) + self.linesep
        if isinstance(value, AddressHeader):
            people = (address(each.display_name, each.addr_spec) for each in value.addresses)
            return f"{name}: " + ",\r\n ".join(people) + self.linesep
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
    return f"{phrase}\r\n <{email}>"


def _broken_after_commas(name: str, value: str) -> str:
    whole = f"{name}: {' '.join(value.split())}"
    return whole if len(whole) <= _LINE else whole.replace(", ", ",\r\n ")
