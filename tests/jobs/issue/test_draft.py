"""Drafting an issue: what it tells, and how its file is written."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from newsroom.errors import StateError
from newsroom.jobs.issue.draft import draft_issue, new_lines
from newsroom.jobs.issue.draft_contents import Material, choose_contents
from newsroom.model import (
    Covers,
    EventStatus,
    Image,
    Newsroom,
    Piece,
    Placement,
    Post,
    Problem,
    Registration,
    Severity,
    Withdrawal,
)
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
)

NOW = at("2026-11-10T09:00")
LEAVES = at("2026-12-01T09:00")
SPRING = make_issue(published=at("2026-06-02T09:00"), number=38)
NEW = make_post("ny", published=at("2026-10-01T10:00"))
OFFICE = make_contact("alva", groups=("kansli",))
BOARD = make_contact("bo", groups=("styrelse",))


def material(newsroom: Newsroom, **other: object) -> Material:
    """What a draft of November is made from; the issue leaves three weeks later."""
    return Material(newsroom, NOW, LEAVES, **other)  # type: ignore[arg-type]


def fields_of(text: str) -> dict[str, object]:
    """The front matter of a draft."""
    fields: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return fields


def names(newsroom: Newsroom) -> list[str]:
    """The posts that an issue of autumn 2026 would tell, in order."""
    contents = choose_contents(material(newsroom), "2026-host")
    return [post.slug for post in contents.stories]


@pytest.mark.parametrize(
    ("covers", "first"),
    [
        (None, "2026-06-02T00:00"),
        (Covers(date(2025, 12, 2), date(2026, 5, 12)), "2026-05-12T00:00"),
        (Covers(date(2026, 1, 1), date(2026, 6, 30)), "2026-06-02T00:00"),
    ],
    ids=["sent", "drafted", "half a year"],
)
def test_it_tells_what_the_last_issue_was_not_offered(covers: Covers | None, first: str) -> None:
    """What is dated the day of the last draft, or else of its sending, falls between no issues."""
    first_of_day = make_post("tidig", published=at(first))
    day_before = make_post("gammal", published=at(first) - timedelta(minutes=1))
    issues = (replace(SPRING, covers=covers),)

    found = names(make_newsroom(posts=(NEW, first_of_day, day_before), issues=issues))

    assert found == ["ny", "tidig"]


def test_what_no_issue_told_is_named_with_the_reason() -> None:
    """A post that was taken out of the last issue, or dated back, stands among what is left out."""
    told, older = (make_post(name, published=at("2026-05-01T10:00")) for name in ("sagd", "osagd"))
    never = make_post("aldrig", published=older.published, placement=Placement.NEVER)
    before = make_post("forra-aret", published=at("2025-11-01T10:00"))
    covers = Covers(date(2025, 12, 2), date(2026, 5, 12))
    issues = (replace(SPRING, covers=covers, stories=("sagd",)),)
    newsroom = make_newsroom(posts=(NEW, told, older, never, before), issues=issues)

    contents = choose_contents(material(newsroom), "2026-host")

    assert [post.slug for post in contents.stories] == ["ny"]
    assert [(each.piece.slug, each.why) for each in contents.left_out] == [
        ("osagd", f"it is older than {SPRING.slug}, which does not tell it")
    ]


def test_the_first_issue_tells_of_half_a_year() -> None:
    """Without an issue before it, what came in the last half year is new."""
    may = make_post("maj", published=at("2026-05-10T10:00"))
    april = make_post("april", published=at("2026-04-10T10:00"))

    assert names(make_newsroom(posts=(NEW, may, april))) == ["ny", "maj"]


@pytest.mark.parametrize(
    "changes",
    [
        {"draft": True},
        {"published": LEAVES + timedelta(minutes=1)},
        {"placement": Placement.NEVER},
        {"expires": NOW},
    ],
    ids=["draft", "to come", "never", "expired"],
)
def test_what_is_left_out(changes: dict[str, object]) -> None:
    """Drafts, posts to come, expired ones and those that never want to be told stay out."""
    assert names(make_newsroom(posts=(replace(NEW, **changes),))) == []  # type: ignore[arg-type]


def test_what_an_issue_has_told_is_not_told_again() -> None:
    """A post that an earlier issue names, as a story or as its lead, is left out."""
    posts = (NEW, make_post("ledd", published=NEW.published), make_post("sagd"))
    earlier = replace(SPRING, published=None, stories=("sagd",), lead="ledd")

    assert names(make_newsroom(posts=posts, issues=(earlier,))) == ["ny"]


def test_a_draft_that_has_all_the_news_is_named() -> None:
    """Where there is nothing left to tell since another draft has it, that draft is named."""
    other = make_issue(slug="jul", published=None, draft=True, stories=("ny",))
    newsroom = make_newsroom(posts=(NEW,), issues=(SPRING, other))

    with pytest.raises(StateError, match="what came since the last issue stands in jul, so"):
        draft_issue(material(newsroom), "2026-host")


def test_the_lead_stands_alone() -> None:
    """The newest post that wants to lead is the lead, and no story as well."""
    lead = make_post("stor", published=NEW.published, placement=Placement.LEAD)

    contents = choose_contents(material(make_newsroom(posts=(NEW, lead))), "2026-host")

    assert contents.lead == lead
    assert contents.stories == (NEW,)


def test_coming_events() -> None:
    """Events ahead are named; those that are over, called off or far away are not."""
    near = make_event("nara", start=NOW + timedelta(days=30), end=None)
    events = (
        make_event("over", start=NOW - timedelta(days=2), end=NOW),
        near,
        named(near, "installd", status=EventStatus.CANCELLED),
        make_event("fjarran", start=NOW + timedelta(days=300), end=None),
    )

    contents = choose_contents(material(make_newsroom(posts=(NEW,), events=events)), "2026-host")

    assert contents.events == (near,)


def named(piece: Piece, slug: str, **other: object) -> Any:  # noqa: ANN401
    """Another piece like this one, in a file of its own."""
    source = piece.source.parent / f"{slug}.md"
    return replace(piece, slug=slug, id=f"urn:uuid:{slug}", source=source, **other)  # type: ignore[arg-type]


def lines_of(newsroom: Newsroom, **other: object) -> list[str]:
    """The lines of a draft, stripped."""
    _, text = draft_issue(material(newsroom, **other), "2026-host")
    return [" ".join(line.split()) for line in text.splitlines()]


def test_what_is_dated_before_the_issue_leaves_waits() -> None:
    """A post whose day comes between the draft and the sending stands ready behind a #."""
    coming = make_post("snart", published=at("2026-11-20T10:00"), summary="Ingress.")

    lines = lines_of(make_newsroom(posts=(coming, NEW)))

    assert "# - snart # 20 november 2026 · Nyheten snart" in lines
    assert lines.index("# - snart # 20 november 2026 · Nyheten snart") > lines.index("stories:")


def test_a_post_that_waits_is_something_to_tell() -> None:
    """An issue is not skipped when its only news comes before it leaves."""
    coming = make_post("snart", published=at("2026-11-20T10:00"))

    assert "stories:" in lines_of(make_newsroom(posts=(coming,)))


def test_drafts_are_named() -> None:
    """A draft dated since the last issue is named behind a #: somebody may still finish it."""
    lines = lines_of(make_newsroom(posts=(NEW, make_post("halv", draft=True, published=NOW))))

    assert [line for line in lines if line.startswith("# - halv")]


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (named(NEW, "x", placement=Placement.NEVER), "där står newsletter: never"),
        (named(NEW, "x", expires=LEAVES), "går ut innan numret går"),
        (named(NEW, "x", published=at("2026-12-10T08:00")), "det blir offentligt först"),
        (named(NEW, "x", withdrawn=Withdrawal(NOW.date(), "fel")), "tillbakadragen"),
        (named(NEW, "sagd"), "stod i 2026-var"),
    ],
    ids=["never", "expires", "too late", "withdrawn", "told"],
)
def test_what_is_left_out_is_named_with_its_reason(post: Post, why: str) -> None:
    """Nothing since the last issue disappears in silence: a comment says why it is not in."""
    spring = replace(SPRING, stories=("sagd",))

    lines = lines_of(make_newsroom(posts=(make_post("ny", published=NOW), post), issues=(spring,)))

    (reason,) = [line for line in lines if line.startswith(f"# {post.slug}: ")]
    assert why in reason


def test_a_long_list_of_reasons_is_cut() -> None:
    """Twelve reasons are enough; how many more there are is said."""
    others = tuple(make_post(f"n{n}", placement=Placement.NEVER, published=NOW) for n in range(15))

    lines = lines_of(make_newsroom(posts=(NEW, *others)))

    assert len([line for line in lines if "newsletter: never" in line]) == 12
    assert "# och 3 till" in lines


def test_what_the_ledger_knows_to_be_told() -> None:
    """A post that the ledger remembers is left out, though no file says so any more."""
    told = {NEW.id: "2026-extra"}
    contents = choose_contents(material(make_newsroom(posts=(NEW,)), told=told), "2026-host")

    assert contents.stories == ()
    assert [str(each.why) for each in contents.left_out] == ["2026-extra told it"]


def test_a_renamed_post_is_not_news_again() -> None:
    """An earlier issue named the file as it was called then; its id is what counts."""
    renamed = replace(NEW, slug="ett-nytt-namn", title="En ny rubrik")
    spring = replace(SPRING, stories=("ett-nytt-namn",))

    assert names(make_newsroom(posts=(renamed,), issues=(spring,))) == []


def test_what_stands_in_each_issue() -> None:
    """A post that says newsletter: always is named in every draft, and alone makes no issue."""
    standing = make_post("alltid", placement=Placement.ALWAYS, published=at("2024-01-10T10:00"))
    spring = replace(SPRING, stories=("alltid",))

    lines = lines_of(make_newsroom(posts=(NEW, standing), issues=(spring,)))

    assert [line for line in lines if line.startswith("- alltid")]
    with pytest.raises(StateError, match="nothing to tell"):
        draft_issue(material(make_newsroom(posts=(standing,))), "2026-host")


def test_stories_stand_by_category() -> None:
    """Those that want to lead come first, then category by category in the order of site.yaml."""
    site = make_site(categories=(("nyhet", "Nyhet"), ("debatt", "Debatt")))
    posts = tuple(
        make_post(slug, category=category, placement=placement, published=NOW - timedelta(days=n))
        for n, (slug, category, placement) in enumerate(
            [
                ("a", "debatt", Placement.AUTO),
                ("b", "nyhet", Placement.AUTO),
                ("c", None, Placement.AUTO),
                ("d", "nyhet", Placement.LEAD),
                ("e", "nyhet", Placement.AUTO),
                ("f", "debatt", Placement.LEAD),
            ]
        )
    )

    contents = choose_contents(material(make_newsroom(site=site, posts=posts)), "2026-host")

    assert contents.lead == posts[3]
    assert [post.slug for post in contents.stories] == ["f", "b", "e", "a", "c"]


def test_what_is_missing_stands_beside_the_name() -> None:
    """A summary, a description, a place, a look at a contact: each is asked for on its line."""
    picture = Image(NEW.source.parent / "bild.jpg", None)
    newsroom = make_newsroom(
        posts=(replace(NEW, image=picture),),
        events=(
            make_event(
                "mote",
                start=at("2026-12-10T10:00"),
                end=None,
                registration=Registration(None, at("2026-11-30T23:59")),
            ),
        ),
        contacts=(replace(OFFICE, verified=at("2025-09-01T00:00").date()),),
        issues=(replace(SPRING, events=("mote",)),),
    )

    text = "\n".join(lines_of(newsroom))

    assert "Nyheten ny · saknar ingress: de första orden visas · bilden saknar beskrivning" in text
    assert "saknar plats · anmälan har stängt när numret går · även i 2026-var" in text
    assert "inte kontrollerad sedan 2025-09-01: se efter att det stämmer" in text


def test_events_that_are_left_out_are_named() -> None:
    """One that is cancelled, far away or unfinished is named with the reason."""
    near = make_event("nara", start=NOW + timedelta(days=40), end=None)
    events = (
        named(near, "installd", status=EventStatus.CANCELLED),
        named(near, "fjarran", start=NOW + timedelta(days=300)),
        named(near, "halv", draft=True),
    )

    lines = lines_of(make_newsroom(posts=(NEW,), events=events))

    assert [
        line.split(":")[0] for line in lines if line.startswith("# ") and "(Träffen" in line
    ] == [
        "# installd",
        "# fjarran",
        "# halv",
    ]


def test_an_earlier_issue_that_cannot_be_read() -> None:
    """What it told is not known, so the draft says that it may stand there again."""
    broken = PurePosixPath("posts/newsletters/2026-var.md")
    problems = (
        Problem(broken, 3, Severity.ERROR, "bad-yaml", "fault", "mend it"),
        Problem(PurePosixPath("posts/news/x.md"), 3, Severity.ERROR, "bad-yaml", "fault", "mend"),
    )

    lines = lines_of(make_newsroom(posts=(NEW,)), problems=problems)

    assert [line for line in lines if line.startswith("# OBS:")] == [
        f"# OBS: {broken} har fel, så det som stod där kan stå här igen."
    ]


AUTUMN = make_issue(
    slug="2026-host",
    lead="stor",
    stories=("ny",),
    covers=Covers(at("2026-06-02T00:00").date(), at("2026-10-05T00:00").date()),
)


def test_a_second_draft_gives_only_what_is_new() -> None:
    """What came since is ready to be pasted; what somebody took out stands behind a #."""
    posts = (
        make_post("farsk", published=NOW - timedelta(days=1), summary="Ingress."),
        make_post("struken", published=at("2026-10-02T10:00"), summary="Ingress."),
        NEW,
        make_post("stor", published=NEW.published),
    )
    newsroom = make_newsroom(posts=posts, issues=(AUTUMN, SPRING))

    lines = [" ".join(line.split()) for line in new_lines(material(newsroom), AUTUMN)]

    assert lines == [
        "stories:",
        "# Har kommit samma dag som utkastet, eller senare:",
        "- farsk # 9 november 2026 · Nyheten farsk",
        "# Finns inte i filen, kanske för att någon tog bort dem:",
        "# - struken # 2 oktober 2026 · Nyheten struken",
    ]


def test_a_second_draft_of_nothing_new() -> None:
    """When everything is in the file there is nothing to print."""
    event = make_event("mote", start=at("2026-12-10T10:00"), end=None)
    autumn = replace(AUTUMN, events=("mote",), lead=None)
    newsroom = make_newsroom(posts=(NEW,), events=(event,), issues=(autumn,))

    assert new_lines(material(newsroom), autumn) == ()
    assert new_lines(material(newsroom), replace(autumn, events=()))[0] == "events:"


def test_the_office_is_the_contact() -> None:
    """The office is named; where nobody is called so, the approvers are."""
    site = make_site(approvers=("bo",))
    people = make_newsroom(site=site, posts=(NEW,), contacts=(OFFICE, BOARD))
    without = replace(people, contacts=(BOARD,))

    assert choose_contents(material(people), "2026-host").contacts == (OFFICE,)
    assert choose_contents(material(without), "2026-host").contacts == (BOARD,)


def test_the_file_is_a_list_to_edit() -> None:
    """Each name has its title beside it; number, period and span are filled in."""
    newsroom = make_newsroom(
        posts=(NEW, named(NEW, "till", title="En: titel\nmed # tecken")),
        events=(make_event("mote", start=at("2026-12-01T10:00"), end=None),),
        contacts=(OFFICE,),
        issues=(SPRING,),
    )

    path, text = draft_issue(material(newsroom), "2026-host")

    fields = fields_of(text)
    assert str(path) == "posts/newsletters/2026-host.md"
    assert "  - ny    # 1 oktober 2026 · Nyheten ny · saknar" in text
    assert "  - till  # 1 oktober 2026 · En: titel med # tecken · saknar" in text
    assert {name: fields[name] for name in ("title", "number", "period", "draft")} == {
        "title": "Nyhetsbrev hösten 2026",
        "number": 39,
        "period": "hösten 2026",
        "draft": True,
    }
    assert str(fields["covers"]) == str({"from": at("2026-06-02T09:00").date(), "to": NOW.date()})
    assert (fields["stories"], fields["events"], fields["contacts"]) == (
        ["ny", "till"],
        ["mote"],
        ["alva"],
    )
    assert fields["lead"] is None
    assert text.endswith("[Skriv några rader till läsarna här.]\n")


def test_an_english_newsroom() -> None:
    """In an English newsroom the draft is English, and a season's name is."""
    newsroom = make_newsroom(site=make_site(language="en"), posts=(NEW,))

    _, text = draft_issue(material(newsroom), "2026-autumn")

    assert fields_of(text)["title"] == "Newsletter, autumn 2026"
    assert text.endswith("[Write a few lines to the readers here.]\n")


def test_a_name_without_a_season() -> None:
    """A name that is no year and season is used as it is."""
    _, text = draft_issue(material(make_newsroom(posts=(NEW,))), "extra")

    assert fields_of(text)["title"] == "Nyhetsbrev extra"


def test_two_drafts_have_two_ids() -> None:
    """The id is minted with the draft, for good."""
    newsroom = make_newsroom(posts=(NEW,))

    drafts = {
        str(fields_of(draft_issue(material(newsroom), "2026-host")[1])["id"]) for _ in range(2)
    }

    assert len(drafts) == 2


def test_no_draft_over_an_issue() -> None:
    """An issue that is there already is not drafted."""
    newsroom = make_newsroom(posts=(NEW,), issues=(SPRING,))

    with pytest.raises(StateError, match=r"newsletters/2026-var\.md: the issue is there already"):
        draft_issue(material(newsroom), "2026-var")


def test_no_draft_of_nothing() -> None:
    """Coming events alone make no issue."""
    newsroom = make_newsroom(events=(make_event(start=NOW + timedelta(days=1), end=None),))

    with pytest.raises(StateError, match="nothing to tell; skipped"):
        draft_issue(material(newsroom), "2026-host")
