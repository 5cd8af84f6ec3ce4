"""The reason why another program (git, curl, ssh) failed, read out of its last words."""

import os
from collections.abc import Iterator

from newsroom.model.refusal import NO_NAME_SERVER, NO_SUCH_HOST, REASONS, TOO_LATE, quoted
from newsroom.model.saying import Saying, say

_NO_LOGIN = say("it asks for a login, and none is given")
_UNTRUSTED = say("its certificate cannot be trusted")
_OVERTAKEN = say("somebody else has changed it meanwhile")
_SIGNS = {  # what curl, git and ssh say beside the errors of the system
    "Could not resolve host": NO_SUCH_HOST,  # `host: …` of curl, `hostname …:` of ssh
    "Name or service not known": NO_SUCH_HOST,
    "Temporary failure in name resolution": NO_NAME_SERVER,
    "Operation timed out": TOO_LATE,
    "Could not connect to server": say("nobody answers there"),
    "Authentication failed": say("the login is wrong"),
    "could not read Username": _NO_LOGIN,
    "could not read Password": _NO_LOGIN,
    "Host key verification failed": say("this machine does not know the key of that server"),
    "does not appear to be a git repository": say("there is no repository"),
    "not a git repository": say("there is no repository"),
    "Repository not found": say("there is no repository, or you have no leave to see it"),
    "certificate problem": _UNTRUSTED,
    "certificate verification failed": _UNTRUSTED,
    "non-fast-forward": _OVERTAKEN,
    "fetch first": _OVERTAKEN,
}


def why_it_said(words: str) -> Saying:
    """The reason, where it can be read out of a program's words; then those words."""
    reason = next((reason for sign, reason in _signs() if sign in words), None)
    if reason is None:
        return quoted(words)
    return say("{reason} ({words})", reason=reason, words=quoted(words))


def _signs() -> Iterator[tuple[str, Saying]]:
    """By which words a reason is known: those of programs, and those of the system."""
    yield from _SIGNS.items()
    for number, reason in REASONS.items():
        yield os.strerror(number), reason
