"""What the approvers are told, in the words of their desk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.sending.guard import BEHIND
from newsroom.jobs.approval.desk_news import desk_note
from newsroom.jobs.approval.news import IssueNews
from newsroom.jobs.issue.departure import Departure
from newsroom.model.delivery import Counts
from newsroom.model.matter import Matter
from newsroom.model.saying import joined, say
from newsroom.render.mail.desk_note import DeskNote
from tests.render.pieces import make_site

NOW = datetime(2026, 5, 12, 7, tzinfo=UTC)
SLOT = datetime(2026, 6, 2, 7, tzinfo=UTC)
COUNTS = Counts(
    issue="2026-var",
    state="done",
    frozen=815,
    pending=0,
    claimed=0,
    deferred=0,
    accepted=810,
    refused=2,
    excluded=2,
    unknown=1,
    cancelled=0,
    unknown_recipients=(),
    lanes=(),
)
TOLD = IssueNews(
    news=News.ASKED,
    occasion="",
    issue="2026-var",
    title="Nyhetsbrev våren 2026",
    source="posts/newsletters/2026-var.md",
    departure=Departure(SLOT, by_hand=False, first_mail=SLOT.replace(minute=15)),
    readers=815,
    reason="reläet svarar inte",
    counts=COUNTS,
)


def note(lang: str, news: News, **more: Any) -> DeskNote:  # noqa: ANN401
    """The mail about some news, with plain spaces."""
    told = replace(TOLD, news=news, **more)
    made = desk_note(make_site(language=lang), told, "https://nyheter.example.se/x", NOW)
    plain = tuple(sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in made.sentences)
    return replace(made, sentences=plain, subject=made.subject.replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize("news", News)
def test_each_mail_is_short_and_in_both_languages(news: News) -> None:
    """A subject, at most three sentences, one thing to press; no word of one in the other."""
    swedish, english = note("sv", news), note("en", news)

    assert 1 <= len(swedish.sentences) <= 3
    assert len(swedish.sentences) == len(english.sentences)
    assert swedish.subject != english.subject
    assert swedish.button != english.button
    assert not set(swedish.sentences) & set(english.sentences)
    assert "{" not in "".join((swedish.subject, *swedish.sentences))
    assert "delivered" not in " ".join(english.sentences)


@pytest.mark.parametrize(
    ("news", "subject"),
    [
        (News.ASKED, "Granska: Nyhetsbrev våren 2026, senast 29 maj"),
        (News.REMINDED, "Påminnelse: Nyhetsbrev våren 2026 väntar på godkännande, senast 29 maj"),
        (News.LEAVING, "Nyhetsbrev våren 2026 går tisdag 2 juni 2026 kl. 09.15"),
        (News.DONE, "Skickat: 810 av 815; 3 att titta på"),
        (News.PAUSED, "Pausat: Nyhetsbrev våren 2026, 810 av 815"),
    ],
)
def test_a_subject_says_what_is_asked(news: News, subject: str) -> None:
    """Whoever reads nothing but subjects knows what to do, and by when."""
    assert note("sv", news).subject == subject


def test_the_deputy_is_told_who_was_asked_first() -> None:
    """And when."""
    asked = note("sv", News.ASKED, who="Anna Ek", since=NOW)

    assert asked.sentences[0] == (
        "Anna Ek fick frågan om Nyhetsbrev våren 2026 den 12 maj och har inte svarat, "
        "så nu frågar vi dig också."
    )


def test_without_a_day_it_is_asked_for_one() -> None:
    """An issue that the schedule does not know has no date in its mail."""
    asked = note("sv", News.ASKED, departure=None)

    assert asked.subject == "Granska: Nyhetsbrev våren 2026"
    assert asked.sentences[-1].startswith("Välj på granskningssidan när det ska gå.")
    assert note("sv", News.REMINDED, departure=None).subject.endswith("väntar på godkännande")


def test_nothing_to_look_at_is_not_mentioned() -> None:
    """When all were accepted the mail is one sentence."""
    counts = replace(COUNTS, accepted=815, refused=0, excluded=0, unknown=0)
    done = note("sv", News.DONE, counts=counts)

    assert done.subject == "Skickat: 815 av 815"
    assert done.sentences == (
        "Nyhetsbrev våren 2026 har gått ut: mejlservern tog emot 815 av 815.",
    )


def test_what_forbids_a_yes_stands_one_fault_a_line() -> None:
    """Whoever is asked sees at once that the letter cannot be approved yet, and why."""
    faults = ("a.md:3: the text still says [Write]; write it", "b.md: it is a draft; finish it")

    for news in (News.ASKED, News.REMINDED, News.VOIDED):
        asked = note("sv", news, must=faults)
        assert asked.heading == "Det här måste rättas först:"
        assert asked.must == faults
    assert note("sv", News.ASKED).must == ()


def test_what_was_published_after_the_draft_is_told() -> None:
    """A reminder names the news that the letter does not have."""
    come = "2 nyheter har kommit sedan utkastet och är inte med i numret: a, b"

    assert f"{come}." in note("sv", News.REMINDED, come=come).sentences
    assert f"{come}." in note("sv", News.ASKED, come=come).sentences


def test_several_reasons_for_a_hold_do_not_run_together() -> None:
    """One reason is a sentence; more of them are a list, each said in the language of the desk."""
    reasons = joined("\n", (say("it is a draft"), say("it was withdrawn")))
    held = note("sv", News.HELD, reason=reasons)

    assert held.must == ("texten är ett utkast", "texten är tillbakadragen")
    assert "Skälet" not in " ".join(held.sentences)
    assert note("sv", News.HELD, reason="a\nb").must == ("a", "b")
    assert note("sv", News.HELD).must == ()


RETURNED = replace(COUNTS, bounced=4, causes=(("gone", 3), ("full", 1)), complained=1)


@pytest.mark.parametrize(
    ("news", "more", "story"),
    [
        (
            News.REMINDED,
            {"able": say("{names} or {last}", names="Anna Ek", last="Bo Berg")},
            "Påminnelse: Nyhetsbrev våren 2026 väntar på godkännande, senast 29 maj\n"
            "Ingen har godkänt Nyhetsbrev våren 2026 som det är nu. Det kan Anna Ek eller Bo Berg "
            "göra.\n"
            "Om 21 dagar, tisdag 2 juni 2026 kl. 09.00, går det till 815 läsare om det är godkänt "
            "då. Utan godkännande skickas ingenting.\n"
            "[Till granskningssidan]",
        ),
        (
            News.REMINDED,
            {"who": "Anna Ek", "able": "Bo Berg", "departure": None},
            "Påminnelse: Nyhetsbrev våren 2026 väntar på godkännande\n"
            "Anna Ek har godkänt Nyhetsbrev våren 2026. Det behöver ett godkännande till, av Bo "
            "Berg.\n"
            "Välj på granskningssidan när det ska gå. Utan godkännande skickas ingenting.\n"
            "[Till granskningssidan]",
        ),
        (
            News.APPROVED,
            {"who": "Anna Ek"},
            "Godkänt: Nyhetsbrev våren 2026 går 2 juni\n"
            "Anna Ek har godkänt Nyhetsbrev våren 2026.\n"
            "Det går av sig självt tisdag 2 juni 2026 kl. 09.00 till 815 läsare. Du behöver inte "
            "göra något.\n"
            "Fram till dess går det att ta tillbaka godkännandet på granskningssidan.\n"
            "[Till granskningssidan]",
        ),
        (
            News.APPROVED,
            {"who": "Anna Ek", "departure": Departure(NOW, by_hand=False, first_mail=NOW)},
            "Godkänt: Nyhetsbrev våren 2026\n"
            "Anna Ek har godkänt Nyhetsbrev våren 2026.\n"
            "Dess tid var tisdag 12 maj 2026 kl. 09.00: välj en annan dag på granskningssidan, "
            "eller skicka det nu.\n"
            "[Till granskningssidan]\n"
            "Eller skriv där newsroom körs: newsroom issue send 2026-var",
        ),
        (
            News.APPROVED,
            {"who": "Anna Ek", "departure": None},
            "Godkänt: Nyhetsbrev våren 2026\n"
            "Anna Ek har godkänt Nyhetsbrev våren 2026.\n"
            "Ingen dag är bestämd: välj en på granskningssidan.\n"
            "[Till granskningssidan]",
        ),
        (
            News.HELD,
            {
                "come": say(
                    "1 post has come since the draft and is not in the letter: {posts}", posts="a"
                )
            },
            "Väntar: Nyhetsbrev våren 2026 har inte skickats\n"
            "Nyhetsbrev våren 2026 skulle ha gått tisdag 2 juni 2026 kl. 09.00 men hålls kvar.\n"
            "Orsak: reläet svarar inte.\n"
            "1 nyhet har kommit sedan utkastet och är inte med i numret: a.\n"
            "På granskningssidan godkänner du det och väljer när det ska gå. Innan dess skickas "
            "ingenting.\n"
            "[Till granskningssidan]",
        ),
        (
            News.PAUSED,
            {},
            "Pausat: Nyhetsbrev våren 2026, 810 av 815\n"
            "Utskicket av Nyhetsbrev våren 2026 är pausat: reläet svarar inte.\n"
            "Mejlservern har tagit emot 810 av 815. De andra väntar, och ingen tappas bort.\n"
            "När orsaken är borta låter du det gå vidare från sidan.\n"
            "[Se hur långt det kom]\n"
            "Eller skriv där newsroom körs: newsroom issue resume 2026-var",
        ),
        (
            News.UNSURE,
            {},
            "1 att avgöra: Nyhetsbrev våren 2026\n"
            "Mejlservern har tagit emot Nyhetsbrev våren 2026 för 810 av 815. För 1 vet ingen om "
            "mejlet kom iväg: ledningen eller programmet bröts just då.\n"
            "Inget skickas igen av sig självt, för läsarna kan redan ha fått det.\n"
            "Säg på sidan vad som gäller.\n"
            "[Se vilka det gäller]\n"
            "Eller skriv där newsroom körs: newsroom issue resolve 2026-var",
        ),
        (
            News.DONE,
            {},
            "Skickat: 810 av 815; 3 att titta på\n"
            "Nyhetsbrev våren 2026 har gått ut: mejlservern tog emot 810 av 815.\n"
            "2 hade lämnat listan innan det blev deras tur.\n"
            "3 fick det inte: på sidan står vilka, varför och vad du kan göra.\n"
            "[Se numret]",
        ),
        (
            News.REPORTED,
            {"counts": RETURNED, "left": 3},
            "Så gick det: Nyhetsbrev våren 2026, 810 av 815; 4 kom tillbaka\n"
            "För en vecka sedan hade Nyhetsbrev våren 2026 gått ut, och mejlservern hade tagit "
            "emot 810 av 815.\n"
            "4 har kommit tillbaka sedan dess (adressen finns inte: 3, brevlådan är full: 1). "
            "Adresser som inte finns är redan strukna.\n"
            "Av dem som fick numret har 3 lämnat listan och 1 anmält det som skräp.\n"
            "[Se siffrorna]",
        ),
        (
            News.REPORTED,
            {},
            "Så gick det: Nyhetsbrev våren 2026, 810 av 815\n"
            "För en vecka sedan hade Nyhetsbrev våren 2026 gått ut, och mejlservern hade tagit "
            "emot 810 av 815.\n"
            "Inget av dem har kommit tillbaka.\n"
            "Ingen läsare har lämnat listan eller anmält numret som skräp.\n"
            "[Se siffrorna]",
        ),
        (
            News.SKIPPED,
            {},
            "Överhoppat: Nyhetsbrev våren 2026\n"
            "Inget har publicerats sedan förra numret, så Nyhetsbrev våren 2026 hoppas över.\n"
            "[Till granskningssidan]\n"
            "Vill du skriva numret ändå, skriv där newsroom körs: newsroom new issue 2026-var",
        ),
    ],
)
def test_a_mail_reads_as_a_story(news: News, more: dict[str, Any], story: str) -> None:
    """What is asked or has happened, in Swedish as somebody would write it, and where to go."""
    made = note("sv", news, **more)
    lines = [made.subject, *made.sentences, f"[{made.button}]"]
    if made.command:
        lines.append(" ".join(made.command))

    assert "\n".join(lines) == story


@pytest.mark.parametrize(
    ("days", "sv", "en"),
    [
        (7, "För en vecka sedan hade", "A week ago"),
        (9, "Den 3 maj hade", "On 3 May"),
        (13, "Den 29 april hade", "On 29 April"),
    ],
)
def test_a_report_that_comes_late_names_the_day(days: int, sv: str, en: str) -> None:
    """A week ago is a week ago; newsroom may have stood still when it was due."""
    since = NOW - timedelta(days=days)
    swedish, english = (note(lang, News.REPORTED, since=since) for lang in ("sv", "en"))

    assert swedish.sentences[0].startswith(f"{sv} Nyhetsbrev våren 2026 gått ut")
    assert english.sentences[0].startswith(f"{en} Nyhetsbrev våren 2026 had left")


def test_nobody_claims_to_know_what_nobody_reads() -> None:
    """Where no program reads what comes back, the report does not say that nothing did."""
    swedish, english = (note(lang, News.REPORTED, hears=False) for lang in ("sv", "en"))

    assert "vet ingen: NEWSROOM_INBOX är inte inställt" in swedish.sentences[1]
    assert "NEWSROOM_INBOX is not set" in english.sentences[1]


def test_an_older_database_has_one_way_on() -> None:
    """An issue that stands still for it is not resumed from the page; one command is named."""
    paused = replace(COUNTS, state="paused", matter=Matter.BEHIND)
    made = note("sv", News.PAUSED, reason=BEHIND, counts=paused)
    words = " ".join((*made.sentences, *made.must, made.button))

    assert words.count("newsroom ") == 1
    assert "newsroom restore --confirm" in words
    assert "från sidan" not in words


def test_a_command_at_the_end_of_a_reason_has_no_full_stop() -> None:
    """Whoever copies the line copies the command alone; other reasons end as sentences do."""
    reason = say(
        "{name} is not approved; get it approved first: {way_on}",
        name="2026-var",
        way_on=say("newsroom issue approve {name} --by NAME", name="2026-var"),
    )

    assert note("sv", News.HELD, reason=reason).sentences[1] == (
        "Orsak: 2026-var är inte godkänt; få det godkänt först: "
        "newsroom issue approve 2026-var --by NAMN"
    )
    assert note("sv", News.CANCELLED, reason="Mötet är inställt.").sentences[1] == (
        "Orsak: Mötet är inställt."
    )


def test_on_its_very_day_the_subject_tells_the_time_alone() -> None:
    """The mail itself says which day it is; on any other day the subject does."""
    today = Departure(NOW, by_hand=False, first_mail=NOW.replace(minute=15))

    assert note("sv", News.LEAVING, departure=today).subject == "Nyhetsbrev våren 2026 går 09.15"


@pytest.mark.parametrize("news", [News.ASKED, News.REMINDED])
def test_what_is_asked_on_a_shut_day_tells_both_days(news: News) -> None:
    """When it is really sent, and why not at its time; the last day to say yes is the subject's."""
    saturday = datetime(2026, 6, 6, 7, tzinfo=UTC)
    monday = datetime(2026, 6, 8, 6, tzinfo=UTC)
    shut = Departure(saturday, by_hand=False, first_mail=monday, is_shut=True)

    told = note("sv", news, departure=shut).sentences[-1]

    assert told == (
        "Det går måndag 8 juni 2026 kl. 08.00 (inte lördag 6 juni 2026 kl. 09.00, för då får inga "
        "mejl gå) om det är godkänt i tid, till 815 läsare. Utan godkännande skickas inget."
    )


def test_a_day_of_another_year_has_its_year_in_the_subject() -> None:
    """Nobody takes the November of next year for this one."""
    november = datetime(2027, 11, 1, 8, tzinfo=UTC)
    moved = Departure(november, by_hand=True, first_mail=november)

    told = note("sv", News.POSTPONED, departure=moved)

    assert told.subject == "Ny dag: Nyhetsbrev våren 2026 går 1 november 2027"
