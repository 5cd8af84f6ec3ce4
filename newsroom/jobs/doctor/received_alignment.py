"""Whether what speaks for a received message is of the organisation in From, and who said so."""

from collections.abc import Iterator, Sequence

from newsroom.domains.alignment import Kinship
from newsroom.jobs.doctor.received_message import Received
from newsroom.jobs.doctor.verified import Verified
from newsroom.model.checkup import Remark, fault, fine, unchecked
from newsroom.model.saying import joined, say


def judge_signers(
    received: Received, verified: Sequence[Verified], family: Kinship
) -> Iterator[Remark]:
    """Whether one of those who signed the message is of the same organisation as From."""
    author = received.author_domain
    if any(each.aligned for each in verified):
        yield fine(say("signed for {author}", author=author))
    elif any(each.aligned is None for each in verified):
        yield unchecked(
            say("whether the signer belongs to {author} the DNS did not say", author=author),
            say("try again later"),
        )
    else:
        yield fault(
            say(
                "signed by {signers}, which is not of the same organisation as {author}",
                signers=", ".join(each.signature.domain for each in verified),
                author=author,
            ),
            say("verify {author} at your provider, so that it signs for it", author=author),
        )
    speak = say("let SPF or DKIM speak for {author}", author=family.author.start)
    has_failed = any((name, said) == ("dmarc", "fail") for name, said in _on_arrival(received))
    for told in told_on_arrival(received):
        yield fault(told.detail, speak) if has_failed else fine(told.detail)


def told_on_arrival(received: Received) -> tuple[Remark, ...]:
    """What the receiver found: the newest Authentication-Results, and nothing follows from it."""
    found = received.results()
    said = [
        say("{method} {result}", method=method.upper(), result=result)
        for method, result in _on_arrival(received)
        if method in {"spf", "dkim", "dmarc"}
    ]
    if found is None or not said:
        return ()
    results = joined(", ", said)
    return (unchecked(say("{judge} found: {results}", judge=found[0], results=results)),)


def _on_arrival(received: Received) -> tuple[tuple[str, str], ...]:
    """Each method that the receiver went by, with its result."""
    found = received.results()
    return tuple((method, result) for method, result, _ in found[1]) if found else ()


def passed_on_arrival(received: Received, method: str) -> bool:
    """Whether the receiver found that a method, such as `dkim`, passes."""
    return (method, "pass") in _on_arrival(received)
