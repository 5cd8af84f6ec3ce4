"""A year in numbers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert

from newsroom.content.folder import read
from newsroom.database import transaction
from newsroom.database.tables import bounce
from newsroom.delivery.ledger.settling import resolve
from newsroom.jobs.year_in_review import year_in_review
from newsroom.model import Newsroom, SubscriberState
from newsroom.model.delivery import DeliveryState
from newsroom.model.year_in_review import Members, Readers, SentIssue
from newsroom.readers import subscribers
from newsroom.readers.consent import Act, Consent, record
from newsroom.readers.subscribers import NewSubscriber
from newsroom.render.year_in_review import year_as_markdown
from tests.delivery.sample_ledger import NOW, addresses, sending_now
from tests.delivery.sending.test_dispatch import Desk
from tests.newsrooms import SITE, put, write_newsroom

YEAR_END = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)  # 23.59 in Stockholm


def newsroom_in(root: Path) -> Newsroom:
    """The small newsroom with a year around its edges."""
    write_newsroom(root)
    put(root, "posts/site.yaml", f"{SITE}categories: {{nyhet: Nyhet, rapport: Rapport}}\n")
    pieces = {
        "news/2026-01-01-forsta": "date: 2026-01-01 00:10\ncategory: nyhet",
        "news/2026-12-31-sista": "date: 2026-12-31 23:50\ncategory: rapport",
        "events/majmote": "start: 2026-05-05",
        "events/installt": "start: 2026-05-06\nstatus: cancelled",
        "members/ny": "joined: 2026-03-01",
        "members/gammal": "left: 2026-06-30",
        "members/kvar": "",
    }
    for name, line in pieces.items():
        text = f"---\nid: urn:x:{name}\ntitle: {name}\n{line}\n---\n\nText.\n"
        put(root, f"posts/{name}.md", text)
    found = read(root, cache=root / "cache").newsroom
    assert found is not None
    return found


def subscribe(engine: Engine) -> None:
    """One before the year, two in it, of whom one leaves."""
    people = [NewSubscriber(f"r{n}@example.se", SubscriberState.ACTIVE, "sv") for n in range(3)]
    with transaction(engine) as connection:
        first, second, third = subscribers.add(connection, people, NOW)
        for who, act, at in (
            (first, Act.ADDED, NOW - timedelta(days=300)),
            (second, Act.CONFIRMED, NOW),
            (third, Act.CONFIRMED, NOW),
            (third, Act.LEFT, NOW + timedelta(days=1)),
        ):
            record(connection, Consent(who, act, at, "web"))


def test_a_year_is_counted(database: Engine, tmp_path: Path) -> None:
    """What was published, sent and read from its first to its last minute, in the site's zone."""
    subscribe(database)
    sending_now(database, addresses(4))
    Desk(database).work()
    Desk(database).work(NOW + timedelta(minutes=1))
    with transaction(database) as connection:
        row = {"kind": "bounce", "issue": "2026-var", "severity": "hard", "suppressed": True}
        rows = [row | {"digest": f"{n}" * 64, "at": NOW + timedelta(days=400 * n)} for n in (0, 1)]
        connection.execute(insert(bounce), rows)

    review = year_in_review(newsroom_in(tmp_path), database, 2026, YEAR_END)

    assert review.posts == (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2)
    assert dict(review.categories) == {"Nyhet": 1, "Rapport": 1}
    assert (review.events[4], sum(review.events), review.cancelled) == (2, 2, 1)
    assert review.issues == (SentIssue("2026-var", NOW.date(), 7, 7, 0, 0, 0, 0),)
    assert review.readers == Readers(before=1, joined=2, left=1, kept_out=0, after=2)
    assert (dict(review.returned), review.dead_links) == ({"bounce": 1}, None)
    assert review.members == Members(joined=1, left=1, after=2)


def test_a_year_without_anything(database: Engine, tmp_path: Path) -> None:
    """A year before everything has noughts, and no fault."""
    review = year_in_review(newsroom_in(tmp_path), database, 1999, YEAR_END)

    assert (sum(review.posts), sum(review.events), review.issues) == (0, 0, ())
    assert review.readers == Readers(0, 0, 0, 0, 0)


def test_the_year_so_far_leaves_out_what_is_to_come(database: Engine, tmp_path: Path) -> None:
    """A post of Christmas Eve is not published in November; an event to come is an event."""
    review = year_in_review(
        newsroom_in(tmp_path), database, 2026, datetime(2026, 11, 22, tzinfo=UTC)
    )

    assert review.posts[11] == 0
    assert sum(review.events) == 2


def test_it_is_told_in_the_desks_language_and_names_nobody(
    database: Engine, tmp_path: Path
) -> None:
    """Markdown to paste, whose every word is of one language; no reader, no contact is in it."""
    sending_now(database, addresses(4))
    Desk(database).work()
    with transaction(database) as connection:
        resolve(connection, "2026-var", [], DeliveryState.ACCEPTED, NOW)
    newsroom = newsroom_in(tmp_path)
    review = year_in_review(newsroom, database, 2026, YEAR_END)

    swedish = year_as_markdown(review, newsroom.site, "sv")
    english = year_as_markdown(review, newsroom.site, "en")

    assert swedish.startswith("# Nätverket under 2026\n\n## Publicerat\n")
    assert "| december | 2 | 0 |" in swedish
    assert "| 2026-var | 2 juni 2026 | 4 | 4 | 0 | 0 | 0 | 0 |" in swedish
    assert "| December | 2 | 0 |" in english
    assert not [word for word in ("@", "Anna", "reader") if word in swedish]
