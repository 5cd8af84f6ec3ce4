"""What is said to whoever sits at the desk, in the language of the desk."""

import os

import click

from newsroom.cli.tongue import language_here, language_in, language_of
from newsroom.model.saying import Saying
from newsroom.render.sayings import in_language

_KEPT = "newsroom.language"  # in what click keeps for one command


def said(text: str) -> str:
    """A text in the language of the desk that the running command works at."""
    return in_language(text, desk_language()) if isinstance(text, Saying) else text


def desk_language() -> str:
    """The language of the desk that the running command works at."""
    context = click.get_current_context(silent=True)
    if context is None:
        return language_here(os.environ)
    if _KEPT not in context.meta:
        root = context.find_root().obj
        context.meta[_KEPT] = language_of(root, os.environ) if root else language_here(os.environ)
    return str(context.meta[_KEPT])


def speak_as_in(site_yaml: str) -> None:
    """From now on the running command speaks the language that a site.yaml names, if it does."""
    context, language = click.get_current_context(silent=True), language_in(site_yaml)
    if context is not None and language is not None:
        context.meta[_KEPT] = language
