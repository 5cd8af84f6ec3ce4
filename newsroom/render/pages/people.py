"""People and organisations: the contact page, the members and a page for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsroom.model import Card, Contact, Member
from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import faces
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose, Teaser

ON_PAGE = 10  # posts about a member on its page; its feed has more
_FIRST_GROUPS = ("kansli", "office", "press", "styrelse", "board")


@dataclass(frozen=True, slots=True)
class ContactsView:
    """The people by group. Who belongs to several is told of in the first and named in the rest."""

    groups: tuple[tuple[str, tuple[tuple[Person, Prose | None], ...]], ...]
    ungrouped: tuple[tuple[Person, Prose | None], ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as it stands in the list."""

    title: str
    address: str
    lang: str
    type: str | None
    summary: str | None
    joined: int | None  # year
    left: int | None


@dataclass(frozen=True, slots=True)
class MembersView:
    """The members in the order of the alphabet, and those who have left."""

    members: tuple[MemberLine, ...]
    former: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member with everything its page shows."""

    member: Member
    prose: Prose
    logo: Picture | None
    picture: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]
    tags: tuple[Named, ...]
    news: tuple[Teaser, ...]  # the newest posts about it
    occasions: tuple[Occasion, ...]  # events that it is part of, by start
    publications: tuple[Teaser, ...]
    has_feed: bool
    has_calendar: bool


def people_leaves(library: Library) -> Iterator[Leaf]:
    """The contact page; none when nobody is named."""
    if library.public.contacts:
        yield Leaf(library.addresses.section("contacts"), "site/contacts.html", _contacts(library))


def member_leaves(library: Library) -> Iterator[Leaf]:
    """The list of members and a page for each; none when there are no members."""
    members = library.public.members
    if not members:
        return
    today = library.now.astimezone(library.site.timezone).date()
    gone = {m.slug for m in members if m.left is not None and m.left <= today}
    ordered = sorted(members, key=lambda m: (library.words.sort_key(m.title), m.slug))
    view = MembersView(
        members=tuple(_line(library, m) for m in ordered if m.slug not in gone),
        former=tuple(_line(library, m) for m in ordered if m.slug in gone),
    )
    yield Leaf(library.addresses.section("members"), "site/members.html", view)
    posts, events = library.register.posts_by_member, library.register.events_by_member
    for member in ordered:
        yield _leaf(library, member, posts.get(member.slug, ()), events.get(member.slug, ()))


def _contacts(library: Library) -> ContactsView:
    people = library.public.contacts
    names = sorted({group for person in people for group in person.groups}, key=_group_order)
    told: set[str] = set()
    groups = []
    for name in names:
        group = [person for person in people if name in person.groups]
        groups.append((name, _group(library, group, told)))
    return ContactsView(
        groups=tuple(groups),
        ungrouped=_group(library, [person for person in people if not person.groups], told),
    )


def _group_order(group: str) -> tuple[int, str]:
    known = _FIRST_GROUPS.index(group) if group in _FIRST_GROUPS else len(_FIRST_GROUPS)
    return known, group


def _group(
    library: Library, people: list[Contact], told: set[str]
) -> tuple[tuple[Person, Prose | None], ...]:
    """The people, each with the text about them unless it has been told."""
    shown = []
    for person in people:
        text = None if person.slug in told else library.cutter.prose(person.body, person.source)
        told.add(person.slug)
        shown += [(portrait, text) for portrait in library.cutter.people([person.slug])]
    return tuple(shown)


def _line(library: Library, member: Member) -> MemberLine:
    return MemberLine(
        title=member.title,
        address=library.addresses.piece(member),
        lang=member.lang,
        type=member.type,
        summary=member.summary,
        joined=member.joined.year if member.joined else None,
        left=member.left.year if member.left else None,
    )


def _leaf(library: Library, member: Member, cards: Sequence[Card], events: Sequence[Card]) -> Leaf:
    """The page of a member; what is told of it is opened when the page is printed."""
    newest, view = cards[:ON_PAGE], _member(library, member, cards, events)
    publications = library.register.publications_by_member.get(member.slug, ())

    def whole() -> MemberView:
        return replace(
            view,
            news=library.cutter.teasers(newest),
            occasions=library.cutter.occasions(events),
            publications=library.cutter.publications(publications),
        )

    seen = (faces(library, group) for group in (newest, events, publications))
    late = Late(digest_of(repr(view), *seen), whole)
    return Leaf(library.addresses.piece(member), "site/member.html", late, member.updated)


def _member(
    library: Library, member: Member, cards: Sequence[Card], events: Sequence[Card]
) -> MemberView:
    """What is shown of a member itself."""
    return MemberView(
        member=member,
        prose=library.cutter.prose(member.body, member.source),
        logo=library.cutter.picture(member.logo),
        picture=library.cutter.picture(member.image),
        files=library.cutter.files(member.attachments),
        contacts=library.cutter.people(member.contacts),
        tags=library.tags.of(member),
        news=(),
        occasions=(),
        publications=(),
        has_feed=bool(cards),
        has_calendar=bool(events),
    )
