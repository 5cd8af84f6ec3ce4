"""Where a newsroom's own things are: what a backup needs of the settings, be the rest wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.errors import SettingsError
from newsroom.model.refusal import why
from newsroom.model.saying import joined
from newsroom.settings.dotenv import Dotenv, legible_dotenv
from newsroom.settings.environment import Settings, anchored_database, database_faults
from newsroom.settings.secret import given_secrets, secret_faults, secrets_in_file

_DATABASE, _SECRET = "NEWSROOM_DATABASE", "NEWSROOM_SECRET"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A newsroom's folder, database and secrets."""

    root: Path
    database: str = field(repr=False)  # sqlite:////absolute/path or postgresql://…
    keys: tuple[bytes, ...] = field(repr=False)  # the secrets, newest first; none: unknown
    fault: str | None = None  # what is wrong with the settings

    @property
    def var(self) -> Path:
        """What the program keeps for itself."""
        return self.root / "var"


def whereabouts(root: Path, environ: Mapping[str, str]) -> Whereabouts:
    """Where everything is, as far as the environment over `.env` tells.

    Raises SettingsError when the database would have to be guessed at: another one that lies about
    would be kept in its stead.
    """
    try:
        settings = Settings.from_env(root, environ)
    except SettingsError as error:
        return _as_legible(root, environ, error)
    except OSError as error:
        refused = SettingsError(joined(": ", (str(error.filename), why(error))))
        return _as_legible(root, environ, refused)
    keys = (settings.secret, *settings.old_secrets)
    return Whereabouts(root, settings.database, keys)


def _as_legible(root: Path, environ: Mapping[str, str], fault: SettingsError) -> Whereabouts:
    dotenv = legible_dotenv(root / ".env")
    values = {**dotenv.values, **environ}
    written = values.get(_DATABASE)
    database = anchored_database(written, root)
    if database_faults(database) or (written is None and _is_elsewhere(dotenv, database)):
        raise fault
    return Whereabouts(root, database, _keys(root, values.get(_SECRET)), fault.sentence)


def _is_elsewhere(dotenv: Dotenv, database: str) -> bool:
    """Whether another database was meant than the one that is used when none is named."""
    return _DATABASE in dotenv.meant or not Path(database.removeprefix("sqlite:///")).is_file()


def _keys(root: Path, given: str | None) -> tuple[bytes, ...]:
    """The secrets that are named, if they can be used; else those that there are: none is made."""
    if given and not secret_faults(given):
        return given_secrets(given)
    try:
        return tuple(one.word.encode() for one in secrets_in_file(root))
    except OSError:
        return ()
