"""The checks of the way out: the relay or the provider, as it is right now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsroom.delivery.transports.connector import Connect
from newsroom.delivery.transports.glance import RelayGlance, RelayStep, ShutError, look_at
from newsroom.delivery.transports.relay import Relay
from newsroom.model.checkup import Check, Remark, check_of, fault, fine, warning
from newsroom.model.saying import joined, say

_SOON = timedelta(days=14)  # certificates of 47 to 90 days are renewed well before
_REFUSED, _FOR_GOOD = 400, 500  # where replies that say no begin (RFC 5321 section 4.2.1)
_LIST = ("size", "dsn", "pipelining", "8bitmime", "smtputf8")
_SMALLEST = 1 << 20  # octets: a letter is a tenth of it
_HERE = {"localhost", "127.0.0.1", "::1"}
_FIXES = {
    RelayStep.CONNECTION: say(
        "see that the host and the port in NEWSROOM_MAIL are right, and that no firewall stands "
        "between"
    ),
    RelayStep.ENCRYPTION: say("see the scheme, the port and the certificate of the relay"),
    RelayStep.LOGIN: say("see the user and the password in NEWSROOM_MAIL"),
}


def relay_checks(
    relay: Relay, connect: Connect, sender: str, size: int, now: datetime
) -> Iterator[Check]:
    """Connect, secure, log in, name the sender; no message is sent."""
    about = str(relay)
    try:
        seen = look_at(relay, connect, sender, size)
    except ShutError as error:
        yield _shut(error, about)
        return
    yield check_of("relay-connection", [fine(say("{relay} answers", relay=about))], about)
    yield check_of("relay-tls", [_judge_encryption(seen, relay, now)], about)
    yield check_of("relay-login", [_login(seen)], about)
    yield check_of("relay-features", tuple(_judge_features(seen, size)), about)
    yield check_of("relay-sender", [_judge_sender(seen)], about)


def folder_check(folder: str) -> Check:
    """That mail is written to a folder and goes to nobody."""
    told = warning(
        say("mail is written to {folder} and reaches nobody", folder=folder),
        say("name the way out in .env, such as"),
        "NEWSROOM_MAIL=smtp+starttls://user:password@host:587",
    )
    return check_of("relay-connection", [told], folder)


def _shut(error: ShutError, about: str) -> Check:
    reason = error.reason if about in error.reason else joined(": ", (about, error.reason))
    told = fault(say("{reason}", reason=reason), _FIXES[error.step], outside=error.may_pass)
    return check_of(f"relay-{error.step.value}", [told], about)


def _judge_encryption(seen: RelayGlance, relay: Relay, now: datetime) -> Remark:
    if seen.tls is None and relay.host in _HERE:
        return fine(say("in clear, on this machine"))
    if seen.tls is None:
        in_clear = say("mail travels in clear")
        return warning(in_clear, say("write smtp+starttls:// or smtps:// in NEWSROOM_MAIL"))
    if seen.certificate_ends is None:
        return fine(say("{tls}", tls=seen.tls))
    left = seen.certificate_ends - now
    if left < _SOON:
        return warning(
            say("the certificate of {relay} ends in {days} days", relay=seen.relay, days=left.days),
            say("tell the relay's keeper"),
        )
    return fine(say("{tls}, certificate good for {days} days", tls=seen.tls, days=left.days))


def _login(seen: RelayGlance) -> Remark:
    if seen.user is None:
        return fine(say("it takes our mail without a login"))
    return fine(say("logged in as {user}", user=seen.user))


def _judge_features(seen: RelayGlance, size: int) -> Iterator[Remark]:
    """What it announces; what it lacks is told where something follows from it."""
    largest = seen.features.get("size", "").split()[:1]
    if largest and largest[0].isdigit() and 0 < int(largest[0]) < max(size, _SMALLEST):
        weigh = fault if int(largest[0]) < size else warning
        yield weigh(
            say("it takes messages of {limit} octets at most", limit=int(largest[0])),
            say("ask its keeper for a higher limit, or shorten the issue"),
        )
    if "dsn" not in seen.features:
        yield fine(say("no DSN: what bounces is told apart by its Message-ID and address"))
    kinds = seen.features.get("auth", "").split()
    named = [name.upper() for name in _LIST if name in seen.features]
    if kinds:
        named.append(f"AUTH {' '.join(kinds)}")
    yield fine(say("{features}", features=", ".join(named) or "-"))


def _judge_sender(seen: RelayGlance) -> Remark:
    if seen.reply.code < _REFUSED:
        return fine(say("it takes mail from {sender}", sender=seen.sender))
    return fault(
        say(
            "{relay} refuses the sender {sender}: {reply}",
            relay=seen.relay,
            sender=seen.sender,
            reply=str(seen.reply),
        ),
        say(
            "let the account send as this address, or set sender: bounces: in posts/site.yaml to "
            "one that it may use"
        ),
        outside=seen.reply.code < _FOR_GOOD,
    )
