"""`subscribers`: who is on the list."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsroom.readers.suppression import address_hash
from newsroom.settings import Settings
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

LIST_KEYS = {"email", "name", "state", "lang", "tags", "since"}
CONSENT = ("--consent", "på mötet i maj")


@pytest.fixture
def listed(terminal: Terminal) -> Terminal:
    """A list with one person on it."""
    terminal.do(
        "subscribers",
        "add",
        "Asa@Example.SE",
        "--name",
        "Åsa Öberg",
        "--tag",
        "hälsa",
        *CONSENT,
        "--now",
        NOW,
    )
    return terminal


def test_list(listed: Terminal) -> None:
    """Each person in a line below headings, in the desk's words; the number of them to stderr."""
    said = listed.do("subscribers", "list")

    assert said.out.splitlines() == [
        "e-post          läge              språk  namn",
        "asa@example.se  får nyhetsbrevet  sv     Åsa Öberg",
    ]
    assert said.err == "1 läsare\n"


def test_a_list_of_nobody_has_no_headings(terminal: Terminal) -> None:
    """Only the number is said."""
    said = terminal.do("subscribers", "list")

    assert (said.out, said.err) == ("", "0 läsare\n")


def test_list_as_json(listed: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    (person,) = listed.do("subscribers", "list", "--json").json()

    assert person.keys() >= LIST_KEYS
    assert person == {
        "email": "asa@example.se",
        "name": "Åsa Öberg",
        "state": "active",
        "lang": "sv",
        "tags": ["hälsa"],
        "since": "2026-11-22T08:00:00Z",
    }


def test_list_of_one_state(listed: Terminal) -> None:
    """Only those who stand where one asks."""
    assert listed.do("subscribers", "list", "--state", "pending", "--json").json() == []
    assert listed("subscribers", "list", "--state", "asleep").status == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("asa@example.se", "står redan på listan: får nyhetsbrevet"),
        ("asa", "skriv den som namn@example.se"),
        ("a\nBcc: b@example.se", "radbrytning"),
    ],
)
def test_an_address_that_cannot_be_added(listed: Terminal, address: str, said: str) -> None:
    """Somebody who is there, and what is no address, is refused with the reason."""
    answer = listed("subscribers", "add", address, *CONSENT)

    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err
    assert len(listed.do("subscribers", "list", "--json").json()) == 1


@pytest.mark.parametrize("lang", ["zz", "svenska förstås, vad annars", "de"])
def test_a_language_that_no_issue_is_written_in_is_refused(terminal: Terminal, lang: str) -> None:
    """A slip would be English without a word; the answer says which languages there are."""
    answer = terminal("subscribers", "add", "asa@example.se", "--lang", lang, *CONSENT)

    assert answer.status == 2
    assert "skriv ett av sv, en" in answer.err
    assert terminal.do("subscribers", "list", "--json").json() == []


def test_a_language_may_be_written_in_capitals(terminal: Terminal) -> None:
    """It is kept as issues have it."""
    terminal.do("subscribers", "add", "asa@example.se", "--lang", "EN", *CONSENT)

    (person,) = terminal.do("subscribers", "list", "--json").json()
    assert person["lang"] == "en"


def test_consent_is_asked_for(terminal: Terminal) -> None:
    """Nobody comes on the list without a word about where they agreed."""
    assert terminal("subscribers", "add", "asa@example.se").status == 2
    assert terminal("subscribers", "add", "asa@example.se", "--consent", " ").status == 2


def test_import(listed: Terminal) -> None:
    """A list is taken in; each row that is left out is named with its reason."""
    path = put(listed.root, "lista.csv", "E-post;Namn\nbo@example.se;Bo\nasa@example.se;\nfel;\n")

    said = listed.do("subscribers", "import", str(path), *CONSENT)

    assert said.out.splitlines() == [
        "3 rader: lades till: 1, fanns redan: 1, hoppades över: 1",
        'adresserna lästes ur kolumnen "E-post"',
    ]
    assert said.err.startswith("rad 4: fel: ")


def test_import_as_json(listed: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    path = put(listed.root, "lista.csv", "email\nbo@example.se\nfel\n")

    told = listed.do("subscribers", "import", str(path), *CONSENT, "--json").json()

    assert (told["rows"], told["added"], told["known"]) == (2, 1, 0)
    assert [skip.keys() for skip in told["skipped"]] == [{"row", "email", "reason"}]


def test_a_rehearsed_import(listed: Terminal) -> None:
    """`--dry-run` says what would happen, row for row, and nobody comes on the list."""
    path = put(listed.root, "lista.csv", "E-post;Namn\nbo@example.se;Bo\nfel;\n")

    said = listed.do("subscribers", "import", str(path), *CONSENT, "--dry-run")

    assert said.out.splitlines() == [
        "2 rader: skulle läggas till: 1, finns redan: 0, skulle hoppas över: 1; inget har ändrats",
        'adresserna lästes ur kolumnen "E-post"',
    ]
    assert said.err.startswith("rad 3: fel: ")
    assert len(listed.do("subscribers", "list", "--json").json()) == 1


@pytest.mark.parametrize("rehearsal", [(), ("--dry-run",)])
def test_how_a_list_was_read_is_said(listed: Terminal, rehearsal: tuple[str, ...]) -> None:
    """Which column was taken, which others hold addresses, and which languages no letter has."""
    text = "E-post;Chefens e-post;Språk\nbo@example.se;li@example.se;finska\n"
    path = put(listed.root, "lista.csv", text)

    said = listed.do("subscribers", "import", str(path), *CONSENT, *rehearsal)

    assert said.out.splitlines()[1:] == [
        'adresserna lästes ur kolumnen "E-post"',
        'andra adresser finns i "Chefens e-post"; de lästes inte',
        '1 vill läsa på "finska", som inget brev kommer på; de får det på sv',
    ]


def test_a_list_without_a_column_of_addresses(listed: Terminal) -> None:
    """The answer names the headings that there are, and the one to write."""
    path = put(listed.root, "lista.csv", "Namn;Telefon\nBo;08-1\n")

    said = listed("subscribers", "import", str(path), *CONSENT)

    assert said.status == 1
    assert "på första raden står Namn, Telefon: kalla den med adresser" in said.err


def test_a_spreadsheet_is_no_list(listed: Terminal) -> None:
    """Who gives a file of Excel itself reads how to save it."""
    path = listed.root / "lista.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))

    said = listed("subscribers", "import", str(path), *CONSENT)

    assert said.status == 1
    assert "välj Spara som" in said.err


def test_show(listed: Terminal) -> None:
    """What is kept of a person, in words; somebody unknown is said to be so."""
    said = listed.do("subscribers", "show", "ASA@example.se")
    nobody = listed.do("subscribers", "show", "nobody@example.se")

    assert said.out.splitlines() == [
        "asa@example.se  får nyhetsbrevet  sv  Åsa Öberg",
        "sedan 2026-11-22",
        "ämnen: hälsa",
        "2026-11-22  lades till  (med ett kommando)",
        '            "på mötet i maj"',
    ]
    assert nobody.out == "nobody@example.se: finns inte på listan\n"


def test_show_tells_the_days_of_the_site(terminal: Terminal) -> None:
    """Who came half an hour after midnight came that day, though in UTC it was the day before."""
    terminal.do("subscribers", "add", "asa@example.se", *CONSENT, "--now", "2026-11-23T00:30")

    said = terminal.do("subscribers", "show", "asa@example.se").out.splitlines()

    assert said[1] == "sedan 2026-11-23"
    assert said[2].startswith("2026-11-23  ")


def test_show_as_json(listed: Terminal) -> None:
    """The same as the copy that the person would get."""
    shown = listed.do("subscribers", "show", "asa@example.se", "--json").json()

    assert shown == listed.do("subscribers", "export", "asa@example.se").json()
    assert shown["subscriber"]["name"] == "Åsa Öberg"


def test_show_tells_why_nothing_is_sent(listed: Terminal) -> None:
    """Of somebody who was erased only that is left, and it can be seen."""
    listed.do("subscribers", "forget", "asa@example.se", "--yes", "--now", NOW)

    said = listed.do("subscribers", "show", "asa@example.se")

    assert said.out.splitlines()[1] == "hålls utanför sedan 2026-11-22: raderades"


def test_show_tells_of_what_came_back_and_how_it_ended(listed: Terminal) -> None:
    """Each event, way, state and reason is in the desk's language, and so is what came back."""
    with closing(sqlite3.connect(listed.root / "var" / "newsroom.db")) as database:
        database.execute(
            "INSERT INTO bounce (digest, kind, email, severity, cause, diagnostic, suppressed, at) "
            "VALUES ('1', 'bounce', 'asa@example.se', 'hard', 'gone', '550 5.1.1 Nobody', 1, ?), "
            "('2', 'bounce', 'asa@example.se', 'hard', NULL, NULL, 1, ?), "
            "('3', 'complaint', 'asa@example.se', 'policy', NULL, NULL, 1, ?)",
            ["2026-12-02 10:00:00.000000"] * 3,
        )
        database.execute(
            "INSERT INTO suppression (address_hash, reason, at) VALUES (?, 'complained', ?)",
            [_hash_here(listed), "2026-12-02 10:00:00.000000"],
        )
        database.execute("UPDATE subscriber SET state = 'suppressed'")
        database.commit()

    said = listed.do("subscribers", "show", "asa@example.se")
    again = listed("subscribers", "add", "bo@example.se", *CONSENT)
    listed.do("inbox", "undo", "asa@example.se", "--now", "2026-12-24T09:00")
    after = listed.do("subscribers", "show", "asa@example.se").out.splitlines()

    assert again.status == 0
    assert said.out.splitlines()[0] == "asa@example.se  hålls utanför  sv  Åsa Öberg"
    assert said.out.splitlines()[3] == (
        "hålls utanför sedan 2026-12-02: anmälde vårt mejl som oönskat"
    )
    assert said.out.splitlines()[-3:] == [
        "2026-12-02  kom tillbaka  adressen finns inte  550 5.1.1 Nobody",
        "2026-12-02  kom tillbaka  adressen finns inte",
        "2026-12-02  anmält som oönskat",
    ]
    assert after[-1] == "2026-12-02  anmält som oönskat  togs tillbaka 2026-12-24"
    assert "2026-12-24  kom tillbaka  (med ett kommando)  togs tillbaka" in after


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("complained", "skriv först: newsroom inbox undo asa@example.se"),
        ("bounced", "om adressen stämmer, skriv: newsroom inbox undo asa@example.se"),
    ],
)
@pytest.mark.parametrize("row", ["suppressed", "erased"])
def test_an_address_that_is_kept_out_needs_a_command_first(
    listed: Terminal, reason: str, told: str, row: str
) -> None:
    """Adding it again does not lift a bounce or a complaint; the answer names what does."""
    with closing(sqlite3.connect(listed.root / "var" / "newsroom.db")) as database:
        if row == "suppressed":
            database.execute("UPDATE subscriber SET state = 'suppressed'")
        else:
            database.execute("DELETE FROM subscriber")
        database.execute(
            "INSERT INTO suppression (address_hash, reason, at) VALUES (?, ?, ?)",
            [_hash_here(listed), reason, "2026-12-02 10:00:00.000000"],
        )
        database.commit()

    said = listed("subscribers", "add", "asa@example.se", *CONSENT)

    assert said.status == 1
    assert told in said.err


def _hash_here(terminal: Terminal) -> str:
    """What the address on the list is kept under when it must stay out."""
    secret = Settings.from_env(terminal.root, {}).secret
    return address_hash(secret, "asa@example.se")


def test_stats(listed: Terminal) -> None:
    """How many there are and where they stand, then month by month."""
    said = listed.do("subscribers", "stats", "--now", "2026-12-24T09:00")

    first, languages, _, heading, *months = said.out.splitlines()
    assert first == "1 får nyhetsbrevet; 0 har inte bekräftat, 0 har avslutat, 0 hålls utanför"
    assert languages == "sv 1"
    assert heading.split() == ["månad", "nya", "avslutade", "utanför", "läsare"]
    assert [month.split() for month in months] == [
        ["2026-11", "1", "0", "0", "1"],
        ["2026-12", "0", "0", "0", "1"],
    ]


def test_stats_as_json(listed: Terminal) -> None:
    """As JSON, with every month, every issue and the state of the log."""
    told = listed.do("subscribers", "stats", "--now", NOW, "--json").json()

    assert told["subscribers"]["active"] == 1
    month = {"month": "2026-11", "joined": 1, "left": 0, "kept_out": 0, "active": 1}
    assert told["months"] == [month]
    assert told["issues"] == []
    assert told["consents"] == {"entries": 1, "broken_at": None}


def test_stats_as_a_page(listed: Terminal) -> None:
    """A folder with a page, the drawings and the tables for a spreadsheet."""
    out = listed.root / "siffror"

    said = listed.do("subscribers", "stats", "--now", NOW, "--out", str(out))

    assert said.err == f"sparat: {out / 'index.html'}\n"
    assert sorted(path.name for path in out.iterdir()) == [
        *("growth.csv", "growth.svg", "index.html", "issues.csv", "issues.svg"),
    ]
    assert "Läsare månad för månad" in (out / "index.html").read_text(encoding="utf-8")


def test_verify(listed: Terminal) -> None:
    """A whole log is said to be so; one that lost its end is found out, and ends with 1."""
    whole = listed.do("subscribers", "verify")
    with closing(sqlite3.connect(listed.root / "var" / "newsroom.db")) as database:
        database.execute("DELETE FROM consent_event")
        database.commit()
    cut = listed("subscribers", "verify")
    told = listed.do("subscribers", "stats", "--now", NOW)

    assert whole.out == "loggen över samtycken är hel: 1 poster\n"
    assert cut.status == 1
    assert "har ändrats vid post 1" in cut.err
    assert "har ändrats vid post 1" in told.out


def test_export(listed: Terminal) -> None:
    """Everything that is kept about a person, as JSON, with the words of the consent."""
    said = listed.do("subscribers", "export", "asa@example.se")

    assert "Åsa Öberg" in said.out
    assert "på mötet i maj" in said.out
    assert json.loads(said.out)


def test_who_calls_to_leave_gets_nothing_more_and_may_come_back(listed: Terminal) -> None:
    """The desk ends a subscription for a reader, with what was said; nothing is erased."""
    said = listed.do("subscribers", "leave", "ASA@example.se", "--said", "ringde 12 maj")
    again = listed("subscribers", "leave", "asa@example.se")
    nobody = listed("subscribers", "leave", "nobody@example.se")

    assert said.out == "asa@example.se får inga fler nyhetsbrev\n"
    (person,) = listed.do("subscribers", "list", "--json").json()
    assert person["state"] == "unsubscribed"
    assert "ringde 12 maj" in listed.do("subscribers", "show", "asa@example.se").out
    assert (again.status, nobody.status) == (1, 1)
    assert "asa@example.se har avslutat och får ingenting" in again.err
    assert "nobody@example.se: finns inte på listan" in nobody.err


def test_erasing_is_asked_about_first(listed: Terminal) -> None:
    """It cannot be taken back, and the question names what is enough for most."""
    answer = listed("subscribers", "forget", "asa@example.se", answer="nej\n")

    assert answer.status == 1
    assert "newsroom subscribers leave asa@example.se" in answer.err
    assert len(listed.do("subscribers", "list", "--json").json()) == 1


def test_a_swedish_excel_opens_the_list(listed: Terminal) -> None:
    """Cells are parted as it parts them, headings and states are words, times are local."""
    said = listed.do("subscribers", "list", "--csv").out
    settings = listed.root / "posts/site.yaml"
    settings.write_text(settings.read_text().replace("language: sv", "language: en"))
    english = listed.do("subscribers", "list", "--csv").out

    assert said.lstrip("\ufeff").splitlines() == [
        "E-post;Namn;Läge;Språk;Ämnen;Sedan",
        "asa@example.se;Åsa Öberg;aktiv;sv;hälsa;2026-11-22 09:00",
    ]
    assert english.lstrip("\ufeff").splitlines()[1] == (
        "asa@example.se,Åsa Öberg,active,sv,hälsa,2026-11-22 09:00"
    )


def test_forget(listed: Terminal) -> None:
    """A person is erased and no list brings them back."""
    listed.do("subscribers", "forget", "asa@example.se", "--yes")
    path = put(listed.root, "lista.csv", "email\nasa@example.se\n")

    again = listed.do("subscribers", "import", str(path), *CONSENT, "--json").json()
    unknown = listed("subscribers", "forget", "nobody@example.se", "--yes")

    assert listed.do("subscribers", "list", "--json").json() == []
    assert (again["added"], again["skipped"][0]["email"]) == (0, "asa@example.se")
    assert unknown.status == 1
    assert "det finns inget sparat om den adressen" in unknown.err


@pytest.mark.parametrize("command", [("add", "asa@", "--consent", "x"), ("show", "asa@")])
def test_an_address_that_is_none_is_shown(terminal: Terminal, command: tuple[str, ...]) -> None:
    """Whoever typed it reads what was typed, and how an address is written."""
    said = terminal("subscribers", *command)

    assert said.err == (
        "newsroom: asa@: det här är ingen mejladress; skriv den som namn@example.se\n"
    )


def test_an_address_book_wants_a_word(terminal: Terminal, tmp_path: Path) -> None:
    """Whoever imports contacts is told that they said no yes, and how to say they did."""
    path = tmp_path / "kontakter.csv"
    path.write_text("Namn;E-postadress;Mobiltelefon;Telefon (arbete)\nÅsa;asa@kommun.example;1;2\n")
    command = ("subscribers", "import", str(path), "--consent", "mötet i maj")

    looked, refused = terminal.do(*command, "--dry-run"), terminal(*command)
    vouched = terminal.do(*command, "--address-book")

    assert "ser ut som en adressbok (Mobiltelefon, Telefon (arbete))" in looked.err
    assert refused.status == 1
    assert "Har alla gjort det: --address-book" in refused.err
    assert vouched.err == ""
    assert "lades till: 1," in vouched.out


def test_an_address_may_be_as_a_mail_program_copies_it(terminal: Terminal) -> None:
    """The name around it is no part of it."""
    said = terminal.do("subscribers", "add", "Åsa Ek <asa@kommun.example>", *CONSENT)

    assert said.out == "asa@kommun.example står på listan\n"
