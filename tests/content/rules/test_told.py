"""What earlier issues have told."""

from dataclasses import replace

from newsroom.content.rules.told import told_before, told_by
from tests.render.pieces import at, make_issue, make_newsroom, make_post

POSTS = (make_post("ett"), make_post("tva"), make_post("tre"))
SPRING = make_issue(lead="ett", stories=("tva",), published=at("2026-06-02T09:00"), number=38)
AUTUMN = make_issue(slug="2026-host", stories=("tva", "tre"), number=39, draft=True)
NEWSROOM = make_newsroom(posts=POSTS, issues=(AUTUMN, SPRING))


def test_by_the_id_of_each_post() -> None:
    """Leads and stories of earlier issues are known by id, and the first to tell is named."""
    told = told_by(NEWSROOM, NEWSROOM.issues)

    assert told == {
        "urn:uuid:ett": "2026-var",
        "urn:uuid:tva": "2026-var",
        "urn:uuid:tre": "2026-host",
    }


def test_only_what_is_before() -> None:
    """An issue is compared with those before it, and not with itself or those after it."""
    assert told_before(NEWSROOM, AUTUMN) == {"urn:uuid:ett": "2026-var", "urn:uuid:tva": "2026-var"}
    assert told_before(NEWSROOM, SPRING) == {}


def test_a_renamed_and_retitled_file_is_the_same_news() -> None:
    """Another file name and another title change nothing while the id stays."""
    renamed = replace(POSTS[0], slug="ett-nytt-namn", title="Ny rubrik")
    spring = replace(SPRING, lead="ett-nytt-namn")

    told = told_before(make_newsroom(posts=(renamed,), issues=(spring,)), AUTUMN)

    assert told == {"urn:uuid:ett": "2026-var"}
