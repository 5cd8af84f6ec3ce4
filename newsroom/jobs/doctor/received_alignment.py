"""Whether what speaks for a received message is of the organisation in From, and who said so."""

from collections.abc import Iterator, Sequence

from newsroom.domains.alignment import Kinship
from newsroom.jobs.doctor.received_message import Received
from newsroom.jobs.doctor.verified import Verified
from newsroom.model.checkup import Remark, fault, fine, unchecked
from newsroom.model.saying import Saying, joined, say


def judge_alignment(
    received: Received, verified: Sequence[Verified], family: Kinship
) -> Iterator[Remark]:
    """Whether what speaks for the message is of the same organisation as From."""
    author = received.author_domain
    if any(each.aligned for each in verified):
        yield fine(say("signed for {author}", author=author))
    elif any(each.aligned is None for each in verified):
        yield unchecked(
            say("whether the signer belongs to {author} the DNS did not say", author=author),
            say("try again later"),
        )
    else:
        signers = ", ".join(each.signature.domain for each in verified) or "-"
        yield fault(
            say(
                "signed by {signers}, which is not of the same organisation as {author}",
                signers=signers,
                author=author,
            ),
            say("verify {author} at your provider, so that it signs for it", author=author),
        )
    yield from _on_arrival(received, family)


def _on_arrival(received: Received, family: Kinship) -> Iterator[Remark]:
    """What the receiver found: the newest Authentication-Results."""
    found = received.results()
    if found is None:
        return
    judge, results = found
    told: list[Saying] = [
        say("{method} {result}", method=method.upper(), result=result)
        for method, result, _ in results
        if method in {"spf", "dkim", "dmarc"}
    ]
    if not told:
        return
    failed = [method for method, result, _ in results if method == "dmarc" and result == "fail"]
    detail = say("{judge} found: {results}", judge=judge, results=joined(", ", told))
    if failed:
        yield fault(
            detail,
            say("let SPF or DKIM speak for {author}", author=family.author.start),
        )
    else:
        yield fine(detail)


def passed_on_arrival(received: Received, method: str) -> bool:
    """Whether the receiver found that a method, such as `dkim`, passes."""
    found = received.results()
    return found is not None and any(
        name == method and result == "pass" for name, result, _ in found[1]
    )
