"""What a restore brought back, and what the word to go on set going: for people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsroom.cli.care_words import care_words
from newsroom.cli.moments import moment_and_zone
from newsroom.model.saying import Saying, say

if TYPE_CHECKING:
    from newsroom.jobs.health.cares import Care
    from newsroom.jobs.issue.confirm_restore import Confirmed
    from newsroom.jobs.keep.restore import Restored


def restored_lines(done: "Restored", zone: ZoneInfo) -> Iterator[Saying]:
    """What was brought back, and what has to be done now."""
    yield say(
        "brought back as it was on {taken}; readers: {readers}, texts: {texts}",
        taken=moment_and_zone(done.manifest.taken, zone),
        readers=done.manifest.rows.get("subscriber", 0),
        texts=done.manifest.texts,
    )
    if done.before:
        yield say("what was there is in {path}", path=done.before)
    if done.aside:
        yield say("files that were replaced are in {path}", path=done.aside)
    yield _gone_since(done)
    for issue in done.approvals:
        yield _to_approve_anew(issue)
    yield say("nothing is sent until you say: {command}", command="newsroom restore --confirm")


def lines_of_settings(written: Mapping[str, str]) -> Iterator[Saying]:
    """What a backup does not hold, where this machine does not have it either."""
    if "NEWSROOM_MAIL" not in written:
        yield say(
            "a backup does not hold .env, and without its NEWSROOM_MAIL no mail leaves this "
            "machine; put the old .env back, or write a new one"
        )


def _gone_since(done: "Restored") -> Saying:
    """What became of those who left after the backup was taken."""
    out = done.reapplied
    if out.erased or out.left or out.kept_out:
        return say(
            "gone since the backup, and taken out again: {erased} erased, {left} left, "
            "{kept_out} bounced or complained",
            erased=out.erased,
            left=out.left,
            kept_out=out.kept_out,
        )
    if done.knows_who_left:
        return say("nobody has left, complained or been erased since the backup")
    return say(
        "who left after the backup is not known on this machine. Did newsroom run on another one? "
        "Then bring its folder var/departed here, and restore again"
    )


def confirmed_lines(done: "Confirmed", zone: ZoneInfo) -> Iterator[Saying]:
    """What the word set going, and what is left to a person."""
    if done.is_nothing:
        yield say("no backup waits for that; the database knows of every mail that has left")
        return
    if done.finished:
        yield say("the restore that was cut short has been finished")
    if done.taken is not None:
        at = moment_and_zone(done.taken, zone)
        yield say("confirmed: newsroom goes on with the database as it was on {at}", at=at)
    for issue, copies in done.doubted:
        yield say(
            "{issue}: {copies} copies may have left already, and wait for you: {command}",
            issue=issue,
            copies=copies,
            command=f"newsroom issue resolve {issue}",
        )
    for issue in done.resumed:
        yield say(
            "{name}: goes on with newsroom run, or with: {command}",
            name=issue,
            command=f"newsroom issue send {issue}",
        )
    for issue in done.unapproved:
        yield _to_approve_anew(issue)
    if not (done.doubted or done.resumed or done.unapproved):
        yield say("no issue was on its way")


def cares_left(done: "Confirmed", cares: "Iterable[Care]", zone: ZoneInfo) -> Iterator[Saying]:
    """What else asks for a person by now, as `status` says it; that there is nothing, if so."""
    told = {*(each.issue for each in done.doubted), *done.resumed, *done.unapproved}
    others = [care for care in cares if care.about not in told]
    if others:
        yield say("this asks for you, too, as newsroom status says:")
    yield from (care_words(care, zone) for care in others)
    if not (others or done.doubted or done.unapproved):
        yield say("there is nothing more for you to do")


def _to_approve_anew(issue: str) -> Saying:
    return say(
        "{issue}: has to be approved anew, since it may have been sent after the backup; if it was "
        "not: {command}",
        issue=issue,
        command=f"newsroom issue approve {issue} --by …",
    )
