"""Proofs and people for tests of approval: as small as they can be."""

from datetime import datetime
from pathlib import PurePosixPath

from newsroom.jobs.issue.edition import Proof
from newsroom.model import Contact, Issue, Newsroom, Review
from newsroom.render.mail.letter import Letter
from tests.delivery.sample_ledger import NOW
from tests.render.pieces import make_contact, make_site

ONE_YES = Review()


def contact(slug: str, until: datetime | None = None) -> Contact:
    """A person with an address."""
    title = slug.replace("-", " ").title()
    return make_contact(slug, title=title, email=f"{slug}@example.se", until=until)


def make_newsroom(
    approvers: tuple[str, ...],
    people: tuple[Contact, ...] | None = None,
    review: Review = ONE_YES,
) -> Newsroom:
    """A newsroom with these approvers."""
    everybody = tuple(map(contact, approvers)) if people is None else people
    return Newsroom(site=make_site(approvers=approvers, review=review), contacts=everybody)


def make_proof_of(content_hash: str) -> Proof:
    """An issue with a text of its own for each hash."""
    issue = Issue(
        id="urn:x:var",
        slug="2026-var",
        title="Nyhetsbrev våren 2026",
        lang="sv",
        source=PurePosixPath("posts/newsletters/2026-var.md"),
        body="",
        body_line=5,
        number=1,
        draft=True,
    )
    letters = {
        lang: Letter("2026-var", lang, "Våren", "Om våren.", "<p>x</p>", f"Text {content_hash}\n")
        for lang in ("sv", "en")
    }
    return Proof(make_site(), issue, NOW, letters, content_hash)
