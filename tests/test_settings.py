"""What the environment says is checked at once, and a secret is made once."""

import threading
from pathlib import Path

import pytest

from newsroom.errors import SettingsError
from newsroom.settings import Settings, find_root

LONG = "en-lang-hemlighet-som-ingen-gissar"


def test_defaults_are_one_small_machine(tmp_path: Path) -> None:
    """Without a word everything stays in the newsroom's own var/."""
    settings = Settings.from_env(tmp_path, {})

    assert settings.database == f"sqlite:///{tmp_path}/var/newsroom.db"
    assert settings.mail == f"folder:{tmp_path}/var/outgoing"
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """`.env` holds what the environment does not say."""
    text = "# var brevet går\nNEWSROOM_MAIL=smtp://127.0.0.1:1025\nNEWSROOM_DATABASE='postgresql://h/n'\n"
    (tmp_path / ".env").write_text(text)

    settings = Settings.from_env(tmp_path, {"NEWSROOM_MAIL": "smtps://relay.example.se"})

    assert settings.mail == "smtps://relay.example.se"
    assert settings.database == "postgresql://h/n"


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
        ("NEWSROOM_HOOK_POSTMARK", "user:kort", "HOOK_POSTMARK cannot be read; write USER:PASSWORD"),
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
