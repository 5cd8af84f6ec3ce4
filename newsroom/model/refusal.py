"""Why the system refused something, in words that somebody can act on."""

import errno

from newsroom.model.saying import say

_NO_LEAVE = say("you have no leave to do that")
_NOBODY_THERE = say("it cannot be reached from this machine")
_NO_SUCH_HOST = say("there is no machine of that name")
_DISK_FULL = say("the disk is full")
_TOO_MANY = say("too many files are open")

# What socket raises when a name leads nowhere. Its numbers are those of other faults on some
# systems, and importing socket for the class alone would slow every command down.
_NAME_FAULT = "gaierror"

_REASONS = {
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
    errno.ECONNRESET: say("the connection was cut"),
    errno.EPIPE: say("the connection was cut"),
    errno.ETIMEDOUT: say("no answer came in time"),
    errno.EHOSTUNREACH: _NOBODY_THERE,
    errno.ENETUNREACH: _NOBODY_THERE,
}


def why(fault: OSError) -> str:
    """The reason without the file's name; of a rare one the system's own words, in English."""
    if type(fault).__name__ == _NAME_FAULT:
        return _NO_SUCH_HOST
    return _REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
