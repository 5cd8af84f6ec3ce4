"""Publications: reports, manuals and papers, each a file with a page of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from newsroom.model import Attachment, Publication
from newsroom.render.pages.leaf import Leaf, latest
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Named, Person, Picture, Prose


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One publication with everything its page shows."""

    publication: Publication
    address: str
    file: File | None
    prose: Prose
    cover: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]
    members: tuple[Named, ...]  # those it is about
    tags: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class PublicationsView:
    """The publications, newest first."""

    publications: tuple[PublicationView, ...]


def publication_leaves(library: Library) -> Iterator[Leaf]:
    """The list and a page for each; none when there are no publications."""
    views = tuple(_view(library, publication) for publication in library.public.publications)
    if not views:
        return
    newest = latest(*(_changed(view) for view in views))
    address = library.addresses.section("publications")
    yield Leaf(address, "site/publications.html", PublicationsView(views), newest)
    for view in views:
        yield Leaf(view.address, "site/publication.html", view, _changed(view))


def _changed(view: PublicationView) -> date:
    return view.publication.updated or view.publication.published


def _view(library: Library, publication: Publication) -> PublicationView:
    return PublicationView(
        publication=publication,
        address=library.addresses.piece(publication),
        file=library.cutter.file(Attachment(publication.file, publication.title)),
        prose=library.cutter.prose(publication.body, publication.source),
        cover=library.cutter.picture(publication.image),
        files=library.cutter.files(publication.attachments),
        contacts=library.cutter.people(publication.contacts),
        members=library.cutter.members(publication.members),
        tags=library.tags.of(publication),
    )
