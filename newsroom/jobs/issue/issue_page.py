"""Put an issue on the web before its first mail leaves: the page that the mail links to."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from newsroom.content.folder.names import on_disk
from newsroom.content.folder.save import replace
from newsroom.content.write import set_fields
from newsroom.errors import ChangedError, StateError
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.site.publish import Published
from newsroom.model import Addresses, Issue, Site
from newsroom.model.saying import say


def publish_issue(
    root: Path,
    proof: Proof,
    frozen_hash: str | None,
    publish: Callable[[], Published],
    now: datetime,
) -> None:
    """Mark the issue's file as sent and publish the site. May run more than once.

    Raises StateError when the file no longer says what was frozen, or when the page could not be
    made.
    """
    require_frozen_text(proof, frozen_hash)
    issue, site = proof.issue, proof.site
    mark_as_sent(root, issue, site, now)
    page = PurePosixPath(Addresses(site).piece(issue)) / "index.html"
    for problem in publish().built.problems:
        if problem.source == page:
            raise StateError(problem.sentence)


def require_frozen_text(proof: Proof, frozen_hash: str | None) -> None:
    """Pass when an issue says what was frozen: else its page would show what nobody approved.

    Raises ChangedError when it does not.
    """
    if proof.content_hash != frozen_hash:
        raise ChangedError(
            say(
                "{source} no longer says what was frozen, or something it names is no longer "
                "public. Bring that back, then: {resume}; or take the yes back, and have it "
                "approved as it is now: {undo}",
                source=proof.issue.source,
                resume=f"newsroom issue resume {proof.issue.slug}",
                undo=say("newsroom issue undo {name} --by NAME", name=proof.issue.slug),
            )
        )


def mark_as_sent(root: Path, issue: Issue, site: Site, now: datetime) -> None:
    """Take `draft` out of the issue's file and write the `date` it was sent, unless it has one.

    Nothing else in the file is touched, and an approval does not hang on these two fields: what
    readers get stays what was approved.
    """
    if not issue.draft and issue.published is not None and issue.published <= now:
        return
    sent = now.astimezone(site.timezone).strftime("%Y-%m-%dT%H:%M")
    path = on_disk(root, issue.source)
    written = path.read_bytes().decode()
    replace(path, set_fields(written, {"draft": None, "date": sent}, issue.source))
