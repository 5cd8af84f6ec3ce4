"""The checks of the way out: the relay or the provider, as it is right now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsroom.delivery.transports.connector import Connect
from newsroom.delivery.transports.glance import Glance, ShutError, Step, look_at
from newsroom.delivery.transports.relay import Relay
from newsroom.model.saying import joined, say
from newsroom.model.verdict import Check, Remark, Verdict, one_check

_SOON = timedelta(days=14)  # certificates of 47 to 90 days are renewed well before
_REFUSED, _FOR_GOOD = 400, 500  # where replies that say no begin (RFC 5321 section 4.2.1)
_LIST = ("size", "dsn", "pipelining", "8bitmime", "smtputf8")
_SMALLEST = 1 << 20  # octets: a letter is a tenth of it


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
    yield Check("relay-connection", Verdict.OK, say("{relay} answers", relay=about), about=about)
    yield _encryption(seen, relay, now)
    yield _login(seen)
    yield one_check("relay-features", tuple(_features(seen, size)), about)
    yield _sender(seen)


def folder_check(folder: str) -> Check:
    """That mail is written to a folder and goes to nobody."""
    return Check(
        "relay-connection",
        Verdict.WARN,
        say("mail is written to {folder} and reaches nobody", folder=folder),
        say(
            "name the way out in .env: {example}",
            example="NEWSROOM_MAIL=smtp+starttls://user:password@host:587",
        ),
        about=folder,
    )


def _shut(error: ShutError, about: str) -> Check:
    fixes = {
        Step.CONNECTION: say(
            "see that the host and the port in NEWSROOM_MAIL are right, and that "
            "no firewall stands between"
        ),
        Step.ENCRYPTION: say("see the scheme, the port and the certificate of the relay"),
        Step.LOGIN: say("see the user and the password in NEWSROOM_MAIL"),
    }
    reason = error.reason if about in error.reason else joined(": ", (about, error.reason))
    return Check(
        f"relay-{error.step.value}",
        Verdict.FAIL,
        say("{reason}", reason=reason),
        fixes[error.step],
        about,
        outside=error.may_pass,
    )


def _encryption(seen: Glance, relay: Relay, now: datetime) -> Check:
    if seen.tls is None:
        is_here = relay.host in {"localhost", "127.0.0.1", "::1"}
        return Check(
            "relay-tls",
            Verdict.OK if is_here else Verdict.WARN,
            say("in clear, on this machine") if is_here else say("mail travels in clear"),
            None if is_here else say("write smtp+starttls:// or smtps:// in NEWSROOM_MAIL"),
            seen.relay,
        )
    if seen.certificate_ends is None:
        return Check("relay-tls", Verdict.OK, say("{tls}", tls=seen.tls), about=seen.relay)
    left = seen.certificate_ends - now
    if left < _SOON:
        return Check(
            "relay-tls",
            Verdict.WARN,
            say("the certificate of {relay} ends in {days} days", relay=seen.relay, days=left.days),
            say("tell the relay's keeper"),
            seen.relay,
        )
    return Check(
        "relay-tls",
        Verdict.OK,
        say("{tls}, certificate good for {days} days", tls=seen.tls, days=left.days),
        about=seen.relay,
    )


def _login(seen: Glance) -> Check:
    if seen.user is None:
        return Check(
            "relay-login", Verdict.OK, say("it takes our mail without a login"), about=seen.relay
        )
    return Check(
        "relay-login", Verdict.OK, say("logged in as {user}", user=seen.user), about=seen.relay
    )


def _features(seen: Glance, size: int) -> Iterator[Remark]:
    """What it announces; what it lacks is told where something follows from it."""
    largest = seen.features.get("size", "").split()[:1]
    if largest and largest[0].isdigit() and 0 < int(largest[0]) < max(size, _SMALLEST):
        too_small = int(largest[0]) < size
        yield Remark(
            Verdict.FAIL if too_small else Verdict.WARN,
            say("it takes messages of {limit} octets at most", limit=int(largest[0])),
            say("ask its keeper for a higher limit, or shorten the issue"),
        )
    if "dsn" not in seen.features:
        yield Remark(
            Verdict.OK, say("no DSN: what bounces is told apart by its Message-ID and address")
        )
    kinds = seen.features.get("auth", "").split()
    named = [name.upper() for name in _LIST if name in seen.features]
    if kinds:
        named.append(f"AUTH {' '.join(kinds)}")
    yield Remark(Verdict.OK, say("{features}", features=", ".join(named) or "-"))


def _sender(seen: Glance) -> Check:
    if seen.reply.code < _REFUSED:
        return Check(
            "relay-sender",
            Verdict.OK,
            say("it takes mail from {sender}", sender=seen.sender),
            about=seen.relay,
        )
    return Check(
        "relay-sender",
        Verdict.FAIL,
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
        seen.relay,
        outside=seen.reply.code < _FOR_GOOD,
    )
