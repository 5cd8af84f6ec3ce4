"""Whose secrets a newsroom goes by when it has been brought back."""

from pathlib import Path

from newsroom.jobs.keep.restored_secrets import SecretSource, joined_secrets, take_over
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets

OWN, NEW, OLD = (LinkSecret(word) for word in ("egen", "ny", "gammal"))
LEAKED = LinkSecret("egen", leaked=True)


def test_its_own_sign_and_the_backups_answer() -> None:
    """One that either side calls leaked is; where nothing hangs on its own, it goes."""
    assert joined_secrets(SecretSource.BOTH, (OWN,), (NEW, LEAKED)) == (LEAKED, NEW)
    assert joined_secrets(SecretSource.BACKUP, (OWN,), (NEW, OLD)) == (NEW, OLD)


def test_taking_them_over_again_changes_nothing(tmp_path: Path) -> None:
    """A restore that is cut short does it twice, and a secret written in between stays."""
    write_secrets(tmp_path, (OWN,))

    take_over(tmp_path, SecretSource.BACKUP, (OLD,))
    once = secrets_in_file(tmp_path)
    take_over(tmp_path, SecretSource.BACKUP, (OLD,))
    twice = secrets_in_file(tmp_path)
    write_secrets(tmp_path, (NEW, *twice))
    take_over(tmp_path, SecretSource.BACKUP, (OLD,))

    assert once == twice == (OLD,)
    assert secrets_in_file(tmp_path) == (NEW, OLD)
