"""Logging in at a relay: with a password, or with a token that is good for an hour."""

import smtplib
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Protocol

from newsroom.delivery.transports.relay import Relay
from newsroom.errors import DeliveryError
from newsroom.model.saying import say

_GO_ON = 334
_IN = {235, 503}  # logged in; was logged in already
_FOR_GOOD = 500


class Tokens(Protocol):
    """Where access tokens come from."""

    def token(self, *, fresh: bool) -> str:
        """A token; never the one before when it is to be fresh.

        Raises OSError while there is none to be had, DeliveryError when there will be none.
        """
        ...


def log_in(smtp: smtplib.SMTP, relay: Relay, tokens: Tokens | None) -> None:
    """Show the relay who we are, where its address names somebody.

    Raises OSError for what may be otherwise in a while, DeliveryError for what may not.
    """
    if not relay.user:
        return
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if tokens is not None:
        _with_token(smtp, relay, tokens, offered)
        return
    password = relay.password or ""
    for mechanism, way in (("PLAIN", _plain), ("LOGIN", _login)):
        if mechanism in offered:
            _say(smtp, way(relay.user, password), password, _refused_password)
            return
    raise _no_way(offered, "PLAIN, LOGIN")


def _with_token(smtp: smtplib.SMTP, relay: Relay, tokens: Tokens, offered: Sequence[str]) -> None:
    """Log in with a token; one that is refused may have been called back, so a new one is tried."""
    if "XOAUTH2" not in offered:
        raise _no_way(offered, "XOAUTH2")
    user, token = relay.user or "", tokens.token(fresh=False)
    try:
        _say(smtp, _xoauth2(user, token), token, _refused_token)
    except DeliveryError:
        token = tokens.token(fresh=True)
        _say(smtp, _xoauth2(user, token), token, _refused_token)


def _say(
    smtp: smtplib.SMTP,
    lines: Sequence[str],
    secret: str,
    refused: Callable[[int, str], DeliveryError],
) -> None:
    """Say one line after the other for as long as the relay asks for them."""
    code, words = smtp.docmd(lines[0])
    for line in lines[1:]:
        if code != _GO_ON:
            break
        code, words = smtp.docmd(line)
    if code in _IN:
        return
    told = _without(words.decode("utf-8", "replace"), (secret, *lines))
    if code >= _FOR_GOOD:
        raise refused(code, told)
    raise smtplib.SMTPAuthenticationError(code, told)


def _without(words: str, said: Sequence[str]) -> str:
    """A relay's words, but for what it repeats of ours."""
    for secret in " ".join(said).split():
        words = words.replace(secret, "…")
    return " ".join(words.split())


def _plain(user: str, password: str) -> Sequence[str]:
    """RFC 4616, in UTF-8: smtplib's own takes ASCII only."""
    return ("AUTH PLAIN " + _base64(f"\0{user}\0{password}"),)


def _login(user: str, password: str) -> Sequence[str]:
    """What old Exchange servers know: the name and the password, each when it is asked for."""
    return ("AUTH LOGIN", _base64(user), _base64(password))


def _xoauth2(user: str, token: str) -> Sequence[str]:
    """Microsoft's and Google's way; a refusal is told after an empty line."""
    return ("AUTH XOAUTH2 " + _base64(f"user={user}\x01auth=Bearer {token}\x01\x01"), "")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _refused_password(code: int, words: str) -> DeliveryError:
    return DeliveryError(
        say(
            "the login is refused ({code} {words}); see the user and the password",
            code=code,
            words=words,
        )
    )


def _refused_token(code: int, words: str) -> DeliveryError:
    return DeliveryError(
        say(
            "the token is refused ({code} {words}); may the program send as this mailbox?",
            code=code,
            words=words,
        )
    )


def _no_way(offered: Sequence[str], wanted: str) -> DeliveryError:
    return DeliveryError(
        say(
            "the relay offers no login that we can use ({offered}, not {wanted}); "
            "see its port and what its keeper allows",
            offered=", ".join(offered) or "–",
            wanted=wanted,
        )
    )
