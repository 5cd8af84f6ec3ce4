"""The review page: what it shows, what its buttons do, and what nobody can make it do."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from newsroom.database import reading, transaction
from newsroom.database.restorations import Restoration, note_restoration
from newsroom.database.tables import delivery, subscriber
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.sending.course import finish, release
from newsroom.jobs.issue.steer import pause_issue
from newsroom.model.issue_state import IssueState
from newsroom.wiring import newsletter
from tests.newsrooms import ISSUE, put
from tests.review_room import (
    HOST,
    NAME,
    NOW,
    SCHEDULE,
    SLOT,
    ReviewRoom,
    body,
    fields_of,
    make_room,
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReviewRoom]:
    """A newsroom with an issue under review."""
    room = make_room(tmp_path)
    room.write()
    yield room
    room.close()


def test_the_page_shows_what_there_is_to_judge(room: ReviewRoom) -> None:
    """Where it stands, when it leaves, to whom by domain and language, the letter and the text."""
    page = room.page()

    for words in (
        "Granskningssida för Anna Ek",
        "Nyhetsbrev hösten 2026",
        "Väntar på godkännande",
        "tisdag 1 december 2026 kl. 09.00; första mejlet kl. 09.15",
        "3 läsare",
        '<th scope="row">kommun.example</th><td class="number">2</td>',
        '<th scope="row">Svenska</th><td class="number">3</td>',
        "Allt som har hänt sedan i våras.",
        "Godkänn",
    ):
        assert words in page
    assert "asa@kommun.example" not in page


def test_the_real_day_of_an_issue_whose_time_comes_on_a_saturday(tmp_path: Path) -> None:
    """The page and the mails tell the Monday on which it is sent, before the yes and after it."""
    make_room(tmp_path).close()
    saturday = SCHEDULE.replace("month: december, day: first tuesday", "day: 5 december")
    put(tmp_path, "schedule.yaml", saturday)
    site, week = tmp_path / "posts/site.yaml", '{days: mon to fri, from: "08:00", to: "16:00"}'
    site.write_text(site.read_text().replace("hours: always", f"hours: {week}"))
    room = ReviewRoom(tmp_path)
    room.write()

    asked = room.page()
    room.press("approve")
    approved = room.page()
    room.clock.time = NOW + timedelta(minutes=2)
    room.attendant.look()
    room.close()

    own, real = "lördag 5 december 2026 kl. 09.00", "måndag 7 december 2026 kl. 08.00"
    assert f"{real}: vid dess egen tid, {own}, får inga mejl gå" in asked
    assert f"Då går det av sig självt {real}" in asked
    assert f"Då får inga mejl gå, så det första går {real}" in approved
    (mail,) = room.mails()
    assert str(mail["Subject"]) == "Godkänt: Nyhetsbrev hösten 2026 går 7 december"
    told = " ".join(body(mail).replace("\N{NO-BREAK SPACE}", " ").split())
    assert f"{real} (inte {own}, för då får inga mejl gå)" in told


def test_looking_changes_nothing(room: ReviewRoom) -> None:
    """However often a scanner fetches the page, the letter or the style, no row changes."""
    room.press("approve")
    link, before = room.link(), room.state_hash()

    for path in (link, f"{link}/letter", f"{link}/letter?letter=en", "/granska/review.css"):
        for _ in range(3):
            assert room.client.get(path).status_code == 200
            room.client.head(path)
            room.client.options(path)

    assert room.state_hash() == before


def test_the_page_forbids_scripts_and_frames_only_the_letter(room: ReviewRoom) -> None:
    """Nothing on it runs, nothing frames it; the letter runs nothing and asks nobody."""
    link = room.link()
    page, letter = room.client.get(link), room.client.get(f"{link}/letter")

    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script" not in page.text
    assert " style=" not in page.text
    own = letter.headers["content-security-policy"]
    assert own.startswith("default-src 'none'; ")
    assert "frame-ancestors 'self'" in own
    assert own.endswith("sandbox allow-popups allow-popups-to-escape-sandbox")
    assert page.text.count('<iframe class="') == page.text.count('sandbox="allow-popups ') == 2
    assert "leave-newsroom-hole" not in letter.text
    assert "/avsluta/" not in letter.text
    assert {page.headers["cache-control"], letter.headers["cache-control"]} == {"no-store"}
    assert page.headers["x-robots-tag"] == "noindex"


def test_the_page_speaks_english_too(room: ReviewRoom) -> None:
    """The language asked for in the address wins; every word has its Swedish."""
    english = room.client.get(f"{room.link()}?lang=en").text
    swedish = room.client.get(room.link(), headers={"accept-language": "sv"}).text

    assert "Waits for a yes" in english
    assert "Väntar på godkännande" not in english
    assert "Väntar på godkännande" in swedish
    assert '<html lang="en">' in english


def test_a_press_approves(room: ReviewRoom) -> None:
    """After it the page says what happens when, and offers to take it back."""
    answer = room.press("approve")

    assert answer.status_code == 303
    page = room.page(answer.headers["location"])
    assert room.state() is IssueState.APPROVED
    assert "Godkänt av Anna Ek" in page
    assert "Texten och läsarna låses tisdag 1 december 2026 kl. 09.00." in page
    assert "Första mejlet går kl. 09.15." in page
    assert "Ta tillbaka godkännandet" in page
    assert 'value="approve"' not in page


def test_pressing_twice_is_harmless(room: ReviewRoom) -> None:
    """The same form sent again, for each of the buttons, changes no row and sends no mail."""
    link = room.link()
    for choice, fields in (
        ("approve", {}),
        ("week", {"week": "2026-W50"}),
        ("stop", {}),
        ("cancel", {"reason": "Ingen nyhet"}),
    ):
        form = fields_of(room.client.get(link).text) | {"choice": choice, **fields}
        room.clock.time += timedelta(seconds=5)
        first = room.client.post(link, data=form)
        mails, state = len(room.mails()), room.state()
        again = room.client.post(link, data=form)

        assert (first.status_code, again.status_code) == (303, 303), choice
        assert room.state() is state
        assert len(room.mails()) == mails


@pytest.mark.parametrize("choice", ["approve", "stop", "day"])
def test_no_button_lets_an_issue_go_in_a_database_from_a_backup(
    room: ReviewRoom, choice: str
) -> None:
    """It may have left after the backup: until a person says to go on, the page changes nothing."""
    room.write()
    if choice != "approve":
        room.press("approve")
    before = room.state()
    with transaction(room.desk.database) as connection:
        note_restoration(connection, Restoration("t", NOW, NOW, alone=True))

    answer = room.press(choice, day="2026-12-08")

    assert answer.status_code == 409
    assert "newsroom restore --confirm" in answer.text
    assert room.state() is before


def test_a_changed_text_must_be_looked_at_again(room: ReviewRoom) -> None:
    """A yes to what is no longer there is not taken; the page shows what is there now."""
    link = room.link()
    form = fields_of(room.client.get(link).text) | {"choice": "approve"}
    room.write(ISSUE.replace("Hej!", "Hej igen!"))
    room.clock.time += timedelta(seconds=5)

    answer = room.client.post(link, data=form)

    assert answer.status_code == 409
    assert "ändrades efter att sidan öppnades" in answer.text
    assert room.state() is None
    assert room.press("approve", link).status_code == 303


def test_what_is_different_since_the_last_yes(room: ReviewRoom) -> None:
    """The page marks the words that were taken away and those that are new."""
    room.press("approve")
    room.write(ISSUE.replace("Hej!", "Hej alla läsare i hela landet!"))

    page = room.page()

    assert "Ändrat efter att Anna Ek godkände det" in page
    assert "Jämfört med texten som Anna Ek godkände söndag 22 november 2026 kl. 10.00." in page
    assert "<ins>" in page
    assert "Hej alla läsare i hela landet!" in page
    assert "stycken oförändrade" in page


@pytest.mark.parametrize(
    ("wait", "why"),
    [(0, "inom två sekunder"), (1.9, "inom två sekunder"), (24 * 3600 + 60, "mer än ett dygn")],
)
def test_a_program_is_too_quick_and_an_old_page_too_late(
    room: ReviewRoom, wait: float, why: str
) -> None:
    """A button works from two seconds after the page was shown to a day later."""
    answer = room.press("approve", wait=wait)

    assert answer.status_code == 409
    assert "Inget ändrades:" in answer.text
    assert why in answer.text
    assert room.state() is None


def test_a_button_needs_the_stamp_of_its_page(room: ReviewRoom) -> None:
    """A post without a stamp, with a made-up one, or with that of another approver's page."""
    anna, bo = room.link("anna-ek"), room.link("bo-berg")
    others = fields_of(room.client.get(bo).text)
    room.clock.time += timedelta(seconds=5)

    for form in ({}, {"stamp": "A" * 28, "shown": others["shown"]}, others):
        answer = room.client.post(anna, data={**form, "choice": "approve"})
        assert answer.status_code == 409
    assert room.state() is None


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}]
)
def test_a_button_on_another_site(room: ReviewRoom, headers: dict[str, str]) -> None:
    """A post that comes from elsewhere changes nothing."""
    link = room.link()
    form = fields_of(room.client.get(link).text) | {"choice": "approve"}
    room.clock.time += timedelta(seconds=5)

    answer = room.client.post(link, data=form, headers=headers)

    assert answer.status_code == 403
    assert room.state() is None


def test_no_link_can_be_made_up(room: ReviewRoom) -> None:
    """Changed keys, and keys of other issues, open nothing; the answer tells nothing."""
    link, chance = room.link(), random.Random(1)
    start, token = link.rsplit("/", 1)
    for _ in range(50):
        place = chance.randrange(len(token))
        other = token[:place] + chance.choice("ABCxyz019-_") + token[place + 1 :]
        if other != token:
            assert room.client.get(f"{start}/{other}").status_code == 404
    assert room.client.get(f"/granska/2026-var/{token}").status_code == 404
    assert room.client.post(f"{start}/{token[::-1]}", data={"choice": "approve"}).status_code == 404


def test_a_link_runs_out(room: ReviewRoom) -> None:
    """After 60 days it says so, and its buttons do nothing."""
    link = room.link()
    form = fields_of(room.client.get(link).text) | {"choice": "approve"}
    room.clock.time = NOW + timedelta(days=60)

    assert room.client.get(link).status_code == 410
    assert room.client.post(link, data=form).status_code == 410
    assert room.client.get(f"{link}/letter").status_code == 410


@pytest.mark.parametrize("how", ["struck", "over"])
def test_who_approves_no_more(room: ReviewRoom, how: str) -> None:
    """A link of somebody who was struck, or whose task is over, shows and decides nothing."""
    link = room.link("bo-berg")
    form = fields_of(room.client.get(link).text) | {"choice": "approve"}
    if how == "struck":
        site = room.root / "posts/site.yaml"
        site.write_text(site.read_text().replace("[anna-ek, bo-berg]", "[anna-ek]"))
    else:
        contact = room.root / "posts/contacts/bo-berg.md"
        contact.write_text(contact.read_text().replace("verified", "until: 2026-11-21\nverified"))
    room.desk = room.desk.anew()
    room.table._desk = room.desk
    room.clock.time += timedelta(seconds=5)

    page, pressed = room.client.get(link), room.client.post(link, data=form)

    assert (page.status_code, pressed.status_code) == (403, 403)
    assert "Du godkänner inte nyhetsbrev längre" in page.text
    assert room.state() is None


def test_what_must_be_mended_forbids_a_yes(room: ReviewRoom) -> None:
    """An error is shown with its place and what to do, without a button; a post is refused."""
    room.write(ISSUE.replace("Hej!", "[Skriv några rader till läsarna här.]"))

    page = room.page()
    answer = room.press("approve")

    assert "Måste rättas" in page
    assert f"{HOST}" in page
    assert 'value="approve"' not in page
    assert answer.status_code == 409
    assert room.state() is None


def test_an_issue_that_cannot_be_read(room: ReviewRoom) -> None:
    """A broken file is told in words, with its line."""
    link = room.link()
    room.write(ISSUE.replace("number: 2", "number: två"))

    page = room.client.get(link)

    assert page.status_code == 409
    assert f"{HOST}:" in page.text


def test_another_week_keeps_the_yes(room: ReviewRoom) -> None:
    """A yes holds on the new day as long as the text is the same; the others are told."""
    room.press("approve")

    answer = room.press("week", week="2026-W50")

    assert answer.status_code == 303
    assert room.state() is IssueState.APPROVED
    page = room.page()
    assert "tisdag 8 december 2026 kl. 09.00; första mejlet kl. 09.15" in page
    assert room.told() == [("bo@example.se", "Ny dag: Nyhetsbrev hösten 2026 går 8 december")]


def test_another_day(room: ReviewRoom) -> None:
    """A day is a date; what is none, or is over, is refused in words."""
    assert room.press("day", day="2026-12-10").status_code == 303
    assert "torsdag 10 december 2026 kl. 09.00" in room.page()

    past, none = room.press("day", day="2026-11-01"), room.press("day", day="")

    assert (past.status_code, none.status_code) == (409, 409)
    assert "är inte en dag under det kommande året" in past.text


def test_cancelling_needs_a_reason(room: ReviewRoom) -> None:
    """Without one nothing happens; with one it is over, and the page says why and by whom."""
    assert room.press("cancel", reason=" ").status_code == 409
    assert room.state() is None

    assert room.press("cancel", reason="Kongressen är inställd").status_code == 303

    assert room.state() is IssueState.CANCELLED
    page = room.page()
    assert "Kongressen är inställd (Anna Ek)" in page
    assert 'value="approve"' not in page


def test_until_the_first_mail_it_can_be_stopped(room: ReviewRoom) -> None:
    """A frozen issue is let go by one press, and is a draft that needs a new yes."""
    room.tick()
    room.press("approve")
    room.clock.time = SLOT
    room.tick()
    assert room.state() is IssueState.FROZEN
    page = room.page()
    assert "Första mejlet går tisdag 1 december 2026 kl. 09.15." in page

    answer = room.press("stop")

    assert answer.status_code == 303
    assert room.state() is IssueState.DRAFTED
    page = room.page()
    assert "Väntar på godkännande" in page
    assert "Det skulle ha gått tisdag 1 december 2026 kl. 09.00 men skickades inte" in page


def test_a_yes_after_its_time_lets_it_leave(room: ReviewRoom) -> None:
    """The page says so beside the button; within a minute the issue is frozen."""
    room.clock.time = SLOT + timedelta(hours=3)
    page = room.page()
    assert "Tiden har passerat, så ditt godkännande skickar iväg det" in page
    assert "första mejlet går 1 december 2026 kl. 12.15" in page

    room.press("approve")
    room.clock.time += timedelta(minutes=1)
    room.tick()

    assert room.state() is IssueState.FROZEN


def test_two_must_approve(tmp_path: Path) -> None:
    """Where two must, the page of the first says that one is missing, and offers no second yes."""
    room = make_room(tmp_path, "approval: {by: two}\n")
    room.write()

    room.press("approve", room.link("anna-ek"))
    annas = room.page()
    assert room.state() is IssueState.DRAFTED
    assert "Godkänt av Anna Ek; en till måste godkänna" in annas
    assert 'value="approve"' not in annas

    room.press("approve", room.link("bo-berg"))

    assert room.state() is IssueState.APPROVED
    assert "Godkänt av Anna Ek, Bo Berg" in room.client.get(room.link("bo-berg")).text
    room.close()


def test_the_letter_in_each_of_its_languages(room: ReviewRoom) -> None:
    """The page shows one at a time and links to the others; unknown ones show the issue's own."""
    link = room.link()

    swedish, english = (
        room.client.get(f"{link}/letter"),
        room.client.get(f"{link}/letter?letter=en"),
    )

    assert '<html lang="sv"' in swedish.text
    assert '<html lang="en"' in english.text
    assert room.client.get(f"{link}/letter?letter=xx").text == swedish.text
    assert f"{link}/letter?letter=en" in room.client.get(f"{link}?letter=en").text


def test_nobody_on_the_list_forbids_a_yes(tmp_path: Path) -> None:
    """The page says what the mail says: nobody would get it, so that comes first."""
    room = make_room(tmp_path)
    room.write()
    with transaction(room.desk.database) as connection:
        connection.execute(delete(subscriber))

    page = room.page()

    assert "listan är tom: ingen skulle få brevet" in page
    assert "Det kan godkännas när det som måste rättas är rättat" in page
    assert 'value="approve"' not in page
    room.close()


def frozen(room: ReviewRoom, **states: str) -> None:
    """The issue on its way, each reader's copy in the state named by the reader."""
    room.press("approve")
    room.clock.time = SLOT
    newsletter.freeze_issue(room.desk, NAME)
    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
        for reader, state in states.items():
            theirs = delivery.c.email.startswith(f"{reader}@")
            change = update(delivery).where(theirs).values(state=state, code="552 5.2.2")
            connection.execute(change)


def test_a_paused_issue_is_let_go_on_from_its_page(room: ReviewRoom) -> None:
    """The page of a paused issue has a button that ends the pause; opening it does not."""
    frozen(room)
    pause_issue(room.desk.database, NAME, "reläet svarar inte", room.clock())

    page = room.page()
    assert "Låt det gå vidare" in page
    assert room.state() is IssueState.PAUSED
    assert room.press("resume").status_code == 303

    assert room.state() is IssueState.SENDING
    assert "Låt det gå vidare" not in room.page()
    assert room.press("resume").status_code in {303, 409}  # pressed twice


@pytest.mark.parametrize(("choice", "state"), [("arrived", "accepted"), ("resend", "pending")])
def test_what_is_unknown_is_settled_on_the_page(room: ReviewRoom, choice: str, state: str) -> None:
    """Whoever has looked in the server's log says what is so; the page names whom it is about."""
    frozen(room, asa="accepted", bengt="accepted", cia="unknown")

    page = room.page()
    assert "cia@region.example" in page
    assert "asa@kommun.example" not in page
    assert "Osäkert om de kom iväg" in page
    assert room.press(choice).status_code == 303

    with reading(room.desk.database) as connection:
        tally = counts(connection, NAME, room.clock())
    assert (tally.unknown, getattr(tally, state)) == (0, {"accepted": 3, "pending": 1}[state])


def test_those_who_were_not_reached_are_named_and_tried_again(room: ReviewRoom) -> None:
    """Of a done issue the page tells who, why, and has a button for one more try."""
    frozen(room, asa="accepted", bengt="accepted", cia="refused")
    with transaction(room.desk.database) as connection:
        assert finish(connection, NAME, room.clock())

    page = room.page()
    assert "Så gick det" in page
    assert '<th scope="row">Mottagna av mejlservern</th><td class="number">2</td>' in page
    assert "<strong>Avvisad</strong> cia@region.example" in page
    assert "brevlådan är full" in page
    assert room.press("rest").status_code == 303

    assert room.state() is IssueState.SENDING
    with reading(room.desk.database) as connection:
        assert counts(connection, NAME, room.clock()).pending == 1


def test_the_page_says_one_thing_of_an_issue_on_its_way(room: ReviewRoom) -> None:
    """Its readers are those it was fixed for, though one has left; who lacks it is counted."""
    frozen(room, asa="accepted", bengt="unknown", cia="refused")
    with transaction(room.desk.database) as connection:
        gone = subscriber.c.email == "cia@region.example"
        connection.execute(update(subscriber).where(gone).values(state="suppressed"))

    page = room.page()

    assert '<a href="#outcome">3 läsare</a>' in page
    assert '<th scope="row">Mottagare</th><td class="number">3</td>' in page
    assert '<a href="#missed">2 brev att titta på</a>' in page
    assert 'id="missed"' in page
    assert "Inget att rätta hittades" not in page
    assert page.count("Att titta på") == 1


def test_a_done_issue_without_trouble_asks_nothing(room: ReviewRoom) -> None:
    """There is nothing to press, and that is said."""
    frozen(room, asa="accepted", bengt="accepted", cia="accepted")
    with transaction(room.desk.database) as connection:
        assert finish(connection, NAME, room.clock())

    page = room.page()

    assert "Det har skickats. Det finns inget mer att göra." in page
    assert 'type="submit"' not in page
