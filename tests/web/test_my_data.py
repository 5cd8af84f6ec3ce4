import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml.html import document_fromstring
from sqlalchemy import Engine, insert

from newsroom.database import reading, transaction
from newsroom.database.tables import delivery, issue
from newsroom.model import SubscriberState
from newsroom.readers import consent, standing, subscribers, suppression
from newsroom.readers.consent import Act
from newsroom.readers.suppression import Reason
from newsroom.readers.tokens import data_token, leave_token
from tests.web.house import NOW, SITE, House, fields_of, open_house

EMAIL = "anna@example.se"
TOPICS = (("folkhalsa", "Folkhälsa"), ("eu", "EU"))


@pytest.fixture
def known(database: Engine, tmp_path: Path) -> Iterator[House]:
    """The web of a newsroom with topics, and Anna, who has confirmed."""
    with open_house(database, tmp_path, replace(SITE, tags=TOPICS)) as house:
        house.sign_up()
        house.follow()
        house.clock.forward(days=1)
        yield house


def link_of(house: House, email: str = EMAIL) -> str:
    """The link that the form mails to an address."""
    ask(house, email)
    return house.mailbox.link()


def ask(house: House, email: str) -> bytes:
    """Fill in the form that asks for the link."""
    form = fields_of(house.client.get("/mina-uppgifter/").text)
    house.clock.forward(seconds=5)
    answer = house.client.post("/mina-uppgifter/", data={**form, "email": email})
    assert answer.status_code == 200
    house.settle()
    return answer.content


def test_everything_is_shown(known: House) -> None:
    """Address, name, language, topics, what was agreed to word for word, and what was sent."""
    row = {
        "issue": "2026-var",
        "subscriber_id": 1,
        "email": EMAIL,
        "lang": "sv",
        "lane": "x",
        "batch": 1,
        "place": 0.0,
        "state": "accepted",
        "attempts": 1,
        "message_id": "<1@x>",
    }
    with transaction(known.database) as connection:
        subscribers.set_wishes(connection, 1, "Anna Ek", "sv", ["eu"])
        told = {"name": "2026-var", "state": "done", "subject": "Våren", "updated": NOW}
        connection.execute(insert(issue).values(told))
        connection.execute(insert(delivery).values(**row, updated=NOW))
        words = consent.history(connection, 1)[0].text

    page = known.client.get(link_of(known)).text

    assert EMAIL in page
    assert fields_of(page)["name"] == "Anna Ek"
    assert fields_of(page)["lang"] == "sv"
    assert "tag:eu" in fields_of(page)
    assert "tag:folkhalsa" not in fields_of(page)
    assert str(words) in page
    assert "22 november 2026 kl.\u00a010.00: Du fyllde i formuläret" in page
    assert "22 november 2026: Våren" in page


def test_name_language_and_topics_can_be_changed(known: House) -> None:
    """What a reader says of themselves counts at once, and stands in the log; nothing else does."""
    link = link_of(known)
    topics = {"tag:folkhalsa": "on", "tag:made-up": "on"}

    answer = known.follow("save", link, None, name=" Åsa Öberg ", lang="en", **topics)

    assert "It is saved." in answer.text
    person = known.person()
    assert person is not None
    assert (person.name, person.lang, person.tags) == ("Åsa Öberg", "en", ("folkhalsa",))
    with reading(known.database) as connection:
        last = consent.history(connection, 1)[-1]
    assert (last.consent.act, last.consent.method) == (Act.CHANGED, "web")

    before = known.state_hash()
    known.follow("save", link)
    assert known.state_hash() == before


def test_a_strange_name_is_refused_and_a_strange_language_is_the_sites(known: House) -> None:
    """A name of two lines could forge a header; a language that nobody speaks is not kept."""
    link = link_of(known)

    answer = known.follow("save", link, name="Anna\r\nBcc: x@example.net")
    known.follow("save", link, lang="x-klingon")

    assert answer.status_code == 422
    assert "radbrytning" in answer.text
    person = known.person()
    assert person is not None
    assert (person.name, person.lang) == (None, "sv")


def test_what_was_typed_outlives_a_press_too_soon(known: House) -> None:
    """The fields hold it, nothing is saved yet, and the second press saves just that."""
    link, before = link_of(known), known.state_hash()
    form = {**fields_of(known.client.get(link).text), "choice": "save"}
    typed = {**form, "name": "Åsa Öberg", "lang": "en", "tag:eu": "on"}

    hurried = known.client.post(link, data=typed)

    assert known.state_hash() == before
    fields = fields_of(hurried.text)
    assert (fields["name"], fields["lang"]) == ("Åsa Öberg", "en")
    assert "tag:eu" in fields
    assert "tag:folkhalsa" not in fields
    known.clock.forward(seconds=5)
    known.client.post(link, data={**fields, "choice": "save"})
    person = known.person()
    assert person is not None
    assert (person.name, person.lang, person.tags) == ("Åsa Öberg", "en", ("eu",))


def test_a_refused_name_loses_no_other_choice(known: House) -> None:
    """Language and topics stand as they were ticked, beside the name that is to be mended."""
    fields = {"name": "Anna\r\nBcc: x", "lang": "en", "tag:folkhalsa": "on"}

    answer = known.follow("save", link_of(known), None, **fields)

    assert answer.status_code == 422
    assert fields_of(answer.text)["lang"] == "en"
    assert "tag:folkhalsa" in fields_of(answer.text)


def test_each_way_to_take_it_along_or_end_it_says_what_it_does(known: House) -> None:
    """Ending and erasing are quieter than the copy, and each button has a sentence of its own."""
    page = document_fromstring(known.client.get(link_of(known)).text)

    buttons = {one.get("value"): one for one in page.iter("button") if one.get("name") == "choice"}
    says = {
        value: page.get_element_by_id(one.get("aria-describedby")).text_content()
        for value, one in buttons.items()
        if value != "save"
    }
    loud = {value for value, one in buttons.items() if "other" not in one.classes}
    assert loud == {"save", "copy"}
    assert says.keys() == {"copy", "leave", "erase"}
    assert "24 månader" in says["leave"]
    assert "går inte att ångra" in says["erase"]


def test_leaving_can_be_taken_back_for_a_day(known: House) -> None:
    """The way back stands on the page itself, not only on the answer to the press."""
    link = link_of(known)
    known.follow("leave", link)
    undo = f'href="/avsluta/{leave_token(known.keys[0], 1)}"'

    known.clock.forward(hours=20)
    assert undo in known.client.get(link).text
    later = link_of(known)
    known.clock.forward(hours=4)
    assert undo not in known.client.get(later).text


def test_a_copy_goes_to_the_address_and_nowhere_else(known: House) -> None:
    """Words and JSON, as a mail to the confirmed address alone; nothing goes to the browser."""
    answer = known.follow("copy", link_of(known))
    known.settle()

    to, message = known.mailbox.sent[-1]
    _, file = message.iter_attachments()
    copy = json.loads(file.get_content())
    assert to == EMAIL
    assert file.get_filename() == "mina-uppgifter.json"
    assert file.get_content_type() == "application/json"
    assert copy["email"] == EMAIL
    assert [entry["event"] for entry in copy["consent"]] == ["requested", "confirmed"]
    assert "En kopia är på väg" in answer.text
    assert "wording_sha256" not in answer.text


def test_the_copy_can_be_read_by_its_reader(known: House) -> None:
    """The first file says it in words, in their language and on the clock of the site."""
    with transaction(known.database) as connection:
        subscribers.set_wishes(connection, 1, "Anna Ek", "sv", ["eu"])
    known.follow("copy", link_of(known))
    known.settle()

    words, _ = known.mailbox.sent[-1][1].iter_attachments()
    text = words.get_content().replace("\r\n", "\n")
    assert (words.get_filename(), words.get_content_type()) == ("mina-uppgifter.txt", "text/plain")
    assert f": {EMAIL}\nDitt namn: Anna Ek\nNyhetsbrevets språk: svenska\n" in text
    assert "Ämnen du vill höra om: EU\n\nDu får nyhetsbrevet.\n" in text
    assert "- 22 november 2026 kl.\u00a010.00: Du fyllde i formuläret" in text
    assert "\n  > " in text
    assert "subscriber" not in text


def test_one_copy_a_day(known: House) -> None:
    """Who presses without end gets one."""
    link = link_of(known)
    for _ in range(5):
        known.follow("copy", link)
    known.settle()

    assert len([1 for _, message in known.mailbox.sent if list(message.iter_attachments())]) == 1


def test_a_reader_can_leave_and_take_it_back(known: House) -> None:
    """Leaving holds at once, and the page leads to the button that undoes it."""
    answer = known.follow("leave", link_of(known))

    person = known.person()
    assert person is not None
    assert person.state == SubscriberState.UNSUBSCRIBED
    assert f'href="/avsluta/{leave_token(known.keys[0], 1)}"' in answer.text


def test_erasing_takes_two_presses(known: House) -> None:
    """The first shows what happens; the second leaves nothing but the keyed hash."""
    link = link_of(known)
    question = known.follow("erase", link)
    assert known.person() is not None

    known.clock.forward(seconds=5)
    form = {**fields_of(question.text), "choice": "erase for good"}
    answer = known.client.post(link, data=form)

    assert "Vi har inget sparat om dig" in answer.text
    assert known.person() is None
    with reading(known.database) as connection:
        why = suppression.why_suppressed(connection, known.keys, EMAIL)
        assert consent.history(connection, 1)[-1].consent.method == "web"
    assert why == Reason.ERASED
    later = known.client.get(link)
    assert (later.status_code, "Vi har inget sparat" in later.text) == (200, True)


def test_a_copy_that_cannot_be_removed_is_told_of(
    known: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """All else is erased; the page says that a copy is left, and the log which."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/1.eml").symlink_to("1.eml")  # leads in a circle, and cannot be read
    link = link_of(known)
    question = known.follow("erase", link)

    known.clock.forward(seconds=5)
    form = {**fields_of(question.text), "choice": "erase for good"}
    answer = known.client.post(link, data=form)

    assert answer.status_code == 200
    assert "Dina uppgifter är raderade, utom en kopia" in answer.text
    assert "mailto:kansli@example.se" in answer.text
    assert "1.eml: cannot be erased" in caplog.text
    assert known.person() is None


def test_nothing_is_done_for_programs_and_other_sites(known: House) -> None:
    """A hurried press, a forged stamp or a press from elsewhere changes nothing."""
    link = link_of(known)
    before = known.state_hash()

    for choice in ("save", "copy", "leave", "erase", "erase for good"):
        form = fields_of(known.client.get(link).text)
        hurried = known.client.post(link, data={**form, "choice": choice, "name": "X"})
        assert "Tryck en gång till" in hurried.text
        known.client.post(link, data={"choice": choice, "stamp": "x"})
        elsewhere = known.follow(choice, link, {"Sec-Fetch-Site": "cross-site"})
        assert elsewhere.status_code == 403
    known.settle()

    assert known.state_hash() == before


def test_the_link_works_for_a_day(known: House) -> None:
    """After 24 hours it shows nothing and changes nothing; the page offers another."""
    link = link_of(known)
    form = {**fields_of(known.client.get(link).text), "choice": "leave"}
    known.clock.forward(hours=24)

    for answer in (known.client.get(link), known.client.post(link, data=form)):
        assert answer.status_code == 410
        assert EMAIL not in answer.text
        assert 'action="/mina-uppgifter/"' in answer.text
    person = known.person()
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


def test_the_link_of_an_issue_shows_nothing(known: House) -> None:
    """Issues are forwarded: the link that ends a subscription does not open somebody's data."""
    token = leave_token(known.keys[0], 1)

    assert known.client.get(f"/mina-uppgifter/{token}").status_code == 404
    assert known.client.get(f"/avsluta/{data_token(known.keys[0], 1, NOW)}").status_code == 404


def test_asking_tells_nobody_who_is_known(known: House) -> None:
    """A stranger gets the same answer and no mail; who complained gets none either."""
    known.add("complained@example.se", SubscriberState.ACTIVE)
    with transaction(known.database) as connection:
        standing.keep_out(connection, known.keys, "complained@example.se", Reason.COMPLAINED, NOW)
    sent = len(known.mailbox.sent)

    answers = {ask(known, email) for email in (EMAIL, "no@example.se", "complained@example.se")}

    assert len(answers) == 1
    assert [to for to, _ in known.mailbox.sent[sent:]] == [EMAIL]


@pytest.mark.parametrize("state", list(SubscriberState))
def test_whoever_is_on_record_can_see_it(known: House, state: SubscriberState) -> None:
    """Also who waits, left or bounced reads where they stand."""
    known.add("bo@example.se", state)

    page = known.client.get(link_of(known, "bo@example.se"))

    assert page.status_code == 200
    assert "bo@example.se" in page.text


def test_the_page_speaks_the_readers_language(known: House) -> None:
    """The reader's own, unless the address asks for another."""
    link = link_of(known)

    assert "Det här har vi om dig" in known.client.get(link).text
    assert "What we have about you" in known.client.get(f"{link}?lang=en").text
