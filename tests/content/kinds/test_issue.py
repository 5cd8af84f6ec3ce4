"""An issue from its file."""

from newsroom.model import Issue, Kind, Teaser
from tests.content.samples import Parse
from tests.render.pieces import make_post

FRONT = "number: 2\nlead: stor\nstories: [liten]\n"


def test_an_issue_has_words_of_its_own_for_a_story(parse: Parse) -> None:
    """A title, a summary or both can be written for one story, and what is not stays the post's."""
    teasers = "teasers:\n  liten: {title: I brevet}\n  stor: {summary: Kort sagt.}"
    issue = parse(Kind.ISSUE, f"{FRONT}{teasers}").piece
    assert isinstance(issue, Issue)

    small = issue.told(make_post("liten", title="På webben", summary="Ingress."))
    large = issue.told(make_post("stor", title="På webben", summary="Ingress."))

    assert issue.teasers == (Teaser("liten", "I brevet", None), Teaser("stor", None, "Kort sagt."))
    assert (small.title, small.summary) == ("I brevet", "Ingress.")
    assert (large.title, large.summary) == ("På webben", "Kort sagt.")
    assert issue.told(make_post("annan")) == make_post("annan")


def test_words_for_a_story_that_is_not_told(parse: Parse) -> None:
    """Words for what the issue does not name are an error that says which was likely meant."""
    parsed = parse(Kind.ISSUE, f"{FRONT}teasers: {{liiten: {{title: Hej}}}}")

    (problem,) = parsed.problems

    assert (problem.code, problem.line) == ("unknown-reference", 7)
    assert problem.message == "teasers has words for liiten, which the issue does not tell"
    assert problem.fix == "write liten"


def test_what_teasers_may_hold(parse: Parse) -> None:
    """Another field than title and summary is an error."""
    parsed = parse(Kind.ISSUE, f"{FRONT}teasers: {{liten: {{rubrik: Hej}}}}")

    assert [problem.line for problem in parsed.problems] == [7]
