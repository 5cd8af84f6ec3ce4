"""The secrets of a newsroom brought back: its own, and those the backup's links hang on."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from newsroom.jobs.keep.secret_change import changing
from newsroom.settings.secret import LinkSecret, merged_secrets, write_secrets


class SecretSource(StrEnum):
    """Whose secrets the newsroom goes by when it is back."""

    SETTINGS = "settings"  # NEWSROOM_SECRET names them all
    BACKUP = "backup"  # there was none before: nothing hangs on the one made a moment ago
    BOTH = "both"


def joined_secrets(
    source: SecretSource, here: Sequence[LinkSecret], given: Sequence[LinkSecret]
) -> tuple[LinkSecret, ...]:
    """Those of `var/secret` and those of the backup, newest first; leaked by either is leaked."""
    if source is SecretSource.BACKUP and len(here) <= 1:
        return tuple(given)
    return merged_secrets(here, given)


def take_over(root: Path, source: SecretSource, given: Sequence[LinkSecret]) -> None:
    """Believe the backup's secrets from now on. Done again, it changes nothing."""
    with changing(root) as here:
        kept = joined_secrets(source, here, given)
        if kept != here:
            write_secrets(root, kept)
