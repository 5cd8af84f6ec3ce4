"""Pages that stand: the editors' own, and those every site must have."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.database import outbox
from newsroom.jobs.readers.system_mail import LINK_WORKS
from newsroom.model import Accessibility, Deficiency, Page, Privacy, Provider, Withdrawal
from newsroom.readers.retention import LEFT_KEPT, PENDING_KEPT, SENT_KEPT
from tests.render.pieces import make_event, make_newsroom, make_post, make_site
from tests.render.printed import printed


def make_page(slug: str = "om", **other: Any) -> Page:  # noqa: ANN401
    """A standing page."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/pages/{slug}.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": "Om nätverket",
        "slug": slug,
        "lang": "sv",
        "body": "Vi är åtta.",
    }
    return Page(**{**values, **other})


def test_an_editors_page_stands_at_its_slug() -> None:
    """The page `om` is at `/om/`."""
    assert "Vi är åtta." in printed(make_newsroom(pages=(make_page(),)))["om/index.html"]


@pytest.mark.parametrize(
    ("status", "words"),
    [("fully", "helt förenlig"), ("partly", "delvis förenlig"), ("not", "inte förenlig")],
)
def test_the_accessibility_statement_has_every_part_of_the_law(status: str, words: str) -> None:
    """Actor, status, deficiencies, burden, exceptions, method, date, report, supervision."""
    statement = Accessibility(
        assessed=date(2026, 9, 1),
        updated=date(2026, 10, 15),
        status=status,
        method="Granskad av Exempelbyrån.",
        known=(
            Deficiency("Filmen saknar textning.", "Den spelades in på ett torg.", date(2027, 6, 1)),
        ),
        burden=(Deficiency("Protokoll före 2015"),),
        outside=(Deficiency("Kartor i planhandlingar"),),
        contact="webb@example.se",
        phone="010-123 45 67",
        answer="inom fem arbetsdagar",
    )
    newsroom = make_newsroom(site=make_site(accessibility=statement))

    page = printed(newsroom)["tillganglighet/index.html"]

    assert words in page
    for part in (
        "Nätverket Exempel",
        "https://nyheter.example.se",
        "Filmen saknar textning.",
        "Den spelades in på ett torg.",
        '<time datetime="2027-06-01">1 juni 2027</time>',
        "Protokoll före 2015",
        "Kartor i planhandlingar",
        'href="mailto:webb@example.se"',
        'href="tel:0101234567"',
        "Du får svar inom fem arbetsdagar.",
        "Granskad av Exempelbyrån.",
        '<time datetime="2026-10-15">15 oktober 2026</time>',
        "https://www.digg.se/tdosanmalan",
        "Oskäligt betungande",
        "omfattas av lagen",
        "Hur vi har testat",
        "1 september 2026",
    ):
        assert part in page


def test_a_statement_without_a_review_says_so() -> None:
    """What has not been assessed is not said to be compliant, nor that nothing is wrong with it."""
    page = printed(make_newsroom())["tillganglighet/index.html"]

    assert "Webbplatsen är <strong>inte granskad</strong> än." in page
    assert "Det vet vi inte, eftersom vi inte har granskat webbplatsen än." in page
    assert "Innehållet har inte granskats än." in page
    for claim in ("förenlig", "Vi känner inte till", "beskrivs nedan"):
        assert claim not in page


def test_a_statement_that_names_nothing_claims_nothing() -> None:
    """Partly compliant, and no word of what is wrong: that is said, and not that nothing is."""
    site = make_site(accessibility=Accessibility(assessed=date(2026, 9, 1)))

    page = printed(make_newsroom(site=site))["tillganglighet/index.html"]

    assert "Vi har inte beskrivit bristerna än." in page
    assert "beskrivs nedan" not in page


def test_a_site_of_another_country_names_no_swedish_law() -> None:
    """The requirements are those of the Union; authorities of Sweden are not named."""
    burden = (Deficiency("Kartor"),)
    statement = Accessibility(assessed=date(2026, 9, 1), burden=burden, outside=burden)
    site = make_site(language="en", accessibility=statement)
    for own in (site, replace(site, language="sv", country="FI")):
        made = printed(make_newsroom(site=own))
        texts = [page for path, page in made.items() if re.match("acc|till|pri|int", path)]

        assert len(texts) == 2
        for name in ("2018:1937", "digg.se", "imy.se", "12 §"):
            assert not any(name in text for text in texts), name


def test_privacy_names_the_data_protection_officer() -> None:
    """Whoever must have one tells how to reach it (GDPR, article 13.1 b)."""
    site = make_site(privacy=Privacy(officer="ombud@example.se"))

    page = printed(make_newsroom(site=site))["integritet/index.html"]

    assert "Vårt dataskyddsombud svarar på frågor" in page
    assert '<a href="mailto:ombud@example.se">' in page


def test_an_english_statement_uses_the_words_of_the_directive() -> None:
    """Partially compliant, disproportionate burden: as Directive (EU) 2016/2102 has them."""
    statement = Accessibility(assessed=date(2026, 9, 1))
    site = make_site(language="en", country="SE", accessibility=statement)

    page = printed(make_newsroom(site=site))["accessibility/index.html"]

    for words in ("partially compliant", "Directive (EU) 2016/2102", "disproportionate burden"):
        assert words in page


def test_a_site_in_english_of_sweden_names_its_authorities() -> None:
    """`country: SE` says whose laws hold, whatever the language: Digg and IMY are named."""
    made = printed(make_newsroom(site=make_site(language="en", country="SE")))

    assert "2018:1937" in made["accessibility/index.html"]
    assert "https://www.digg.se/tdosanmalan" in made["accessibility/index.html"]
    assert "https://www.imy.se/" in made["privacy/index.html"]


def test_the_statement_is_dated_by_its_review_when_nothing_else_is_said() -> None:
    """Without a day of its own, the statement was updated when the site was assessed."""
    site = make_site(accessibility=Accessibility(assessed=date(2026, 9, 1)))

    page = printed(make_newsroom(site=site))["tillganglighet/index.html"]

    assert page.count('<time datetime="2026-09-01">') == 2
    assert "självskattning" in page


def test_privacy_tells_what_is_kept_and_for_how_long() -> None:
    """The times are those that the program keeps to; the authority and the way out are named."""
    page = printed(make_newsroom())["integritet/index.html"]

    assert timedelta(days=14) >= outbox.KEPT + LINK_WORKS + PENDING_KEPT
    assert "raderas din adress inom 14 dagar" in page
    assert timedelta(days=730) == LEFT_KEPT == SENT_KEPT
    assert "I 24 månader" in page
    assert "Vilka brev som har skickats till vem vet vi i 24 månader" in page
    assert 'href="/mina-uppgifter/"' in page
    for part in ("imy.se", "Nätverket Exempel, Hamnplan 2", "kansli@example.se", "inga kakor"):
        assert part in page


@pytest.mark.parametrize(
    ("logs", "words"),
    [
        (None, "kan skriva din ip-adress"),
        (timedelta(0), "för ingen logg"),
        (timedelta(days=30), "raderas efter 30 dagar"),
    ],
)
def test_privacy_tells_what_the_publisher_has_said(logs: timedelta | None, words: str) -> None:
    """The server's log, those who help, and whom to ask are as site.yaml has them."""
    providers = (Provider("Exempelpost", "skickar nyhetsbrevet", "Sverige"),)
    site = make_site(privacy=Privacy("dataskydd@example.se", logs, providers))

    page = printed(make_newsroom(site=site))["integritet/index.html"]

    assert words in page
    assert "Exempelpost, skickar nyhetsbrevet (Sverige)" in page
    assert 'href="mailto:dataskydd@example.se"' in page


def test_every_page_leads_to_the_statement_and_to_privacy() -> None:
    """Both stand in each footer."""
    site = printed(make_newsroom(posts=(make_post(),)))

    for path, text in site.items():
        if path.endswith(".html") and not path.startswith("embed/"):
            assert 'href="/tillganglighet/"' in text
            assert 'href="/integritet/"' in text


def test_every_page_leads_to_the_ways_to_follow() -> None:
    """The page that explains mail, feeds and calendars is linked in words, above and below."""
    site = printed(make_newsroom(posts=(make_post(),), events=(make_event(),)))

    for path, text in site.items():
        if path.endswith("index.html"):
            for part in ("header", "footer"):
                shown = text.partition(f"<{part}")[2].partition(f"</{part}>")[0]
                assert re.search(r'href="/prenumerera/"[^>]*>Prenumerera</a>', shown), (path, part)


def test_the_subscribe_page_explains_what_there_is() -> None:
    """The form and the feeds always; the calendar when there are events."""
    bare = printed(make_newsroom())["prenumerera/index.html"]
    full = printed(make_newsroom(posts=(make_post(),), events=(make_event(),)))

    page = full["prenumerera/index.html"]
    assert 'name="email" type="email"' in bare
    assert "https://nyheter.example.se/feed.xml" in bare
    assert "calendar.ics" not in bare
    assert "https://nyheter.example.se/feed.xml" in page
    assert 'href="webcal://nyheter.example.se/calendar.ics"' in page
    assert "Outlook" in page


def test_subscribing_is_explained_for_each_calendar() -> None:
    """Outlook in three forms, Google, iPhone and Mac, and how long a change may take."""
    page = printed(make_newsroom(posts=(make_post(),), events=(make_event(),)))[
        "prenumerera/index.html"
    ]

    for part in (
        "Outlook på webben, och nya Outlook för Windows",
        "Klassiska Outlook för Windows",
        "Google Kalender",
        "iPhone och iPad",
        "<summary>Mac</summary>",
        "upp till 24 timmar",
        "Det kallas också RSS.",
        "<script",
    ):
        assert (part in page) == (part != "<script")


def test_a_page_is_described_by_its_first_words() -> None:
    """Without a summary, search engines get the first paragraph."""
    page = printed(make_newsroom(pages=(make_page(),)))["om/index.html"]

    assert '<meta name="description" content="Vi är åtta.">' in page


def test_a_page_that_is_not_there_helps_on() -> None:
    """The page for lost readers has the menu and the newest; search engines stay away."""
    page = printed(make_newsroom(posts=(make_post(),)))["404.html"]

    assert '<meta name="robots" content="noindex">' in page
    assert page.count('href="/nyheter/"') == 2
    assert 'href="/nyheter/2026/ett/"' in page
    assert "mailto:kansli@example.se" in page


def test_everything_is_said_in_english_too() -> None:
    """An English site has no Swedish word around its pieces."""
    site = make_site(language="en", description="Towns that work together.")
    newsroom = make_newsroom(
        site=site,
        posts=(make_post(lang="en", title="News", body="Text."),),
        events=(make_event(lang="en", title="Meeting"),),
        pages=(make_page(lang="en", title="About", body="Text."),),
    )

    made = printed(newsroom)

    assert "news/2026/ett/index.html" in made
    for path, text in made.items():
        visible = text.replace("Nätverket Exempel", "").replace("Lövhamn", "")
        assert not set("åäöÅÄÖ") & set(visible), path


def test_the_name_of_the_menu_entry_is_the_editors_own() -> None:
    """`menu` on a page names its entry; an entry that leads nowhere is left out."""
    newsroom = make_newsroom(
        site=make_site(menu=("om", "medlemmar", "kontakt")), pages=(make_page(menu="Om oss"),)
    )

    page = printed(newsroom)["index.html"]

    assert '<li><a href="/om/">Om oss</a></li>' in page
    assert "/medlemmar/" not in page


def test_without_a_menu_the_usual_one_is_shown() -> None:
    """Sections that exist, then the pages that ask to be in the menu."""
    newsroom = make_newsroom(
        posts=(make_post(),), pages=(make_page(menu="Om oss"), make_page("press"))
    )

    page = printed(newsroom)["index.html"]

    assert page.index(">Nyheter</a>") < page.index(">Om oss</a>")
    assert 'href="/press/"' not in page


def test_where_the_reader_is_stands_in_the_menu() -> None:
    """The entry of the page is the current page, that of its section is current too."""
    site = printed(make_newsroom(posts=(make_post(),)))

    assert '<a href="/nyheter/" aria-current="page">' in site["nyheter/index.html"]
    assert '<a href="/nyheter/" aria-current="true">' in site["nyheter/2026/ett/index.html"]


def test_a_withdrawn_page_is_short_and_says_why() -> None:
    """It keeps its address, without its text, in no list and with nothing for search engines."""
    withdrawn = Withdrawal(date(2026, 5, 2), "Uppgiften var fel.")
    post = make_post("fel", title="Felet", body="Hemligt.", withdrawn=withdrawn)

    site = printed(make_newsroom(posts=(post, make_post())))
    page = site["nyheter/2026/fel/index.html"]

    assert "Uppgiften var fel." in page
    assert "2 maj 2026" in page
    assert "noindex" in page
    assert not any("Hemligt." in text for text in site.values())
    assert [path for path, text in site.items() if "Felet" in text] == [
        "nyheter/2026/fel/index.html"
    ]


def test_what_was_never_public_leaves_no_trace_when_withdrawn() -> None:
    """A draft, or a post whose day never came, has nothing to take back."""
    withdrawn = Withdrawal(date(2026, 5, 2), "Fel.")
    draft = make_post("utkast", withdrawn=withdrawn, draft=True)
    coming = replace(
        make_post("sen", withdrawn=withdrawn), published=draft.published.replace(year=2028)
    )

    assert not [
        p for p in printed(make_newsroom(posts=(draft, coming))) if "utkast" in p or "sen/" in p
    ]


def test_kinds_without_a_day_can_be_withdrawn_too() -> None:
    """A page that is taken back says so at its address."""
    page = make_page(withdrawn=Withdrawal(date(2026, 5, 2), "Ersatt."))

    assert "Ersatt." in printed(make_newsroom(pages=(page,)))["om/index.html"]


def test_an_earlier_address_sends_the_reader_on() -> None:
    """An alias gives a page that refreshes to the new address and names it as canonical."""
    post = make_post(aliases=("gammal",))

    page = printed(make_newsroom(posts=(post,)))["nyheter/2026/gammal/index.html"]

    assert '<meta http-equiv="refresh" content="0; url=/nyheter/2026/ett/">' in page
    assert '<link rel="canonical" href="https://nyheter.example.se/nyheter/2026/ett/">' in page


def test_an_alias_never_takes_the_place_of_a_page() -> None:
    """Where a piece stands today, no redirection is put."""
    posts = (make_post("ett", aliases=("tva",)), make_post("tva", title="Den andra"))

    assert "Den andra" in printed(make_newsroom(posts=posts))["nyheter/2026/tva/index.html"]


def test_the_long_heading_of_the_statement_can_be_divided() -> None:
    """The Swedish word has a soft hyphen where it is divided; what names the page has none."""
    page = printed(make_newsroom())["tillganglighet/index.html"]

    assert "<h1>Tillgänglighets\u00adredogörelse</h1>" in page
    assert "<title>Tillgänglighetsredogörelse – " in page
