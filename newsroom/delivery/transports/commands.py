"""What a relay is told of an envelope: MAIL and RCPT, with what its extensions let us ask for."""

from collections.abc import Callable

from newsroom.model.delivery import Envelope

_PLAIN = frozenset(map(chr, range(0x21, 0x7F))) - set("+=")


def fits_a_command(address: str) -> bool:
    """No address can smuggle a second command in, and none needs SMTPUTF8 (RFC 6531)."""
    return address.isascii() and address.isprintable() and not set(address) & set("<> ")


def mail_from(envelope: Envelope, size: int, announces: Callable[[str], bool]) -> str:
    """The command that begins a message of so many bytes.

    A relay that can be told its size says no before the text has travelled (RFC 1870). Of a bounce
    we want the headers, and the id that names the copy (RFC 3461 sections 4.3 and 4.4).
    """
    words = [f"MAIL FROM:<{envelope.sender}>"]
    if announces("size"):
        words.append(f"SIZE={size}")
    if announces("dsn"):
        words.append("RET=HDRS")
        if envelope.envelope_id is not None:
            words.append(f"ENVID={xtext(envelope.envelope_id)}")
    return " ".join(words)


def rcpt_to(envelope: Envelope, announces: Callable[[str], bool]) -> str:
    """The command that names the reader.

    What fails or waits is to be told, with the address as we know it (RFC 3461 sections 4.1, 4.2).
    """
    words = [f"RCPT TO:<{envelope.recipient}>"]
    if announces("dsn"):
        words += ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{xtext(envelope.recipient)}"]
    return " ".join(words)


def xtext(text: str) -> str:
    """Text as a parameter of a command may hold it (RFC 3461 section 4)."""
    if _PLAIN.issuperset(text):
        return text
    return "".join(
        letter if letter in _PLAIN else "".join(f"+{byte:02X}" for byte in letter.encode())
        for letter in text
    )
