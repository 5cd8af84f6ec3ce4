"""Where the letters of an issue lead."""

from newsroom.jobs.issue.edition import Proof, make_proof
from newsroom.jobs.issue.letter_links import dead_ends, dead_outside, outside_links
from newsroom.model import Newsroom, Severity
from tests.render.pieces import at, make_contact, make_event, make_issue, make_newsroom, make_post
from tests.render.printed import packaged

LEAVES = at("2026-06-02T09:00")


def newsroom_with(body: str) -> Newsroom:
    """A newsroom with one issue that says this, and tells of a post, an event and a person."""
    issue = make_issue(
        stories=("ett",), events=("mote",), contacts=("anna",), draft=True, body=body
    )
    return make_newsroom(
        posts=(make_post(),), events=(make_event(),), contacts=(make_contact(),), issues=(issue,)
    )


def proof_of(newsroom: Newsroom) -> Proof:
    """The issue made up."""
    return make_proof(newsroom, "2026-var", LEAVES, packaged())


def test_every_link_of_ours_will_be_there() -> None:
    """Posts, events, calendars, the issue's own page, signing up, privacy: all are planned."""
    newsroom = newsroom_with("Hej! [Alla händelser](/kalender/)")

    assert list(dead_ends(newsroom, proof_of(newsroom), packaged())) == []


def test_a_page_that_will_not_be_there() -> None:
    """An address of ours without a page is an error, once for each letter it stands in."""
    newsroom = newsroom_with("Hej! [Borta](/nyheter/2019/borta/)")

    problems = set(dead_ends(newsroom, proof_of(newsroom), packaged()))

    (problem,) = problems
    assert (problem.code, problem.severity) == ("broken-link", Severity.ERROR)
    assert "https://nyheter.example.se/nyheter/2019/borta/" in problem.message


def test_links_to_other_sites() -> None:
    """Each is named once, whatever letters it stands in; ours, mail and telephones are none."""
    proof = proof_of(newsroom_with("[En](https://annan.example/) [två](https://annan.example/)"))

    assert outside_links(proof) == ("https://annan.example/",)


def test_a_dead_link_to_another_site_is_a_warning() -> None:
    """It is told with the reason, and forbids nothing."""
    proof = proof_of(newsroom_with("Hej!"))

    (warning,) = dead_outside(proof, {"https://annan.example/": "it answers 404"})

    assert (warning.code, warning.severity) == ("dead-link", Severity.WARNING)
    assert warning.message == 'the letter leads to "https://annan.example/": it answers 404'
