"""Rules across files: nothing twice, nothing that names what is not there.

Each rule looks at one field of all cards, which takes no more than a set of them; only when
something is amiss does it look closer, to name the files.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from operator import attrgetter
from posixpath import basename, dirname
from typing import TypeVar

from newsroom.content.front.notes import quoted, suggestion
from newsroom.content.rules.breach import SITE, Breach, Slugs
from newsroom.content.rules.slug_rules import why_not
from newsroom.content.rules.twin_rules import twins
from newsroom.content.site_yaml.site_rules import site_breaches
from newsroom.model import Card, Kind, Newsroom, Severity, Site, slugify
from newsroom.model.address import slug_at
from newsroom.model.saying import say

Item = TypeVar("Item")


def breaches(
    newsroom: Newsroom,
    cards: Sequence[Card],
    files: AbstractSet[str],
    broken: Slugs,
    sketches: Sequence[Card] = (),
) -> Iterator[Breach]:
    """Every breach. `cards` are of all pieces, in order; `broken` the slugs of unreadable pieces.

    A piece that names a contact or an event that is gone is published without it: taking a person
    out of the folder must not take down everything the person is named in. Two pieces with the
    same id or address are both kept out, since nobody can say which was meant. Of broken files,
    whose cards are `sketches`, only what they name is looked at: stand-ins have ids and addresses.
    """
    site, slugs = newsroom.site, _slugs(cards, broken)
    yield from _same_id(cards)
    yield from _same_slug(cards)
    yield from _unfit_slugs(site, cards)
    yield from _aliases(cards)
    yield from _references((*cards, *sketches), slugs)
    yield from _files((*cards, *sketches), files)
    yield from _categories(site, (*cards, *sketches))
    yield from _tags(cards)
    yield from twins(cards)
    yield from site_breaches(newsroom, files, slugs)


def _same_id(cards: Sequence[Card]) -> Iterator[Breach]:
    for card, other in _pairs(cards, attrgetter("id")):
        message = say("the id {id} is that of {other} too", id=card.id, other=other.source)
        fix = say("take the id line out of the newer file and run: newsroom check --fix")
        yield Breach(card.source, ("id",), "duplicate-id", message, fix)


def _same_slug(cards: Sequence[Card]) -> Iterator[Breach]:
    """Posts of different years have different addresses, yet an issue names them by slug alone."""
    for card, other in _pairs(cards, attrgetter("kind", "slug")):
        message = say(
            'the slug "{slug}" is that of {other} too', slug=card.slug, other=other.source
        )
        fix = say("write slug: {slug} in one of them", slug=f"{card.slug}-2")
        same = card.address == other.address
        yield Breach(card.source, ("slug",), "duplicate-slug", message, fix, keeps_out=same)


def _unfit_slugs(site: Site, cards: Iterable[Card]) -> Iterator[Breach]:
    """Slugs that no piece of that kind can have, or have had."""
    for card in cards:
        if refusal := why_not(card.slug, card.kind, site):
            yield Breach(card.source, ("slug",), refusal.code, refusal.message, refusal.fix)
        for number, address in enumerate(card.aliases) if card.aliases else ():
            if refusal := why_not(slug_at(address), card.kind, site):
                field, fix = ("aliases", number), say("take it away")
                yield Breach(card.source, field, refusal.code, refusal.message, fix)


def _aliases(cards: Sequence[Card]) -> Iterator[Breach]:
    aliases = [
        (card, number, address)
        for card in cards
        if card.aliases
        for number, address in enumerate(card.aliases)
    ]
    homes = {card.address: card for card in cards} if aliases else {}
    for card, number, address in aliases:
        if home := homes.get(address):
            message = say(
                "the alias {address} is the address of {other}", address=address, other=home.source
            )
            fix = say("take it away")
            yield Breach(card.source, ("aliases", number), "taken-address", message, fix)
    others = [alias for alias in aliases if alias[2] not in homes]
    for (card, number, address), (other, _, _) in _pairs(others, lambda alias: alias[2]):
        message = say("the alias {address} is in {other} too", address=address, other=other.source)
        fix = say("keep one of them")
        yield Breach(card.source, ("aliases", number), "duplicate-slug", message, fix)


def _references(cards: Iterable[Card], slugs: Slugs) -> Iterator[Breach]:
    for card in cards:
        for field, slug, kind in card.names:
            if slug not in slugs[kind]:
                folder = f"posts/{kind}/"
                message = say("there is no {name} in {folder}", name=quoted(slug), folder=folder)
                otherwise = say("write the name of a file in {folder}", folder=folder)
                fix = suggestion(slug, slugs[kind], otherwise)
                keeps_out = card.kind == Kind.ISSUE
                yield Breach(card.source, field, "unknown-reference", message, fix, keeps_out)


def _files(cards: Iterable[Card], files: AbstractSet[str]) -> Iterator[Breach]:
    for card in cards:
        for field, file in card.files:
            if file not in files:
                message = say("there is no file {file}", file=file)
                otherwise = (
                    say("put it there, or write the name of the one that is there")
                    if card.kind == Kind.PUBLICATION and field == ("file",)
                    else say("put it there, or take the line away")
                )
                fix = suggestion(basename(file), _beside(card, files), otherwise)
                severity = Severity.NOTE if card.draft else Severity.ERROR
                yield Breach(card.source, field, "missing-file", message, fix, severity=severity)


def _beside(card: Card, files: AbstractSet[str]) -> Iterator[str]:
    """The names of the files next to a piece that are no pieces themselves."""
    folder = dirname(card.source)
    return (
        basename(file) for file in files if dirname(file) == folder and not file.endswith(".md")
    )


def _categories(site: Site, cards: Iterable[Card]) -> Iterator[Breach]:
    declared = dict(site.categories)
    for card in cards:
        if card.category is not None and card.category not in declared:
            name = quoted(card.category)
            message = say("the category {name} is not in {site}", name=name, site=SITE)
            otherwise = say("write it there first: {name}: …", name=card.category)
            by_label = {label.casefold(): category for category, label in declared.items()}
            meant = by_label.get(card.category.casefold(), card.category.casefold())
            fix = suggestion(meant, declared, otherwise)
            yield Breach(card.source, ("category",), "unknown-category", message, fix)


def _tags(cards: Iterable[Card]) -> Iterator[Breach]:
    """Tags that share a page though they are spelt differently."""
    tags = set(chain.from_iterable({card.tags for card in cards}))
    pages = {tag: slugify(tag) for tag in tags}
    if len(set(pages.values())) == len(pages):
        return
    spelt: dict[str, str] = {}
    for card in cards:
        for number, tag in enumerate(card.tags):
            first = spelt.setdefault(pages[tag], tag)
            if tag != first:
                message = say(
                    "the tag {tag} is spelt {first} elsewhere",
                    tag=quoted(tag),
                    first=quoted(first),
                )
                fix = say("write {words}", words=first)
                yield Breach(
                    *(card.source, ("tags", number), "tag-spelling", message, fix),
                    keeps_out=False,
                    severity=Severity.WARNING,
                )


def _slugs(cards: Iterable[Card], broken: Slugs) -> Slugs:
    """The slugs that a piece may name; those of broken files count, since they are there."""
    slugs = {kind.value: set(broken.get(kind, ())) for kind in Kind}
    for card in cards:
        slugs[card.kind].add(card.slug)
    return slugs


def _pairs(items: Sequence[Item], key: Callable[[Item], Hashable]) -> Iterator[tuple[Item, Item]]:
    """Each item that shares its key with others, beside one of those."""
    keys = list(map(key, items))
    if len(set(keys)) == len(keys):
        return
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item, shared in zip(items, keys, strict=True):
        groups[shared].append(item)
    for group in groups.values():
        for item in group[1:]:
            yield item, group[0]
        if len(group) > 1:
            yield group[0], group[1]
