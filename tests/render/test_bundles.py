from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import Newsroom
from newsroom.render.bundles import Bundle, bundles, full_bundles, recent_posts
from newsroom.render.pages.library import Library
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_member,
    make_newsroom,
    make_post,
    make_site,
)

NOW = at("2026-11-22T09:00")
COUNTS = st.integers(0, 30_000)


def cut(newsroom: Newsroom) -> dict[str, Bundle]:
    """The bundles by their folders."""
    return {bundle.address: bundle for bundle in bundles(Library(newsroom, NOW))}


def archive(count: int) -> Newsroom:
    """So many posts, newest first, and a few pages of other kinds."""
    days = (at("2020-01-01T09:00") + timedelta(hours=n) for n in range(count))
    posts = [make_post(f"p{n}", published=day) for n, day in enumerate(days)]
    return make_newsroom(
        posts=tuple(reversed(posts)),
        events=(make_event(), make_event("utkast", draft=True)),
        contacts=(make_contact(), make_contact("bo")),
        members=(make_member(),),
    )


@given(COUNTS)
def test_full_bundles_follow_each_other_from_the_oldest(posts: int) -> None:
    """They are thousands and then hundreds without a gap, and one to two hundred posts are left."""
    full = list(full_bundles(posts))

    assert [span.start for span in full[:1]] in ([], [0])
    assert all(one.stop == next_one.start for one, next_one in pairwise(full))
    assert [len(span) for span in full] == sorted((len(span) for span in full), reverse=True)
    assert {len(span) for span in full} <= {100, 1000}
    left = posts - (full[-1].stop if full else 0)
    assert left == posts if posts < 200 else 100 <= left < 200
    assert len(full) <= posts // 1000 + 9


@given(COUNTS)
def test_the_newest_are_few(posts: int) -> None:
    """Ten to nineteen, or all of fewer than twenty; those before them follow the full bundles."""
    full, recent = list(full_bundles(posts)), recent_posts(posts)

    assert recent.start == (full[-1].stop if full else 0)
    assert posts - recent.stop == posts if posts < 20 else 10 <= posts - recent.stop < 20


@given(COUNTS)
def test_one_post_more_changes_the_newest_bundle_only(posts: int) -> None:
    """Every tenth hands ten over, every hundredth closes a bundle; ten of these become one."""
    before, after = list(full_bundles(posts)), list(full_bundles(posts + 1))

    assert (recent_posts(posts) == recent_posts(posts + 1)) == (
        (posts + 1) % 10 != 0 or posts + 1 < 20
    )

    new = [span for span in after if span not in before]
    gone = [span for span in before if span not in after]
    assert len(new) <= ((posts + 1) % 100 == 0)
    assert len(gone) in {0, 9}
    assert not gone or len(new[0]) == 1000


def test_every_page_of_a_piece_is_in_one_bundle() -> None:
    """Posts by their number, the other kinds with the recent ones; people share a page."""
    found = cut(archive(335))

    assert list(found) == ["sok/newest/", "sok/recent/", "sok/1-100/", "sok/101-200/"]
    assert found["sok/1-100/"].pages[0] == "nyheter/2020/p0/"
    assert found["sok/101-200/"].pages[-1] == "nyheter/2020/p199/"
    newest, recent = found["sok/newest/"].pages, found["sok/recent/"].pages
    assert newest == tuple(f"nyheter/2020/p{number}/" for number in range(320, 335))
    assert recent[0] == "nyheter/2020/p200/"
    assert recent[119:] == (
        "nyheter/2020/p319/",
        "kalender/mote/",
        "kontakt/",
        "medlemmar/kvarnmo/",
    )


def test_a_small_site_has_one_bundle() -> None:
    """Fewer than twenty posts, and whatever few pages there are beside them."""
    assert {address: len(bundle.pages) for address, bundle in cut(archive(19)).items()} == {
        "sok/newest/": 22
    }


def test_many_pages_of_other_kinds_have_a_bundle_of_their_own() -> None:
    """A new post does not make hundreds of events be read again."""
    events = tuple(make_event(f"e{number}") for number in range(100))

    found = cut(make_newsroom(posts=(make_post(),), events=events))

    assert {address: len(bundle.pages) for address, bundle in found.items()} == {
        "sok/newest/": 1,
        "sok/pages/": 100,
    }


@pytest.mark.parametrize(
    "hidden",
    [{"draft": True}, {"published": at("2026-11-22T09:01")}, {"expires": at("2026-11-01T00:00")}],
)
def test_what_is_not_public_is_not_searched(hidden: dict[str, object]) -> None:
    """Drafts, posts to come and posts that have expired are in no bundle."""
    found = cut(make_newsroom(posts=(make_post("hemlig", **hidden), make_post("synlig"))))

    assert [page for bundle in found.values() for page in bundle.pages] == ["nyheter/2026/synlig/"]


def test_a_newsroom_without_pieces_has_nothing_to_search() -> None:
    """No bundle is empty."""
    assert cut(make_newsroom()) == {}


def test_the_folder_has_the_sites_word_and_the_bundle_its_language() -> None:
    """In English the folder is search/."""
    site = make_site(language="en")

    (bundle,) = cut(make_newsroom(site=site, posts=(make_post(),))).values()

    assert (bundle.address, bundle.lang) == ("search/newest/", "en")
