"""A yes or a no from the person at the terminal, in any language that the desk speaks."""

import click

from newsroom.cli.language import said
from newsroom.model.saying import Saying, say

_YES, _NO = {"y", "yes", "j", "ja"}, {"", "n", "no", "nej"}


def ask(question: Saying) -> None:
    """Ask before something is done that cannot be undone. Raises click.Abort unless it is a yes."""
    asked = f"{said(question)} {said(say('[y/N]'))}"
    if not click.prompt(asked, default="", show_default=False, value_proc=_is_yes, err=True):
        raise click.Abort


def _is_yes(answer: str) -> bool:
    word = answer.strip().lower()
    if word not in _YES | _NO:
        raise click.UsageError(said(say("answer yes or no")))
    return word in _YES
