"""What was published and is not where it was: found, and remembered until it is mended."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsroom.jobs.advice.lost_addresses import Lost, Moved, lost_addresses
from newsroom.model import Newsroom, Piece, Post, Withdrawal
from newsroom.model.filing import card_of, shelved
from newsroom.output.published import Published, recall, remember
from tests.render.pieces import at, make_contact, make_event, make_newsroom, make_post, make_site

NOW = at("2026-06-01T09:00")
SITE = make_site()


def folder(*posts: Post, **others: tuple[Piece, ...]) -> Newsroom:
    """A newsroom with these posts, on shelves as when it is read from a folder."""
    return shelved(make_newsroom(posts=posts, **others))


def after(tmp_path: Path, before: Newsroom, now: Newsroom) -> Lost:
    """What is lost when one newsroom has been published, and then the other is to be."""
    memory = tmp_path / "published.json"
    memory.unlink(missing_ok=True)
    remember(memory, lost_addresses(before, memory, NOW, tmp_path).memory or ())
    return lost_addresses(now, memory, NOW, tmp_path)


def after_a_slip(tmp_path: Path, broken: Post) -> Lost:
    """What is lost when the post `ett` has been published, and its file then has a fault."""
    memory = tmp_path / "published.json"
    remember(memory, lost_addresses(folder(make_post("ett")), memory, NOW, tmp_path).memory or ())
    return lost_addresses(folder(), memory, NOW, tmp_path, [card_of(broken, SITE)])


def remembered(lost: Lost) -> dict[str, str]:
    """The address of each piece as it is remembered."""
    return {piece.id: piece.address for piece in lost.memory or ()}


def moved(lost: Lost) -> list[tuple[str, str | None]]:
    """The id of each piece that moved, and the alias that leads on."""
    return [(found.card.id, found.alias) for found in lost.moved]


def test_nothing_is_lost_where_nothing_moved(tmp_path: Path) -> None:
    """The memory is right as it is, and need not be written."""
    newsroom = folder(make_post(), events=(make_event(),))

    assert after(tmp_path, newsroom, newsroom) == Lost()


def test_nobody_misses_what_was_never_published(tmp_path: Path) -> None:
    """Drafts, what is to come and people may be renamed and taken away."""
    hidden = (make_post("a", draft=True), make_post("b", published=at("2026-06-02T09:00")))

    lost = after(tmp_path, folder(*hidden, contacts=(make_contact(),)), folder())

    assert lost == Lost()


def test_another_slug_loses_the_address(tmp_path: Path) -> None:
    """Until an alias leads on from the old one, which is remembered for as long."""
    before, renamed = make_post("ett"), make_post("nytt", id="urn:uuid:ett")

    lost = after(tmp_path, folder(before), folder(renamed))

    assert moved(lost) == [("urn:uuid:ett", "ett")]
    assert remembered(lost) == {"urn:uuid:ett": "nyheter/2026/ett/"}
    mended = after(tmp_path, folder(before), folder(replace(renamed, aliases=("ett",))))
    assert moved(mended) == []
    assert remembered(mended) == {"urn:uuid:ett": "nyheter/2026/nytt/"}


def test_events_move_like_posts(tmp_path: Path) -> None:
    """Pieces that stand on no shelf are missed, too."""
    lost = after(
        tmp_path,
        folder(events=(make_event("traff"),)),
        folder(events=(make_event("mote", id="urn:uuid:traff"),)),
    )

    assert moved(lost) == [("urn:uuid:traff", "traff")]


def test_no_slug_leads_on_from_another_year(tmp_path: Path) -> None:
    """Posts stand below their year, and so do their aliases."""
    lost = after(tmp_path, folder(make_post()), folder(make_post(published=at("2025-04-12T10:00"))))

    assert moved(lost) == [("urn:uuid:ett", None)]


@pytest.mark.parametrize("aliases", [(), ("ett",)])
def test_an_address_that_another_piece_has_is_not_lost(
    tmp_path: Path, aliases: tuple[str, ...]
) -> None:
    """Whoever writes a piece anew, or makes two to one, leaves readers with something to read."""
    heir = make_post("tva", aliases=aliases) if aliases else make_post("ett", id="urn:uuid:tva")

    lost = after(tmp_path, folder(make_post("ett")), folder(heir))

    assert (lost.moved, lost.gone) == ((), ())
    assert set(remembered(lost)) == {"urn:uuid:tva"}


def test_a_file_that_is_gone_is_told_of_for_a_month_and_forgotten(tmp_path: Path) -> None:
    """It may be a mistake that nobody has seen; but what is erased is to be remembered nowhere."""
    memory, days = tmp_path / "published.json", timedelta(days=1)
    lost = after(tmp_path, folder(make_post("ett")), folder())
    remember(memory, lost.memory or ())

    told = [lost_addresses(folder(), memory, NOW + n * days, tmp_path) for n in (6, 8, 29, 30)]

    assert [[p.id for p in each.missed] for each in told] == [*[["urn:uuid:ett"]] * 3, []]
    assert [
        len(each.gone_lately(NOW + n * days)) for n, each in zip((6, 8), told, strict=False)
    ] == [1, 0]
    assert [len(each.gone) for each in told] == [0, 0, 0, 0]
    assert told[-1].memory == ()


def test_what_went_with_its_file_is_named_and_remembered_as_gone(tmp_path: Path) -> None:
    """With its address, its title and its file; what came back is new for readers."""
    lost = after(tmp_path, folder(make_post("ett"), make_post("kvar")), folder(make_post("kvar")))

    assert [gone[:5] for gone in lost.gone] == [
        (
            *("urn:uuid:ett", "nyheter/2026/ett/", "Nyheten ett"),
            *("news", "posts/news/ett/index.md"),
        ),
    ]
    assert {p.id: bool(p.gone) for p in lost.memory or ()} == {
        "urn:uuid:ett": True,
        "urn:uuid:kvar": False,
    }
    remember(tmp_path / "published.json", lost.memory or ())
    back = folder(make_post("ett"), make_post("kvar"))
    again = lost_addresses(back, tmp_path / "published.json", NOW, tmp_path)
    assert ([p.id for p in again.new], again.gone, again.missed) == (["urn:uuid:ett"], (), ())


def test_a_file_that_cannot_be_read_is_not_gone(tmp_path: Path) -> None:
    """A slip of the pen makes no page leave the memory."""
    post = make_post("ett")
    (tmp_path / post.source).parent.mkdir(parents=True)
    (tmp_path / post.source).write_text("---\n")

    lost = after(tmp_path, folder(post), folder())

    assert (lost.gone, remembered(lost)) == ((), {"urn:uuid:ett": "nyheter/2026/ett/"})


def test_a_renamed_file_with_an_error_is_not_gone(tmp_path: Path) -> None:
    """Its piece is known by its id, and stays in the memory until it can be used again."""
    memory = tmp_path / "published.json"
    remember(memory, lost_addresses(folder(make_post("ett")), memory, NOW, tmp_path).memory or ())
    renamed = card_of(make_post("nytt", id="urn:uuid:ett"), SITE)

    lost = lost_addresses(folder(), memory, NOW, tmp_path, [renamed])

    assert (lost.moved, lost.gone) == ((), ())
    assert remembered(lost) == {"urn:uuid:ett": "nyheter/2026/ett/"}


def test_a_page_taken_back_to_a_draft_is_remembered(tmp_path: Path) -> None:
    """Nothing is said of it, until it is published again somewhere else."""
    draft = make_post("nytt", id="urn:uuid:ett", draft=True)

    lost = after(tmp_path, folder(make_post("ett")), folder(draft))

    assert (lost.moved, lost.gone) == ((), ())
    assert recall(tmp_path / "published.json")[0].address == "nyheter/2026/ett/"
    remember(tmp_path / "published.json", lost.memory or ())
    again = lost_addresses(
        folder(replace(draft, draft=False)), tmp_path / "published.json", NOW, tmp_path
    )
    assert moved(again) == [("urn:uuid:ett", "ett")]


def test_what_expired_is_forgotten(tmp_path: Path) -> None:
    """It left by itself, as was meant."""
    lost = after(tmp_path, folder(make_post()), folder(make_post(expires=at("2026-05-01T10:00"))))

    assert lost == Lost(had=1, memory=())


def test_what_was_withdrawn_still_has_a_page(tmp_path: Path) -> None:
    """So its address is not lost, and is missed when the file is gone."""
    withdrawn = make_post(withdrawn=Withdrawal(date(2026, 5, 1), "Fel."))

    lost = after(tmp_path, folder(make_post()), folder(withdrawn))
    assert (lost.moved, lost.gone) == ((), ())
    assert [changed.id for changed in lost.changed] == ["urn:uuid:ett"]
    assert [gone.id for gone in after(tmp_path, folder(withdrawn), folder()).gone] == [
        "urn:uuid:ett"
    ]


def test_the_alias_of_a_piece_is_its_last_word() -> None:
    """Where the kind, the year or the section's word is another, no alias leads on."""
    card = card_of(make_post("nytt"), SITE)
    known = Published("urn:uuid:ett", "aktuellt/2026/ett/", "Ett", "news", "posts/news/ett.md")

    assert Moved(card, known).alias is None
    assert Moved(card, known._replace(address="nyheter/2026/ett/")).alias == "ett"


def test_what_readers_find_otherwise(tmp_path: Path) -> None:
    """Another text or field is a change; what is new is none, and what is as it was is neither."""
    one, other = make_post("ett"), make_post("tva")

    lost = after(tmp_path, folder(one, other), folder(replace(one, title="Nu"), other))

    assert ([piece.title for piece in lost.changed], lost.new) == (["Nu"], ())


def test_what_was_remembered_without_its_text_has_not_changed(tmp_path: Path) -> None:
    """A memory from before there were digests says nothing of changes."""
    memory = tmp_path / "published.json"
    known = lost_addresses(folder(make_post("ett")), memory, NOW, tmp_path).memory or ()
    remember(memory, tuple(piece._replace(digest="") for piece in known))

    lost = lost_addresses(folder(make_post("ett", title="Nu")), memory, NOW, tmp_path)

    assert (lost.changed, lost.new) == ((), ())


ONE = make_post("ett")


@pytest.mark.parametrize(
    "broken",
    [
        ONE,
        replace(ONE, slug="nytt"),
        replace(ONE, expires=at("1970-01-01T00:00")),  # what stands in for a day that is none
    ],
)
def test_what_readers_had_is_held_while_its_file_has_a_fault(tmp_path: Path, broken: Post) -> None:
    """Its page is to stay as it was."""
    lost = after_a_slip(tmp_path, broken)

    assert [piece.address for piece in lost.held] == ["nyheter/2026/ett/"]
    assert lost.gone == ()


@pytest.mark.parametrize(
    "broken",
    [
        replace(ONE, draft=True),
        replace(ONE, published=at("2026-12-01T09:00")),
        replace(ONE, expires=at("2026-05-01T10:00")),
        replace(ONE, withdrawn=Withdrawal(date(2026, 5, 1), "Fel.")),
    ],
)
def test_what_readers_are_not_to_have_is_not_held(tmp_path: Path, broken: Post) -> None:
    """What can be read of a file with a fault says that it is to go."""
    lost = after_a_slip(tmp_path, broken)

    assert (lost.held, lost.gone) == ((), ())


def test_a_file_with_a_fault_that_lost_its_id_is_held(tmp_path: Path) -> None:
    """It is known by its name then, as one is whose fields cannot be read at all."""
    memory, post = tmp_path / "published.json", make_post("ett")
    remember(memory, lost_addresses(folder(post), memory, NOW, tmp_path).memory or ())
    (tmp_path / post.source).parent.mkdir(parents=True)
    (tmp_path / post.source).write_text("---\n")
    another = card_of(replace(post, id="tag:x:other"), SITE)

    for unusable in ([another], []):
        lost = lost_addresses(folder(), memory, NOW, tmp_path, unusable)
        assert ([piece.id for piece in lost.held], lost.gone) == (["urn:uuid:ett"], ())
