"""An issue made up as readers would get it."""

import json
from dataclasses import replace

import pytest

from newsroom.errors import StateError
from newsroom.jobs.issue.edition import Proof, find_issue, make_proof
from newsroom.model import Audience, Newsroom
from tests.render.pieces import URL, at, make_issue, make_newsroom, make_post, make_site
from tests.render.printed import packaged

NOW = at("2026-06-02T09:00")
NEWSROOM = make_newsroom(
    posts=(make_post("ett"), make_post("annat")),
    issues=(make_issue(stories=("ett",), subject="Våren är här", audience=Audience("sv")),),
)


def proof_of(newsroom: Newsroom) -> Proof:
    """The proof of the spring issue."""
    return make_proof(newsroom, "2026-var", NOW, packaged())


def with_issue(**changes: object) -> Newsroom:
    """The newsroom with its issue changed."""
    (issue,) = NEWSROOM.issues
    return replace(NEWSROOM, issues=(replace(issue, **changes),))  # type: ignore[arg-type]


def test_a_letter_for_each_language() -> None:
    """Our own words come in both languages, the issue's own language first."""
    proof = proof_of(NEWSROOM)
    english = proof_of(with_issue(lang="en"))

    assert list(proof.letters) == ["sv", "en"]
    assert proof.letter.subject == "Våren är här"
    assert list(english.letters) == ["en", "sv"]


def test_an_edition_is_what_the_ledger_freezes() -> None:
    """It has the letters as messages with holes, the subject, the audience and the hash."""
    proof = proof_of(NEWSROOM)

    edition = proof.edition(NOW, "the checks were made by hand")

    assert (edition.issue, edition.subject) == ("2026-var", "Våren är här")
    assert edition.content_hash == proof.content_hash
    assert (edition.default_lang, edition.audience) == ("sv", Audience("sv"))
    assert (edition.first_url, edition.sender_domain) == (URL, "example.se")
    assert edition.doctor_reason == "the checks were made by hand"
    assert set(edition.letters) == {"sv", "en"}
    assert all(json.dumps(content) for content in edition.letters.values())


@pytest.mark.parametrize(
    "changed",
    [
        with_issue(subject="Nu är våren här"),
        with_issue(body="Hej då!"),
        with_issue(stories=("ett", "annat")),
        with_issue(preheader="Något annat."),
        replace(NEWSROOM, posts=(make_post("ett", title="En ny rubrik"), make_post("annat"))),
        replace(NEWSROOM, site=make_site(postal_address="En annan gata 1")),
    ],
    ids=["subject", "greeting", "another story", "preheader", "a story's title", "address"],
)
def test_the_hash_knows_every_word(changed: Newsroom) -> None:
    """Whatever readers would see differently makes another hash, and so voids an approval."""
    assert proof_of(changed).content_hash != proof_of(NEWSROOM).content_hash


@pytest.mark.parametrize(
    "same",
    [
        with_issue(draft=True),
        with_issue(published=NOW),
        replace(NEWSROOM, posts=(*NEWSROOM.posts, make_post("tredje"))),
    ],
    ids=["draft", "date", "a post outside the issue"],
)
def test_the_hash_knows_nothing_else(same: Newsroom) -> None:
    """What readers do not see leaves an approval as it is."""
    assert proof_of(same).content_hash == proof_of(NEWSROOM).content_hash


def test_the_hash_does_not_depend_on_the_day() -> None:
    """Approved on Friday, sent on Tuesday: the same text is the same text."""
    friday = make_proof(NEWSROOM, "2026-var", at("2026-05-29T15:00"), packaged())

    assert friday.content_hash == proof_of(NEWSROOM).content_hash


def test_an_unknown_issue() -> None:
    """A name that there is no issue of is answered with those there are."""
    with pytest.raises(StateError, match=r"posts/newsletters/2027\.md \(there is: 2026-var\)"):
        find_issue(NEWSROOM, "2027")
    with pytest.raises(StateError, match="none yet"):
        find_issue(make_newsroom(), "2027")


def test_an_issue_of_the_schedule_that_nobody_has_written() -> None:
    """It has no draft, which is said, and no list of what else there is."""
    newsroom = make_newsroom()

    with pytest.raises(StateError, match="2026-host has no draft yet; write one with"):
        find_issue(newsroom, "2026-host", meant="2026-host")
