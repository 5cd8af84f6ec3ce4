"""The environment, over a file `.env` in the root: every bad value is told at once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, joined, say
from newsroom.settings.announce import channel_faults, channel_secrets
from newsroom.settings.dkim import KeyFile, key_faults, key_files
from newsroom.settings.dotenv import read_dotenv
from newsroom.settings.hooks import heard_hooks, hook_faults
from newsroom.settings.mail import (
    address_parts,
    anchored_mail,
    bracket_fault,
    inbox_faults,
    mail_faults,
    shown_scheme,
)
from newsroom.settings.name_servers import name_server_faults, name_servers
from newsroom.settings.secret import secret_faults, secrets_in_file, secrets_of
from newsroom.settings.watching import (
    LINES,
    log_form,
    metrics_token,
    passwords_in,
    watching_faults,
)

_DATABASES = ("sqlite", "postgresql")
_OWN_DATABASE = "sqlite:///var/newsroom.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The machine's side of a newsroom. Secrets are kept out of `repr`."""

    root: Path  # the folder that holds `posts/`
    database: str  # sqlite:////absolute/path or postgresql://…
    mail: str  # where messages go: folder:/absolute/path, smtp://host:port, …
    inbox: str | None  # where mail comes back to: imaps://user:password@host, when it is read
    secret: bytes  # keys of tokens and of the suppression list
    old_secrets: tuple[bytes, ...] = ()  # still accepted in links from earlier mails
    names_secrets: bool = False  # the environment does, so what `var/secret` holds is not used
    leaked: frozenset[bytes] = frozenset()  # of those, the ones that somebody else may know
    hooks: tuple[tuple[str, str], ...] = ()  # providers whose webhooks are heard, and their proof
    dkim: tuple[KeyFile, ...] = ()  # what mail is signed with
    channels: tuple[tuple[str, str], ...] = ()  # variables of channels, and their values
    channel_faults: tuple[Saying, ...] = ()  # in them; who announces tells what is missing, too
    surroundings: tuple[tuple[str, str], ...] = ()  # the environment of the programs that we run
    log: str = LINES  # or json: how a running newsroom writes its log
    metrics: str | None = None  # what whoever asks for the figures must show
    dns: tuple[str, ...] = ()  # name servers to ask; none: those of the machine

    def __repr__(self) -> str:
        return f"Settings(root={self.root})"

    @property
    def posts(self) -> Path:
        """The content folder."""
        return self.root / "posts"

    @property
    def var(self) -> Path:
        """What the program keeps for itself: database, cache, locks."""
        return self.root / "var"

    @property
    def consents(self) -> Path:
        """Where it is written down, outside the database, how far the log of consents goes."""
        return self.var / "consents"

    @property
    def departed(self) -> Path:
        """Where it is written down, outside the database, who left or was erased."""
        return self.var / "departed"

    @property
    def backups(self) -> Path:
        """Where backups are laid that were not given another place."""
        return self.var / "backups"

    @property
    def outgoing(self) -> Path | None:
        """The folder that mail is written to, when it goes to one."""
        folder = self.mail.removeprefix("folder:")
        return None if folder == self.mail else Path(folder)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every text of these settings that nobody may read anywhere."""
        keys = (self.secret, *self.old_secrets)
        addresses = (self.mail, self.inbox or "", self.database)
        return (
            *(key.decode() for key in keys),
            *(proof for _, proof in self.hooks),
            *(word for _, value in self.channels for word in value.split()),
            *(password for address in addresses for password in passwords_in(address)),
            *([self.metrics] if self.metrics else []),
        )

    @classmethod
    def from_env(cls, root: Path, environ: Mapping[str, str]) -> "Settings":
        """Settings from the environment over `.env` in the root.

        Raises SettingsError that lists every bad value at once.
        """
        dotenv = read_dotenv(root / ".env")
        values = {**dotenv.values, **environ}
        database = anchored_database(values.get("NEWSROOM_DATABASE"), root)
        mail = values.get("NEWSROOM_MAIL", "folder:var/outgoing")
        inbox = values.get("NEWSROOM_INBOX") or None
        given = values.get("NEWSROOM_SECRET")
        faults = [*dotenv.faults, *database_faults(database), *mail_faults(mail)]
        faults += [*inbox_faults(inbox), *secret_faults(given), *hook_faults(values)]
        keys = values.get("NEWSROOM_DKIM")
        faults += [*key_faults(keys, root, mail), *watching_faults(values)]
        faults += name_server_faults(values.get("NEWSROOM_DNS"))
        of_channels = channel_faults(values)
        if faults:
            raise SettingsError(joined("; ", [*faults, *of_channels]))
        with suppress(OSError):  # whoever needs it tells what is wrong with it
            (root / "var").mkdir(mode=0o700)  # closed to others, before somebody else makes it
        newest, *older = secrets_of(root, given)
        return cls(
            root=root,
            database=database,
            mail=anchored_mail(mail, root),
            inbox=inbox,
            secret=newest,
            old_secrets=tuple(older),
            names_secrets=bool(given),
            leaked=frozenset(one.word.encode() for one in secrets_in_file(root) if one.leaked),
            hooks=heard_hooks(values),
            dkim=key_files(keys, root),
            channels=channel_secrets(values),
            channel_faults=tuple(of_channels),
            surroundings=_surroundings(environ),
            log=log_form(values),
            metrics=metrics_token(values),
            dns=name_servers(values.get("NEWSROOM_DNS")),
        )


def written_settings(root: Path, environ: Mapping[str, str]) -> Mapping[str, str]:
    """What was written, in the environment or else in `.env`, be it right or wrong.

    Raises SettingsError when `.env` cannot be read.
    """
    return {**read_dotenv(root / ".env").values, **environ}


def find_root(start: Path) -> Path:
    """The nearest folder upward of `start` that holds `posts/`."""
    for folder in (start, *start.parents):
        if (folder / "posts").is_dir():
            return folder
    raise SettingsError(
        say(
            "{start}: no newsroom here, nor in any folder above it; run this where posts/ is, "
            "give --root DIR, or make one with: newsroom init DIR",
            start=start,
        )
    )


def _surroundings(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What programs that we run may know: all but settings of ours, most of which are secret."""
    ours = ("NEWSROOM_", "PGPASS")
    return tuple(pair for pair in environ.items() if not pair[0].startswith(ours))


def database_faults(database: str) -> list[Saying]:
    """What keeps NEWSROOM_DATABASE from being used."""
    parts = address_parts(database)
    if parts is None:
        return [bracket_fault("NEWSROOM_DATABASE")]
    if parts.scheme in _DATABASES:
        return []
    return [
        say(
            'NEWSROOM_DATABASE begins with "{scheme}:"; '
            "write sqlite:///var/newsroom.db or postgresql://user:password@host/name",
            scheme=shown_scheme(database),
        )
    ]


def anchored_database(written: str | None, root: Path) -> str:
    """The address of the database that is named, or of our own; a file's is made absolute."""
    address, of_file = written if written is not None else _OWN_DATABASE, "sqlite:///"
    if not address.startswith(of_file):
        return address
    return f"{of_file}{(root / address.removeprefix(of_file)).absolute()}"
