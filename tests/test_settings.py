"""What the environment says is checked at once, and a secret is made once."""

import threading
from pathlib import Path

import pytest

from newsroom.delivery.transports.relay import parse_relay
from newsroom.errors import SettingsError
from newsroom.settings import Settings, find_root
from newsroom.settings.dkim import KeyFile

LONG = "en-lang-hemlighet-som-ingen-gissar"


def test_defaults_are_one_small_machine(tmp_path: Path) -> None:
    """Without a word everything stays in the newsroom's own var/."""
    settings = Settings.from_env(tmp_path, {})

    assert settings.database == f"sqlite:///{tmp_path}/var/newsroom.db"
    assert settings.mail == f"folder:{tmp_path}/var/outgoing"
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """`.env` holds what the environment does not say."""
    text = "# var brevet går\nNEWSROOM_MAIL=smtp://127.0.0.1:1025\nNEWSROOM_DATABASE='postgresql://h/n'\n"
    (tmp_path / ".env").write_text(text)

    settings = Settings.from_env(tmp_path, {"NEWSROOM_MAIL": "smtps://relay.example.se"})

    assert settings.mail == "smtps://relay.example.se"
    assert settings.database == "postgresql://h/n"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    """An editor that saves in Latin-1 gets to know which file to save as UTF-8."""
    (tmp_path / ".env").write_bytes("# så går brevet ut\n".encode("latin-1"))

    with pytest.raises(SettingsError, match=r"\.env: it is not in UTF-8"):
        Settings.from_env(tmp_path, {})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("NEWSROOM_MIAL=smtp://127.0.0.1", '"NEWSROOM_MIAL"; did you mean NEWSROOM_MAIL?'),
        ("NEWSROOM_HOOK_POSTMARKS=anna:x", "did you mean NEWSROOM_HOOK_POSTMARK?"),
        ("NEWSROOM_X=1", '"NEWSROOM_X"; did you mean NEWSROOM_'),
        (f"smtp://anna:{LONG}@relay.example.se", "write NAME=value, or # before a remark"),
        ("smtp relay?q=1", "write NAME=value, or # before a remark"),
        ("=x", "write NAME=value, or # before a remark"),
    ],
)
def test_a_line_that_says_nothing_is_told(tmp_path: Path, line: str, words: str) -> None:
    """A name with a slip in it would be passed over, and mail go to a folder instead."""
    (tmp_path / ".env").write_text(f"# så går brevet\nTZ=UTC\n{line}\nNEWSROOM_LOG=json\n")

    with pytest.raises(SettingsError) as told:
        Settings.from_env(tmp_path, {})

    assert f"{tmp_path}/.env:3: " in str(told.value)
    assert words in str(told.value)
    assert LONG not in str(told.value)


def test_a_file_that_begins_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    """An editor's byte order mark is no part of the first name."""
    (tmp_path / ".env").write_text("NEWSROOM_LOG=json\n", encoding="utf-8-sig")

    assert Settings.from_env(tmp_path, {}).log == "json"


def test_webhooks_are_heard_where_their_proof_is_set(tmp_path: Path) -> None:
    """A provider without one is not heard at all."""
    topics = "arn:aws:sns:eu-north-1:123456789012:studsar, arn:aws:sns:eu-west-1:123456789012:b"
    key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    given = {
        "NEWSROOM_HOOK_POSTMARK": f"anna:{LONG}",
        "NEWSROOM_HOOK_BREVO": "",
        "NEWSROOM_HOOK_SES": topics,
        "NEWSROOM_HOOK_RESEND": key,
    }

    settings = Settings.from_env(tmp_path, given)

    assert settings.hooks == (("postmark", f"anna:{LONG}"), ("ses", topics), ("resend", key))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NEWSROOM_DATABASE", "mysql://h/n", 'begins with "mysql:"'),
        ("NEWSROOM_MAIL", "gmail", 'begins with "gmail:"'),
        ("NEWSROOM_MAIL", "smtps://", "names no host"),
        ("NEWSROOM_MAIL", "smtp://host:58x7", "a port that is none"),
        ("NEWSROOM_MAIL", "smtp://host:99999", "a port that is none"),
        ("NEWSROOM_MAIL", f"smtp://anna:{LONG}@host", "password in clear"),
        ("NEWSROOM_INBOX", "imap://anna:hemligt@host", "write imaps://"),
        ("NEWSROOM_INBOX", "imaps://host", "write imaps://"),
        ("NEWSROOM_INBOX", "imaps://anna:hemligt@host:x", "write imaps://"),
        ("NEWSROOM_MAIL", "postmark://", "write postmark://TOKEN@broadcast"),
        ("NEWSROOM_MAIL", f"postmark://{LONG}@my stream", "write postmark://TOKEN@broadcast"),
        ("NEWSROOM_MAIL", f"brevo://{LONG}@api.brevo.com", "write brevo://KEY"),
        ("NEWSROOM_MAIL", f"resend://{LONG}/", "write resend://KEY"),
        ("NEWSROOM_MAIL", f"ses://AKIDEXAMPLE:{LONG}/{LONG}@eu-north-1", "/ as %2F"),
        ("NEWSROOM_MAIL", f"ses://AKIDEXAMPLE:{LONG}", "write ses://KEY_ID:SECRET@eu-north-1"),
        ("NEWSROOM_MAIL", f"ses://AKIDEXAMPLE:{LONG}@stockholm", "ses://KEY_ID:SECRET@"),
        (
            "NEWSROOM_HOOK_POSTMARK",
            "user:kort",
            "POSTMARK cannot be read; write USER:PASSWORD",
        ),
        ("NEWSROOM_HOOK_BREVO", f"{LONG} {LONG}", "HOOK_BREVO cannot be read"),
        ("NEWSROOM_HOOK_SES", "studsar", "write arn:aws:sns:"),
        ("NEWSROOM_HOOK_SES", "arn:aws:sns:eu-north-1:123456789012:a,b", "write arn:aws:sns:"),
        ("NEWSROOM_HOOK_RESEND", LONG, "write whsec_"),
        ("NEWSROOM_HOOK_GENERIC", "whsec_kort", "write whsec_"),
        ("NEWSROOM_SECRET", ",", "at least 16 characters"),
        ("NEWSROOM_SECRET", f"{LONG},kort", "at least 16 characters"),
    ],
)
def test_a_bad_value_is_told_by_name(tmp_path: Path, name: str, value: str, words: str) -> None:
    """The variable, what is wrong and what to write; never the secret in it."""
    with pytest.raises(SettingsError, match=words) as told:
        Settings.from_env(tmp_path, {name: value})

    assert name in str(told.value)
    assert LONG not in str(told.value)


@pytest.mark.parametrize(
    "mail",
    [
        f"postmark://{LONG}",
        f"postmark://{LONG}@nyheter-2026",
        f"brevo://xkeysib-{LONG}",
        f"resend://re_{LONG}",
        f"ses://AKIDEXAMPLE:{LONG}%2F%2Bx=@eu-north-1",
    ],
)
def test_providers_are_named_with_their_key(tmp_path: Path, mail: str) -> None:
    """The address is kept as it is, and shows nowhere."""
    settings = Settings.from_env(tmp_path, {"NEWSROOM_MAIL": mail})

    assert settings.mail == mail
    assert LONG not in repr(settings)


def test_all_bad_values_are_told_at_once(tmp_path: Path) -> None:
    """One run of a command is enough to see everything that has to be mended."""
    with pytest.raises(SettingsError) as told:
        Settings.from_env(tmp_path, {"NEWSROOM_MAIL": "x", "NEWSROOM_DATABASE": "y"})

    assert "NEWSROOM_MAIL" in str(told.value)
    assert "NEWSROOM_DATABASE" in str(told.value)


def test_the_first_processes_share_one_secret(tmp_path: Path) -> None:
    """Twenty that start together all read the same."""
    made: list[bytes] = []

    def start() -> None:
        made.append(Settings.from_env(tmp_path, {}).secret)

    threads = [threading.Thread(target=start) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 20
    assert len(set(made)) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret"]


def test_an_empty_secret_is_told_and_not_replaced(tmp_path: Path) -> None:
    """A new one would silently end every link in earlier mails."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret").touch()

    with pytest.raises(SettingsError, match="is empty; bring it back from a backup"):
        Settings.from_env(tmp_path, {})


def test_older_secrets_stay_valid(tmp_path: Path) -> None:
    """The first of several is used for new links, the others are still known."""
    settings = Settings.from_env(tmp_path, {"NEWSROOM_SECRET": f"{LONG}-2, {LONG}-1"})

    assert settings.secret == f"{LONG}-2".encode()
    assert settings.old_secrets == (f"{LONG}-1".encode(),)


def test_secrets_are_in_no_repr(tmp_path: Path) -> None:
    """What ends up in a log or a traceback holds no key and no password."""
    environ = {"NEWSROOM_SECRET": LONG, "NEWSROOM_MAIL": f"smtps://anna:{LONG}@host"}

    assert LONG not in repr(Settings.from_env(tmp_path, environ))


def test_the_root_is_the_nearest_folder_upward(tmp_path: Path) -> None:
    """From anywhere inside a newsroom its own posts/ are found; outside, what to do is said."""
    inside = tmp_path / "nyheter" / "posts" / "news"
    inside.mkdir(parents=True)

    assert find_root(inside) == tmp_path / "nyheter"
    with pytest.raises(SettingsError, match="newsroom init DIR"):
        find_root(tmp_path)


RELAY = "smtp+starttls://nyhetsbrev%40kommun.example:KLIENTHEMLIGHET@smtp.example"


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        ("smtp://relay.example.se", "addresses in clear"),
        ("smtp://10.0.0.7:25", "addresses in clear"),
        ("smtp+starttls://anna@smtp.example:587", r"no password; write smtp\+starttls://user:pass"),
        ("smtps://anna:@smtp.example", "no password; write smtps://user:password@host"),
        ("smtp://relay.example.se?tls=yes", r"tls cannot be read; write tls=no"),
        (f"{RELAY}?mesages=5", "write a question mark in a password as %3F"),
        (f"{RELAY}?messages=0", "messages cannot be read; write messages=100"),
        (f"{RELAY}?client=abc", "a login with a token is written smtp"),
        (f"{RELAY}?tenant=abc", "a login with a token is written smtp"),
        ("smtps://anna@smtp.example?tenant=abc&client=d", "a login with a token is written smtp"),
        (f"{RELAY}?client=abc&issuer=http://a.example/b", "issuer cannot be read"),
        ("Xy7KEYKEYKEY", 'begins with "…:"'),
    ],
)
def test_a_relay_that_cannot_be_used_so(tmp_path: Path, mail: str, words: str) -> None:
    """What is wrong with a relay's address is told, never what stands in it."""
    with pytest.raises(SettingsError, match=words) as told:
        Settings.from_env(tmp_path, {"NEWSROOM_MAIL": mail})

    assert not {"KLIENTHEMLIGHET", "mesages", "KEYKEY"} & set(str(told.value).split())


@pytest.mark.parametrize(
    "mail",
    [
        "smtp://127.0.0.1:1025",
        "smtp://[::1]:1025",
        "smtp://localhost:25",
        "smtp://relay.example.se?tls=no",
        f"{RELAY}?tenant=abc-1&client=def-2",
        f"{RELAY}?issuer=https://login.example/org&client=def-2&scope=x",
        f"{RELAY}?messages=5000&seconds=600",
    ],
)
def test_relays_that_can_be_used(tmp_path: Path, mail: str) -> None:
    """A relay on this machine, one in the open that was allowed, and logins of both kinds."""
    assert Settings.from_env(tmp_path, {"NEWSROOM_MAIL": mail}).mail == mail


def test_an_authority_of_ones_own(tmp_path: Path) -> None:
    """The file of an authority lies below the root, as every path in the settings."""
    mail = "smtps://relay.example.se?ca=var/egen+ca.pem&messages=7"

    found = parse_relay(Settings.from_env(tmp_path, {"NEWSROOM_MAIL": mail}).mail)

    assert found.authority == str(tmp_path / "var/egen ca.pem")
    assert found.messages == 7


def a_key(root: Path, name: str = "nyhetsbrev", mode: int = 0o600) -> Path:
    """A file where a key should lie."""
    path = root / "var" / "dkim" / f"{name}.pem"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(mode)
    return path


def test_keys_to_sign_with(tmp_path: Path) -> None:
    """Each key is named with its selector and its domain."""
    first, second = a_key(tmp_path, "a"), a_key(tmp_path, "b")

    given = "a@Example.se:var/dkim/a.pem, b@example.se:var/dkim/b.pem"
    settings = Settings.from_env(tmp_path, {"NEWSROOM_DKIM": given})

    assert settings.dkim == (
        KeyFile("a", "example.se", first),
        KeyFile("b", "example.se", second),
    )


@pytest.mark.parametrize(
    ("given", "mail", "words"),
    [
        ("nyhetsbrev", "folder:x", "write nyhetsbrev@example.se:var/dkim/nyhetsbrev.pem"),
        ("nyhetsbrev@example.se", "folder:x", "cannot be read"),
        ("x@example.se:var/dkim/x.pem", "folder:x", r"x.pem is not there; .* newsroom dkim new x"),
        ("open@example.se:var/dkim/open.pem", "folder:x", r"chmod 600 .*open.pem"),
        ("a@example.se:var/dkim/a.pem", f"brevo://{LONG}", "brevo signs by itself"),
    ],
)
def test_a_key_that_cannot_be_used(tmp_path: Path, given: str, mail: str, words: str) -> None:
    """A key that is missing, open to others or of no use is told at the start."""
    a_key(tmp_path, "a")
    a_key(tmp_path, "open", 0o640)

    with pytest.raises(SettingsError, match=words):
        Settings.from_env(tmp_path, {"NEWSROOM_DKIM": given, "NEWSROOM_MAIL": mail})


@pytest.mark.parametrize(
    "written",
    ["192.0.2.53", "127.0.0.1:5353", "[2001:db8::53]:53", "2001:db8::53", "192.0.2.1, 192.0.2.2"],
)
def test_name_servers(tmp_path: Path, written: str) -> None:
    """NEWSROOM_DNS names the servers that are asked, in their order."""
    settings = Settings.from_env(tmp_path, {"NEWSROOM_DNS": written})

    assert settings.dns == tuple(one.strip() for one in written.split(","))


@pytest.mark.parametrize("written", ["dns.example.se", "127.0.0.1:0", "127.0.0.1:99999", "1.2.3"])
def test_what_is_no_name_server(tmp_path: Path, written: str) -> None:
    """A name server is an address: a name could only be asked of another one."""
    with pytest.raises(SettingsError, match="NEWSROOM_DNS cannot be read"):
        Settings.from_env(tmp_path, {"NEWSROOM_DNS": written})


def test_without_name_servers_the_machines_are_asked(tmp_path: Path) -> None:
    """An empty line in .env names none."""
    assert Settings.from_env(tmp_path, {"NEWSROOM_DNS": ""}).dns == ()
