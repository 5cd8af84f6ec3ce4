"""The headers of a received message that providers like to replace."""

from collections.abc import Iterator

from newsroom.jobs.doctor.received_message import Received
from newsroom.model import Addresses, Sender, Site
from newsroom.model.checkup import Remark, fault, fine, warning
from newsroom.model.saying import say
from newsroom.render.mail.headers import ascii_address


def judge_headers(received: Received, site: Site) -> Iterator[Remark]:
    """Whether they are as they left."""
    yield from _from(received, site.sender)
    if received.is_newsletter:
        yield from _list_headers(received, site)
    yield from _message_id(received, site.sender)
    yield from _reply_to(received, site.sender)
    yield fine(say("the headers are as they left"))


def _from(received: Received, sender: Sender) -> Iterator[Remark]:
    if received.author != ascii_address(sender.email).lower():
        other = say(
            "it is from {found}, and posts/site.yaml says {wanted}",
            found=received.author,
            wanted=sender.email,
        )
        yield fault(other, say("let the provider send as {wanted}", wanted=sender.email))


def _message_id(received: Received, sender: Sender) -> Iterator[Remark]:
    found = received.value("Message-ID") or ""
    domain = ascii_address(sender.email).rpartition("@")[2].lower()
    if not found.lower().endswith(f"@{domain}>"):
        replaced = say(
            "its Message-ID was replaced ({found}), so a retry and a bounce are harder to tell",
            found=found or "-",
        )
        yield warning(replaced, say("see whether the provider can keep it"))


def _reply_to(received: Received, sender: Sender) -> Iterator[Remark]:
    wanted, found = sender.reply_to, received.value("Reply-To") or ""
    if wanted and wanted.lower() not in found.lower():
        gone = say("Reply-To no longer names {wanted}", wanted=wanted)
        yield warning(gone, say("see what takes it away"))


def _list_headers(received: Received, site: Site) -> Iterator[Remark]:
    leave = received.value("List-Unsubscribe")
    ours = Addresses(site).url("u/")
    if leave is not None and not leave.startswith(f"<{ours}"):
        yield fault(
            say("List-Unsubscribe was replaced: {found}", found=leave[:120]),
            say(
                "turn the provider's own unsubscribing off: readers would leave a list that "
                "newsroom does not see"
            ),
        )
    post = received.value("List-Unsubscribe-Post")
    if post is not None and post != "List-Unsubscribe=One-Click":
        yield fault(
            say("List-Unsubscribe-Post says {found}", found=post[:80]),
            say("it must be List-Unsubscribe=One-Click; see what replaces it"),
        )
    if leave is not None and received.value("List-Id") is None:
        yield warning(
            say("List-Id is gone, by which readers sort their mail"),
            say("see what takes it away"),
        )
