"""Build the site: read the folder, make the pages, write what changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from newsroom.content.folder import Reading
from newsroom.content.folder.names import on_disk
from newsroom.jobs.advice.address_advice import problems_of as lost_problems
from newsroom.jobs.advice.first_address import keep_first_address, lost_first_address, problem_of
from newsroom.jobs.advice.lost_addresses import Lost, lost_addresses
from newsroom.jobs.advice.site_advice import site_advice
from newsroom.jobs.advice.unsaid_changes import now_published, problems_of, unsaid_changes
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.jobs.site.much_at_once import refuse_much_at_once
from newsroom.jobs.site.unpublished import with_coming
from newsroom.model import Addresses, Card, Newsroom, Piece, Problem, Severity, Shelf, Site
from newsroom.output.announced import recall, remember
from newsroom.output.build_receipt import BuildOrder, Receipt, keep, left
from newsroom.output.kept import Kept
from newsroom.output.next_change import remember as remember_next_change
from newsroom.output.pictures import is_picture, picture_pages, sweep
from newsroom.output.published import Published
from newsroom.output.published import remember as remember_published
from newsroom.output.search import SearchIndex
from newsroom.output.tally import Held, Tally
from newsroom.output.tree import Copy, Tree
from newsroom.render.pages.horizon import horizon
from newsroom.render.pages.whole_site import WholeSite, plan

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_Kind = TypeVar("_Kind", bound=Piece)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build works with."""

    root: Path  # the newsroom's
    tree: Tree
    templates: "Templates"
    pictures: Path  # a folder that may keep what was made of them
    events: Path | None = None  # the file that remembers them as readers have them; None: a copy
    published: Path | None = None  # the file that remembers where each piece was; None: a copy
    address: Path | None = None  # the file that remembers what ids were made from; None: a copy
    search: SearchIndex | None = None  # made of the pages when readers have them
    order: BuildOrder | None = None  # None: no receipt
    builds: Path | None = None  # the folder that remembers the next change; None: a copy


def build(
    reading: Reading, open_shop: Callable[[Site], Workshop], now: datetime, options: BuildOptions
) -> Tally:
    """Build what could be read. With faults in site.yaml, or any when strict, nothing is touched.

    The workshop is opened only when there is something to build. Raises StateError when most of
    the site would go without `remove_many`, or another build holds the folder; OutsideError when
    the disk refuses.
    """
    nothing = Tally(0, 0, 0, 0, reading.problems)
    if reading.newsroom is None or (options.strict and nothing.has_errors):
        return nothing
    newsroom = as_shown(reading.newsroom, now, options)
    shop = open_shop(reading.newsroom.site)
    marked = options.drafts or options.preview
    site = plan(newsroom, now, shop.templates, rendered=reading.rendered, preview=marked)
    moves = _moves(newsroom, reading.unusable, shop, now)
    if not options.remove_many:
        refuse_much_at_once(moves, shop.tree.out)
    tally = _write(site, moves, Addresses(newsroom.site), shop, options)
    lost = shop.search.renew(site.searched) if shop.search else ()
    if shop.published and moves.memory is not None:
        remember_published(shop.published, moves.memory)
    if shop.builds:
        remember_next_change(shop.builds, horizon(newsroom, now))
    since = (
        *_unsaid(newsroom, shop, now),
        *lost_problems(moves, shop.root),
        *_another_address(newsroom.site, shop),
    )
    told = (*reading.problems, *site_advice(newsroom.site, now), *tally.problems)
    tally = replace(
        tally,
        problems=(*told, *lost, *since),
        new=_named(moves.new),
        changed=_named(moves.changed),
        gone=_named(moves.gone),
        held=tuple(_held(piece, reading.problems, shop) for piece in moves.held),
    )
    if shop.order and not (lost or since or tally.has_errors):
        _leave_receipt(shop, shop.order, newsroom, now, told)
    return tally


def _leave_receipt(
    shop: Workshop, order: BuildOrder, newsroom: Newsroom, now: datetime, told: tuple[Problem, ...]
) -> None:
    """Let the next build know that it has nothing to do, until something happens.

    A build that met an error leaves none, since what it could not do is to be tried again. One
    that advises on what was published leaves none either: its advice goes by more than the folder.
    """
    beside = [*(shop.search.places() if shop.search else ())]
    beside += [memory for memory in (shop.events, shop.published, shop.address) if memory]
    receipt = Receipt(
        order.seen,
        now.timestamp(),
        horizon(newsroom, now).timestamp(),
        shop.tree.out,
        shop.tree.state,
        left(beside),
        told,
    )
    keep(order.receipt, receipt)


def _unsaid(newsroom: Newsroom, shop: Workshop, now: datetime) -> tuple[Problem, ...]:
    """Remember what readers have of each event; gives what files do not tell of it."""
    if shop.events is None:
        return ()
    before = recall(shop.events, newsroom.site.timezone)
    unsaid = unsaid_changes(newsroom, before, now)
    remember(shop.events, now_published(newsroom, before, now, shop.root))
    return tuple(problem for change in unsaid for problem in problems_of(change, shop.root))


def _moves(newsroom: Newsroom, unusable: tuple[Card, ...], shop: Workshop, now: datetime) -> Lost:
    """What readers have not seen, and what is not where they had it."""
    if shop.published is None:
        return Lost()
    return lost_addresses(newsroom, shop.published, now, shop.root, unusable)


def _named(pieces: Iterable[Published]) -> tuple[tuple[str, str], ...]:
    """Pieces by title and address, as whoever published them knows them."""
    return tuple((piece.title, piece.address) for piece in pieces)


def _held(piece: Published, problems: Iterable[Problem], shop: Workshop) -> Held:
    """What a build tells of a piece that readers had, and whose file has a fault."""
    faults = (p for p in problems if str(p.source) == piece.source)
    fault = next((p for p in faults if p.severity is Severity.ERROR), None)
    is_there = (shop.tree.out / piece.address / "index.html").is_file()
    return Held(piece.title, piece.address, is_there, fault)


def _another_address(site: Site, shop: Workshop) -> tuple[Problem, ...]:
    """Remember what ids are made from; gives what to write when it was another before."""
    if shop.address is None:
        return ()
    keep_first_address(site, shop.address)
    before = lost_first_address(site, shop.address)
    return (problem_of(before, site),) if before else ()


def _write(
    site: WholeSite, moves: Lost, addresses: Addresses, shop: Workshop, options: BuildOptions
) -> Tally:
    find = partial(on_disk, shop.root)
    pictures = picture_pages(site.shown, site.offered, addresses, find, shop.pictures)
    files = {asset.source: asset for asset in (*site.shown, *site.offered)}
    copies = [
        Copy(find(source), addresses.asset(asset))
        for source, asset in files.items()
        if not is_picture(asset)
    ]
    tally = shop.tree.write(
        (*site.pages, *pictures),
        copies,
        remove_many=options.remove_many,
        losing=[gone.title for gone in moves.gone],
        kept=Kept(tuple(p.address for p in moves.held if options.hold), _folders(addresses)),
        progress=options.progress,
    )
    sweep(shop.pictures, pictures)
    return tally


def _folders(addresses: Addresses) -> tuple[str, ...]:
    """The folders of the site that hold what pages show and offer."""
    return addresses.section("files"), addresses.section("pictures")


def as_shown(newsroom: Newsroom, now: datetime, options: BuildOptions) -> Newsroom:
    """The newsroom as the options want it, with what is to come when they ask for it."""
    if options.coming:
        newsroom = with_coming(newsroom, now)
    return as_asked(newsroom, options)


def as_asked(newsroom: Newsroom, options: BuildOptions) -> Newsroom:
    """The newsroom as the options want it shown; ids stay those of the first address."""
    if options.url:
        site = replace(newsroom.site, url=options.url.rstrip("/"))
        newsroom = replace(newsroom, site=site)
    if not options.drafts:
        return newsroom
    return newsroom.each(_undrafted)


def _undrafted(pieces: Sequence[_Kind]) -> Sequence[_Kind]:
    if isinstance(pieces, Shelf):
        return pieces.altered(lambda c: c._replace(draft=False) if c.draft else c, _as_if_done)
    return tuple(map(_as_if_done, pieces))


def _as_if_done(piece: _Kind) -> _Kind:
    return replace(piece, draft=False)
