"""Why something was refused, in words that somebody can act on.

What the system, a network or a relay says is English, and made for programmers. Faults are known
here by the names of their classes: to import `socket`, `ssl` or a client of HTTP for the class
alone would slow every command down.
"""

import errno
from collections.abc import Iterator

from newsroom.model.saying import Saying, say

_NO_LEAVE = say("you have no leave to do that")
_NOBODY_THERE = say("it cannot be reached from this machine")
NO_SUCH_HOST = say("there is no machine of that name")
NO_NAME_SERVER = say("no name server answers now")
_DISK_FULL = say("the disk is full")
_TOO_MANY = say("too many files are open")
_CUT = say("the connection was cut")
TOO_LATE = say("no answer came in time")
_NO_TLS = say("no encryption is spoken there; see the port")
_OLD_TLS = say("its encryption is too old, or ours is for it")

REASONS = {
    errno.ENOENT: say("it is not there"),
    errno.EEXIST: say("something of that name is there already"),
    errno.ENOTDIR: say("a file stands where a folder is needed"),
    errno.EISDIR: say("a folder stands where a file is needed"),
    errno.ENOTEMPTY: say("there is something in the folder"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ELOOP: say("links that lead in a circle"),
    errno.EACCES: _NO_LEAVE,
    errno.EPERM: _NO_LEAVE,
    errno.EROFS: say("nothing can be written there"),
    errno.EBUSY: say("another program is using it"),
    errno.ETXTBSY: say("another program is using it"),
    errno.ENOEXEC: say("it is no program"),
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.EFBIG: say("the file is too large"),
    errno.EIO: say("the disk does not work as it should"),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: say("the machine is out of memory"),
    errno.EADDRINUSE: say("another program listens there already"),
    errno.EADDRNOTAVAIL: say("this machine has no such address"),
    errno.ECONNREFUSED: say("nobody answers there"),
    errno.ECONNRESET: _CUT,
    errno.ECONNABORTED: _CUT,
    errno.EPIPE: _CUT,
    errno.ETIMEDOUT: TOO_LATE,
    errno.EHOSTUNREACH: _NOBODY_THERE,
    errno.ENETUNREACH: _NOBODY_THERE,
}
_BY_CLASS = {
    "TimeoutError": TOO_LATE,
    "TimeoutException": TOO_LATE,  # of httpx
    "SSLEOFError": _CUT,
    "SSLZeroReturnError": _CUT,
    "SMTPServerDisconnected": _CUT,
}
_BY_TLS = {  # what OpenSSL calls it
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "UNSUPPORTED_PROTOCOL": _OLD_TLS,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OLD_TLS,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": _OLD_TLS,
    "DH_KEY_TOO_SMALL": _OLD_TLS,
}
_OF_CERTIFICATES = {  # X509_V_ERR_… of OpenSSL
    9: say("it is not valid yet"),
    10: say("its time is over"),
    18: say("it is signed by itself"),
    19: say("it is signed by an authority that this machine does not know"),
    20: say("it is signed by an authority that this machine does not know"),
    21: say("the certificates between it and its authority are not sent along"),
    23: say("it was revoked"),
    62: say("it is for another host"),
    64: say("it is for another host"),
}


def why(fault: BaseException) -> Saying:
    """The reason of a fault of the system's or a network's, without the name of a file or a host.

    What has no words here is quoted, as it was told.
    """
    known = (_known(each) for each in with_causes(fault))
    return next((reason for reason in known if reason), None) or quoted(_raw(fault))


def distrust(fault: BaseException) -> Saying | None:
    """What is wrong with a certificate, where that lies at the bottom of a fault."""
    return next((_of_certificate(each) for each in with_causes(fault) if _is_distrust(each)), None)


def quoted(words: str) -> Saying:
    """Somebody else's words, in one line."""
    return say('"{words}"', words=" ".join(words.split()))


def with_causes(fault: BaseException) -> Iterator[BaseException]:
    """A fault, and what led to it: clients of HTTP wrap those of the system twice."""
    below: BaseException | None = fault
    while below is not None:
        yield below
        below = below.__cause__ or below.__context__  # httpcore hides the latter


def _known(fault: BaseException) -> Saying | None:
    """What is to be said of one fault by itself; None where nothing better than its own words."""
    if fault.args and isinstance(fault.args[0], Saying):  # one that newsroom found itself
        return fault.args[0]
    classes = {each.__name__ for each in type(fault).__mro__}
    if "gaierror" in classes:
        return _of_name(fault)
    if _is_distrust(fault):
        return say("its certificate cannot be trusted: {why}", why=_of_certificate(fault))
    for name in classes & _BY_CLASS.keys():
        return _BY_CLASS[name]
    if "SSLError" in classes:
        return _BY_TLS.get(getattr(fault, "reason", None) or "")
    if "SMTPResponseException" in classes:
        return _of_relay(fault)
    if "RemoteProtocolError" in classes:
        is_cut = "disconnected" in str(fault)
        return _CUT if is_cut else say("what is answered there is not HTTP")
    return REASONS.get(fault.errno or 0) if isinstance(fault, OSError) else None


def _of_name(fault: BaseException) -> Saying:
    """Why a name leads nowhere; the numbers of this are those of other faults on some systems."""
    from socket import EAI_AGAIN

    return NO_NAME_SERVER if fault.args[:1] == (EAI_AGAIN,) else NO_SUCH_HOST


def _is_distrust(fault: BaseException) -> bool:
    return type(fault).__name__ == "SSLCertVerificationError"


def _of_certificate(fault: BaseException) -> Saying:
    known = _OF_CERTIFICATES.get(getattr(fault, "verify_code", 0))
    return known or quoted(getattr(fault, "verify_message", None) or str(fault))


def _of_relay(fault: BaseException) -> Saying:
    """The reply of a relay, which is written by people for people."""
    words = getattr(fault, "smtp_error", b"")
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return quoted(f"{getattr(fault, 'smtp_code', '')} {told}")


def _raw(fault: BaseException) -> str:
    """A fault's own words: of the system's without number and file, of an answer as text."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    told = fault.args[0] if fault.args else ""
    if isinstance(told, bytes):  # as imaplib hands on what a server says
        return told.decode("utf-8", "replace")
    return str(fault) or type(fault).__name__
